// The tables, as steps from one version of the schema to the next. For this folder only.
#pragma once

#include <soci/soci.h>

#include <stdexcept>

namespace rectal_cds::store {

// The file was written by a newer version of the program; nothing of it is touched.
struct NewerSchema : std::runtime_error {
    NewerSchema() : std::runtime_error("the schema of the database is newer than this program") {}
};
struct DamagedDatabase : std::runtime_error {
    DamagedDatabase() : std::runtime_error("the integrity check of the database failed") {}
};

int newest_schema();

// Brings the database to version `to`, step by step in one transaction; 0: the newest. Nothing happens when it is
// there already. Throws NewerSchema.
void migrate(soci::session& sql, int to = 0);

// SQLite's own check of the whole file. Throws DamagedDatabase.
void check_integrity(soci::session& sql);

}  // namespace rectal_cds::store
