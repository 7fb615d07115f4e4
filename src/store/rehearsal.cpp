#include "store/rehearsal.hpp"

#include <unistd.h>

#include <filesystem>

#include "auth/pseudonym.hpp"
#include "store/key_file.hpp"
#include "store/place.hpp"
#include "store/reading.hpp"

namespace rectal_cds::store {

namespace fs = std::filesystem;
using base::Done;
using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

bool is_there(const std::string& file) {
    std::error_code unknown;
    return fs::exists(file, unknown);
}

// Stores from before the table of the key have none.
Result<Done> compare_key(const std::string& place, const std::string& fingerprint) {
    try {
        soci::session sql;
        open_database(sql, place, std::chrono::seconds(1), Durability::full);
        if (version_of(sql) > newest_schema()) throw NewerSchema();
        check_integrity(sql);
        std::string known;
        if (has_table(sql, "pseudonym_key"))
            sql << "SELECT coalesce(max(fingerprint), '') FROM pseudonym_key", soci::into(known);
        if (!known.empty() && !fingerprint.empty() && known != fingerprint) throw OtherKey();
        return Done{};
    } catch (const std::exception& error) {
        return reading_failed(place, error);
    }
}

}  // namespace

Result<Done> check_writable_file(const std::string& file) {
    const bool exists = is_there(file);
    const std::string what = exists ? file : fs::absolute(file).parent_path().string();
    if (access(what.c_str(), exists ? W_OK : W_OK | X_OK) == 0) return Done{};
    return Error{ErrorKind::system, file, "This file cannot be written or made by this user."};
}

Result<Done> rehearse(const std::string& place, const std::string& key_file) {
    if (auto checked = check_place(place); !checked) return checked;
    std::string fingerprint;
    if (is_there(key_file)) {
        auto key = read_key(key_file);
        if (!key) return key.error();
        fingerprint = auth::Pseudonyms(std::move(key).value()).fingerprint();
    } else {
        if (auto checked = may_make_key(key_file, place); !checked) return checked;
        if (auto checked = check_writable_file(key_file); !checked) return checked;
    }
    if (is_postgresql(place)) return compare_key(place, fingerprint);
    if (auto checked = check_writable_file(place); !checked) return checked;
    return is_there(place) ? compare_key(place, fingerprint) : Done{};
}

}  // namespace rectal_cds::store
