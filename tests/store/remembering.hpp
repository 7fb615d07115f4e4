// A memory of cards, cards to show, and time that passes.
#pragma once

#include <chrono>
#include <string>

#include "store/card_memory.hpp"
#include "store/samples.hpp"

namespace rectal_cds::store::test {

using namespace std::chrono_literals;
using cdshooks::PlannedCard;
using cdshooks::Remembered;
using domain::Hook;
using guideline::Indicator;
using Decision = Remembered::Decision;

inline const std::string patient_id = "pat-1", user = "Practitioner/onc-1";
inline const std::string evidence = "0123456789abcdef0123456789abcdef", order = "MedicationRequest/d1 aa";

inline std::string pseudonym(const std::string& id) { return "pseudonym of " + id; }

struct Memory {
    CardMemory memory;
    Instant shown_at = at(noon);

    PlannedCard planned(Hook hook, Indicator indicator) const {
        return {
            patient_id, user, hook, "a-recommendation", indicator, evidence, hook == Hook::patient_view ? "" : order};
    }

    // As if `card` had been shown.
    void shown(const PlannedCard& card, unsigned number = 1, bool silent = false) {
        IssuedAnswer answer;
        answer.client = client;
        answer.patient = pseudonym(card.patient_id);
        answer.user_id = card.user_id;
        answer.hook = card.hook == Hook::patient_view   ? "patient-view"
                      : card.hook == Hook::order_select ? "order-select"
                                                        : "order-sign";
        answer.at = shown_at;
        answer.silent = silent;
        answer.cards.push_back(
            {uuid(number), card.recommendation_id, "", card.indicator, "0.1.0", card.evidence, card.order, {}});
        memory.note_issued(answer);
    }

    Decision ask(const PlannedCard& card, std::chrono::seconds later, const std::string& by = client) const {
        return memory.history(by, pseudonym, shown_at + later)(card).decision;
    }
    bool is_shown(const PlannedCard& card, std::chrono::seconds later, const std::string& by = client) const {
        return ask(card, later, by) == Decision::show;
    }

    void override_it(const std::string& comment, unsigned number = 1, const std::string& by = client) {
        memory.note_feedback(by, {overridden(uuid(number), comment)});
    }
};

constexpr auto days(int count) { return std::chrono::hours(24 * count); }

}  // namespace rectal_cds::store::test
