#include "store/database.hpp"

#include <soci/postgresql/soci-postgresql.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include "store/place.hpp"
#include "store/schema.hpp"

namespace rectal_cds::store {

namespace {

constexpr int longest_statement_ms = 10'000;

// Of one database: "rectal-c" as a number. All nodes that write take it.
constexpr const char* take_write_lock = "SELECT pg_advisory_xact_lock(8243113893085146979)";

// "rectal-k": each service's connection shares it, and a rotation of the key wants it alone.
constexpr const char* share_key_lock = "SELECT pg_advisory_lock_shared(8243104044473396587)";
constexpr const char* try_key_lock = "SELECT CASE WHEN pg_try_advisory_lock(8243104044473396587) THEN 1 ELSE 0 END";

FailureClass class_of_sqlite(int result) {
    switch (result & 0xff) {  // the primary result code
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return FailureClass::locked;
    case SQLITE_READONLY:
    case SQLITE_PERM: return FailureClass::read_only;
    case SQLITE_FULL: return FailureClass::full;
    case SQLITE_IOERR: return FailureClass::io;
    case SQLITE_CANTOPEN: return FailureClass::cannot_open;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return FailureClass::damaged;
    default: return FailureClass::other;
    }
}

// PostgreSQL, appendix A. A lost connection has no SQLSTATE: SOCI then gives blanks.
FailureClass class_of_sqlstate(const std::string& state) {
    const auto is = [&](auto... states) { return ((state == states) || ...); };
    const std::string group = state.substr(0, 2);
    if (is("53100")) return FailureClass::full;
    if (is("55P03", "40P01", "40001", "57014")) return FailureClass::locked;
    if (is("25006", "42501")) return FailureClass::read_only;
    if (group == "08" || group == "57" || group == "53" || group == "  " || group.empty())
        return FailureClass::unreachable;
    if (group == "58") return FailureClass::io;
    if (is("XX001", "XX002")) return FailureClass::damaged;
    return FailureClass::other;
}

void open_sqlite(soci::session& sql, const std::string& file, std::chrono::milliseconds busy_wait,
                 Durability durability) {
    sql.open(soci::sqlite3, "db=\"" + file + "\"");
    sql << "PRAGMA busy_timeout=" << busy_wait.count();
    std::string mode;
    sql << "PRAGMA journal_mode=WAL", soci::into(mode);
    sql << "PRAGMA synchronous=" << (durability == Durability::full ? "FULL" : "NORMAL");
}

// Messages of the server are kept from standard error, where libpq would print them: they may hold what is stored.
void open_server(soci::session& sql, const std::string& place, std::chrono::milliseconds busy_wait,
                 Durability durability) {
    try {
        sql.open(soci::postgresql, connection_text(place));
    } catch (const soci::soci_error& error) {
        throw Unreachable(error.what());
    }
    sql << "SET client_min_messages = error";
    sql << "SET client_encoding = 'UTF8'";
    sql << "SET lock_timeout = " << busy_wait.count();
    sql << "SET statement_timeout = " << longest_statement_ms;
    std::string commits;
    sql << "SELECT current_setting('synchronous_commit')", soci::into(commits);
    if (durability == Durability::normal)
        sql << "SET synchronous_commit = off";
    else if (commits == "off" || commits == "local")
        sql << "SET synchronous_commit = on";
}

}  // namespace

const char* name(FailureClass failure) {
    switch (failure) {
    case FailureClass::none: return "";
    case FailureClass::locked: return "locked";
    case FailureClass::read_only: return "read_only";
    case FailureClass::full: return "full";
    case FailureClass::io: return "io";
    case FailureClass::cannot_open: return "cannot_open";
    case FailureClass::gone: return "gone";
    case FailureClass::unreachable: return "unreachable";
    case FailureClass::damaged: return "damaged";
    case FailureClass::newer: return "newer";
    case FailureClass::other_key: return "other_key";
    case FailureClass::other: break;
    }
    return "other";
}

FailureClass class_of(const std::exception& error) {
    if (dynamic_cast<const NewerSchema*>(&error)) return FailureClass::newer;
    if (dynamic_cast<const DamagedDatabase*>(&error)) return FailureClass::damaged;
    if (dynamic_cast<const Unreachable*>(&error)) return FailureClass::unreachable;
    if (dynamic_cast<const OtherKey*>(&error)) return FailureClass::other_key;
    if (dynamic_cast<const ReadOnly*>(&error)) return FailureClass::read_only;
    if (dynamic_cast<const Gone*>(&error)) return FailureClass::gone;
    if (const auto* sqlite = dynamic_cast<const soci::sqlite3_soci_error*>(&error))
        return class_of_sqlite(sqlite->result());
    if (const auto* server = dynamic_cast<const soci::postgresql_soci_error*>(&error))
        return class_of_sqlstate(server->sqlstate());
    return FailureClass::other;
}

void open_database(soci::session& sql, const std::string& place, std::chrono::milliseconds busy_wait,
                   Durability durability) {
    if (is_postgresql(place))
        open_server(sql, place, busy_wait, durability);
    else
        open_sqlite(sql, place, busy_wait, durability);
}

bool is_sqlite(soci::session& sql) { return sql.get_backend_name() == "sqlite3"; }

bool has_table(soci::session& sql, const std::string& table) {
    const char* const query = is_sqlite(sql) ? "SELECT count(*) FROM sqlite_master WHERE name = :name"
                                             : "SELECT count(*) FROM pg_catalog.pg_tables WHERE tablename = :name"
                                               " AND schemaname = ANY (current_schemas(false))";
    int found = 0;
    sql << query, soci::use(table), soci::into(found);
    return found > 0;
}

int socket_of(soci::session& sql) {
    if (is_sqlite(sql)) return -1;
    return PQsocket(static_cast<soci::postgresql_session_backend*>(sql.get_backend())->conn_);
}

void check_integrity(soci::session& sql) {
    if (!is_sqlite(sql)) return;  // a server looks after its own files
    std::string answer;
    sql << "PRAGMA quick_check(1)", soci::into(answer);
    if (answer != "ok") throw DamagedDatabase();
}

void check_writable(soci::session& sql) {
    WriteTransaction transaction(sql);
    if (is_sqlite(sql)) return;
    std::string is_read_only;
    sql << "SELECT current_setting('transaction_read_only')", soci::into(is_read_only);
    if (is_read_only == "on") throw ReadOnly();
}

void begin_reading(soci::session& sql) {
    sql << (is_sqlite(sql) ? "BEGIN" : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
}

void prepare_erasing(soci::session& sql) {
    if (is_sqlite(sql))
        sql << "PRAGMA secure_delete = ON";
    else
        sql << "SET statement_timeout = 0";
}

void finish_erasing(soci::session& sql) {
    if (!is_sqlite(sql)) {
        sql << "VACUUM issued_card, issued_suggestion, feedback, audit";
        return;
    }
    int is_busy = 0;
    sql << "PRAGMA wal_checkpoint(TRUNCATE)", soci::into(is_busy);
}

void sign_on(soci::session& sql) {
    if (!is_sqlite(sql)) sql << share_key_lock;
}

// Each connection in WAL mode holds a lock on the file, so that only one that is alone can leave that mode.
void take_alone(soci::session& sql) {
    if (!is_sqlite(sql)) {
        int is_taken = 0;
        sql << try_key_lock, soci::into(is_taken);
        if (is_taken == 0) throw InUse();
        return;
    }
    try {
        std::string mode;
        sql << "PRAGMA locking_mode=EXCLUSIVE", soci::into(mode);
        sql << "PRAGMA journal_mode=DELETE", soci::into(mode);
    } catch (const std::exception& error) {
        if (class_of(error) == FailureClass::locked) throw InUse();
        throw;
    }
}

void make_single_file(soci::session& sql) {
    std::string mode;
    if (is_sqlite(sql)) sql << "PRAGMA journal_mode=DELETE", soci::into(mode);
}

WriteTransaction::WriteTransaction(soci::session& sql) : sql_(sql) {
    if (is_sqlite(sql_)) {
        sql_ << "BEGIN IMMEDIATE";
        return;
    }
    sql_ << "BEGIN";
    try {
        sql_ << take_write_lock;
    } catch (...) {
        roll_back();
        throw;
    }
}

WriteTransaction::~WriteTransaction() {
    if (is_open_) roll_back();
}

void WriteTransaction::roll_back() noexcept {
    try {
        sql_ << "ROLLBACK";
    } catch (const std::exception&) {
        // SQLite has rolled back by itself, as it does when the disk is full or fails; a server has, when it is gone.
    }
}

void WriteTransaction::commit() {
    sql_ << "COMMIT";
    is_open_ = false;
}

}  // namespace rectal_cds::store
