#include "store/deadlines.hpp"

namespace rectal_cds::store {

Deadlines::Deadlines(std::function<void(PendingFeedback&)> give_up)
    : give_up_(std::move(give_up)), thread_([this] { run(); }) {}

Deadlines::~Deadlines() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
        changed_.notify_all();
    }
    thread_.join();
}

void Deadlines::watch(const std::shared_ptr<PendingFeedback>& feedback) {
    const std::lock_guard lock(mutex_);
    waiting_.emplace_back(feedback->deadline, feedback);
    if (waiting_.size() == 1) changed_.notify_all();
}

void Deadlines::run() {
    std::unique_lock lock(mutex_);
    while (!stopping_) {
        if (waiting_.empty()) {
            changed_.wait(lock);
            continue;
        }
        const Deadline next = waiting_.front().first;
        const auto feedback = waiting_.front().second.lock();
        if (feedback && !feedback->is_claimed() && std::chrono::steady_clock::now() < next) {
            changed_.wait_until(lock, next);
            continue;
        }
        waiting_.pop_front();
        lock.unlock();
        if (feedback) give_up_(*feedback);
        lock.lock();
    }
}

}  // namespace rectal_cds::store
