// Tokens: taken apart, claims read, and judged by the verifier. Nothing that was not signed is let in.
#include "auth/jwt_verifier.hpp"
#include "fuzz/target.hpp"

using namespace rectal_cds;

namespace {

// The key is a public one whose private half was thrown away.
constexpr const char* registry_text =
    R"({"clients": [{"name": "fuzz", "iss": "https://ehr.example", "algorithms": ["ES384", "RS384", "ES256", "PS256"],
"jwks": {"keys": [{"kty": "EC", "kid": "k1", "crv": "P-384", "alg": "ES384", "use": "sig",
"x": "TUkGYNUrj1rgLzCJWfQq-tekJLCvrnHQANto8EOCGmMSk3cZmlPFwjr677jiriXb",
"y": "XinlW08AfGFr8swOoqQx44H_gn55bQcJIsn3a6IbRDUZEzwQ1yCi0UPA_rtqSu_G"}]}}]})";

class NoKeys final : public auth::KeySource {
public:
    auth::KeyLookup find(const std::shared_ptr<const auth::Client>&, std::string_view) override { return {}; }
};

}  // namespace

RECTAL_CDS_FUZZ_TARGET(jwt) {
    static const auto registry = auth::read_client_registry(registry_text);
    fuzz::require(registry.registry != nullptr, "the registry of the target is sound");
    NoKeys keys;
    auth::ReplayCache replays(100);
    const auth::JwtVerifier verifier(keys, replays);
    const auth::Endpoint endpoint{"/cds-services/a", {"https://cds.example/cds-services/a"}};
    const auth::Time now{std::chrono::seconds(1'772'452'800)};
    const std::string header = "Bearer " + std::string(input);
    for (const std::vector<std::string_view>& values :
         {std::vector<std::string_view>{header}, {input}, {header, header}}) {
        const auth::Verdict verdict = verifier.verify(values, endpoint, *registry.registry, now);
        fuzz::require(verdict.outcome != auth::Verdict::Outcome::accepted, "nothing that was not signed is let in");
    }
    fuzz::require(replays.size() == 0, "no forged token is spent");
    auto parts = auth::take_apart(input);
    if (auto* jwt = std::get_if<auth::CompactJwt>(&parts)) (void)auth::read_claims(jwt->payload.root());
    (void)auth::read_client_registry(input);
}
