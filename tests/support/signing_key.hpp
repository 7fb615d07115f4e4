// A private key made for one test run, and everything a caller, or a forger, can do with it.
#pragma once

#include <openssl/evp.h>

#include <memory>
#include <string>
#include <string_view>

namespace rectal_cds::auth::testing {

enum class Digest { sha256, sha384, sha512 };

class SigningKey {
public:
    static SigningKey on_curve(const char* name);  // "P-256", "P-384", "P-521"
    static SigningKey rsa(unsigned bits = 2048);

    // The public half as JWK; `more` is further members in JSON, with a comma before each.
    std::string jwk(const std::string& kid, const std::string& more = R"(,"use":"sig")") const;

    // As JWS wants it: r and s of fixed length, or PKCS #1 v1.5.
    std::string sign(std::string_view text, Digest digest) const;
    std::string sign_der(std::string_view text, Digest digest) const;  // EC: the form of X.509
    std::string sign_pss(std::string_view text, Digest digest) const;  // RSA

    // What a confused server might take for a shared secret.
    std::string public_pem() const;
    std::string public_der() const;
    std::string number(const char* parameter) const;  // "n", "e", "qx", "qy": big-endian, EC in full length
    std::string curve_order() const;

private:
    explicit SigningKey(EVP_PKEY* key) : key_(key, &EVP_PKEY_free) {}
    bool is_ec() const;
    std::size_t coordinate_bytes() const;

    std::shared_ptr<EVP_PKEY> key_;
};

std::string hmac(std::string_view secret, std::string_view text, Digest digest);

std::string base64url(std::string_view bytes);  // without padding

}  // namespace rectal_cds::auth::testing
