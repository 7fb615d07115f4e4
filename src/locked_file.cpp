#include "locked_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace rectal_cds {

using base::Error;
using base::ErrorKind;

LockedFile::~LockedFile() {
    if (descriptor_ >= 0) close(descriptor_);
}

base::Result<base::Done> LockedFile::lock(const std::string& file) {
    struct stat status {};
    if (stat(file.c_str(), &status) == 0 && !S_ISREG(status.st_mode)) return base::Done{};
    descriptor_ = open(file.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR | S_IRGRP | S_IROTH);
    if (descriptor_ < 0) return Error{ErrorKind::system, file, "This file cannot be written."};
    if (flock(descriptor_, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK) return base::Done{};
    return Error{ErrorKind::system, file, "Another run writes to this file; wait for its end, or name another file."};
}

}  // namespace rectal_cds
