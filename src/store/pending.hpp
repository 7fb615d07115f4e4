// What waits to be written. For this folder only.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "store/store.hpp"

namespace rectal_cds::store {

using Deadline = std::chrono::steady_clock::time_point;

class PendingFeedback {
public:
    PendingFeedback(FeedbackBatch a_batch, std::function<void(Saved)> done, Deadline a_deadline);

    // Whoever claims it first, and nobody else, tells what became of it.
    bool claim() { return !is_claimed_.exchange(true); }
    bool is_claimed() const { return is_claimed_.load(); }
    void tell(Saved saved);  // precondition: claimed by the caller, and not told yet

    const FeedbackBatch batch;
    const std::string id;  // of its audit record
    const Deadline deadline;

private:
    std::atomic<bool> is_claimed_{false};
    std::function<void(Saved)> done_;
};

struct PendingAnswer {
    explicit PendingAnswer(IssuedAnswer an_answer);
    IssuedAnswer answer;
    std::string id;  // of its audit record
};

}  // namespace rectal_cds::store
