#include "auth/key_set.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "auth/base64url.hpp"
#include "auth/cjose_key.hpp"

namespace rectal_cds::auth {

namespace {

constexpr std::size_t smallest_modulus_bits = 2048;
constexpr std::size_t largest_modulus_bits = 8192;
constexpr std::size_t longest_exponent_bytes = 8;

struct Curve {
    std::string_view name;
    KeyType type;
    std::size_t coordinate_bytes;
};
constexpr std::array<Curve, 3> curves{{
    {"P-256", KeyType::p256, 32},
    {"P-384", KeyType::p384, 48},
    {"P-521", KeyType::p521, 66},
}};

// Why a key is left out; what stands before it names the place.
base::Error unusable(const char* what) { return {base::ErrorKind::invalid, {}, what}; }

KeyType type_for(Algorithm algorithm) {
    switch (algorithm) {
    case Algorithm::es256: return KeyType::p256;
    case Algorithm::es384: return KeyType::p384;
    case Algorithm::es512: return KeyType::p521;
    default: return KeyType::rsa;
    }
}

bool is_private_or_symmetric(json::Value jwk) {
    constexpr std::array names{"d", "p", "q", "dp", "dq", "qi", "oth", "k"};
    return std::any_of(names.begin(), names.end(), [&](const char* name) { return jwk[name].exists(); });
}

bool is_for_signatures(json::Value jwk) {
    if (jwk["use"].exists() && jwk["use"].text() != "sig") return false;
    const json::Value operations = jwk["key_ops"];
    if (!operations.exists()) return true;
    for (const json::Value operation : operations.elements()) {
        if (operation.text() == "verify") return true;
    }
    return false;
}

std::string without_leading_zeros(std::string bytes) {
    bytes.erase(0, std::min(bytes.find_first_not_of('\0'), bytes.size()));
    return bytes;
}

std::size_t bits_of(const std::string& number) {
    std::size_t bits = number.size() * 8;
    for (int mask = 0x80; mask != 0 && (static_cast<unsigned char>(number[0]) & mask) == 0; mask >>= 1) --bits;
    return bits;
}

bool is_odd(const std::string& number) { return (static_cast<unsigned char>(number.back()) & 1) != 0; }

base::Result<PublicKey> read_rsa(json::Value jwk, std::string kid, std::optional<Algorithm> only_for) {
    const auto modulus_bytes = decode_base64url(jwk["n"].text());
    const auto exponent_bytes = decode_base64url(jwk["e"].text());
    if (!modulus_bytes || !exponent_bytes) return unusable("The modulus or exponent is not base64url.");
    const std::string modulus = without_leading_zeros(*modulus_bytes);
    const std::string exponent = without_leading_zeros(*exponent_bytes);
    if (modulus.empty() || exponent.empty()) return unusable("The modulus or exponent is missing.");
    if (bits_of(modulus) < smallest_modulus_bits) return unusable("The RSA key has less than 2048 bits.");
    if (bits_of(modulus) > largest_modulus_bits) return unusable("The RSA key has more than 8192 bits.");
    const bool is_one = exponent == "\x01";
    if (!is_odd(modulus) || !is_odd(exponent) || is_one || exponent.size() > longest_exponent_bytes) {
        return unusable("The modulus or exponent is none that an RSA key has.");
    }
    auto handle = make_rsa_key(modulus, exponent);
    if (!handle) return unusable("The RSA key was refused by the library.");
    return PublicKey(std::move(kid), KeyType::rsa, only_for, modulus.size(), std::move(handle));
}

base::Result<PublicKey> read_ec(json::Value jwk, std::string kid, std::optional<Algorithm> only_for) {
    const auto curve =
        std::find_if(curves.begin(), curves.end(), [&](const Curve& known) { return known.name == jwk["crv"].text(); });
    if (curve == curves.end()) return unusable("The curve is none of P-256, P-384 and P-521.");
    const auto x = decode_base64url(jwk["x"].text());
    const auto y = decode_base64url(jwk["y"].text());
    if (!x || !y || x->size() != curve->coordinate_bytes || y->size() != curve->coordinate_bytes) {
        return unusable("The coordinates are not base64url of the curve's length.");
    }
    auto handle = make_ec_key(curve->type, *x, *y);
    if (!handle) return unusable("The point is not on the curve.");
    return PublicKey(std::move(kid), curve->type, only_for, 2 * curve->coordinate_bytes, std::move(handle));
}

base::Result<PublicKey> read_key(json::Value jwk) {
    if (!jwk.is_object()) return unusable("The key is not an object.");
    const bool is_rsa = jwk["kty"].text() == "RSA";
    if (!is_rsa && jwk["kty"].text() != "EC") return unusable("The type of the key is neither RSA nor EC.");
    if (is_private_or_symmetric(jwk)) return unusable("The key holds a private part; it has to be replaced.");
    if (jwk["kid"].text().empty()) return unusable("The key has no kid.");
    if (!is_for_signatures(jwk)) return unusable("The key is not meant for checking signatures.");
    std::optional<Algorithm> only_for;
    if (jwk["alg"].exists()) {
        only_for = algorithm_named(jwk["alg"].text());
        if (!only_for) return unusable("The key's alg is no signature algorithm that this service knows.");
    }
    std::string kid(jwk["kid"].text());
    auto key = is_rsa ? read_rsa(jwk, std::move(kid), only_for) : read_ec(jwk, std::move(kid), only_for);
    if (key && only_for && type_for(*only_for) != key.value().type()) {
        return unusable("The key's alg belongs to another type of key.");
    }
    return key;
}

}  // namespace

PublicKey::PublicKey(std::string kid, KeyType type, std::optional<Algorithm> only_for, std::size_t signature_bytes,
                     std::shared_ptr<const Handle> handle)
    : kid_(std::move(kid)), type_(type), only_for_(only_for), signature_bytes_(signature_bytes),
      handle_(std::move(handle)) {}

bool PublicKey::fits(Algorithm algorithm) const {
    return type_for(algorithm) == type_ && (!only_for_ || *only_for_ == algorithm);
}

bool PublicKey::verifies(std::string_view compact_jws, std::string_view signature, Algorithm algorithm) const {
    return fits(algorithm) && signature.size() == signature_bytes_ && is_signed_by(*handle_, compact_jws);
}

bool KeySet::has(std::string_view kid) const {
    return std::any_of(keys.begin(), keys.end(), [&](const PublicKey& key) { return key.kid() == kid; });
}

base::Result<KeySet> read_key_set(json::Value root) {
    const json::Value listed = root["keys"];
    if (!listed.is_array()) return base::Error{base::ErrorKind::invalid, "keys", "A list of keys is expected."};
    if (listed.size() > most_keys) {
        return base::Error{base::ErrorKind::too_large, "keys", "The list has more than 100 keys."};
    }
    KeySet set;
    for (std::size_t index = 0; index < listed.size(); ++index) {
        auto key = read_key(listed.at(index));
        if (key) {
            set.keys.push_back(std::move(key).value());
        } else {
            set.left_out.push_back({key.error().kind, "keys[" + std::to_string(index) + "]", key.error().what});
        }
    }
    return set;
}

base::Result<KeySet> parse_key_set(std::string_view text) {
    json::Limits limits;
    limits.max_bytes = largest_key_set_bytes;
    limits.max_depth = 8;
    if (text.size() > limits.max_bytes) {
        return base::Error{base::ErrorKind::too_large, {}, "The JWK Set is larger than 64 KiB."};
    }
    const auto document = json::Document::parse(std::string(text), limits);
    if (!document) return document.error();
    return read_key_set(document.value().root());
}

}  // namespace rectal_cds::auth
