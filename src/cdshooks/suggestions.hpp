// Suggestions of a card, held against the service's own order-sign rules (decisions.md 49-55).
#pragma once

#include <string>
#include <vector>

#include "cdshooks/wire_profile.hpp"
#include "cdshooks/detail.hpp"
#include "cdshooks/request.hpp"
#include "cdshooks/uuid.hpp"
#include "fhir/knowledge.hpp"
#include "guideline/judge.hpp"
#include "json/writer.hpp"

namespace rectal_cds::cdshooks {

struct ChosenSuggestion {
    std::string label;
    std::vector<const fhir::OrderTemplate*> orders;  // creates
    std::vector<std::string> deletions;              // "MedicationRequest/d1"
    bool recommended = false;
    enum class Part : unsigned char { whole, first, further } part = Part::whole;  // parts of a regimen share a group
};

struct Suggestions {
    std::vector<ChosenSuggestion> chosen;
    std::vector<OptionRemark> remarks;  // withheld, or warned of
    bool any_number = false;            // selectionBehavior: any, otherwise at-most-one
    bool proposal_intent = false;
    bool deletes_by_resource = false;
};

// A suggestion is offered when its conditions hold, it is not already ordered, and signing it would raise no critical
// card; a warning it would raise is named. Replacements are judged as if the card's own deletions had been made.
Suggestions choose_suggestions(const fhir::Knowledge& knowledge, const guideline::Recommendation& recommendation, domain::Facts& facts);

// The same for what this client can do (decisions.md 52, 53):
//   one regimen a card   the recommended one, else the first; the others are named in the remarks
//   one action           each drug, test or deletion is a suggestion of its own; selectionBehavior is any
//   1.0                  at-most-one; tests together first, then singly; a replacement takes its deletions along
Suggestions fitted(Suggestions suggestions, const guideline::Recommendation& recommendation, const WireProfile& profile);

// card.suggestions and card.selectionBehavior; nothing when there are none.
void write_suggestions(json::Writer& writer, const Suggestions& suggestions, const Request& request, const domain::Assessment& assessment,
                       UuidSource& uuids);

}  // namespace rectal_cds::cdshooks
