// The key of the pseudonyms, in a file that only the service's user can read.
#pragma once

#include <string>

#include "auth/secret.hpp"
#include "base/result.hpp"

namespace rectal_cds::store {

// 32 bytes or more of any content. Created with random bytes and mode 0600 when the file is absent. Errors (system,
// invalid): it cannot be read or created, is too short, or others may read it.
base::Result<auth::Secret> read_or_create_key(const std::string& file);

}  // namespace rectal_cds::store
