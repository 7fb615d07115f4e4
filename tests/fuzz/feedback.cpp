// Feedback: a batch is read whole or refused with its place.
#include "cdshooks/feedback.hpp"
#include "fuzz/target.hpp"

using namespace rectal_cds;

RECTAL_CDS_FUZZ_TARGET(feedback) {
    const auto items = cdshooks::read_feedback(std::string(input));
    if (!items.ok()) {
        fuzz::require(!items.error().what.empty(), "a refusal says why");
        return;
    }
    fuzz::require(items.value().size() <= cdshooks::max_feedback_items, "a batch is bounded");
    for (const cdshooks::FeedbackItem& item : items.value()) {
        fuzz::require(!item.card.empty(), "an item names its card");
        fuzz::require(item.reason.comment.size() <= cdshooks::max_comment_bytes, "a comment is bounded");
        const bool is_accepted = item.outcome == cdshooks::FeedbackOutcome::accepted;
        fuzz::require(!is_accepted || !item.suggestions.empty(), "who accepts names a suggestion");
    }
}
