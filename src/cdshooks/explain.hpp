// Why: every fact with its evidence and gaps, every recommendation with its conditions.
#pragma once

#include <vector>

#include "guideline/judge.hpp"
#include "json/writer.hpp"

namespace rectal_cds::cdshooks {

// The member "extension" with org.rectal-cds.explanation: facts {name, value, note, evidence, gaps} of the whole
// vocabulary, recommendations {id, applies, indicator, conditions {fact, value}} of the hook.
void write_explanation(json::Writer& writer, domain::Facts& facts, const std::vector<guideline::Verdict>& verdicts);

}  // namespace rectal_cds::cdshooks
