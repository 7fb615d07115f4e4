// The one connection that writes, and what went well or wrong on it. For this folder only; one thread uses it at a
// time, health() any.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "store/database.hpp"
#include "store/rows.hpp"
#include "store/sqlite_store.hpp"
#include "store/write_queue.hpp"

namespace rectal_cds::store {

class SqliteWriter {
public:
    explicit SqliteWriter(const StoreOptions& options) : options_(options) {}

    // Opens the file, checks it and brings it to the newest schema.
    FailureClass open();

    // All of it in one transaction; then answers the feedback, unless it failed.
    FailureClass write(const std::vector<std::shared_ptr<PendingFeedback>>& feedback,
                       const std::vector<PendingAnswer>& answers);

    void count_unavailable(std::size_t batches);
    void count_dropped(std::size_t answers);
    StoreHealth health() const;

private:
    void connect();
    void keep_quarantine_young(Instant now);
    FailureClass failed(const std::exception& error);
    void succeeded(const std::vector<BatchResult>& results, std::size_t answers);

    const StoreOptions options_;
    std::unique_ptr<soci::session> sql_;
    bool is_checked_ = false;
    Instant quarantine_cleared_{};
    mutable std::mutex mutex_;
    StoreHealth health_;
};

}  // namespace rectal_cds::store
