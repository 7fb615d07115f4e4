// Audit records as JSON: who, which client, which patient (by pseudonym), what was answered (reliability.md 5). No
// comment of a user, no clinical value. For this folder only.
#pragma once

#include <string>

#include "store/rows.hpp"

namespace rectal_cds::store {

std::string audit_text(const IssuedAnswer& answer);
std::string audit_text(const FeedbackBatch& batch, const BatchResult& result);

}  // namespace rectal_cds::store
