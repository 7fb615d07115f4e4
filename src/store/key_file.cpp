#include "store/key_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "auth/pseudonym.hpp"

namespace rectal_cds::store {

using auth::Pseudonyms;
using base::Error;
using base::ErrorKind;

namespace {

constexpr std::size_t most_bytes = 4096;

class File {
public:
    explicit File(int descriptor) : descriptor_(descriptor) {}
    ~File() {
        if (descriptor_ >= 0) close(descriptor_);
    }
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    bool is_open() const { return descriptor_ >= 0; }
    int descriptor() const { return descriptor_; }

private:
    int descriptor_;
};

// Fails when the file exists, so that of two programs that start at one time only one writes it.
base::Result<base::Done> create_key(const std::string& file) {
    const Error failed{ErrorKind::system, file, "The key of the pseudonyms cannot be created."};
    std::array<char, Pseudonyms::key_bytes> key{};
    if (getentropy(key.data(), key.size()) != 0) return failed;
    const std::string unfinished = file + ".new-" + std::to_string(getpid());
    {
        const File created(open(unfinished.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR));
        const auto size = static_cast<ssize_t>(key.size());
        if (!created.is_open() || write(created.descriptor(), key.data(), key.size()) != size ||
            fsync(created.descriptor()) != 0) {
            return failed;
        }
    }
    const bool linked = link(unfinished.c_str(), file.c_str()) == 0 || errno == EEXIST;
    unlink(unfinished.c_str());
    return linked ? base::Result<base::Done>(base::Done{}) : failed;
}

}  // namespace

base::Result<auth::Secret> read_or_create_key(const std::string& file) {
    struct stat status {};
    if (stat(file.c_str(), &status) != 0 && errno == ENOENT) {
        if (const auto created = create_key(file); !created) return created.error();
    }
    const File opened(open(file.c_str(), O_RDONLY | O_CLOEXEC));
    if (!opened.is_open() || fstat(opened.descriptor(), &status) != 0 || !S_ISREG(status.st_mode)) {
        return Error{ErrorKind::system, file, "The key of the pseudonyms cannot be read."};
    }
    if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
        return Error{ErrorKind::invalid, file,
                     "Only the owner may have access to the key of the pseudonyms (mode 0600)."};
    }
    std::string key(most_bytes, '\0');
    const ssize_t size = read(opened.descriptor(), key.data(), key.size());
    if (size < static_cast<ssize_t>(Pseudonyms::key_bytes)) {
        return Error{ErrorKind::invalid, file, "At least 32 bytes are expected as the key of the pseudonyms."};
    }
    auth::Secret secret = auth::Secret::copy_of(std::string_view(key).substr(0, static_cast<std::size_t>(size)));
    auth::Secret(std::move(key));  // wipes the copy
    return secret;
}

}  // namespace rectal_cds::store
