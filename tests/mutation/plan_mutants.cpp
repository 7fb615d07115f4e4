#include "mutation/plan_mutants.hpp"

#include <array>

#include "domain/vocabulary.hpp"

namespace rectal_cds::testing {

using guideline::Indicator;
using guideline::Recommendation;
using guideline::Suggestion;

namespace {

constexpr std::array<Indicator, 3> indicators{Indicator::info, Indicator::warning, Indicator::critical};
constexpr std::array<const char*, 3> hooks{"patient-view", "order-select", "order-sign"};

std::string quoted(domain::FactId fact) { return "'" + std::string(domain::vocabulary()[fact].name) + "'"; }

template <class List> void drop(List& list, std::size_t place) {
    list.erase(list.begin() + static_cast<std::ptrdiff_t>(place));
}

void add_conditions(std::vector<PlanMutant>& into, const Recommendation& r) {
    for (std::size_t i = 0; i < r.conditions.size(); ++i)
        into.push_back(
            {"without the condition " + quoted(r.conditions[i]), [i](Recommendation& m) { drop(m.conditions, i); }});
    for (std::size_t hook = 0; hook < hooks.size(); ++hook) {
        if (r.hooks[hook])
            into.push_back({std::string("not at ") + hooks[hook], [hook](Recommendation& m) { m.hooks.reset(hook); }});
    }
}

void add_severities(std::vector<PlanMutant>& into, const Recommendation& r) {
    for (const Indicator other : indicators) {
        if (other == r.indicator) continue;
        into.push_back(
            {std::string("severity ") + guideline::word(other), [other](Recommendation& m) { m.indicator = other; }});
    }
    for (std::size_t i = 0; i < r.escalations.size(); ++i) {
        const std::string which = "escalation on " + quoted(r.escalations[i].fact);
        into.push_back({"without the " + which, [i](Recommendation& m) { drop(m.escalations, i); }});
        for (const Indicator other : indicators) {
            if (other == r.escalations[i].indicator || other == r.indicator) continue;
            into.push_back({which + " to " + guideline::word(other),
                            [i, other](Recommendation& m) { m.escalations[i].indicator = other; }});
        }
    }
}

void add_suggestion(std::vector<PlanMutant>& into, const Suggestion& suggestion, std::size_t i) {
    const std::string which = "suggestion '" + suggestion.label + "'";
    into.push_back({"without the " + which, [i](Recommendation& m) { drop(m.suggestions, i); }});
    for (std::size_t c = 0; c < suggestion.conditions.size(); ++c) {
        into.push_back({which + " without the condition " + quoted(suggestion.conditions[c]),
                        [i, c](Recommendation& m) { drop(m.suggestions[i].conditions, c); }});
    }
    if (!suggestion.removes.empty() && !suggestion.orders.empty())
        into.push_back({which + " deletes nothing", [i](Recommendation& m) { m.suggestions[i].removes.clear(); }});
    if (suggestion.recommended_when) {
        into.push_back({which + " never recommended when " + quoted(*suggestion.recommended_when),
                        [i](Recommendation& m) { m.suggestions[i].recommended_when.reset(); }});
    } else {
        into.push_back({which + (suggestion.recommended ? " not recommended" : " recommended"),
                        [i](Recommendation& m) { m.suggestions[i].recommended = !m.suggestions[i].recommended; }});
    }
}

void add_choices(std::vector<PlanMutant>& into, const Recommendation& r) {
    for (std::size_t i = 0; i < r.suggestions.size(); ++i) add_suggestion(into, r.suggestions[i], i);
    if (!r.suggestions.empty())
        into.push_back(
            {r.any_number ? "at most one" : "any number", [](Recommendation& m) { m.any_number = !m.any_number; }});
    for (std::size_t i = 0; i < r.override_reasons.size(); ++i)
        into.push_back(
            {"without the reason " + r.override_reasons[i], [i](Recommendation& m) { drop(m.override_reasons, i); }});
}

}  // namespace

std::vector<PlanMutant> mutants_of(const Recommendation& recommendation) {
    std::vector<PlanMutant> mutants;
    add_conditions(mutants, recommendation);
    add_severities(mutants, recommendation);
    add_choices(mutants, recommendation);
    return mutants;
}

}  // namespace rectal_cds::testing
