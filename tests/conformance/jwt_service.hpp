// Services for the rows J: their clock stands at the moment of the odd tokens, and they know the clients those are for.
#pragma once

#include <string>
#include <vector>

#include "conformance/clients.hpp"
#include "support/odd_tokens.hpp"

namespace rectal_cds::conformance {

// Clients as in tests/auth/callers.hpp: "strict" (https://ehr.test/fhir, tenants north and south, keys at ehr()) and
// "wide" (https://wide.test, all algorithms, keys in the registry, two uses of a token).
Service& token_service(const std::string& name = "tokens");

// POST of a valid order-sign call with these values of Authorization.
HttpAnswer signing_with(Service& service, const std::vector<std::string>& authorization);

auth::testing::Members fresh_claims();  // good_claims() with a jti of their own
auth::testing::Members header_of(const std::string& algorithm, const std::string& kid);

// Whether HTTP carries these values as they are: no control bytes, no blanks at the ends, below the limit of a head.
bool can_be_sent(const auth::testing::OddToken& odd);

// Every odd token that can be sent.
std::vector<auth::testing::OddToken> odd_tokens();

// The token that CDS Hooks 2.0 prints, and a service that knows its key, at this moment.
extern const char* const printed_token;
Service& sample_service(const std::string& moment);

}  // namespace rectal_cds::conformance
