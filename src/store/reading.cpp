#include "store/reading.hpp"

#include <filesystem>

#include "store/place.hpp"
#include "store/schema.hpp"

namespace rectal_cds::store {

namespace {

constexpr std::chrono::milliseconds reading_waits{5000};

}  // namespace

const char* why_unusable(FailureClass failure) {
    if (failure == FailureClass::newer) return "This store was written by a newer version of the program.";
    if (failure == FailureClass::damaged) return "This file is no store, or it is damaged.";
    if (failure == FailureClass::other_key)
        return "The pseudonyms of this store were made with another key (--pseudonym-key).";
    return "This is not a store of this program.";
}

base::Error reading_failed(const std::string& place, const std::exception& error) {
    if (dynamic_cast<const InUse*>(&error))
        return {base::ErrorKind::system, place,
                "Another program has this store open, as a running service does; stop it first. Nothing was changed."};
    const FailureClass failure = class_of(error);
    const bool is_lasting = failure == FailureClass::newer || failure == FailureClass::damaged ||
                            failure == FailureClass::other_key || failure == FailureClass::other;
    if (is_lasting) return {base::ErrorKind::invalid, place, why_unusable(failure)};
    std::string what = std::string("The store cannot be reached now (") + name(failure) + ").";
    if (dynamic_cast<const Unreachable*>(&error)) what += std::string(" ") + error.what();
    return {base::ErrorKind::system, place, what};
}

base::Error broken_chain(const std::string& place, std::uint64_t at) {
    return {base::ErrorKind::invalid, place,
            "The audit chain is broken at record " + std::to_string(at) + "; nothing was changed."};
}

base::Result<base::Done> check_exists(const std::string& place) {
    std::error_code unknown;
    if (!is_postgresql(place) && !std::filesystem::is_regular_file(place, unknown)) {
        return base::Error{base::ErrorKind::not_found, place, "There is no store of this name."};
    }
    return check_place(place);
}

void open_for_reading(soci::session& sql, const std::string& place) {
    open_database(sql, place, reading_waits, Durability::full);
    if (version_of(sql) == 0) throw NotAStore();
    migrate(sql);
}

}  // namespace rectal_cds::store
