// The public keys of a client: a JWK Set (RFC 7517) read key by key, and the check of a signature by one of them.
//
// Usable keys: RSA of 2,048 to 8,192 bits with an odd exponent of at least 3, EC on P-256, P-384 or P-521 with
// coordinates of full length; with a kid; use absent or "sig"; key_ops absent or with "verify"; alg absent or one that
// the key fits. A symmetric key, or one that holds a private part, is never used (reliability.md 1.2).
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "auth/algorithm.hpp"
#include "base/result.hpp"
#include "json/document.hpp"

namespace rectal_cds::auth {

enum class KeyType { rsa, p256, p384, p521 };

// Immutable, cheap to copy, safe to use from several threads at one time.
class PublicKey {
public:
    struct Handle;
    PublicKey(std::string kid, KeyType type, std::optional<Algorithm> only_for, std::size_t signature_bytes,
              std::shared_ptr<const Handle> handle);

    const std::string& kid() const { return kid_; }  // opaque; may hold '+', '/' and '='
    KeyType type() const { return type_; }

    // An algorithm is bound to one type of key and, for EC, to one curve; and to the key's own alg where it has one.
    bool fits(Algorithm algorithm) const;

    // `compact_jws`: header.payload.signature, strictly base64url, whose header says `algorithm`; `signature`: its
    // third part decoded. The signature has to have the one length that key and algorithm give it (RFC 7518 3.3, 3.4).
    bool verifies(std::string_view compact_jws, std::string_view signature, Algorithm algorithm) const;

private:
    std::string kid_;
    KeyType type_;
    std::optional<Algorithm> only_for_;
    std::size_t signature_bytes_;
    std::shared_ptr<const Handle> handle_;
};

struct KeySet {
    std::vector<PublicKey> keys;
    std::vector<base::Error> left_out;  // keys that are not usable: "keys[2]" and why; no content of the key

    bool has(std::string_view kid) const;
};

inline constexpr std::size_t largest_key_set_bytes = 64 * 1024;  // decisions.md 18
inline constexpr std::size_t most_keys = 100;

// `root`: the JWK Set as JSON. Error: kind malformed or invalid, `where` empty or "keys", when it is no JWK Set at all.
base::Result<KeySet> read_key_set(json::Value root);

// The same from text, such as a key endpoint gives; a text over the limit is refused unread.
base::Result<KeySet> parse_key_set(std::string_view text);

}  // namespace rectal_cds::auth
