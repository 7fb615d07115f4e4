// judge: does a recommendation apply to a Case, and why. arrange: what of it is shown first.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "guideline/recommendation.hpp"

namespace rectal_cds::guideline {

struct Verdict {
    const Recommendation* recommendation = nullptr;
    base::Truth applies = base::Truth::no;  // Kleene conjunction of all conditions
    Indicator indicator = Indicator::info;  // meaningful when it applies
    bool expired = false;                   // then it is not assessed, whatever the facts say
    bool failed = false;                    // a fault of this service kept it from being judged; applies is unknown
    bool unreached = false;                 // the time ran out before it; applies is unknown
    bool fires() const { return applies == base::Truth::yes && !expired; }
};

// Precondition: the recommendation is for the hook of the Case.
Verdict judge(const Recommendation& recommendation, domain::Facts& facts);

// The recommendation that speaks of this call's data: it holds no clinical content, so it never expires, is never folded
// and cannot be switched off.
inline constexpr std::string_view data_unavailable = "data-unavailable";
bool tells_what_was_not_read(const Recommendation& recommendation);

bool is_for(const Recommendation& recommendation, domain::Hook hook);

// All recommendations of the hook, in the order given. One that throws has failed, the others are judged all the same
// (decisions.md 12). `is_out_of_time` is asked before each; empty: never.
std::vector<Verdict> judge_all(const std::vector<Recommendation>& recommendations, domain::Facts& facts,
                               const std::function<bool()>& is_out_of_time = {});

struct Arranged {
    std::vector<Verdict> shown;   // most urgent first
    std::vector<Verdict> folded;  // beyond the cap; named together on one more card
};

// Sorts the verdicts that fire: critical, warning, info; then groups F, G, H, C, B, D, E, A. Shows all that
// are critical plus 5 others at patient-view or 3 at order hooks. `data-unavailable` is never folded
// (decisions.md 11 and 40).
Arranged arrange(std::vector<Verdict> firing, domain::Hook hook);

}  // namespace rectal_cds::guideline
