#include "auth/compact_jwt.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "auth/base64url.hpp"

namespace rectal_cds::auth {

namespace {

constexpr std::string_view bearer = "bearer ";
constexpr double end_of_year_9999 = 253402300800.0;  // seconds since 1970

bool equals_in_any_case(std::string_view text, std::string_view lower_case) {
    return std::equal(text.begin(), text.end(), lower_case.begin(), lower_case.end(), [](char a, char b) {
        return (a >= 'A' && a <= 'Z' ? static_cast<char>(a - 'A' + 'a') : a) == b;
    });
}

std::optional<json::Document> parse_object(const std::string& text) {
    json::Limits limits;
    limits.max_bytes = largest_token_bytes;
    limits.max_depth = 16;
    auto document = json::Document::parse(text, limits);
    if (!document || !document.value().root().is_object()) return std::nullopt;
    return std::move(document).value();
}

std::variant<JwtHeader, Refusal> read_header(json::Value header) {
    // What asks for processing that is not done here, or brings a key along.
    constexpr std::array not_allowed{"crit", "b64", "jwk", "x5u", "x5c", "zip", "enc", "cty"};
    for (const char* name : not_allowed) {
        if (header[name].exists()) return Refusal::header_not_allowed;
    }
    if (!equals_in_any_case(header["typ"].text(), "jwt")) return Refusal::type_not_jwt;
    const auto algorithm = algorithm_named(header["alg"].text());
    if (!algorithm) return Refusal::algorithm_not_signature;
    JwtHeader read{*algorithm, std::string(header["kid"].text()), std::nullopt};
    if (read.kid.empty()) return Refusal::key_id_missing;
    if (header["jku"].exists()) read.jku = std::string(header["jku"].text());
    return read;
}

std::optional<Time> numeric_date(json::Value value) {
    const auto seconds = value.number();
    if (!seconds || *seconds <= 0 || *seconds >= end_of_year_9999) return std::nullopt;
    return Time(std::chrono::milliseconds(static_cast<std::int64_t>(std::floor(*seconds * 1000))));
}

std::vector<std::string> read_audiences(json::Value aud) {
    if (!aud.text().empty()) return {std::string(aud.text())};
    std::vector<std::string> audiences;
    if (aud.size() > most_audiences) return audiences;
    for (const json::Value element : aud.elements()) {
        if (element.text().empty()) return {};
        audiences.emplace_back(element.text());
    }
    return audiences;
}

bool is_token_id(std::string_view jti) {
    return !jti.empty() && jti.size() <= longest_token_id_bytes &&
           std::none_of(jti.begin(), jti.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; });
}

bool is_absent_or_text(json::Value value) { return !value.exists() || value.is_string(); }

Refusal read_times(json::Value payload, Claims& claims) {
    const auto exp = numeric_date(payload["exp"]);
    const auto iat = numeric_date(payload["iat"]);
    claims.nbf = numeric_date(payload["nbf"]);
    if (!exp || !iat || (payload["nbf"].exists() && !claims.nbf)) return Refusal::times_ill_formed;
    claims.exp = *exp;
    claims.iat = *iat;
    const bool contradict = claims.exp <= claims.iat || (claims.nbf && claims.exp <= *claims.nbf);
    return contradict ? Refusal::times_contradict : Refusal::none;
}

}  // namespace

std::variant<std::string_view, Refusal> bearer_token(const std::vector<std::string_view>& authorization) {
    if (authorization.empty()) return Refusal::no_token;
    if (authorization.size() > 1) return Refusal::several_headers;
    const std::string_view value = authorization.front();
    if (equals_in_any_case(value, bearer.substr(0, bearer.size() - 1))) return Refusal::no_token;
    if (!equals_in_any_case(value.substr(0, bearer.size()), bearer)) return Refusal::not_bearer;
    if (value.size() == bearer.size()) return Refusal::no_token;
    return value.substr(bearer.size());
}

std::variant<CompactJwt, Refusal> take_apart(std::string_view token) {
    if (token.size() > largest_token_bytes) return Refusal::too_large;
    const auto first = token.find('.');
    const auto second = token.find('.', std::min(first, token.size() - 1) + 1);
    if (second == std::string_view::npos || token.find('.', second + 1) != std::string_view::npos) {
        return Refusal::not_three_parts;
    }
    const auto header_text = decode_base64url(token.substr(0, first));
    const auto payload_text = decode_base64url(token.substr(first + 1, second - first - 1));
    auto signature = decode_base64url(token.substr(second + 1));
    if (!header_text || !payload_text || !signature) return Refusal::not_base64url;
    if (header_text->empty() || payload_text->empty() || signature->empty()) return Refusal::not_three_parts;
    if (header_text->size() > largest_header_bytes) return Refusal::too_large;
    const auto header_document = parse_object(*header_text);
    if (!header_document) return Refusal::header_unreadable;
    auto header = read_header(header_document->root());
    if (const auto* refusal = std::get_if<Refusal>(&header)) return *refusal;
    auto payload = parse_object(*payload_text);
    if (!payload) return Refusal::payload_unreadable;
    return CompactJwt{token, std::get<JwtHeader>(std::move(header)), std::move(*payload), std::move(*signature)};
}

std::string_view issuer(const CompactJwt& jwt) { return jwt.payload.root()["iss"].text(); }

std::variant<Claims, Refusal> read_claims(json::Value payload) {
    Claims claims;
    claims.iss = payload["iss"].text();
    if (claims.iss.empty()) return Refusal::issuer_missing;
    claims.aud = read_audiences(payload["aud"]);
    if (claims.aud.empty()) return Refusal::audience_missing;
    if (const Refusal refusal = read_times(payload, claims); refusal != Refusal::none) return refusal;
    if (!is_absent_or_text(payload["sub"])) return Refusal::subject_ill_formed;
    if (!is_absent_or_text(payload["tenant"])) return Refusal::tenant_ill_formed;
    claims.sub = payload["sub"].text();
    claims.tenant = payload["tenant"].text();
    claims.jti = payload["jti"].text();
    if (!is_token_id(claims.jti)) return Refusal::token_id_ill_formed;
    return claims;
}

}  // namespace rectal_cds::auth
