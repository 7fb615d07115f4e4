// Suggestions of a card, held against the service's own order-sign rules (decisions.md 49-55).
#pragma once

#include <string>
#include <vector>

#include "cdshooks/detail.hpp"
#include "cdshooks/request.hpp"
#include "cdshooks/uuid.hpp"
#include "cdshooks/wire_profile.hpp"
#include "fhir/knowledge.hpp"
#include "fhir/order.hpp"
#include "guideline/judge.hpp"
#include "json/writer.hpp"

namespace rectal_cds::cdshooks {

// A drafted order that has an id and is still a draft (decisions.md 55).
struct Deletion {
    std::string reference;  // "MedicationRequest/d1"
    std::string says;       // "cetuximab in this draft"
};

// What one suggestion does: deletes drafts, creates orders, or puts the orders in the place of the drafts.
struct ChosenSuggestion {
    std::string label;
    std::vector<const fhir::OrderTemplate*> orders;  // creates
    std::vector<Deletion> deletions;
    bool recommended = false;
    enum class Part : unsigned char { whole, first, further } part = Part::whole;  // parts of a regimen share a group
    std::string uuid = {};
    std::string belongs_to = {};  // of a part: what it is complete with; told with the action, which is what Epic shows
};

struct Suggestions {
    std::vector<ChosenSuggestion> chosen;
    std::vector<OptionRemark> remarks;  // withheld, or warned of
    bool any_number = false;            // selectionBehavior: any, otherwise at-most-one
};

// A suggestion is offered when its conditions hold, it is not already ordered, and signing it would raise no critical
// card; a warning it would raise is named. Replacements are judged as if the card's own deletions had been made.
Suggestions choose_suggestions(const fhir::Knowledge& knowledge, const guideline::Recommendation& recommendation,
                               domain::Facts& facts);

// The same for what this client can do (decisions.md 52, 53):
//   one regimen a card   the recommended one, else the first; the others are named in the remarks
//   one action           each drug, test or deletion is a suggestion of its own; selectionBehavior is any
//   1.0                  at-most-one; tests together first, then singly; a replacement takes its deletions along
Suggestions fitted(Suggestions suggestions, const guideline::Recommendation& recommendation,
                   const WireProfile& profile);

// For whom the suggested orders are written: the patient, encounter and user of the call, and the cancer of the record.
fhir::OrderContext order_context(const Request& request, const domain::Assessment& assessment);

// card.suggestions and card.selectionBehavior with the members of this version; nothing when there are none. The
// suggestions have their UUIDs.
void write_suggestions(json::Writer& writer, const Suggestions& suggestions, const WireProfile& profile,
                       fhir::OrderContext context);

}  // namespace rectal_cds::cdshooks
