// The words of the command line about wording, in the terms of the protocol.
#pragma once

#include "cdshooks/audience.hpp"
#include "cdshooks/card_profile.hpp"
#include "commands.hpp"

namespace rectal_cds {

inline cdshooks::AudienceSettings audience_settings(const WordingOptions& options) {
    return {options.audience == "nurse", options.patient_cards == "plain"};
}

inline cdshooks::CardProfile card_profile(const WordingOptions& options) {
    if (options.card_profile == "epic") return cdshooks::epic_card_profile;
    return options.card_profile == "1.0" ? cdshooks::card_profile_1_0 : cdshooks::standard_card_profile;
}

}  // namespace rectal_cds
