#include "store/audit_chain.hpp"

#include <set>

#include "auth/pseudonym.hpp"
#include "store/database.hpp"
#include "store/random_id.hpp"
#include "store/reading.hpp"
#include "json/document.hpp"

namespace rectal_cds::store {

using soci::into;
using soci::use;

namespace {

constexpr int page_size = 1000;

using Row = AuditRow;

std::string seal_of(const Row& row) { return auth::digest_of({row.salt, row.record}); }

// Rows of stores from before there were seals have none; the record itself stands in its place.
std::string digest_after(const std::string& before, const Row& row) {
    const std::string& sealed = row.seal.empty() ? row.record : row.seal;
    return auth::digest_of({before, std::to_string(row.place), row.id, std::to_string(row.at), sealed});
}

std::vector<Row> read_page(soci::session& sql, long long after) {
    std::vector<Row> page;
    Row row;
    soci::statement rows =
        (sql.prepare << "SELECT place, id, at, record, salt, seal, digest FROM audit WHERE place > :after"
                        " ORDER BY place LIMIT :most",
         use(after), use(page_size), into(row.place), into(row.id), into(row.at), into(row.record), into(row.salt),
         into(row.seal), into(row.digest));
    rows.execute();
    while (rows.fetch()) page.push_back(row);
    return page;
}

void visit_rows(soci::session& sql, const std::function<bool(Row&)>& visit) {
    std::vector<Row> page;
    for (long long after = 0; !(page = read_page(sql, after)).empty(); after = page.back().place) {
        for (Row& row : page) {
            if (!visit(row)) return;
        }
    }
}

bool is_event(const Row& row, const char* event) {
    return row.record.starts_with("{\"event\":\"" + std::string(event) + "\"");
}

// Where the table begins since its older rows were deleted: place and digest of the last of those.
Row start_of(soci::session& sql) {
    Row row, start;
    sql << "SELECT coalesce(max(record), '') FROM audit WHERE place = (SELECT max(place) FROM audit"
           " WHERE record LIKE '{\"event\":\"retention\"%')",
        into(row.record);
    auto document = json::Document::parse(row.record);
    if (!document) return start;
    const json::Value event = document.value().root();
    start.place = event["through"].integer().value_or(0);
    start.digest = event["digest"].text();
    return start;
}

void note_listed(const Row& row, std::set<long long>& listed) {
    auto document = json::Document::parse(row.record);
    if (!document) return;
    for (const json::Value place : document.value().root()["places"].elements())
        listed.insert(place.integer().value_or(0));
}

}  // namespace

AuditChain verify_audit(soci::session& sql, const std::function<void(const AuditRow&)>& visit) {
    AuditChain chain;
    Row before = start_of(sql);
    std::set<long long> empty, listed;
    visit_rows(sql, [&](Row& row) {
        ++chain.records;
        const bool is_erased = row.record.empty() && !row.seal.empty();
        const bool is_sealed = is_erased || row.seal.empty() || row.seal == seal_of(row);
        if (row.place != before.place + 1 || !is_sealed || row.digest != digest_after(before.digest, row)) {
            chain.broken_at = static_cast<std::uint64_t>(before.place + 1);
            return false;
        }
        if (is_erased) empty.insert(row.place);
        if (is_event(row, "erasure")) note_listed(row, listed);
        if (visit) visit(row);
        before = row;
        return true;
    });
    chain.erased = empty.size();
    chain.head = before.digest;
    for (const long long place : empty) {
        if (listed.count(place) == 0 && !chain.broken_at) chain.broken_at = static_cast<std::uint64_t>(place);
    }
    return chain;
}

base::Result<AuditChain> verify_audit(const std::string& place) {
    return read_database<AuditChain>(place, [](soci::session& sql) { return verify_audit(sql); });
}

AuditAppender::AuditAppender(soci::session& sql)
    : read_last_((sql.prepare << "SELECT place, digest FROM audit ORDER BY place DESC LIMIT 1", into(last_.place),
                  into(last_.digest))),
      insert_((sql.prepare << "INSERT INTO audit (place, id, at, record, digest, salt, seal)"
                              " VALUES (:place, :id, :at, :record, :digest, :salt, :seal) ON CONFLICT (id) DO NOTHING",
               use(row_.place), use(row_.id), use(row_.at), use(row_.record), use(row_.digest), use(row_.salt),
               use(row_.seal))) {}

void AuditAppender::append(const AuditRecord& record) {
    last_ = {};
    read_last_.execute();
    while (read_last_.fetch()) {
    }  // to its end: SQLite keeps the snapshot of a query that is not
    row_.place = last_.place + 1;
    row_.at = record.at.time_since_epoch().count();
    row_.id = record.id;
    row_.record = record.text;
    row_.salt = random_id();
    row_.seal = seal_of(row_);
    row_.digest = digest_after(last_.digest, row_);
    insert_.execute(true);
}

void append_audit(soci::session& sql, const AuditRecord& record) { AuditAppender(sql).append(record); }

void append_event(soci::session& sql, Instant at, const std::string& text) {
    append_audit(sql, {random_id(), at, text});
}

void erase_records(soci::session& sql, const std::vector<long long>& places) {
    int unsealed = 0;
    sql << "SELECT count(*) FROM audit WHERE seal = ''", into(unsealed);
    if (unsealed > 0) rewrite_chain(sql, [](const std::string& record) { return record; });
    for (const long long place : places)
        sql << "UPDATE audit SET record = '', salt = '' WHERE place = :place", use(place);
}

void rewrite_chain(soci::session& sql, const std::function<std::string(const std::string&)>& rewritten) {
    std::string before = start_of(sql).digest;
    visit_rows(sql, [&](Row& row) {
        if (!row.record.empty()) {
            row.record = rewritten(row.record);
            row.salt = random_id();
            row.seal = seal_of(row);
        }
        row.digest = before = digest_after(before, row);
        sql << "UPDATE audit SET record = :record, salt = :salt, seal = :seal, digest = :digest WHERE place = :place",
            use(row.record), use(row.salt), use(row.seal), use(row.digest), use(row.place);
        return true;
    });
}

}  // namespace rectal_cds::store
