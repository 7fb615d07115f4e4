// What the pages say of one recommendation, beside the words that hooks/REVIEW.md uses (cdshooks/review_words.hpp).
#pragma once

#include <string>
#include <string_view>

#include "fhir/knowledge.hpp"
#include "pages/page.hpp"

namespace rectal_cds::pages {

std::string in_lower_case(std::string_view text);  // ASCII letters only

// All that a search looks into, in lower case.
std::string searched_text(const guideline::Recommendation& recommendation);

// Whether it suggests orders of the drug, or names it in its title, texts or conditions.
bool concerns(const fhir::Knowledge& knowledge, const guideline::Recommendation& recommendation, domain::Drug drug);

// The severities that its card can have, lowest first: {severity}.
Values severities_of(const guideline::Recommendation& recommendation);

// Facts with their meaning: {name, meaning}.
Values facts_in_words(const std::vector<domain::FactId>& facts);

struct Listed {
    const guideline::Recommendation* recommendation = nullptr;
    bool is_judged = true;  // otherwise set aside by --require-approved
};

// Those that are judged, then those that are set aside.
std::vector<Listed> all_of(const fhir::Knowledge& knowledge);

}  // namespace rectal_cds::pages
