// Two bounded queues in front of the one writer: feedback that somebody waits for, and answers that nobody waits for.
// For this folder only; safe to use from several threads.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <vector>

#include "store/pending.hpp"

namespace rectal_cds::store {

struct Work {
    std::vector<std::shared_ptr<PendingFeedback>> feedback;
    std::vector<PendingAnswer> answers;
    bool stopping = false;
    bool empty() const { return feedback.empty() && answers.empty(); }
};

class WriteQueue {
public:
    WriteQueue(std::size_t feedback_capacity, std::size_t answer_capacity)
        : feedback_capacity_(feedback_capacity), answer_capacity_(answer_capacity) {}

    // False: full, or stopping.
    bool push(std::shared_ptr<PendingFeedback> feedback);
    bool push(PendingAnswer answer);

    // Waits for work and takes what one transaction may hold: feedback at once and the answers with it, answers alone
    // when the first has waited 10 ms, so that one commit serves many. After stop() it answers at once, with what is
    // left.
    Work take();

    // Answers that could not be written, to be tried again after `pause` and ahead of those that came since. Returns
    // how many found no room.
    std::size_t give_back(std::vector<PendingAnswer> answers, std::chrono::milliseconds pause);

    void stop();

private:
    Deadline answers_due() const;
    bool is_due(Deadline now) const;

    const std::size_t feedback_capacity_, answer_capacity_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::shared_ptr<PendingFeedback>> feedback_;
    std::deque<PendingAnswer> answers_;
    Deadline first_answer_{}, answers_rest_until_{};  // when the oldest came; after a failure
    bool stopping_ = false;
};

}  // namespace rectal_cds::store
