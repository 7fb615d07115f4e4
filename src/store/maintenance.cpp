#include "store/maintenance.hpp"

#include <unistd.h>

#include <filesystem>

#include "auth/pseudonym.hpp"
#include "store/copying.hpp"
#include "store/key_file.hpp"
#include "store/place.hpp"
#include "store/reading.hpp"
#include "store/schema.hpp"
#include "store/used_token.hpp"
#include "json/writer.hpp"

namespace rectal_cds::store {

namespace fs = std::filesystem;
using base::Error;
using base::ErrorKind;
using base::Result;
using soci::into;
using soci::use;

namespace {

std::uint64_t rows(soci::session& sql, const char* of) {
    long long found = 0;
    sql << "SELECT count(*) FROM " << of, into(found);
    return static_cast<std::uint64_t>(found);
}

// `work` with a session of the store, at the schema that it has.
template <class T> Result<T> with_store(const std::string& place, const std::function<T(soci::session&)>& work) {
    if (const auto exists = check_exists(place); !exists) return exists.error();
    try {
        soci::session sql;
        open_database(sql, place, std::chrono::seconds(5), Durability::full);
        const int version = version_of(sql);
        if (version == 0) throw NotAStore();
        if (version > newest_schema()) throw NewerSchema();
        return work(sql);
    } catch (const std::exception& error) {
        return reading_failed(place, error);
    }
}

// Into a file beside it, which takes its name when it is whole.
Result<std::uint64_t> copy_into_file(soci::session& from, const std::string& file) {
    const std::string unfinished = file + ".unfinished";
    std::error_code ignored;
    for (const char* part : {"", "-wal", "-shm"}) fs::remove(unfinished + part, ignored);
    std::uint64_t count = 0;
    {
        soci::session to;
        open_database(to, unfinished, std::chrono::seconds(5), Durability::full);
        migrate(to);
        WriteTransaction transaction(to);
        count = copy_rows(from, to);
        transaction.commit();
        make_single_file(to);
    }
    fs::rename(unfinished, file);
    return count;
}

std::uint64_t renamed_cards(soci::session& sql, const auth::Pseudonyms& pseudonyms) {
    std::vector<std::string> before;
    std::string patient;
    soci::statement distinct = (sql.prepare << "SELECT DISTINCT patient FROM issued_card", into(patient));
    distinct.execute();
    while (distinct.fetch()) before.push_back(patient);
    for (const std::string& old : before) {
        const std::string renamed = pseudonyms.renewed(old);
        sql << "UPDATE issued_card SET patient = :renamed WHERE patient = :old", use(renamed), use(old);
    }
    return before.size();
}

// Inside a text of a record a quotation mark would be escaped, so this is the member and nothing else.
std::string renamed_record(const std::string& record, const auth::Pseudonyms& pseudonyms) {
    constexpr std::string_view member = "\"patient\":\"";
    constexpr std::size_t length = 32;
    const auto at = record.find(member);
    if (at == std::string::npos || record.size() < at + member.size() + length) return record;
    const std::size_t begin = at + member.size();
    return record.substr(0, begin) + pseudonyms.renewed(record.substr(begin, length)) + record.substr(begin + length);
}

std::uint64_t take_key(soci::session& sql, const auth::Pseudonyms& pseudonyms, Instant now) {
    const std::string head = verify_audit(sql).head, fingerprint = pseudonyms.fingerprint();
    const std::uint64_t changed = renamed_cards(sql, pseudonyms);
    rewrite_chain(sql, [&](const std::string& record) { return renamed_record(record, pseudonyms); });
    json::Writer told;
    told.begin_object().member("event", "key rotation").member("patients", changed).member("digestBefore", head);
    append_event(sql, now, told.end_object().take());
    sql << "UPDATE pseudonym_key SET fingerprint = :fingerprint", use(fingerprint);
    return changed;
}

std::string known_fingerprint(soci::session& sql) {
    std::string known;
    sql << "SELECT coalesce(max(fingerprint), '') FROM pseudonym_key", into(known);
    return known;
}

}  // namespace

Result<StoreState> check_store(const std::string& place) {
    return with_store<StoreState>(place, [](soci::session& sql) {
        StoreState state;
        state.schema = version_of(sql);
        check_integrity(sql);
        migrate(sql);
        state.cards = rows(sql, "issued_card");
        state.feedback = rows(sql, "feedback");
        state.unmatched = rows(sql, "feedback WHERE unmatched = 1");
        state.chain = verify_audit(sql);
        return state;
    });
}

Result<int> upgrade_store(const std::string& place) {
    return with_store<int>(place, [&](soci::session& sql) {
        const int before = version_of(sql);
        migrate(sql);
        if (is_postgresql(place)) make_token_table(sql);  // so that nodes need no right to make tables
        return before;
    });
}

Result<std::uint64_t> backup_store(const std::string& place, const std::string& copy) {
    const auto invalid = [&](const char* what) { return Error{ErrorKind::invalid, copy, what}; };
    if (is_postgresql(copy)) return invalid("The name of a new file is expected.");
    if (const auto checked = check_place(copy); !checked) return checked.error();
    if (fs::exists(copy)) return invalid("This file exists; a copy overwrites nothing.");
    std::optional<Error> not_written;
    auto count = read_database<std::uint64_t>(place, [&](soci::session& sql) -> std::uint64_t {
        begin_reading(sql);
        try {
            return copy_into_file(sql, copy).value();
        } catch (const std::exception& error) {
            not_written = reading_failed(copy, error);
            return 0;
        }
    });
    if (count && not_written) return *not_written;
    return count;
}

Result<std::uint64_t> restore_store(const std::string& copy, const std::string& place) {
    if (const auto checked = check_place(place); !checked) return checked.error();
    std::optional<Error> refused;
    auto count = read_database<std::uint64_t>(copy, [&](soci::session& from) -> std::uint64_t {
        begin_reading(from);
        try {
            soci::session to;
            open_database(to, place, std::chrono::seconds(5), Durability::full);
            migrate(to);
            WriteTransaction transaction(to);
            if (has_rows(to)) {
                refused = Error{ErrorKind::invalid, place, "This store holds rows already; a copy overwrites nothing."};
                return 0;
            }
            const std::uint64_t copied = copy_rows(from, to);
            transaction.commit();
            return copied;
        } catch (const std::exception& error) {
            refused = reading_failed(place, error);
            return 0;
        }
    });
    if (count && refused) return *refused;
    return count;
}

Result<std::uint64_t> rotate_key(const std::string& place, const std::string& key_file, Instant now) {
    const auto known = with_store<std::string>(place, [](soci::session& sql) {
        take_alone(sql);
        migrate(sql);
        return known_fingerprint(sql);
    });
    if (!known) return known.error();
    const std::string next = key_file + ".next";
    std::error_code unknown;
    if (!fs::exists(next, unknown)) {
        if (const auto written = write_next_key(key_file, next); !written) return written.error();
    }
    auto old_key = read_key(key_file), new_key = read_key(next);
    if (!old_key) return old_key.error();
    if (!new_key) return new_key.error();
    const bool is_next = auth::Pseudonyms::is_followed_by(old_key.value(), new_key.value());
    const auth::Pseudonyms before(std::move(old_key).value()), after(std::move(new_key).value());
    std::uint64_t changed = 0;
    if (known.value() != after.fingerprint()) {
        if (!is_next)
            return Error{ErrorKind::invalid, next,
                         "This file, which a rotation left that was broken off, does not go on from " + key_file +
                             ". Move it away and begin again. Nothing was changed."};
        const auto taken = change_store<std::uint64_t>(
            place,
            [&](soci::session& sql) {
                check_key(sql, before.fingerprint());
                return take_key(sql, after, now);
            },
            Company::refused);
        if (!taken) return taken.error();
        changed = taken.value();
    }
    if (rename(next.c_str(), key_file.c_str()) != 0)
        return Error{ErrorKind::system, next, "The store has the new key; this file has to take the old one's place."};
    return changed;
}

}  // namespace rectal_cds::store
