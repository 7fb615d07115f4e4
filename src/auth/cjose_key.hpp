// The seam to libcjose: a key made of checked numbers, and the check of one signature. For this folder only.
//
// Only numbers that were read strictly reach the library, never a JWK text. libcjose itself accepts an ES256 signature
// by a P-384 key and EC signatures of any even length (measured): PublicKey checks both before it asks here.
#pragma once

#include <memory>
#include <string_view>

#include "auth/key_set.hpp"

namespace rectal_cds::auth {

// Big-endian numbers without leading zeros. Null when the library refuses them.
std::shared_ptr<const PublicKey::Handle> make_rsa_key(std::string_view modulus, std::string_view exponent);

// Coordinates of the curve's full length; `type` is not rsa. Null when the point is not on the curve.
std::shared_ptr<const PublicKey::Handle> make_ec_key(KeyType type, std::string_view x, std::string_view y);

// Whether the compact JWS is signed by this key with the algorithm its header names. Leaves no error behind in the
// thread's OpenSSL error queue, which TLS on the same thread would take for its own.
bool is_signed_by(const PublicKey::Handle& key, std::string_view compact_jws);

}  // namespace rectal_cds::auth
