// Conditions that are no cancer (local-codes.md 2, terminology.md 5).
#pragma once

#include <optional>

#include "fhir/readers.hpp"

namespace rectal_cds::fhir {

std::optional<domain::ProblemKind> problem_kind(const Concept& code);
domain::Topic topic_of(domain::ProblemKind kind);

// Adds a Problem, or the doubt that a code of the same ICD-10 category raises, or nothing. `when`: its onset, or the day
// it was recorded.
void read_problem(Reading& reading, json::Value condition, const Concept& code, domain::ClinicalStatus status,
                  std::optional<base::DateInterval> when);

}  // namespace rectal_cds::fhir
