#include "store/database.hpp"

#include <soci/sqlite3/soci-sqlite3.h>

#include <filesystem>
#include <stdexcept>

#include "store/schema.hpp"

namespace rectal_cds::store {

namespace fs = std::filesystem;

const char* name(FailureClass failure) {
    switch (failure) {
    case FailureClass::none: return "";
    case FailureClass::locked: return "locked";
    case FailureClass::read_only: return "read_only";
    case FailureClass::full: return "full";
    case FailureClass::io: return "io";
    case FailureClass::cannot_open: return "cannot_open";
    case FailureClass::damaged: return "damaged";
    case FailureClass::newer: return "newer";
    case FailureClass::other: break;
    }
    return "other";
}

FailureClass class_of(const std::exception& error) {
    if (dynamic_cast<const NewerSchema*>(&error)) return FailureClass::newer;
    if (dynamic_cast<const DamagedDatabase*>(&error)) return FailureClass::damaged;
    const auto* sqlite = dynamic_cast<const soci::sqlite3_soci_error*>(&error);
    if (!sqlite) return FailureClass::other;
    switch (sqlite->result() & 0xff) {  // the primary result code
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

void open_database(soci::session& sql, const std::string& file, std::chrono::milliseconds busy_wait,
                   Durability durability) {
    sql.open(soci::sqlite3, "db=\"" + file + "\"");
    sql << "PRAGMA busy_timeout=" << busy_wait.count();
    std::string mode;
    sql << "PRAGMA journal_mode=WAL", soci::into(mode);
    sql << "PRAGMA synchronous=" << (durability == Durability::full ? "FULL" : "NORMAL");
}

base::Result<base::Done> check_name(const std::string& file) {
    const auto invalid = [&](const char* what) { return base::Error{base::ErrorKind::invalid, file, what}; };
    if (file.empty() || file.find('"') != std::string::npos)
        return invalid("The name of a file without '\"' is expected.");
    const fs::path folder = fs::absolute(file).parent_path();
    std::error_code unknown;
    if (!fs::is_directory(folder, unknown)) return invalid("The folder of this file does not exist.");
    return base::Done{};
}

WriteTransaction::WriteTransaction(soci::session& sql) : sql_(sql) {
    sql_ << (sql_.get_backend_name() == "sqlite3" ? "BEGIN IMMEDIATE" : "BEGIN");
}

WriteTransaction::~WriteTransaction() {
    if (!is_open_) return;
    try {
        sql_ << "ROLLBACK";
    } catch (const std::exception&) {
        // SQLite has rolled back by itself, as it does when the disk is full or fails.
    }
}

void WriteTransaction::commit() {
    sql_ << "COMMIT";
    is_open_ = false;
}

}  // namespace rectal_cds::store
