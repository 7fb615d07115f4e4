// Where a store is: what --store names.
#pragma once

#include <string>

#include "base/result.hpp"

namespace rectal_cds::store {

// "postgresql://USER@HOST:PORT/DATABASE" (libpq's form, without a password), or "@FILE": a file with one such line,
// which may hold the password and is read anew for each connection. Anything else is the name of a SQLite file.
bool is_postgresql(const std::string& place);

// Errors (invalid, `where` is the place): a file name that SOCI cannot be given, a folder that does not exist; an
// address that libpq does not take, one with a password in it; a file that cannot be read or that others may read.
base::Result<base::Done> check_place(const std::string& place);

// What libpq is given; holds the password, so it is never shown. Precondition: is_postgresql. Throws Unreachable
// (schema.hpp) when the file of the address is not as check_place wants it.
std::string connection_text(const std::string& place);

}  // namespace rectal_cds::store
