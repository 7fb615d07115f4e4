#include "guideline/judge.hpp"

#include <algorithm>
#include <exception>
#include <string_view>
#include <utility>

namespace rectal_cds::guideline {

namespace {

constexpr std::string_view group_order = "FGHCBDEA";  // clinical.md 3.1, Card rules
constexpr std::size_t shown_at_patient_view = 5;
constexpr std::size_t shown_at_order_hooks = 3;

bool more_urgent(const Verdict& a, const Verdict& b) {
    const auto rank = [](const Verdict& v) { return group_order.find(v.recommendation->group); };
    return std::pair(b.indicator, rank(a)) < std::pair(a.indicator, rank(b));
}

}  // namespace

const char* word(Indicator indicator) {
    return indicator == Indicator::critical ? "critical" : indicator == Indicator::warning ? "warning" : "info";
}

bool tells_what_was_not_read(const Recommendation& recommendation) { return recommendation.id == data_unavailable; }

bool is_for(const Recommendation& recommendation, domain::Hook hook) {
    return recommendation.hooks[static_cast<std::size_t>(hook)];
}

Verdict judge(const Recommendation& recommendation, domain::Facts& facts) {
    const bool expired = !tells_what_was_not_read(recommendation) && recommendation.expires <= facts.assessment().record.today;
    Verdict verdict{&recommendation, base::Truth::yes, recommendation.indicator, expired};
    for (const domain::FactId condition : recommendation.conditions) {
        verdict.applies = verdict.applies && facts[condition].truth;
        if (verdict.applies == base::Truth::no) return verdict;
    }
    for (const Escalation& escalation : recommendation.escalations) {
        if (!facts[escalation.fact].yes()) continue;
        verdict.indicator = escalation.indicator;
        break;
    }
    return verdict;
}

std::vector<Verdict> judge_all(const std::vector<Recommendation>& recommendations, domain::Facts& facts,
                               const std::function<bool()>& is_out_of_time) {
    std::vector<Verdict> verdicts;
    bool out_of_time = false;
    for (const Recommendation& recommendation : recommendations) {
        if (!is_for(recommendation, facts.assessment().record.hook)) continue;
        Verdict unknown{&recommendation, base::Truth::unknown, recommendation.indicator};
        out_of_time = out_of_time || (is_out_of_time && is_out_of_time());
        if (out_of_time) {
            unknown.unreached = true;
            verdicts.push_back(unknown);
            continue;
        }
        try {
            verdicts.push_back(judge(recommendation, facts));
        } catch (const std::exception&) {
            unknown.failed = true;
            verdicts.push_back(unknown);
        }
    }
    return verdicts;
}

Arranged arrange(std::vector<Verdict> firing, domain::Hook hook) {
    std::stable_sort(firing.begin(), firing.end(), more_urgent);
    const std::size_t cap = hook == domain::Hook::patient_view ? shown_at_patient_view : shown_at_order_hooks;
    Arranged arranged;
    std::size_t others = 0;
    for (const Verdict& verdict : firing) {
        const bool always = verdict.indicator == Indicator::critical || tells_what_was_not_read(*verdict.recommendation);
        const bool shown = always || others < cap;
        if (!always) ++others;
        (shown ? arranged.shown : arranged.folded).push_back(verdict);
    }
    return arranged;
}

}  // namespace rectal_cds::guideline
