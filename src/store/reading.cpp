#include "store/reading.hpp"

#include <filesystem>

#include "store/schema.hpp"

namespace rectal_cds::store {

namespace {

constexpr std::chrono::milliseconds reading_waits{5000};

}  // namespace

base::Error reading_failed(const std::string& file, const std::exception& error) {
    switch (class_of(error)) {
    case FailureClass::newer:
        return {base::ErrorKind::invalid, file, "This store was written by a newer version of the program."};
    case FailureClass::damaged: return {base::ErrorKind::invalid, file, "This file is no store, or it is damaged."};
    case FailureClass::other: return {base::ErrorKind::invalid, file, "This file is not a store of this program."};
    default: break;
    }
    return {base::ErrorKind::system, file,
            std::string("The store cannot be read now (") + name(class_of(error)) + ")."};
}

base::Result<base::Done> check_exists(const std::string& file) {
    std::error_code unknown;
    if (!std::filesystem::is_regular_file(file, unknown)) {
        return base::Error{base::ErrorKind::not_found, file, "There is no store of this name."};
    }
    return check_name(file);
}

void open_for_reading(soci::session& sql, const std::string& file) {
    open_database(sql, file, reading_waits, Durability::full);
    int version = 0;
    sql << "SELECT max(version) FROM schema_version", soci::into(version);
    if (version > newest_schema()) throw NewerSchema();
    if (version < newest_schema()) migrate(sql);
}

}  // namespace rectal_cds::store
