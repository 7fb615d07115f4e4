// A card before it is written: one model for all versions of CDS Hooks and all dialects (cds-hooks.md 8 and 12).
#pragma once

#include <string>
#include <vector>

#include "cdshooks/suggestions.hpp"
#include "cdshooks/wire_profile.hpp"
#include "fhir/knowledge.hpp"
#include "guideline/recommendation.hpp"
#include "json/writer.hpp"

namespace rectal_cds::cdshooks {

struct CardLink {
    std::string label, url;
    LinkType type = LinkType::absolute;
};

struct Card {
    std::string uuid;
    const guideline::Recommendation* recommendation = nullptr;  // null: "moreRecommendations" and "notAssessed"
    std::string summary;                                        // one line of 1 to 139 code points
    guideline::Indicator indicator{};
    std::string detail;                    // GitHub-flavoured Markdown without raw HTML
    std::string source_label, source_url;  // the URL may be empty
    std::string topic, topic_display;      // the topic stays the same from release to release: EHRs remember by it
    Suggestions suggestions;
    std::vector<fhir::Coding> override_reasons;
    std::vector<CardLink> links;
    std::vector<std::string> orders;  // the drafted orders it is about: "MedicationRequest/d1"
};

std::string topic_code(std::string_view recommendation_id);  // "anti-egfr-ras-mutant" -> "antiEgfrRasMutant"

// Gives the card and its suggestions their UUIDs, in the order in which they are written.
void identify(Card& card, UuidSource& uuids);

// The card as an element of the array that is open, with the members that this version and dialect know. `orders` says
// for whom suggested orders are written.
void write_card(json::Writer& writer, const Card& card, const WireProfile& profile, const fhir::OrderContext& orders);

}  // namespace rectal_cds::cdshooks
