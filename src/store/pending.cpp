#include "store/pending.hpp"

#include <unistd.h>

#include <array>
#include <stdexcept>

namespace rectal_cds::store {

namespace {

std::string random_id() {
    std::array<unsigned char, 16> bytes{};
    if (getentropy(bytes.data(), bytes.size()) != 0) throw std::runtime_error("the system gives no random numbers");
    std::string text;
    for (const unsigned char byte : bytes) {
        text += "0123456789abcdef"[byte >> 4];
        text += "0123456789abcdef"[byte & 0xf];
    }
    return text;
}

}  // namespace

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
