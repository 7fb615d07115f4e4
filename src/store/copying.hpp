// Rows from one store to another, of either kind. For this folder only.
#pragma once

#include <soci/soci.h>

#include <cstdint>

namespace rectal_cds::store {

// All rows of all tables but the schema's own and used tokens. Both have the newest schema; `from` is inside a
// transaction that sees one moment, `to` inside a WriteTransaction.
std::uint64_t copy_rows(soci::session& from, soci::session& to);

// Of the same tables.
bool has_rows(soci::session& sql);

}  // namespace rectal_cds::store
