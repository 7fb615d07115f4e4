// The name a patient has at rest: HMAC-SHA-256 (RFC 2104) under the service's own key, so that nobody without the key
// can try patient numbers out (decisions.md 60, reliability.md 5).
#pragma once

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "auth/secret.hpp"

namespace rectal_cds::auth {

class Pseudonyms {
public:
    static constexpr std::size_t key_bytes = 32;

    // The content of a key file: a key of at least key_bytes bytes, or, once it was rotated, the line `several_keys`
    // and all keys in turn, one a line in hexadecimal digits. Precondition: is_key.
    static constexpr std::string_view several_keys = "rectal-cds pseudonym keys";
    explicit Pseudonyms(Secret content);
    static bool is_key(const Secret& content);

    // Whether `next` is `content` with exactly one further key.
    static bool is_followed_by(const Secret& content, const Secret& next);

    // The content with a further key, of key_bytes random bytes.
    static Secret with_further_key(const Secret& content, std::string_view key);

    // The first 128 bits of HMAC(key, "tenant|patient id") as 32 hexadecimal digits; of several keys each gives the
    // pseudonym of the pseudonym before. `tenant` is the client's name,
    // which holds no '|'. Safe to use from several threads.
    std::string of(std::string_view tenant, std::string_view patient_id) const;

    // What becomes of a pseudonym that was made without the last key.
    std::string renewed(std::string_view pseudonym) const;

    // Tells one key from another and nothing about it: no patient has this pseudonym.
    std::string fingerprint() const;

private:
    std::vector<Secret> keys_;
};

// SHA-256 of the parts, each preceded by its length, as 64 hexadecimal digits.
std::string digest_of(std::initializer_list<std::string_view> parts);

}  // namespace rectal_cds::auth
