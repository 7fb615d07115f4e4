// Words and Markdown that the parts of hooks/REVIEW.md share.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/vocabulary.hpp"
#include "fhir/knowledge.hpp"

namespace rectal_cds::cdshooks {

// "F. Orders: EGFR antibodies and immunotherapy" of a group A to H (clinical.md 3.7).
const char* group_title(char group);

// "- **RAS mutant**: A final KRAS or NRAS result …"
std::string fact_line(domain::FactId fact);

// The facts' names in bold, joined by `between`.
std::string fact_names(const std::vector<domain::FactId>& facts, const char* between);

// A detail as a quotation, with «days since stage IV» for each placeholder and without the marks of sections.
std::string quoted_detail(std::string_view detail);

// "days since stage IV" of "daysSinceStageIv".
std::string placeholder_in_words(std::string_view name);

// One cell of a table: a line, with its bars escaped. An empty one is "-".
std::string cell(std::string_view text);

std::string table_row(const std::vector<std::string>& cells);
std::string table_head(const std::vector<std::string>& titles);

// The address of a heading on one page, as GitHub makes it: "39-egfr-antibody-ordered".
std::string anchor(std::string_view heading);

// "39. EGFR antibody ordered in RAS-mutant disease": the heading of the recommendation at this place, from 0 on.
std::string numbered_title(std::size_t place, const guideline::Recommendation& recommendation);

// "[39](#…)": links to recommendations by id, in the order of the knowledge; "-" for none.
std::string links_to(const fhir::Knowledge& knowledge, const std::vector<std::string>& ids);

}  // namespace rectal_cds::cdshooks
