// The audit table: appended to. The digest of each row covers the row before and the seal of its own record, so a row
// that was changed, taken out or put in later shows (reliability.md 5; a loss at the very end shows only beside a
// digest that was noted elsewhere).
//
// The seal is a digest of a random salt and the record. What has to be erased goes with its salt; the seal stays, the
// chain holds, and nobody can try out what stood there. Three records tell what was done to the table, and a change
// that none of them tells shows: "erasure" lists the rows that are empty, "retention" the digest after which the rest
// goes on, "key rotation" the digest that the chain ended with before all of it was written anew.
#pragma once

#include <soci/soci.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "store/store.hpp"

namespace rectal_cds::store {

struct AuditRecord {
    std::string id;  // unique; a second record with the same id is left out, so that writing may be tried again
    Instant at{};
    std::string text;  // one JSON object
};

struct AuditChain {
    std::uint64_t records = 0;               // that were looked at, all of them when intact
    std::uint64_t erased = 0;                // of these
    std::optional<std::uint64_t> broken_at;  // the place of the first row that does not fit
    std::string head;                        // the digest of the last row: worth noting elsewhere
};

// Of the store at this place. Errors as of read_database.
base::Result<AuditChain> verify_audit(const std::string& place);

struct AuditRow {
    long long place = 0, at = 0;
    std::string id, record, salt, seal, digest;
};

// Appends again and again over one connection; its statements are prepared once and end before the connection does.
// Each append inside a WriteTransaction of the caller. For this folder only.
class AuditAppender {
public:
    explicit AuditAppender(soci::session& sql);
    AuditAppender(const AuditAppender&) = delete;
    AuditAppender& operator=(const AuditAppender&) = delete;

    void append(const AuditRecord& record);

private:
    AuditRow last_, row_;
    soci::statement read_last_, insert_;
};

// For this folder only; each inside a WriteTransaction of the caller, the last two with an intact chain.
// `visit` sees each row that fits, in order.
AuditChain verify_audit(soci::session& sql, const std::function<void(const AuditRow&)>& visit = {});
void append_audit(soci::session& sql, const AuditRecord& record);
void append_event(soci::session& sql, Instant at, const std::string& text);  // a record with an id of its own
void erase_records(soci::session& sql, const std::vector<long long>& places);
void rewrite_chain(soci::session& sql, const std::function<std::string(const std::string& record)>& rewritten);

}  // namespace rectal_cds::store
