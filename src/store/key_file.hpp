// The key of the pseudonyms, in a file that only the service's user can read.
#pragma once

#include <string>

#include "auth/secret.hpp"
#include "base/result.hpp"

namespace rectal_cds::store {

// What auth::Pseudonyms takes: 32 bytes or more of any content, or several keys. Created with random bytes and mode
// 0600 when the file is absent. Errors (system, invalid): it cannot be read or created, is too short, or others may
// read it.
base::Result<auth::Secret> read_or_create_key(const std::string& file);

// The same without creating one.
base::Result<auth::Secret> read_key(const std::string& file);

// The key of the store at `place` (place.hpp), created as above when the file is absent and the store holds no
// pseudonyms. Error (not_found): it does, or that cannot be seen now; then nothing is created.
base::Result<auth::Secret> key_of_store(const std::string& file, const std::string& place);
base::Result<base::Done> may_make_key(const std::string& file, const std::string& place);  // that error, nothing else

// Writes the content of `file` with a further random key to the new file `next`.
base::Result<base::Done> write_next_key(const std::string& file, const std::string& next);

}  // namespace rectal_cds::store
