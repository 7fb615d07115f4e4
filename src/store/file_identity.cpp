#include "store/file_identity.hpp"

#include <sys/stat.h>

#include "store/place.hpp"

namespace rectal_cds::store {

std::optional<FileIdentity> file_at(const std::string& place) {
    struct stat found {};
    if (is_postgresql(place) || ::stat(place.c_str(), &found) != 0) return std::nullopt;
    return FileIdentity{found.st_dev, found.st_ino};
}

}  // namespace rectal_cds::store
