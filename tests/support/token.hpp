// Tokens for tests: a good one, and every way to spoil it.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "support/signing_key.hpp"

namespace rectal_cds::auth::testing {

// The members of a JSON object as texts, so that it can also be written wrongly.
class Members {
public:
    Members(std::initializer_list<std::pair<std::string, std::string>> members) : members_(members) {}

    Members with(const std::string& name, const std::string& json) const;  // in its place, or as the last one
    Members without(const std::string& name) const;
    Members twice(const std::string& name, const std::string& json) const;  // a second one, whatever is there
    std::string text() const;

private:
    std::vector<std::pair<std::string, std::string>> members_;
};

std::string quoted(std::string_view text);  // as a JSON text; only quotes and backslashes are escaped

// The moment of the tests: 2023-11-14T22:13:20Z.
inline constexpr long now_seconds = 1'700'000'000;

// {"alg":"ES384","typ":"JWT","kid":"ec-1"} and the claims of a token for the order-sign service, issued 10 s ago and
// valid for 5 min. They fit the client "strict" of test_clients().
Members good_header();
Members good_claims();

// header "." payload, and with its signature after another dot.
std::string signing_input(std::string_view header, std::string_view payload);
std::string compact(std::string_view header, std::string_view payload, std::string_view signature);

// The keys of this process, each made when it is first asked for.
const SigningKey& p384_key();
const SigningKey& other_p384_key();  // known to no client
const SigningKey& p256_key();
const SigningKey& p521_key();
const SigningKey& rsa_key();

// Signed with p384_key, ES384, whatever the header says.
std::string signed_token(std::string_view header, std::string_view payload);
std::string signed_token(const Members& header, const Members& payload);
std::string good_token();

}  // namespace rectal_cds::auth::testing
