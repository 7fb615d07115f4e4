// Gives feedback up when its deadline passes, whatever the writer is doing: a disk that hangs keeps no
// caller waiting. For this folder only.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

#include "store/pending.hpp"

namespace rectal_cds::store {

class Deadlines {
public:
    // `give_up` is called for each that nobody has claimed by its deadline.
    explicit Deadlines(std::function<void(PendingFeedback&)> give_up);
    ~Deadlines();
    Deadlines(const Deadlines&) = delete;
    Deadlines& operator=(const Deadlines&) = delete;

    // Precondition: no deadline is earlier than those watched already.
    void watch(const std::shared_ptr<PendingFeedback>& feedback);

private:
    void run();

    const std::function<void(PendingFeedback&)> give_up_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::pair<Deadline, std::weak_ptr<PendingFeedback>>> waiting_;
    bool stopping_ = false;
    std::thread thread_;  // the last member: it uses the others
};

}  // namespace rectal_cds::store
