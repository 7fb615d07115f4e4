#include "store/pending.hpp"

#include "store/random_id.hpp"

namespace rectal_cds::store {

PendingFeedback::PendingFeedback(FeedbackBatch a_batch, std::function<void(Saved)> done, Deadline a_deadline)
    : batch(std::move(a_batch)), id(random_id()), deadline(a_deadline), done_(std::move(done)) {}

void PendingFeedback::tell(Saved saved) {
    try {
        done_(saved);
    } catch (...) {  // a fault of who asked is not the store's; its call is answered by its own time limit
    }
    done_ = nullptr;
}

PendingAnswer::PendingAnswer(IssuedAnswer an_answer) : answer(std::move(an_answer)), id(random_id()) {}

}  // namespace rectal_cds::store
