// Cards of CDS Hooks 2.0.1 (cds-hooks.md 8): recommendations, the fold, and what was not assessed.
#pragma once

#include <string>
#include <vector>

#include "cdshooks/audience.hpp"
#include "cdshooks/wire_profile.hpp"
#include "cdshooks/request.hpp"
#include "cdshooks/uuid.hpp"
#include "fhir/knowledge.hpp"
#include "guideline/judge.hpp"
#include "json/writer.hpp"

namespace rectal_cds::cdshooks {

std::string topic_code(std::string_view recommendation_id);  // "anti-egfr-ras-mutant" -> "antiEgfrRasMutant"

// What the rules about drafted orders could not assess, and why: lines of the card `notAssessed`, or of
// `data-unavailable` where that fires too (decisions.md 3).
struct NotAssessed {
    std::vector<std::string> lines;
    bool warning = false;  // otherwise only orders known by text: info
};
NotAssessed not_assessed(domain::Facts& facts, const std::vector<guideline::Verdict>& verdicts);

struct Answered {
    guideline::Arranged arranged;
    std::vector<guideline::Verdict> switched_off;  // fire, but are not shown to this client
    std::vector<guideline::Verdict> verdicts;  // all recommendations of the hook
};

// What cards are written from; all of it outlives the writing.
struct CardContent {
    const fhir::Knowledge& knowledge;
    const Request& request;
    const Answered& answered;
    domain::Facts& facts;
    Audience audience;
    const WireProfile& profile;
    const std::string& public_url;  // empty: no links to our own pages
};

// The member "cards" of the object that is open.
void write_cards(json::Writer& writer, const CardContent& content, UuidSource& uuids);

}  // namespace rectal_cds::cdshooks
