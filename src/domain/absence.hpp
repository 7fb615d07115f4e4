// Absence that was earned: "nothing found" means "nothing recorded" only where the inputs were read
// completely and nothing unusable could have spoken of the topic (decisions.md 7 and 9).
#pragma once

#include <initializer_list>
#include <string>

#include "domain/case.hpp"
#include "domain/finding.hpp"

namespace rectal_cds::domain {

// Resources without a readable code leave the truth as it is, since text never counts, and are told as a gap.
// `no` when the absence is certain; otherwise unknown, with the reasons as gaps.
// `what` names the thing looked for: "KRAS result".
Finding none_found(const Case& record, std::initializer_list<Input> inputs, std::initializer_list<Topic> topics,
                   const std::string& what);

// `found`, but its "no" only where everything was read: something newer may stand in the rest (decisions.md 7 and 9).
Finding no_only_if_read(const Case& record, Finding found, std::initializer_list<Input> inputs,
                        std::initializer_list<Topic> topics, const std::string& what);

// Whether the input was read completely, as yes or no.
Finding readable(const Case& record, Input input);

}  // namespace rectal_cds::domain
