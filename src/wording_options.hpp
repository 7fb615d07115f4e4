// The words of the command line about wording, in the terms of the protocol.
#pragma once

#include "cdshooks/audience.hpp"
#include "cdshooks/wire_profile.hpp"
#include "commands.hpp"

namespace rectal_cds {

inline cdshooks::AudienceSettings audience_settings(const WordingOptions& options) {
    return {options.audience == "nurse", options.patient_cards == "plain"};
}

// "auto" leaves version and dialect to the address called and to the request.
inline cdshooks::WireSettings wire_settings(const WordingOptions& options) {
    cdshooks::WireSettings settings;
    if (options.card_profile == "auto") return settings;
    const bool is_epic = options.card_profile == "epic";
    settings.dialect = is_epic ? cdshooks::Dialect::epic : cdshooks::Dialect::standard;
    settings.version = cdshooks::wire_version_named(options.card_profile).value_or(cdshooks::WireVersion::v2_0);
    return settings;
}

}  // namespace rectal_cds
