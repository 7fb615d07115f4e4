#include "support/signing_key.hpp"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/hmac.h>
#include <openssl/obj_mac.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <array>
#include <stdexcept>
#include <vector>

namespace rectal_cds::auth::testing {

namespace {

struct CurveFacts {
    const char* name;
    int nid;
    std::size_t coordinate_bytes;
};
constexpr std::array<CurveFacts, 3> curve_facts{{
    {"P-256", NID_X9_62_prime256v1, 32},
    {"P-384", NID_secp384r1, 48},
    {"P-521", NID_secp521r1, 66},
}};

using Number = std::unique_ptr<BIGNUM, decltype(&BN_free)>;

void demand(bool done, const char* what) {
    if (!done) throw std::runtime_error(std::string("OpenSSL: ") + what);
}

const EVP_MD* function_of(Digest digest) {
    switch (digest) {
    case Digest::sha256: return EVP_sha256();
    case Digest::sha384: return EVP_sha384();
    case Digest::sha512: break;
    }
    return EVP_sha512();
}

std::string fixed_length(const BIGNUM* number, std::size_t bytes) {
    std::string text(bytes, '\0');
    demand(BN_bn2binpad(number, reinterpret_cast<unsigned char*>(text.data()), static_cast<int>(bytes)) >= 0, "number");
    return text;
}

std::string sign_with(EVP_PKEY* key, std::string_view text, Digest digest, bool pss) {
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    EVP_PKEY_CTX* options = nullptr;
    demand(EVP_DigestSignInit(context.get(), &options, function_of(digest), nullptr, key) == 1, "sign");
    if (pss) {
        demand(EVP_PKEY_CTX_set_rsa_padding(options, RSA_PKCS1_PSS_PADDING) == 1, "padding");
        demand(EVP_PKEY_CTX_set_rsa_pss_saltlen(options, RSA_PSS_SALTLEN_DIGEST) == 1, "salt");
    }
    const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
    std::size_t size = 0;
    demand(EVP_DigestSign(context.get(), nullptr, &size, bytes, text.size()) == 1, "size");
    std::string signature(size, '\0');
    demand(EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size, bytes,
                          text.size()) == 1,
           "signature");
    signature.resize(size);
    return signature;
}

}  // namespace

SigningKey SigningKey::on_curve(const char* name) { return SigningKey(EVP_EC_gen(name)); }

SigningKey SigningKey::rsa(unsigned bits) { return SigningKey(EVP_RSA_gen(bits)); }

bool SigningKey::is_ec() const { return EVP_PKEY_get_base_id(key_.get()) == EVP_PKEY_EC; }

std::size_t SigningKey::coordinate_bytes() const {
    return (static_cast<std::size_t>(EVP_PKEY_get_bits(key_.get())) + 7) / 8;
}

std::string SigningKey::number(const char* parameter) const {
    BIGNUM* read = nullptr;
    demand(EVP_PKEY_get_bn_param(key_.get(), parameter, &read) == 1, parameter);
    const Number value(read, &BN_free);
    const bool is_modulus_or_exponent = !is_ec();
    const auto shortest = static_cast<std::size_t>(BN_num_bytes(value.get()));
    return fixed_length(value.get(), is_modulus_or_exponent ? shortest : coordinate_bytes());
}

std::string SigningKey::curve_order() const { return number(OSSL_PKEY_PARAM_EC_ORDER); }

std::string SigningKey::jwk(const std::string& kid, const std::string& more) const {
    std::string text = R"({"kid":")" + kid + '"';
    if (is_ec()) {
        for (const CurveFacts& facts : curve_facts) {
            if (facts.coordinate_bytes == coordinate_bytes())
                text += R"(,"kty":"EC","crv":")" + std::string(facts.name);
        }
        text += R"(","x":")" + base64url(number("qx")) + R"(","y":")" + base64url(number("qy"));
    } else {
        text += R"(,"kty":"RSA","n":")" + base64url(number("n")) + R"(","e":")" + base64url(number("e"));
    }
    return text + '"' + more + '}';
}

std::string SigningKey::sign(std::string_view text, Digest digest) const {
    const std::string signature = sign_with(key_.get(), text, digest, false);
    if (!is_ec()) return signature;
    const auto* at = reinterpret_cast<const unsigned char*>(signature.data());
    const std::unique_ptr<ECDSA_SIG, decltype(&ECDSA_SIG_free)> parts(
        d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(signature.size())), &ECDSA_SIG_free);
    return fixed_length(ECDSA_SIG_get0_r(parts.get()), coordinate_bytes()) +
           fixed_length(ECDSA_SIG_get0_s(parts.get()), coordinate_bytes());
}

std::string SigningKey::sign_der(std::string_view text, Digest digest) const {
    return sign_with(key_.get(), text, digest, false);
}

std::string SigningKey::sign_pss(std::string_view text, Digest digest) const {
    return sign_with(key_.get(), text, digest, true);
}

std::string SigningKey::public_pem() const {
    const std::unique_ptr<BIO, decltype(&BIO_free)> memory(BIO_new(BIO_s_mem()), &BIO_free);
    demand(PEM_write_bio_PUBKEY(memory.get(), key_.get()) == 1, "PEM");
    char* text = nullptr;
    const long size = BIO_get_mem_data(memory.get(), &text);
    return std::string(text, static_cast<std::size_t>(size));
}

std::string SigningKey::public_der() const {
    std::string bytes(static_cast<std::size_t>(i2d_PUBKEY(key_.get(), nullptr)), '\0');
    auto* at = reinterpret_cast<unsigned char*>(bytes.data());
    i2d_PUBKEY(key_.get(), &at);
    return bytes;
}

std::string hmac(std::string_view secret, std::string_view text, Digest digest) {
    std::string code(EVP_MAX_MD_SIZE, '\0');
    unsigned size = 0;
    HMAC(function_of(digest), secret.data(), static_cast<int>(secret.size()),
         reinterpret_cast<const unsigned char*>(text.data()), text.size(),
         reinterpret_cast<unsigned char*>(code.data()), &size);
    code.resize(size);
    return code;
}

std::string base64url(std::string_view bytes) {
    std::vector<unsigned char> padded(4 * ((bytes.size() + 2) / 3) + 1);
    const int size = EVP_EncodeBlock(padded.data(), reinterpret_cast<const unsigned char*>(bytes.data()),
                                     static_cast<int>(bytes.size()));
    std::string text;
    for (int index = 0; index < size && padded[static_cast<std::size_t>(index)] != '='; ++index) {
        const auto c = static_cast<char>(padded[static_cast<std::size_t>(index)]);
        text += c == '+' ? '-' : c == '/' ? '_' : c;
    }
    return text;
}

}  // namespace rectal_cds::auth::testing
