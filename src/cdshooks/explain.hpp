// Why: every fact with its evidence and gaps, every recommendation with its conditions.
#pragma once

#include <vector>

#include "fhir/knowledge.hpp"
#include "guideline/judge.hpp"
#include "json/writer.hpp"

namespace rectal_cds::cdshooks {

const char* words(domain::Gap::Cause cause);  // "recorded but unusable"

// The member org.rectal-cds.explanation of the extension that is open: facts {name, value, note, evidence, gaps} of the
// whole vocabulary, unusable {reference, about, problem} of the resources that may not be used, recommendations {id,
// applies, indicator, expired, conditions {fact, value}} of the hook, and notApproved {id, reviewStatus} of those that
// --require-approved keeps from being judged. `only`: nothing but these recommendations and the facts of their conditions;
// empty: everything.
void write_explanation(json::Writer& writer, const fhir::Knowledge& knowledge, domain::Facts& facts,
                       const std::vector<guideline::Verdict>& verdicts, const std::vector<std::string>& only = {});

}  // namespace rectal_cds::cdshooks
