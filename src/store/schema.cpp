#include "store/schema.hpp"

#include <initializer_list>
#include <string>
#include <vector>

#include "store/database.hpp"

namespace rectal_cds::store {

namespace {

// Plain SQL that SQLite and PostgreSQL both take: TEXT and BIGINT, times as microseconds since 1970 in UTC, no NULL
// (absent is ''). A step that has been released is never changed; a change is a further step.
const std::vector<std::vector<const char*>>& steps() {
    static const std::vector<std::vector<const char*>> all{
        {
            // One row a card that left the service.
            "CREATE TABLE issued_card (uuid TEXT PRIMARY KEY, client TEXT NOT NULL, service TEXT NOT NULL,"
            " hook TEXT NOT NULL, hook_instance TEXT NOT NULL, user_id TEXT NOT NULL, encounter TEXT NOT NULL,"
            " location TEXT NOT NULL, patient TEXT NOT NULL, recommendation TEXT NOT NULL, title TEXT NOT NULL,"
            " indicator TEXT NOT NULL, content_version TEXT NOT NULL, issued_at BIGINT NOT NULL)",
            "CREATE TABLE issued_suggestion (uuid TEXT PRIMARY KEY, card TEXT NOT NULL, label TEXT NOT NULL)",
            // `item` is the digest of all that makes two reports the same (decisions.md 59). `unmatched` is 1 while no
            // card of this client and service has the id: the quarantine (decisions.md 58).
            "CREATE TABLE feedback (item TEXT PRIMARY KEY, client TEXT NOT NULL, service TEXT NOT NULL,"
            " card TEXT NOT NULL, outcome TEXT NOT NULL, outcome_at BIGINT NOT NULL, suggestions TEXT NOT NULL,"
            " reason_system TEXT NOT NULL, reason_code TEXT NOT NULL, reason_display TEXT NOT NULL,"
            " reason_category TEXT NOT NULL, reason_title TEXT NOT NULL, reason_comment TEXT NOT NULL,"
            " received_at BIGINT NOT NULL, place BIGINT NOT NULL, unmatched BIGINT NOT NULL)",
            "CREATE INDEX feedback_by_card ON feedback (card)",
            "CREATE INDEX feedback_by_time ON feedback (outcome_at)",
            "CREATE INDEX feedback_unmatched ON feedback (client, received_at) WHERE unmatched = 1",
            // Appended to and never changed; each row's digest covers the row before (audit_chain.hpp).
            "CREATE TABLE audit (place BIGINT PRIMARY KEY, id TEXT NOT NULL UNIQUE, at BIGINT NOT NULL,"
            " record TEXT NOT NULL, digest TEXT NOT NULL)",
        },
        {
            // What a memory of cards needs after a restart (clinical.md 3.1).
            "ALTER TABLE issued_card ADD COLUMN evidence TEXT NOT NULL DEFAULT ''",
            "ALTER TABLE issued_card ADD COLUMN drafted_order TEXT NOT NULL DEFAULT ''",
            "CREATE INDEX issued_card_by_time ON issued_card (issued_at)",
        },
        {
            // One row: what tells the key of the pseudonyms from another (auth/pseudonym.hpp).
            "CREATE TABLE pseudonym_key (fingerprint TEXT NOT NULL)",
        },
        {
            // 1 where the service ran with a clock that stands still.
            "ALTER TABLE feedback ADD COLUMN test_clock BIGINT NOT NULL DEFAULT 0",
        },
        {
            // What the chain covers of a record, so that the record itself can be erased (audit_chain.hpp).
            "ALTER TABLE audit ADD COLUMN salt TEXT NOT NULL DEFAULT ''",
            "ALTER TABLE audit ADD COLUMN seal TEXT NOT NULL DEFAULT ''",
            "CREATE INDEX issued_card_by_patient ON issued_card (patient)",
            "CREATE INDEX issued_suggestion_by_card ON issued_suggestion (card)",
            "CREATE INDEX feedback_by_receipt ON feedback (received_at)",
        },
        {
            // The card's suggestions with it (suggestion_list.hpp). issued_suggestion has those issued before this
            // step.
            "ALTER TABLE issued_card ADD COLUMN suggestions TEXT NOT NULL DEFAULT ''",
        },
    };
    return all;
}

}  // namespace

int newest_schema() { return static_cast<int>(steps().size()); }

int version_of(soci::session& sql) {
    if (!has_table(sql, "schema_version")) return 0;
    int version = 0;
    sql << "SELECT coalesce(max(version), 0) FROM schema_version", soci::into(version);
    return version;
}

void migrate(soci::session& sql, int to) {
    if (to == 0) to = newest_schema();
    if (version_of(sql) == to) return;
    WriteTransaction transaction(sql);
    int version = version_of(sql);
    if (version > newest_schema()) throw NewerSchema();
    if (version == 0) sql << "CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL)";
    while (++version <= to) {
        for (const char* statement : steps()[static_cast<std::size_t>(version - 1)]) sql << statement;
        sql << "INSERT INTO schema_version (version) VALUES (:version)", soci::use(version);
    }
    transaction.commit();
}

void check_key(soci::session& sql, const std::string& fingerprint) {
    if (fingerprint.empty()) return;
    std::string known;
    sql << "SELECT coalesce(max(fingerprint), '') FROM pseudonym_key", soci::into(known);
    if (known.empty())
        sql << "INSERT INTO pseudonym_key (fingerprint) VALUES (:fingerprint)", soci::use(fingerprint);
    else if (known != fingerprint)
        throw OtherKey();
}

}  // namespace rectal_cds::store
