// A JWT in compact form (RFC 7519, RFC 7515 7.1), taken apart and checked as far as that needs no client and no key.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "auth/algorithm.hpp"
#include "auth/refusal.hpp"
#include "json/document.hpp"

namespace rectal_cds::auth {

// Of the wall clock, in milliseconds: a NumericDate may have a fraction (RFC 7519 2).
using Time = std::chrono::sys_time<std::chrono::milliseconds>;

inline constexpr std::size_t largest_token_bytes = 8 * 1024;  // reliability.md 1.3
inline constexpr std::size_t largest_header_bytes = 1024;     // decoded
inline constexpr std::size_t longest_token_id_bytes = 512;    // jti
inline constexpr std::size_t most_audiences = 32;

struct JwtHeader {
    Algorithm algorithm{};
    std::string kid;                 // not empty; opaque
    std::optional<std::string> jku;  // as sent
};

// Nothing in it is to be trusted before the signature has been checked.
struct CompactJwt {
    std::string_view text;  // the whole token; lives as long as the caller's
    JwtHeader header;
    json::Document payload;  // an object
    std::string signature;   // decoded
};

// The token of the one Authorization header: scheme Bearer in any case, one space (RFC 6750 2.1).
// `authorization`: the values of all Authorization headers of the request.
std::variant<std::string_view, Refusal> bearer_token(const std::vector<std::string_view>& authorization);

// Size, three parts, strict base64url, a header without tricks (reliability.md 1.3, first half).
std::variant<CompactJwt, Refusal> take_apart(std::string_view token);

// The claims that are of use afterwards; iss, tenant and jti may be logged (cds-hooks.md 10.1), the token never.
struct Claims {
    std::string iss;
    std::string sub;     // empty when there is none
    std::string tenant;  // empty when there is none
    std::string jti;
    std::vector<std::string> aud;
    Time exp{};
    Time iat{};
    std::optional<Time> nbf;
};

// Only iss, which decides whether the rest is worth reading; empty unless a text.
std::string_view issuer(const CompactJwt& jwt);

// Types and ranges of all claims (cds-hooks.md 10.1), nothing about this call.
std::variant<Claims, Refusal> read_claims(json::Value payload);

}  // namespace rectal_cds::auth
