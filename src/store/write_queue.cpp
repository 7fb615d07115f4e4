#include "store/write_queue.hpp"

#include <algorithm>
#include <iterator>

namespace rectal_cds::store {

namespace {

constexpr std::ptrdiff_t most_feedback = 256;  // batches of one transaction
constexpr std::ptrdiff_t most_answers = 1000;
constexpr std::chrono::milliseconds gathering{10};

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
    if (answers_.empty()) {
        first_answer_ = std::chrono::steady_clock::now();
        changed_.notify_all();
    }
    answers_.push_back(std::move(answer));
    return true;
}

// Nobody waits for answers, but feedback is about them: it takes them along.
Deadline WriteQueue::answers_due() const {
    return std::max(feedback_.empty() ? first_answer_ + gathering : first_answer_, answers_rest_until_);
}

bool WriteQueue::is_due(Deadline now) const { return !answers_.empty() && now >= answers_due(); }

Work WriteQueue::take() {
    std::unique_lock lock(mutex_);
    while (!stopping_ && feedback_.empty() && !is_due(std::chrono::steady_clock::now())) {
        if (answers_.empty())
            changed_.wait(lock);
        else
            changed_.wait_until(lock, answers_due());
    }
    Work work;
    work.stopping = stopping_;
    const bool with_answers = stopping_ || is_due(std::chrono::steady_clock::now());
    work.feedback = take_front(feedback_, most_feedback);
    if (with_answers) work.answers = take_front(answers_, most_answers);
    return work;
}

std::size_t WriteQueue::give_back(std::vector<PendingAnswer> answers, std::chrono::milliseconds pause) {
    const std::lock_guard lock(mutex_);
    const std::size_t room = stopping_ ? 0 : answer_capacity_ - std::min(answer_capacity_, answers_.size());
    const std::size_t kept = std::min(room, answers.size());
    const auto end = answers.begin() + static_cast<std::ptrdiff_t>(kept);
    answers_.insert(answers_.begin(), std::make_move_iterator(answers.begin()), std::make_move_iterator(end));
    answers_rest_until_ = std::chrono::steady_clock::now() + pause;
    return answers.size() - kept;
}

void WriteQueue::stop() {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    changed_.notify_all();
}

}  // namespace rectal_cds::store
