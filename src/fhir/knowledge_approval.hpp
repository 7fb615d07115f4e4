// What an approval covers, and which recommendations have one.
#pragma once

#include <map>
#include <string>

#include "base/date.hpp"
#include "fhir/knowledge_file.hpp"
#include "guideline/recommendation.hpp"

namespace rectal_cds::fhir {

struct Definition {
    std::string path;
    base::Day date{};
};
using Definitions = std::map<std::string, Definition>;  // orders and regimens, by canonical

// An approval covers the orders and regimens that the plan suggests as they were on that day: none of them may be
// newer. `plan`: the text of the plan's file.
void check_approval_covers(const Definitions& defined, const guideline::Recommendation& recommendation,
                           const std::string& plan, Faults& faults);

}  // namespace rectal_cds::fhir
