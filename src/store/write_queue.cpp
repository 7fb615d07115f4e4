#include "store/write_queue.hpp"

#include <algorithm>
#include <iterator>

namespace rectal_cds::store {

namespace {

constexpr std::ptrdiff_t most_feedback = 256;  // batches of one transaction
constexpr std::ptrdiff_t most_answers = 1000;

template <class T> std::vector<T> take_front(std::deque<T>& queue, std::ptrdiff_t most) {
    const auto end = queue.begin() + std::min(most, static_cast<std::ptrdiff_t>(queue.size()));
    std::vector<T> taken(std::make_move_iterator(queue.begin()), std::make_move_iterator(end));
    queue.erase(queue.begin(), end);
    return taken;
}

}  // namespace

bool WriteQueue::push(std::shared_ptr<PendingFeedback> feedback) {
    const std::lock_guard lock(mutex_);
    if (stopping_ || feedback_.size() >= feedback_capacity_) return false;
    feedback_.push_back(std::move(feedback));
    changed_.notify_all();
    return true;
}

bool WriteQueue::push(PendingAnswer answer) {
    const std::lock_guard lock(mutex_);
    if (stopping_ || answers_.size() >= answer_capacity_) return false;
    answers_.push_back(std::move(answer));
    changed_.notify_all();
    return true;
}

bool WriteQueue::answers_are_due() const {
    return !answers_.empty() && std::chrono::steady_clock::now() >= answers_wait_until_;
}

Work WriteQueue::take() {
    std::unique_lock lock(mutex_);
    while (!stopping_ && feedback_.empty() && !answers_are_due()) {
        if (answers_.empty())
            changed_.wait(lock);
        else
            changed_.wait_until(lock, answers_wait_until_);
    }
    Work work;
    work.stopping = stopping_;
    work.feedback = take_front(feedback_, most_feedback);
    if (stopping_ || answers_are_due()) work.answers = take_front(answers_, most_answers);
    return work;
}

std::size_t WriteQueue::give_back(std::vector<PendingAnswer> answers, std::chrono::milliseconds pause) {
    const std::lock_guard lock(mutex_);
    const std::size_t room = stopping_ ? 0 : answer_capacity_ - std::min(answer_capacity_, answers_.size());
    const std::size_t kept = std::min(room, answers.size());
    const auto end = answers.begin() + static_cast<std::ptrdiff_t>(kept);
    answers_.insert(answers_.begin(), std::make_move_iterator(answers.begin()), std::make_move_iterator(end));
    answers_wait_until_ = std::chrono::steady_clock::now() + pause;
    return answers.size() - kept;
}

void WriteQueue::stop() {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    changed_.notify_all();
}

}  // namespace rectal_cds::store
