// Reads what a reviewing committee sees beside the recommendations: watch list, review notes, weak codes, golden
// cases (hooks/README.md).
#pragma once

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "fhir/governance.hpp"
#include "fhir/knowledge_file.hpp"
#include "fhir/knowledge_files.hpp"
#include "fhir/knowledge_references.hpp"

namespace rectal_cds::fhir {

// Library/watch-list, in the order of the dates. Each use of a plan goes to `plans`, of a cited work to `citations`.
std::vector<PendingDecision> read_watch_list(const Artefact& library,
                                             const std::unordered_map<std::string, guideline::Citation>& evidence,
                                             References& plans, References& citations, Faults& faults);

// Library/review-notes: open questions, thresholds, what is not read.
void read_review_notes(Governance& into, const Artefact& library, References& plans, Faults& faults);

// Concepts of the value sets that carry the extension evidence-weak. Files that are not JSON are passed over.
std::vector<WeakCode> read_weak_codes(const KnowledgeFiles& files);

// Each file: {"title", "today", "expect": {<plan id or notAssessed>: <indicator>}, "request": {a hook call}}, and
// nothing else. At least one. `documents` own the requests.
std::vector<GoldenCase> read_golden_cases(const KnowledgeFiles& files, References& plans,
                                          std::vector<std::shared_ptr<const json::Document>>& documents,
                                          std::vector<base::Error>& errors);

}  // namespace rectal_cds::fhir
