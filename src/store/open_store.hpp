// Opens what holds the records: one SQLite file in WAL mode with synchronous=FULL, or a PostgreSQL database that
// several nodes share; both through SOCI, written by one thread that commits everything that waits in one transaction
// (group commit).
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>

#include "store/store.hpp"

namespace rectal_cds::store {

struct StoreOptions {
    std::string place = "rectal-cds.sqlite";     // place.hpp; a file is created when it is absent, with -wal and -shm
    std::string key_fingerprint{};               // of the pseudonyms' key; empty: not compared
    std::chrono::milliseconds patience{2000};    // after which save_feedback answers `unavailable`
    std::chrono::milliseconds busy_wait{1000};   // for another connection's lock
    std::size_t queue_capacity = 10'000;         // answers that wait to be recorded
    std::size_t feedback_capacity = 1'000;       // batches that wait; above it `unavailable` at once
    std::size_t quarantine_per_client = 10'000;  // items about unknown cards
    std::chrono::hours quarantine_age{24 * 90};  // after which an item that never found its card is deleted
};

// Errors (ErrorKind::invalid, `where` is the place): what check_place refuses, no database, a damaged one (SQLite's
// quick check), another program's, a schema newer than this program, pseudonyms that were made with another key, a new
// file that cannot be created. What may pass (locked, read-only, no space, no connection) is no error: the store is
// then down, and tries again with each write.
base::Result<std::unique_ptr<Store>> open_store(const StoreOptions& options);

}  // namespace rectal_cds::store
