// Files that hold a key, a token or a password are their user's alone, whatever reads them.
#pragma once

#include <filesystem>
#include <string>

#include "base/result.hpp"

namespace rectal_cds::auth {

// Not the owner and the group alone read it, or not the owner alone writes it: other than 0600, 0640 or 0440.
bool is_exposed(std::filesystem::perms permissions);

// Error (invalid, `where` is the file): an exposed file. `what` it holds ends the sentence: "the token of the pages".
// Done also for what is no file or does not exist: who reads it finds that.
base::Result<base::Done> check_secret_file(const std::string& file, const std::string& what);

}  // namespace rectal_cds::auth
