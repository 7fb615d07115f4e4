// The closed list of named values that a plan's text may use: {{lastBevacizumabDate}} and its kin. Filled from the
// Case, empty when unknown; never by string code in a rule (design: knowledge is data).
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "domain/vocabulary.hpp"
#include "guideline/judge.hpp"

namespace rectal_cds::cdshooks {

using NamedValues = std::vector<std::pair<std::string_view, std::string>>;

// `verdicts`: all recommendations of the hook, for what is withheld.
NamedValues placeholder_values(domain::Facts& facts, const std::vector<guideline::Verdict>& verdicts);

// The prefetch keys that were read completely: "patient, conditions".
std::string read_inputs(const domain::Case& record);

// Titles of the recommendations that unread data leave undecided; those that would be critical first, and said so.
std::vector<std::string> withheld_titles(domain::Facts& facts, const std::vector<guideline::Verdict>& verdicts);

// Whether a verdict is unknown for one of these causes.
bool undecided_because(domain::Facts& facts, const guideline::Verdict& verdict, std::initializer_list<domain::Gap::Cause> causes);

}  // namespace rectal_cds::cdshooks
