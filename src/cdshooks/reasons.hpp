// Reasons: what the cards of one answer rest on, for a page that explains a card (clinical.md S64, decisions.md 60). It
// is patient data: it stays in memory and goes to nobody but that page.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "cdshooks/answer.hpp"
#include "cdshooks/cards.hpp"
#include "domain/vocabulary.hpp"

namespace rectal_cds::cdshooks {

// One fact as it stood: its evidence as references, and why it is not known.
struct FactSeen {
    struct Evidence {
        std::string reference, says, when;  // `when` may be empty
    };
    struct Missing {
        std::string cause, what;  // "not recorded", "KRAS and NRAS results"
    };
    domain::FactId fact{};
    base::Truth truth{};
    std::string note;
    std::vector<Evidence> evidence;
    std::vector<Missing> missing;
};

// A recommendation as it was judged.
struct JudgedSeen {
    std::string id, title;
    base::Truth applies{};
    guideline::Indicator indicator{};
    bool expired = false;
    std::vector<domain::FactId> conditions;
    std::vector<guideline::Escalation> escalations;
};

struct CardSeen {
    std::string uuid, summary;
    guideline::Indicator indicator{};
    std::vector<JudgedSeen> about;  // one; all that the card folds; none of "notAssessed"
};

struct Reasons {
    domain::Hook hook{};
    base::Day today{};
    std::string content_version;
    std::array<InputReport, domain::input_count> inputs{};
    std::vector<CardSeen> cards;
    std::vector<FactSeen> facts;        // every fact that a card or an undecided recommendation names, once
    std::vector<JudgedSeen> undecided;  // of the hook, left open by what is not known
    std::vector<std::string> not_used;  // resources that may not be used, and why, as sentences

    const FactSeen* fact(domain::FactId id) const;
};

// Of the cards of an answer, in their order. Empty cards give empty Reasons.
Reasons reasons_of(const CardContent& content, const std::vector<Card>& cards);

}  // namespace rectal_cds::cdshooks
