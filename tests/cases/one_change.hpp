// One change to a patient: what a recommendation makes of it is what its gates and inputs are for.
#pragma once

#include <string>
#include <vector>

namespace rectal_cds::testing {

struct Change {
    std::string name;                                                             // a column of one-change.md
    std::string (*made)(const std::string& request, const std::string& today){};  // the request with the change
};

// The first changes nothing. The others are facts that close a gate, facts that contradict or supersede, and keys of
// the prefetch that answer with an OperationOutcome.
const std::vector<Change>& one_changes();

}  // namespace rectal_cds::testing
