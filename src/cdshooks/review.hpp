// hooks/REVIEW.md: the whole content in words that a clinician can read, question and sign.
#pragma once

#include <string>

#include "fhir/knowledge.hpp"

namespace rectal_cds::cdshooks {

// GitHub-flavoured Markdown: for each recommendation When, Then, Orders, Evidence, Limits, Source claims, Reasons for
// overriding, Source attributes and a line to sign; then what concerns the content as a whole. The same text for the
// same knowledge, whatever the day.
std::string review(const fhir::Knowledge& knowledge);

}  // namespace rectal_cds::cdshooks
