// The tables, as steps from one version of the schema to the next. For this folder only.
#pragma once

#include <soci/soci.h>

#include <stdexcept>
#include <string>

namespace rectal_cds::store {

// The file was written by a newer version of the program; nothing of it is touched.
struct NewerSchema : std::runtime_error {
    NewerSchema() : std::runtime_error("the schema of the database is newer than this program") {}
};
struct DamagedDatabase : std::runtime_error {
    DamagedDatabase() : std::runtime_error("the integrity check of the database failed") {}
};

struct NotAStore : std::runtime_error {
    NotAStore() : std::runtime_error("the database has no tables of this program") {}
};
// No connection to the server. what() is libpq's own text: it names server and user, and neither password nor data.
struct Unreachable : std::runtime_error {
    explicit Unreachable(const std::string& what) : std::runtime_error(what) {}
};
struct OtherKey : std::runtime_error {
    OtherKey() : std::runtime_error("the pseudonyms of the database were made with another key") {}
};
struct InUse : std::runtime_error {
    InUse() : std::runtime_error("another program has the database open") {}
};
struct ReadOnly : std::runtime_error {
    ReadOnly() : std::runtime_error("the server takes no writes") {}
};

struct Gone : std::runtime_error {
    Gone() : std::runtime_error("the file of the store was moved, removed or replaced") {}
};

int newest_schema();

// 0: an empty database. Writes nothing.
int version_of(soci::session& sql);

// Brings the database to version `to`, step by step in one transaction; 0: the newest. Nothing is written when it is
// there already. Throws NewerSchema.
void migrate(soci::session& sql, int to = 0);

// The key that the pseudonyms are made with, by its fingerprint: kept when there is none yet. Inside a
// WriteTransaction. Throws OtherKey.
void check_key(soci::session& sql, const std::string& fingerprint);

// SQLite's own check of the whole file. Throws DamagedDatabase.
void check_integrity(soci::session& sql);

// Throws what class_of understands when nothing can be written now.
void check_writable(soci::session& sql);

}  // namespace rectal_cds::store
