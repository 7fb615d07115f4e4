// The audit table: appended to, never changed. The digest of each row covers the row before, so a row that was changed,
// taken out or put in later shows (reliability.md 5; a loss at the very end does not show by itself).
#pragma once

#include <soci/soci.h>

#include <cstdint>
#include <optional>
#include <string>

#include "base/result.hpp"
#include "store/store.hpp"

namespace rectal_cds::store {

struct AuditRecord {
    std::string id;  // unique; a second record with the same id is left out, so that writing may be tried again
    Instant at{};
    std::string text;  // one JSON object
};

// Inside a WriteTransaction.
void append_audit(soci::session& sql, const AuditRecord& record);

struct AuditChain {
    std::uint64_t records = 0;               // that were looked at, all of them when intact
    std::optional<std::uint64_t> broken_at;  // the place of the first row that does not fit
};
base::Result<AuditChain> verify_audit(const std::string& place);

}  // namespace rectal_cds::store
