// Medications that orders and administrations refer to and that came with nothing (cds-hooks.md 5.1, rule 5).
#pragma once

#include <vector>

#include "cdshooks/fetched.hpp"
#include "cdshooks/request.hpp"
#include "fhir/knowledge.hpp"

namespace rectal_cds::cdshooks {

// Reads of these Medications, each once: those of drafted orders first, then those that no text tells apart from the
// drugs of this service, then the rest; `most` at most. See Prepared::follow_up().
std::vector<Query> missing_medications(const Request& request, const fhir::Service& service,
                                       const std::vector<Fetched>& fetched, std::size_t most);

}  // namespace rectal_cds::cdshooks
