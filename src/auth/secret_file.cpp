#include "auth/secret_file.hpp"

namespace rectal_cds::auth {

namespace fs = std::filesystem;

bool is_exposed(fs::perms permissions) {
    return (permissions & (fs::perms::group_write | fs::perms::others_all)) != fs::perms::none;
}

base::Result<base::Done> check_secret_file(const std::string& file, const std::string& what) {
    std::error_code unknown;
    const fs::file_status status = fs::status(file, unknown);
    if (unknown || !fs::is_regular_file(status) || !is_exposed(status.permissions())) return base::Done{};
    return base::Error{base::ErrorKind::invalid, file,
                 "Others than the owner and the group may not read " + what + " (mode 0600 or 0440)."};
}

}  // namespace rectal_cds::auth
