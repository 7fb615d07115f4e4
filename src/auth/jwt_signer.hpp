// TEST keys and the tokens signed with them: what an EHR does, for trying the service out. The service itself signs
// nothing and holds no private key.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "auth/algorithm.hpp"
#include "auth/secret.hpp"
#include "base/result.hpp"

namespace rectal_cds::auth {

// The claims of a CDS Hooks JWT (cds-hooks.md 10.1). Empty texts are left out.
struct TokenTerms {
    std::string iss;
    std::string aud;
    std::string sub;
    std::string tenant;
    std::string jku;  // of the header
    std::chrono::sys_seconds issued_at{};
    std::chrono::seconds lifetime{300};
    std::optional<std::chrono::seconds> valid_before_issued;  // nbf = iat - this; absent: no nbf
};

class JwtSigner {
public:
    // A new key: P-384 for ES384, RSA of 3072 bits for RS384. Its kid is "test-" and part of a digest of the public
    // key. Error: invalid, for any other algorithm.
    static base::Result<JwtSigner> with_new_key(Algorithm algorithm);

    // A private JWK as private_jwk() gives it: kty, kid and an alg of ES384 or RS384. Error: invalid, `where` the
    // member; repeats nothing of the text.
    static base::Result<JwtSigner> with_key(const Secret& private_jwk);

    Secret private_jwk() const;
    std::string public_jwk() const;  // one JWK with kid, use and alg
    Algorithm algorithm() const { return algorithm_; }

    // The token in compact form; its jti is new and random.
    base::Result<std::string> sign(const TokenTerms& terms) const;

private:
    struct Key;
    JwtSigner(std::shared_ptr<const Key> key, Algorithm algorithm) : key_(std::move(key)), algorithm_(algorithm) {}
    std::string jwk(bool with_private_part) const;

    std::shared_ptr<const Key> key_;
    Algorithm algorithm_;
};

}  // namespace rectal_cds::auth
