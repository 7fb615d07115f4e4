#include "store/key_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>

#include "auth/pseudonym.hpp"
#include "auth/secret_file.hpp"
#include "store/place.hpp"
#include "store/reading.hpp"

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

// Whole or not at all, and never over a file that exists, so that of two programs that start at one time only one
// writes it.
base::Result<base::Done> create_file(const std::string& file, std::string_view content) {
    const Error failed{ErrorKind::system, file, "The key of the pseudonyms cannot be created."};
    const std::string unfinished = file + ".new-" + std::to_string(getpid());
    {
        const File created(open(unfinished.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR));
        const auto size = static_cast<ssize_t>(content.size());
        if (!created.is_open() || write(created.descriptor(), content.data(), content.size()) != size ||
            fsync(created.descriptor()) != 0) {
            return failed;
        }
    }
    const bool linked = link(unfinished.c_str(), file.c_str()) == 0 || errno == EEXIST;
    unlink(unfinished.c_str());
    return linked ? base::Result<base::Done>(base::Done{}) : failed;
}

bool is_absent(const std::string& file) {
    struct stat status {};
    return stat(file.c_str(), &status) != 0 && errno == ENOENT;
}

// Writes nothing. Stores from before the table of the key have cards alone.
bool has_pseudonyms(soci::session& sql) {
    for (const char* table : {"pseudonym_key", "issued_card"}) {
        int found = 0;
        if (has_table(sql, table))
            sql << "SELECT count(*) FROM (SELECT 1 FROM " << table << " LIMIT 1) AS any_row", soci::into(found);
        if (found > 0) return true;
    }
    return false;
}

base::Result<bool> holds_pseudonyms(const std::string& place) {
    std::error_code unknown;
    if (!is_postgresql(place) && !std::filesystem::exists(place, unknown)) return false;
    if (const auto checked = check_place(place); !checked) return checked.error();
    try {
        soci::session sql;
        open_database(sql, place, std::chrono::seconds(1), Durability::full);
        return has_pseudonyms(sql);
    } catch (const std::exception& error) {
        return reading_failed(place, error);
    }
}

base::Result<auth::Secret> random_key(const std::string& file) {
    std::string key(Pseudonyms::key_bytes, '\0');
    if (getentropy(key.data(), key.size()) != 0)
        return Error{ErrorKind::system, file, "The key of the pseudonyms cannot be created."};
    return auth::Secret(std::move(key));
}

}  // namespace

base::Result<auth::Secret> read_or_create_key(const std::string& file) {
    if (is_absent(file)) {
        const auto key = random_key(file);
        if (!key) return key.error();
        if (const auto created = create_file(file, key.value().reveal()); !created) return created.error();
    }
    return read_key(file);
}

base::Result<base::Done> may_make_key(const std::string& file, const std::string& place) {
    const auto is_needed = holds_pseudonyms(place);
    if (!is_needed && is_needed.error().kind == ErrorKind::invalid) return is_needed.error();
    if (!is_needed)
        return Error{ErrorKind::not_found, file,
                     "This key file is missing, and whether the store " + place +
                         " was made with it cannot be seen: " + is_needed.error().what};
    if (!is_needed.value()) return base::Done{};
    return Error{ErrorKind::not_found, file,
                 "This key file is missing, and the pseudonyms in the store " + place +
                     " were made with it. Put it back, or name its place with --pseudonym-key; no other key fits."};
}

base::Result<auth::Secret> key_of_store(const std::string& file, const std::string& place) {
    if (!is_absent(file)) return read_key(file);
    if (const auto checked = may_make_key(file, place); !checked) return checked.error();
    return read_or_create_key(file);
}

base::Result<auth::Secret> read_key(const std::string& file) {
    struct stat status {};
    const File opened(open(file.c_str(), O_RDONLY | O_CLOEXEC));
    if (!opened.is_open() || fstat(opened.descriptor(), &status) != 0 || !S_ISREG(status.st_mode)) {
        return Error{ErrorKind::system, file, "The key of the pseudonyms cannot be read."};
    }
    if (const auto checked = auth::check_secret_file(file, "the key of the pseudonyms"); !checked)
        return checked.error();
    std::string key(most_bytes, '\0');
    const ssize_t size = read(opened.descriptor(), key.data(), key.size());
    auth::Secret secret =
        auth::Secret::copy_of(std::string_view(key).substr(0, static_cast<std::size_t>(std::max<ssize_t>(size, 0))));
    auth::Secret(std::move(key));  // wipes the copy
    if (!Pseudonyms::is_key(secret)) {
        return Error{ErrorKind::invalid, file, "At least 32 bytes are expected as the key of the pseudonyms."};
    }
    return secret;
}

base::Result<base::Done> write_next_key(const std::string& file, const std::string& next) {
    const auto known = read_key(file);
    if (!known) return known.error();
    const auto key = random_key(next);
    if (!key) return key.error();
    return create_file(next, Pseudonyms::with_further_key(known.value(), key.value().reveal()).reveal());
}

}  // namespace rectal_cds::store
