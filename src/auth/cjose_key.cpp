#include "auth/cjose_key.hpp"

#include <cjose/cjose.h>
#include <openssl/err.h>

#include <string>

namespace rectal_cds::auth {

struct PublicKey::Handle {
    explicit Handle(cjose_jwk_t* owned) : jwk(owned) {}
    ~Handle() { cjose_jwk_release(jwk); }
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;

    cjose_jwk_t* jwk;
};

namespace {

using Handle = PublicKey::Handle;

struct ClearedErrors {
    ClearedErrors() = default;
    ~ClearedErrors() { ERR_clear_error(); }
    ClearedErrors(const ClearedErrors&) = delete;
    ClearedErrors& operator=(const ClearedErrors&) = delete;
};

std::uint8_t* octets(std::string& bytes) { return reinterpret_cast<std::uint8_t*>(bytes.data()); }

std::shared_ptr<const Handle> owned(cjose_jwk_t* jwk) {
    return jwk == nullptr ? nullptr : std::make_shared<const Handle>(jwk);
}

cjose_jwk_ec_curve curve_of(KeyType type) {
    switch (type) {
    case KeyType::p256: return CJOSE_JWK_EC_P_256;
    case KeyType::p384: return CJOSE_JWK_EC_P_384;
    case KeyType::p521: return CJOSE_JWK_EC_P_521;
    case KeyType::rsa: break;
    }
    return CJOSE_JWK_EC_INVALID;
}

}  // namespace

std::shared_ptr<const Handle> make_rsa_key(std::string_view modulus, std::string_view exponent) {
    const ClearedErrors at_the_end;
    std::string n(modulus);
    std::string e(exponent);
    cjose_jwk_rsa_keyspec numbers{};
    numbers.n = octets(n);
    numbers.nlen = n.size();
    numbers.e = octets(e);
    numbers.elen = e.size();
    return owned(cjose_jwk_create_RSA_spec(&numbers, nullptr));
}

std::shared_ptr<const Handle> make_ec_key(KeyType type, std::string_view x, std::string_view y) {
    const ClearedErrors at_the_end;
    std::string first(x);
    std::string second(y);
    cjose_jwk_ec_keyspec point{};
    point.crv = curve_of(type);
    point.x = octets(first);
    point.xlen = first.size();
    point.y = octets(second);
    point.ylen = second.size();
    return owned(cjose_jwk_create_EC_spec(&point, nullptr));
}

bool is_signed_by(const Handle& key, std::string_view compact_jws) {
    const ClearedErrors at_the_end;
    const std::unique_ptr<cjose_jws_t, decltype(&cjose_jws_release)> jws(
        cjose_jws_import(compact_jws.data(), compact_jws.size(), nullptr), &cjose_jws_release);
    return jws && cjose_jws_verify(jws.get(), key.jwk, nullptr);
}

}  // namespace rectal_cds::auth
