// What is counted of an answer, and what a log of decisions gets to know of it.
#include <algorithm>
#include <set>
#include <string>
#include <string_view>

#include "service/hook_calls.hpp"

namespace rectal_cds::service {

using cdshooks::Answer;

namespace {

const std::string& version_of(const Conversation& conversation, const std::string& recommendation) {
    const auto* found = conversation.content->knowledge.recommendation(recommendation);
    return found ? found->version : conversation.content->knowledge.version;
}

// The route's own name of the result, for metrics.
const char* result_of(const Answer& answer) {
    if (answer.status != 200) return name(answer.reason);
    if (!answer.shown.empty()) return answer.not_assessed.empty() ? "cards" : "cards_in_part";
    return answer.not_assessed.empty() ? "empty" : "not_checked";
}

}  // namespace

// What a log of decisions has beyond the log: all the rest of the hook's recommendations.
void HookCalls::note_decision(Conversation& conversation, domain::Hook hook, const Answer& answer) const {
    Answered& answered = conversation.answered;
    for (const cdshooks::Recommended& each : answer.switched_off) answered.switched_off.push_back(each.id);
    answered.failed = answer.failed;
    answered.not_assessed_because.assign(answer.not_assessed_because.begin(), answer.not_assessed_because.end());
    std::set<std::string_view> told;
    for (const auto* list : {&answered.shown, &answered.folded, &answered.suppressed, &answered.switched_off,
                             &answered.not_assessed, &answered.failed})
        told.insert(list->begin(), list->end());
    for (const auto& each : conversation.content->knowledge.recommendations) {
        if (each.hooks.test(static_cast<std::size_t>(hook)) && !told.contains(each.id))
            answered.did_not_fire.push_back(each.id);
    }
}

void HookCalls::count(const Conversation& conversation, const Answer& answer, const std::string& hook) const {
    Metrics& metrics = parts_.metrics;
    const std::string& client = conversation.caller.name();
    metrics.evaluated(conversation.answered.route, hook, client, result_of(answer));
    for (std::size_t i = 0; i < answer.not_assessed.size(); ++i)
        metrics.not_assessed(answer.not_assessed[i], answer.not_assessed_because[i]);
    for (const std::string& id : answer.failed) metrics.not_assessed(id, "failed");
    const auto& because = answer.not_assessed_because;
    if (std::any_of(because.begin(), because.end(), [](std::string_view why) { return why == "late"; }))
        metrics.deadline_exceeded("judge");
    const bool is_fetched_late =
        std::any_of(answer.inputs.begin(), answer.inputs.end(), [](const cdshooks::InputReport& input) {
            return input.failure == cdshooks::FetchFailure::timed_out;
        });
    if (is_fetched_late) metrics.deadline_exceeded("fetch");
    for (const auto* list : {&answer.shown, &answer.folded}) {
        for (const cdshooks::Recommended& each : *list)
            metrics.fired(each.id, version_of(conversation, each.id), guideline::word(each.indicator));
    }
    for (int i = 0; i < domain::input_count; ++i) {
        const cdshooks::InputState state = answer.inputs[static_cast<std::size_t>(i)].state;
        if (state != cdshooks::InputState::not_asked)
            metrics.input_state(domain::name(static_cast<domain::Input>(i)), name(state));
    }
    if (answer.reason != cdshooks::Reason::patient_mismatch &&
        answer.reason != cdshooks::Reason::fetched_patient_mismatch)
        return;
    metrics.patient_mismatch();
    parts_.alarm({"patient_mismatch", conversation.answered.correlation_id, client, name(answer.reason)});
}

}  // namespace rectal_cds::service
