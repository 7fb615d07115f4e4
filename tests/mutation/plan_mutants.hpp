// Plans with one fault each: what a slip of the pen could do to a recommendation without breaking its file.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "guideline/recommendation.hpp"

namespace rectal_cds::testing {

struct PlanMutant {
    std::string what;  // "without the condition 'RAS mutant'"
    std::function<void(guideline::Recommendation&)> make;
};

// A condition, hook, escalation, suggestion or reason fewer; another severity; another answer to "how many".
std::vector<PlanMutant> mutants_of(const guideline::Recommendation& recommendation);

}  // namespace rectal_cds::testing
