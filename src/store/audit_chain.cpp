#include "store/audit_chain.hpp"

#include "auth/pseudonym.hpp"
#include "store/database.hpp"
#include "store/reading.hpp"

namespace rectal_cds::store {

namespace {

struct Row {
    long long place = 0, at = 0;
    std::string id, text, digest;
};

std::string digest_after(const std::string& before, const Row& row) {
    return auth::digest_of({before, std::to_string(row.place), row.id, std::to_string(row.at), row.text});
}

Row last_row(soci::session& sql) {
    Row last;
    sql << "SELECT place, digest FROM audit ORDER BY place DESC LIMIT 1", soci::into(last.place),
        soci::into(last.digest);
    return last;
}

AuditChain verify(soci::session& sql) {
    AuditChain chain;
    Row row;
    soci::statement rows =
        (sql.prepare << "SELECT place, id, at, record, digest FROM audit ORDER BY place", soci::into(row.place),
         soci::into(row.id), soci::into(row.at), soci::into(row.text), soci::into(row.digest));
    rows.execute();
    std::string before;
    while (rows.fetch()) {
        ++chain.records;
        if (row.place != static_cast<long long>(chain.records) || row.digest != digest_after(before, row)) {
            chain.broken_at = chain.records;
            return chain;
        }
        before = row.digest;
    }
    return chain;
}

}  // namespace

void append_audit(soci::session& sql, const AuditRecord& record) {
    int known = 0;
    sql << "SELECT count(*) FROM audit WHERE id = :id", soci::use(record.id), soci::into(known);
    if (known > 0) return;
    const Row last = last_row(sql);
    Row row{last.place + 1, record.at.time_since_epoch().count(), record.id, record.text, {}};
    row.digest = digest_after(last.digest, row);
    sql << "INSERT INTO audit (place, id, at, record, digest) VALUES (:place, :id, :at, :record, :digest)",
        soci::use(row.place), soci::use(row.id), soci::use(row.at), soci::use(row.text), soci::use(row.digest);
}

base::Result<AuditChain> verify_audit(const std::string& place) { return read_database<AuditChain>(place, verify); }

}  // namespace rectal_cds::store
