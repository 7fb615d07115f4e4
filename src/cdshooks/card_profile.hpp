// What a client can do with the suggestions of a card (cds-hooks.md 12 and 13, decisions.md 52-53). It changes how they
// are offered, never which recommendations fire.
#pragma once

namespace rectal_cds::cdshooks {

struct CardProfile {
    bool one_action_per_suggestion = false;
    bool any_only = false;            // the client knows no selectionBehavior but "any"
    bool at_most_one_only = false;    // CDS Hooks 1.0: it knows none but "at-most-one"
    bool proposal_intent = false;     // suggested orders have the intent proposal instead of order
    bool deletes_by_resource = false; // CDS Hooks 1.0 and 1.1: a deletion names its order in action.resource

    // Several suggestions of one card can be taken together, so a card must not hold two regimens.
    constexpr bool offers_one_regimen() const { return any_only || one_action_per_suggestion; }
};

inline constexpr CardProfile standard_card_profile{};                                // CDS Hooks 2.0.1
inline constexpr CardProfile epic_card_profile{true, true, false, true, false};
inline constexpr CardProfile card_profile_1_0{false, false, true, false, true};

}  // namespace rectal_cds::cdshooks
