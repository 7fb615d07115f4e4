// Reading a store beside the service that writes it. For this folder only.
#pragma once

#include <functional>
#include <string>

#include "store/audit_chain.hpp"
#include "store/database.hpp"
#include "store/schema.hpp"

namespace rectal_cds::store {

// "This store was written by a newer version of the program.", for what no second try makes good.
const char* why_unusable(FailureClass failure);

// In words, without the text of the exception, which may hold patient data; but for a connection that was not made.
base::Error reading_failed(const std::string& place, const std::exception& error);

base::Error broken_chain(const std::string& place, std::uint64_t at);

// Opens the store for one reading. Errors: not_found; invalid when it is no store of this version; system otherwise.
void open_for_reading(soci::session& sql, const std::string& place);
base::Result<base::Done> check_exists(const std::string& place);

template <class T>
base::Result<T> read_database(const std::string& place, const std::function<T(soci::session&)>& read) {
    if (const auto exists = check_exists(place); !exists) return exists.error();
    try {
        soci::session sql;
        open_for_reading(sql, place);
        return read(sql);
    } catch (const std::exception& error) {
        return reading_failed(place, error);
    }
}

enum class Company : unsigned char { allowed, refused };  // of other programs that have the store open

// Changes a store in one transaction, whole or not at all, and only with an intact audit chain (otherwise: refused).
template <class T>
base::Result<T> change_store(const std::string& place, const std::function<T(soci::session&)>& change,
                             Company company = Company::allowed) {
    if (const auto exists = check_exists(place); !exists) return exists.error();
    try {
        soci::session sql;
        open_for_reading(sql, place);
        if (company == Company::refused) take_alone(sql);
        prepare_erasing(sql);
        WriteTransaction transaction(sql);
        if (const AuditChain chain = verify_audit(sql); chain.broken_at) return broken_chain(place, *chain.broken_at);
        T result = change(sql);
        transaction.commit();
        finish_erasing(sql);
        return result;
    } catch (const std::exception& error) {
        return reading_failed(place, error);
    }
}

}  // namespace rectal_cds::store
