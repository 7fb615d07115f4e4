// In the server, before the C library: while the file named by FULL_DISK_WHEN exists, no table can be written, as on a
// full disk.
#include <dlfcn.h>
#include <sys/types.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

bool is_full(int file) {
    const char* const flag = std::getenv("FULL_DISK_WHEN");
    if (!flag || access(flag, F_OK) != 0) return false;
    std::array<char, 4096> name{};
    const std::string link = "/proc/self/fd/" + std::to_string(file);
    const ssize_t length = readlink(link.c_str(), name.data(), name.size());
    return length > 0 &&
           std::string_view(name.data(), static_cast<std::size_t>(length)).find("/base/") != std::string_view::npos;
}

}  // namespace

extern "C" ssize_t pwrite64(int file, const void* bytes, size_t size, off64_t offset) {
    using Write = ssize_t (*)(int, const void*, size_t, off64_t);
    static const Write write = reinterpret_cast<Write>(dlsym(RTLD_NEXT, "pwrite64"));
    if (!is_full(file)) return write(file, bytes, size, offset);
    errno = ENOSPC;
    return -1;
}

extern "C" ssize_t pwrite(int file, const void* bytes, size_t size, off_t offset) {
    return pwrite64(file, bytes, size, offset);
}
