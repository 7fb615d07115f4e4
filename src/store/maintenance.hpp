// What an operator does to a store beside or instead of serving: look after it, copy it, and erase from it. Errors of
// all: those of read_database; `refused` when the audit chain is broken, for then nothing is changed. `place` as in
// place.hpp. Nothing here needs a stopped service, except restore and the rotation of the key.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "store/audit_chain.hpp"
#include "store/store.hpp"

namespace rectal_cds::store {

struct StoreState {
    int schema = 0;  // version; before upgrade
    std::uint64_t cards = 0, feedback = 0, unmatched = 0;
    AuditChain chain;
};
base::Result<StoreState> check_store(const std::string& place);

// Brings the schema to this program's; returns the version it had.
base::Result<int> upgrade_store(const std::string& place);

// All rows as they were at one moment, into a new SQLite file that is a store itself: it can be checked, exported from
// and restored from, also into the other kind of store. Used tokens are left out. Returns the rows. Errors (conflict):
// the copy exists; restore: there are rows already.
base::Result<std::uint64_t> backup_store(const std::string& place, const std::string& copy);
base::Result<std::uint64_t> restore_store(const std::string& copy, const std::string& place);

struct Erased {
    std::uint64_t cards = 0, feedback = 0, records = 0;  // records: of the audit chain
    std::uint64_t patients = 0;                          // about whom anything was found
};

// All that is stored about these patients; the records of the audit chain are emptied and listed in one that says so.
// `key_fingerprint`: of the key that the pseudonyms were made with, unless empty; with another key than the store's
// nobody would be found, so that is an Error.
base::Result<Erased> erase_patients(const std::string& place, const std::vector<std::string>& pseudonyms, Instant now,
                                    const std::string& key_fingerprint = {});

// Feedback, cards and audit records older than `before`; a card stays while feedback about it does. Where that would be
// all there is, the clock or `before` is more likely wrong than meant: invalid, and nothing is erased, unless `also_all`.
base::Result<Erased> erase_older(const std::string& place, Instant before, Instant now, bool also_all = false);

// A further key: every pseudonym in the store becomes the pseudonym of itself under the new key, so that patients are
// recognised as before and the old key alone finds nobody. The new file takes the old one's place after the commit; a
// rotation that was cut short between the two is finished by the next one. Returns how many pseudonyms changed. Error
// (system): another program has the store open, as a service does; then nothing is changed.
base::Result<std::uint64_t> rotate_key(const std::string& place, const std::string& key_file, Instant now);

}  // namespace rectal_cds::store
