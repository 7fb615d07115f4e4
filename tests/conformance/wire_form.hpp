// The oracle of row K00: what may stand on the wire, written down a second time from the published versions of CDS
// Hooks (cds-hooks.md 3, 8 and 12) and not from the product. Lists of members are closed.
#pragma once

#include <string>
#include <vector>

#include "json/document.hpp"

namespace rectal_cds::conformance {

enum class Wire { v1_0, v1_1, v2_0, v3_0 };  // v2_0 stands for 2.0.1

struct WireForm {
    Wire version = Wire::v2_0;
    bool is_epic = false;  // one action a suggestion, selectionBehavior "any" (cds-hooks.md 13)
};

// Sentences with the place; empty when the answer to a hook has the form: the members of the version and their types,
// the invariants cds-resp-1 to cds-resp-7, nothing null, blank or empty but `cards`.
std::vector<std::string> card_breaches(json::Value answer, const WireForm& form);

// The same of a discovery document.
std::vector<std::string> discovery_breaches(json::Value answer, Wire version);

bool is_lower_case_uuid(std::string_view text);

}  // namespace rectal_cds::conformance
