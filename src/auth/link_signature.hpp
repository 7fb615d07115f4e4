// Links that open one page for a while: HMAC-SHA-256 (RFC 2104) over the path and the time at which they end. The link
// is the permission, as a bearer token is; it holds nothing about a patient.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "auth/secret.hpp"

namespace rectal_cds::auth {

class LinkSigner {
public:
    using Time = std::chrono::sys_seconds;
    static constexpr std::size_t key_bytes = 32;

    // Precondition: the key has at least key_bytes bytes.
    explicit LinkSigner(Secret key);

    struct Signature {
        std::string ends;  // seconds since 1970
        std::string code;  // 64 hexadecimal digits
    };
    Signature sign(std::string_view path, Time ends) const;

    enum class Verdict : unsigned char { valid, expired, wrong };
    // expired: signed by us, and over. Takes the same time whatever differs. Safe to use from several threads.
    Verdict check(std::string_view path, const Signature& given, Time now) const;

private:
    std::string code_of(std::string_view path, std::string_view ends) const;
    Secret key_;
};

}  // namespace rectal_cds::auth
