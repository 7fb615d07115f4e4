// Reading a store's file beside the service that writes it. For this folder only.
#pragma once

#include <functional>
#include <string>

#include "store/database.hpp"

namespace rectal_cds::store {

// In words, without the text of the exception, which may hold patient data.
base::Error reading_failed(const std::string& file, const std::exception& error);

// Opens the file for one reading. Errors: not_found; invalid when it is no store of this version; system otherwise.
void open_for_reading(soci::session& sql, const std::string& file);
base::Result<base::Done> check_exists(const std::string& file);

template <class T>
base::Result<T> read_database(const std::string& file, const std::function<T(soci::session&)>& read) {
    if (const auto exists = check_exists(file); !exists) return exists.error();
    try {
        soci::session sql;
        open_for_reading(sql, file);
        return read(sql);
    } catch (const std::exception& error) {
        return reading_failed(file, error);
    }
}

}  // namespace rectal_cds::store
