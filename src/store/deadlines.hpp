// Answers feedback `unavailable` when its deadline passes, whatever the writer is doing: a disk that hangs keeps no
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
    // `on_passed` is called after a deadline has answered.
    explicit Deadlines(std::function<void()> on_passed);
    ~Deadlines();
    Deadlines(const Deadlines&) = delete;
    Deadlines& operator=(const Deadlines&) = delete;

    // Precondition: no deadline is earlier than those watched already.
    void watch(const std::shared_ptr<PendingFeedback>& feedback);

private:
    void run();

    const std::function<void()> on_passed_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::pair<Deadline, std::weak_ptr<PendingFeedback>>> waiting_;
    bool stopping_ = false;
    std::thread thread_;  // the last member: it uses the others
};

}  // namespace rectal_cds::store
