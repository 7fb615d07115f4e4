// What bears on the order being written and that no rule reads: told beside the cards, never judged (decisions.md A).
#pragma once

#include <string>
#include <vector>

#include "domain/assessment.hpp"

namespace rectal_cds::domain {

struct Unchecked {
    std::string what;      // a full sentence
    bool warning = false;  // a value is present and could not be used; otherwise something is never read
};

// Where the rules apply to the drafted orders. `transplant_known`: a card tells of an autoimmune disease or transplant.
std::vector<Unchecked> unchecked(const Assessment& a, bool transplant_known);

// Where they do not, because the primary is recorded as not active beside an active distant metastasis
// (clinical.md 3.1).
std::vector<Unchecked> unchecked_beside_inactive_primary(const Assessment& a);

}  // namespace rectal_cds::domain
