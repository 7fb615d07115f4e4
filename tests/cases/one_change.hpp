// One change to a patient: what a recommendation makes of it is what its gates and inputs are for.
#pragma once

#include <string>
#include <vector>

#include "fhir/knowledge.hpp"

namespace rectal_cds::testing {

struct Change {
    std::string name;                                                             // a column of one-change.md
    std::string (*made)(const std::string& request, const std::string& today){};  // the request with the change
};

// The first changes nothing. The others are facts that close a gate, facts that contradict or supersede, and keys of
// the prefetch that answer with an OperationOutcome.
const std::vector<Change>& one_changes();

// What the recommendation makes of it: info, warning or critical where it fires; yields where it applies and another
// card takes its place; no; unknown; - where it is not judged; a status where the call is refused.
std::string answered(const fhir::Knowledge& knowledge, const std::string& request, const std::string& today,
                     const std::string& id);

// case.json of the first case of this verdict: fires or silent.
std::string first_case(const std::string& id, const std::string& verdict);

}  // namespace rectal_cds::testing
