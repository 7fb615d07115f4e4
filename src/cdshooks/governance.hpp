// How far the review of the content has come, and what of it is due, in words for cards, discovery and operators.
#pragma once

#include <string>
#include <vector>

#include "fhir/knowledge.hpp"

namespace rectal_cds::cdshooks {

// "draft: not reviewed by a clinician", or who reviews or approved it, and when.
std::string review_status(const guideline::Recommendation& recommendation);

// The same of all recommendations together; counts where they differ.
std::string review_status(const fhir::Knowledge& knowledge);

// "draft", "in review" or "approved"; of all together also "partly approved".
std::string review_step(const guideline::Recommendation& recommendation);
std::string review_step(const fhir::Knowledge& knowledge);

// "0.1.0 of 2026-02-24, draft: not reviewed by a clinician"; with what is not judged for want of approval.
std::string content_description(const fhir::Knowledge& knowledge);

// One line for the start of the service: how many recommendations have expired or are past their review by `today`; empty
// when none has.
std::string dated_content(const fhir::Knowledge& knowledge, base::Day today);

// Sentences on what a clinician has to look at by `today`: reviews that are due, expired content, pending decisions
// whose day has come, approvals dated in the future.
std::vector<std::string> content_warnings(const fhir::Knowledge& knowledge, base::Day today);

}  // namespace rectal_cds::cdshooks
