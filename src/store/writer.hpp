// The one connection that writes, and what went well or wrong on it. For this folder only; one thread uses it at a
// time, health() any.
#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "store/connection.hpp"
#include "store/file_identity.hpp"
#include "store/issued_rows.hpp"
#include "store/open_store.hpp"
#include "store/rows.hpp"
#include "store/write_queue.hpp"

namespace rectal_cds::store {

class Writer {
public:
    explicit Writer(const StoreOptions& options) : options_(options) {}
    ~Writer() { disconnect(); }
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;

    // Opens the place, checks it and brings it to the newest schema.
    FailureClass open();

    // All of it in one transaction; then answers the feedback, unless it failed.
    FailureClass write(const std::vector<std::shared_ptr<PendingFeedback>>& feedback,
                       const std::vector<PendingAnswer>& answers);

    // From any thread: a write that waits so long for a server fails at once.
    void break_off(std::chrono::milliseconds older_than);

    void count_unavailable(std::size_t batches);
    void count_dropped(std::size_t answers);
    StoreHealth health() const;

private:
    using Feedback = std::vector<std::shared_ptr<PendingFeedback>>;
    using Answers = std::vector<PendingAnswer>;

    void connect();
    void disconnect();
    void check_still_there() const;
    std::vector<BatchResult> write_all(const Feedback& feedback, const Answers& answers);
    std::vector<BatchResult> write_once_more(const Feedback& feedback, const Answers& answers);
    void keep_quarantine_young(Instant now);
    FailureClass failed(const std::exception& error);
    void succeeded(const std::vector<BatchResult>& results, std::size_t answers);

    const StoreOptions options_;
    Connection connection_;
    std::optional<IssuedRows> issued_;  // over the open connection
    bool is_checked_ = false;
    std::optional<FileIdentity> file_;                      // what the connection writes to, or wrote to last
    std::atomic<std::chrono::steady_clock::rep> began_{0};  // the write under way; 0: none
    Instant quarantine_cleared_{};
    mutable std::mutex mutex_;
    StoreHealth health_;
};

}  // namespace rectal_cds::store
