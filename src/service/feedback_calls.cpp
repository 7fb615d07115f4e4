#include "service/feedback_calls.hpp"

#include <utility>
#include <vector>

#include "cdshooks/feedback.hpp"
#include "cdshooks/operation_outcome.hpp"

namespace rectal_cds::service {

using cdshooks::FeedbackItem;
using store::Saved;

namespace {

http::Response not_stored(int status, const char* issue, const char* what, const char* retry_after) {
    http::Response response = refuse(status, issue, "", what);
    response.headers.emplace_back("Retry-After", retry_after);
    return response;
}

http::Response response_to(Saved saved) {
    switch (saved) {
        case Saved::ok: return {200, {}, ""};
        case Saved::too_many: return not_stored(429, "throttled", "Too many reports about cards that are not known here; nothing was stored.", "3600");
        case Saved::unavailable: break;
    }
    return not_stored(503, "transient", "Feedback cannot be stored at the moment. Please send it again; what comes twice is stored once.", "5");
}

const char* name(Saved saved) {
    switch (saved) {
        case Saved::ok: return "stored";
        case Saved::too_many: return "too_many";
        case Saved::unavailable: break;
    }
    return "unavailable";
}

// For the operator: "unavailable: full".
std::string why_not_stored(Saved saved, const store::StoreHealth& health) {
    const bool is_known = saved == Saved::unavailable && !health.up && !health.last_error.empty();
    return is_known ? std::string(name(saved)) + ": " + health.last_error : name(saved);
}

}  // namespace

// Of overrides: a code of ours, "text" alone, "other" for a code of somebody else's, or "none".
void FeedbackCalls::count_reasons(const Conversation& conversation, const std::vector<FeedbackItem>& items) const {
    const auto& known = conversation.content->knowledge.override_reasons;
    for (const FeedbackItem& item : items) {
        if (item.outcome != cdshooks::FeedbackOutcome::overridden) continue;
        const auto& reason = item.reason;
        const char* const without_code = reason.comment.empty() ? "none" : "text";
        parts_.metrics.override_reason(known.contains(reason.code) ? reason.code : reason.code.empty() ? without_code : "other");
    }
}

void FeedbackCalls::answer(const Shared& conversation, const std::string& service_id) const {
    auto items = cdshooks::read_feedback(std::move(conversation->request.body));
    if (!items) {
        const base::Error& error = items.error();
        const bool is_too_large = error.kind == base::ErrorKind::too_large;
        parts_.metrics.feedback("unreadable", "refused");
        conversation->answered.reason = is_too_large ? "too_large" : "invalid";
        return finish_(conversation, json_answer(is_too_large ? 413 : 400, cdshooks::operation_outcome("error", is_too_large ? "too-long" : "invalid", error.where, error.what)));
    }
    if (items.value().empty()) return finish_(conversation, response_to(Saved::ok));
    store::FeedbackBatch batch{conversation->caller.name(), service_id, clocks_.now(), items.value(), clocks_.is_test};
    parts_.store.save_feedback(std::move(batch), gated(parts_.gate, [this, conversation, items = std::move(items).value()](Saved saved) {
        for (const FeedbackItem& item : items) parts_.metrics.feedback(cdshooks::name(item.outcome), name(saved));
        if (saved == Saved::ok) count_reasons(*conversation, items);
        if (saved == Saved::ok) parts_.memory.note_feedback(conversation->caller.name(), items);
        else parts_.alarm({"feedback_not_stored", conversation->answered.correlation_id, conversation->caller.name(), why_not_stored(saved, parts_.store.health())});
        finish_(conversation, response_to(saved));
    }));
}

}  // namespace rectal_cds::service
