// Erasing from a store: patients, and what is older than records are kept.
#include <algorithm>
#include <optional>

#include "store/maintenance.hpp"
#include "store/reading.hpp"
#include "store/schema.hpp"
#include "json/writer.hpp"

namespace rectal_cds::store {

using base::Error;
using base::ErrorKind;
using soci::into;
using soci::use;

namespace {

long long microseconds(Instant instant) { return instant.time_since_epoch().count(); }

std::uint64_t count(soci::session& sql, const char* what, const auto& value) {
    long long found = 0;
    sql << "SELECT count(*) FROM " << what, use(value), into(found);
    return static_cast<std::uint64_t>(found);
}

bool is_pseudonym(const std::string& text) {
    return text.size() == 32 && text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

std::vector<long long> records_of(soci::session& sql, const std::string& pseudonym) {
    const std::string pattern = "%\"patient\":\"" + pseudonym + "\"%";
    std::vector<long long> places;
    long long place = 0;
    soci::statement rows =
        (sql.prepare << "SELECT place FROM audit WHERE record LIKE :pattern ORDER BY place", use(pattern), into(place));
    rows.execute();
    while (rows.fetch()) places.push_back(place);
    return places;
}

// The cards go last: the others are found by them.
void erase_patient(soci::session& sql, const std::string& pseudonym, Erased& erased, std::vector<long long>& records) {
    const auto before = erased.cards + erased.feedback + records.size();
    erased.cards += count(sql, "issued_card WHERE patient = :patient", pseudonym);
    const char* const by_card = " WHERE card IN (SELECT uuid FROM issued_card WHERE patient = :patient)";
    erased.feedback += count(sql, (std::string("feedback") + by_card).c_str(), pseudonym);
    sql << "DELETE FROM feedback" << by_card, use(pseudonym);
    sql << "DELETE FROM issued_suggestion" << by_card, use(pseudonym);
    sql << "DELETE FROM issued_card WHERE patient = :patient", use(pseudonym);
    const auto places = records_of(sql, pseudonym);
    records.insert(records.end(), places.begin(), places.end());
    if (erased.cards + erased.feedback + records.size() > before) ++erased.patients;
}

bool is_other_key(soci::session& sql, const std::string& fingerprint) {
    std::string known;
    sql << "SELECT coalesce(max(fingerprint), '') FROM pseudonym_key", into(known);
    return !known.empty() && known != fingerprint;
}

json::Writer event(const char* name, const Erased& erased) {
    json::Writer writer;
    writer.begin_object().member("event", name).member("cards", erased.cards).member("feedback", erased.feedback);
    return writer;
}

// The rows of the audit before the first that is young enough; what follows them goes on from the last one's digest.
void cut_chain(soci::session& sql, long long before, Instant now, Erased& erased) {
    long long through = 0;
    std::string digest;
    sql << "SELECT coalesce((SELECT min(place) FROM audit WHERE at >= :before),"
           " (SELECT coalesce(max(place), 0) + 1 FROM audit)) - 1",
        use(before), into(through);
    sql << "SELECT digest FROM audit WHERE place = :through", use(through), into(digest);
    if (digest.empty()) {
        if (erased.cards + erased.feedback > 0)
            append_event(sql, now, event("old records", erased).end_object().take());
        return;
    }
    erased.records = count(sql, "audit WHERE place <= :through", through);
    json::Writer told = event("retention", erased);
    told.member("through", through).member("digest", digest);
    append_event(sql, now, told.end_object().take());
    sql << "DELETE FROM audit WHERE place <= :through", use(through);
}

// None: the store is empty.
std::optional<long long> newest_record(soci::session& sql) {
    long long newest = 0;
    for (const char* column : {"issued_at FROM issued_card", "received_at FROM feedback", "at FROM audit"}) {
        long long at = 0;
        sql << "SELECT " << column << " ORDER BY 1 DESC LIMIT 1", into(at);
        newest = std::max(newest, at);
    }
    return newest == 0 ? std::nullopt : std::optional{newest};
}

Erased erase_old_rows(soci::session& sql, Instant before, Instant now) {
    const long long moment = microseconds(before);
    Erased erased;
    erased.feedback = count(sql, "feedback WHERE received_at < :before", moment);
    sql << "DELETE FROM feedback WHERE received_at < :before", use(moment);
    const char* const old = "issued_card WHERE issued_at < :before AND uuid NOT IN (SELECT card FROM feedback)";
    erased.cards = count(sql, old, moment);
    sql << "DELETE FROM issued_suggestion WHERE card IN (SELECT uuid FROM " << old << ")", use(moment);
    sql << "DELETE FROM " << old, use(moment);
    cut_chain(sql, moment, now, erased);
    return erased;
}

}  // namespace

base::Result<Erased> erase_patients(const std::string& place, const std::vector<std::string>& pseudonyms, Instant now,
                                    const std::string& key_fingerprint) {
    if (!std::all_of(pseudonyms.begin(), pseudonyms.end(), is_pseudonym))
        return Error{ErrorKind::invalid, place, "A pseudonym is 32 hexadecimal digits."};
    return change_store<Erased>(place, [&](soci::session& sql) {
        if (!key_fingerprint.empty() && is_other_key(sql, key_fingerprint)) throw OtherKey();
        Erased erased;
        std::vector<long long> records;
        for (const std::string& pseudonym : pseudonyms) erase_patient(sql, pseudonym, erased, records);
        if (erased.cards + erased.feedback + records.size() == 0) return erased;
        erase_records(sql, records);
        erased.records = records.size();
        json::Writer told = event("erasure", erased);
        told.key("places").begin_array();
        for (const long long record : records) told.integer(record);
        append_event(sql, now, told.end_array().end_object().take());
        return erased;
    });
}

base::Result<Erased> erase_older(const std::string& place, Instant before, Instant now, bool also_all) {
    bool is_everything = false;
    const auto erased = change_store<Erased>(place, [&](soci::session& sql) {
        const auto newest = newest_record(sql);
        is_everything = !also_all && newest && *newest < microseconds(before);
        return is_everything ? Erased{} : erase_old_rows(sql, before, now);
    });
    if (erased && is_everything)
        return Error{ErrorKind::invalid, place,
                     "Everything in this store is as old as that: is the clock right, and the number of days? Nothing "
                     "was erased."};
    return erased;
}

}  // namespace rectal_cds::store
