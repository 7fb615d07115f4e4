// Suggestions of a card, held against the service's own order-sign rules (decisions.md 49-55).
#pragma once

#include <string>
#include <vector>

#include "cdshooks/detail.hpp"
#include "cdshooks/request.hpp"
#include "cdshooks/uuid.hpp"
#include "fhir/knowledge.hpp"
#include "guideline/judge.hpp"
#include "json/writer.hpp"

namespace rectal_cds::cdshooks {

struct ChosenSuggestion {
    const guideline::Suggestion* suggestion = nullptr;
    std::vector<const fhir::OrderTemplate*> orders;  // creates
    std::vector<std::string> deletions;              // "MedicationRequest/d1"
    bool recommended = false;
};

struct Suggestions {
    std::vector<ChosenSuggestion> chosen;
    std::vector<OptionRemark> remarks;  // withheld, or warned of
};

// A suggestion is offered when its conditions hold, it is not already ordered, and signing it would raise no critical
// card; a warning it would raise is named. Replacements are judged as if the card's own deletions had been made.
Suggestions choose_suggestions(const fhir::Knowledge& knowledge, const guideline::Recommendation& recommendation, domain::Facts& facts);

// card.suggestions and card.selectionBehavior; nothing when there are none.
void write_suggestions(json::Writer& writer, const Suggestions& suggestions, const guideline::Recommendation& recommendation,
                       const Request& request, const domain::Assessment& assessment, UuidSource& uuids);

}  // namespace rectal_cds::cdshooks
