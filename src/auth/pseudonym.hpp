// The name a patient has at rest: HMAC-SHA-256 (RFC 2104) under the service's own key, so that nobody without the key
// can try patient numbers out (decisions.md 60, reliability.md 5).
#pragma once

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>

#include "auth/secret.hpp"

namespace rectal_cds::auth {

class Pseudonyms {
public:
    static constexpr std::size_t key_bytes = 32;

    // Precondition: the key has at least key_bytes bytes.
    explicit Pseudonyms(Secret key);

    // The first 128 bits of HMAC(key, "tenant|patient id") as 32 hexadecimal digits. `tenant` is the client's name,
    // which holds no '|'. Safe to use from several threads.
    std::string of(std::string_view tenant, std::string_view patient_id) const;

    // Tells one key from another and nothing about it: no patient has this pseudonym.
    std::string fingerprint() const;

private:
    Secret key_;
};

// SHA-256 of the parts, each preceded by its length, as 64 hexadecimal digits.
std::string digest_of(std::initializer_list<std::string_view> parts);

}  // namespace rectal_cds::auth
