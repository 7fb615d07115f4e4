// What stands in the way of serving from a store, found out without beginning.
#pragma once

#include <string>

#include "base/result.hpp"

namespace rectal_cds::store {

// Place, key file and the store itself as `serve` would find them now: no rows are written, no file is made. Errors:
// those of open_store and key_of_store, and a file or folder that may not be written.
base::Result<base::Done> rehearse(const std::string& place, const std::string& key_file);

// Whether this user may write the file, or make it where it is absent. Error (system): where `file`.
base::Result<base::Done> check_writable_file(const std::string& file);

}  // namespace rectal_cds::store
