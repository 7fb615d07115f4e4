// Forged, broken and merely odd tokens, all of which have to be refused, each with the reason that the log should show.
#pragma once

#include <string>
#include <vector>

#include "auth/refusal.hpp"
#include "support/token.hpp"

namespace rectal_cds::auth::testing {

struct OddToken {
    std::string what;
    std::vector<std::string> authorization;  // header values
    Refusal expected = Refusal::none;
};

class OddTokens {
public:
    void add(const std::string& what, const std::string& token, Refusal expected) {
        tokens_.push_back({what, {"Bearer " + token}, expected});
    }
    void add_values(const std::string& what, const std::vector<std::string>& authorization, Refusal expected) {
        tokens_.push_back({what, authorization, expected});
    }
    const std::vector<OddToken>& all() const { return tokens_; }

private:
    std::vector<OddToken> tokens_;
};

// Everything but what is named is right, and the signature is the right key's unless the signature is what is odd.
void add_odd_authorizations(OddTokens& tokens);  // the header line
void add_odd_forms(OddTokens& tokens);           // parts, base64url, JSON
void add_odd_headers(OddTokens& tokens);         // typ, kid, jku, crit and keys brought along
void add_odd_algorithms(OddTokens& tokens);      // none, shared secrets, one algorithm for another
void add_odd_signatures(OddTokens& tokens);
void add_odd_claims(OddTokens& tokens);  // types, iss, tenant, jti
void add_odd_audiences(OddTokens& tokens);
void add_odd_times(OddTokens& tokens);

// JSON values of every type but a text that is not empty: a member that has to be one may be none of them.
const std::vector<std::string>& no_texts();

}  // namespace rectal_cds::auth::testing
