// draft_of: what a suggested order would be if it were being signed now, so that the service's own order-sign
// rules can be held against it (decisions.md 49).
#pragma once

#include "domain/case.hpp"
#include "fhir/knowledge.hpp"

namespace rectal_cds::fhir {

// Adds the order to the drafts of the Case.
void add_as_draft(const CodeBook& book, const OrderTemplate& order, domain::Case& record);

// Whether an equivalent order is active or already in the draft: the same drug, or a service with the same code or
// of the same kind, placed at most 30 days ago or without a date (clinical.md 3.4).
bool already_ordered(const OrderTemplate& order, const domain::Case& record);

}  // namespace rectal_cds::fhir
