// One recommendation as hooks/REVIEW.md shows it.
#pragma once

#include <string>

#include "fhir/knowledge.hpp"

namespace rectal_cds::cdshooks {

// `place`: in the knowledge, from 0 on.
std::string recommendation_in_words(const fhir::Knowledge& knowledge, std::size_t place);

// "phase II or observational study, …" of a letter of the grade (clinical.md 3.5).
const char* grade_in_words(char grade);

// "a chart is opened, orders are signed"
std::string hooks_in_words(const guideline::Recommendation& recommendation);

// "info", or "info; warning when **…**"
std::string indicator_in_words(const guideline::Recommendation& recommendation);

}  // namespace rectal_cds::cdshooks
