// What was shown and overridden before, asked of whoever remembers it while an answer is written (clinical.md 3.1,
// decisions.md 41, 42), and what an answer leaves to remember. Pure values: the memory itself is src/store.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "domain/case.hpp"
#include "guideline/recommendation.hpp"

namespace rectal_cds::cdshooks {

// One card that is about to be written.
struct PlannedCard {
    std::string patient_id, user_id;  // of the call, as given
    domain::Hook hook{};
    std::string recommendation_id;
    guideline::Indicator indicator{};
    std::string evidence;  // evidence hash: 32 hexadecimal digits (evidence_hash.hpp)
    std::string order;     // the drafted orders the card rests on, by id and content; empty when it rests on none
};

struct Remembered {
    enum class Decision : unsigned char {
        show,
        suppress,           // not written; its id is listed in the answer's extension
        show_with_override  // written, with the override that was recorded at order selection
    };
    Decision decision = Decision::show;
    std::string
        why;  // suppress: "shown to this user on 2026-03-02"; show_with_override: the recorded override, unescaped
};

// Answers from memory, never by waiting. Whoever cannot tell answers `show`. Empty function: everything is shown.
using CardHistory = std::function<Remembered(const PlannedCard&)>;

struct WrittenSuggestion {
    std::string uuid, label;
};

// One card of an answer, for the record of what was issued. Cards that are no recommendation ("moreRecommendations",
// "notAssessed") have their topic code as id and no evidence.
struct WrittenCard {
    std::string uuid;
    std::string recommendation_id, title;
    guideline::Indicator indicator{};
    std::string content_version;
    std::string evidence, order;  // as in PlannedCard; empty when no history was asked
    std::vector<WrittenSuggestion> suggestions;
};

}  // namespace rectal_cds::cdshooks
