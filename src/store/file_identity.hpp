// Which file a name stands for. A SQLite connection goes on writing to its file when that is moved, removed or
// replaced, and nobody would find what was acknowledged then. For this folder only.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>

namespace rectal_cds::store {

struct FileIdentity {
    dev_t device{};
    ino_t number{};
    bool operator==(const FileIdentity&) const = default;
};

// None: there is no such file, it cannot be asked about, or the place is a server.
std::optional<FileIdentity> file_at(const std::string& place);

}  // namespace rectal_cds::store
