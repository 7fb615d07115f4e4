// A file that one program writes at a time.
#pragma once

#include <string>

#include "base/result.hpp"

namespace rectal_cds {

// Holds a lock (flock) on a file, which is made when it is absent, until the end of the program's use of it. What is no
// regular file, as /dev/null, is not locked.
class LockedFile {
public:
    LockedFile() = default;
    ~LockedFile();
    LockedFile(const LockedFile&) = delete;
    LockedFile& operator=(const LockedFile&) = delete;

    // Error (system, `where` is the file): another program holds it, or it cannot be opened. Nothing in it is changed.
    base::Result<base::Done> lock(const std::string& file);

private:
    int descriptor_ = -1;
};

}  // namespace rectal_cds
