#include "support/token.hpp"

#include <algorithm>

namespace rectal_cds::auth::testing {

Members Members::with(const std::string& name, const std::string& json) const {
    Members changed = *this;
    const auto found = std::find_if(changed.members_.begin(), changed.members_.end(),
                                    [&](const auto& member) { return member.first == name; });
    if (found != changed.members_.end()) {
        found->second = json;
    } else {
        changed.members_.emplace_back(name, json);
    }
    return changed;
}

Members Members::without(const std::string& name) const {
    Members changed = *this;
    std::erase_if(changed.members_, [&](const auto& member) { return member.first == name; });
    return changed;
}

Members Members::twice(const std::string& name, const std::string& json) const {
    Members changed = *this;
    changed.members_.emplace_back(name, json);
    return changed;
}

std::string Members::text() const {
    std::string text;
    for (const auto& [name, json] : members_) text += (text.empty() ? "" : ",") + ('"' + name + "\":" + json);
    return '{' + text + '}';
}

std::string quoted(std::string_view text) {
    std::string json = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') json += '\\';
        json += c;
    }
    return json + '"';
}

Members good_header() { return {{"alg", quoted("ES384")}, {"typ", quoted("JWT")}, {"kid", quoted("ec-1")}}; }

Members good_claims() {
    return {{"iss", quoted("https://ehr.test/fhir")},
            {"aud", quoted("https://cds.test/cds-services/rectal-cancer-order-sign")},
            {"exp", std::to_string(now_seconds + 290)},
            {"iat", std::to_string(now_seconds - 10)},
            {"jti", quoted("0f3f0a9e-6d7c-4a52-9d0c-5e6b8f9f7a11")},
            {"tenant", quoted("north")}};
}

std::string signing_input(std::string_view header, std::string_view payload) {
    return base64url(header) + '.' + base64url(payload);
}

std::string compact(std::string_view header, std::string_view payload, std::string_view signature) {
    return signing_input(header, payload) + '.' + base64url(signature);
}

const SigningKey& p384_key() {
    static const SigningKey key = SigningKey::on_curve("P-384");
    return key;
}

const SigningKey& other_p384_key() {
    static const SigningKey key = SigningKey::on_curve("P-384");
    return key;
}

const SigningKey& p256_key() {
    static const SigningKey key = SigningKey::on_curve("P-256");
    return key;
}

const SigningKey& p521_key() {
    static const SigningKey key = SigningKey::on_curve("P-521");
    return key;
}

const SigningKey& rsa_key() {
    static const SigningKey key = SigningKey::rsa();
    return key;
}

std::string signed_token(std::string_view header, std::string_view payload) {
    return compact(header, payload, p384_key().sign(signing_input(header, payload), Digest::sha384));
}

std::string signed_token(const Members& header, const Members& payload) {
    return signed_token(header.text(), payload.text());
}

std::string good_token() { return signed_token(good_header(), good_claims()); }

}  // namespace rectal_cds::auth::testing
