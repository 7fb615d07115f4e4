// The form of an answer in each version of CDS Hooks: closed tables of members, and the invariants cds-resp-1 to 7 of
// the specification's logical model. tests/support/answer_form.hpp asks what a card says; this asks how it is written.
#pragma once

#include <string>
#include <vector>

#include "cdshooks/wire_profile.hpp"
#include "json/document.hpp"

namespace rectal_cds::testing {

// Sentences with the place ("cards[2].source: ..."); empty when the form is right. `answer` is the body of a 200.
std::vector<std::string> wire_breaches(json::Value answer, const cdshooks::WireProfile& profile);

// The same for the body of GET /cds-services in the form of one version.
std::vector<std::string> discovery_breaches(json::Value discovery, cdshooks::WireVersion version);

}  // namespace rectal_cds::testing
