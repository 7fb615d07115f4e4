// The clients, key endpoint and verifier of the token tests.
#pragma once

#include <atomic>
#include <iosfwd>
#include <memory>
#include <string>
#include <vector>

#include "auth/jwt_verifier.hpp"
#include "support/token.hpp"

namespace rectal_cds::auth {

std::ostream& operator<<(std::ostream& out, Verdict::Outcome outcome);
std::ostream& operator<<(std::ostream& out, Refusal refusal);

}  // namespace rectal_cds::auth

namespace rectal_cds::auth::testing {

// A key endpoint that counts how often it is asked.
class CountedKeys final : public KeySource {
public:
    KeyLookup find(const std::shared_ptr<const Client>& client, std::string_view kid) override;

    KeyLookup answer;
    int times_asked() const { return asked_; }

private:
    std::atomic<int> asked_ = 0;
};

// A replay cache that counts what reaches it.
class CountedReplays final : public ReplayStore {
public:
    Spent spend(const TokenUse& use, Time now) override;

    ReplayCache cache;
    bool is_down = false;
    int times_asked() const { return asked_; }

private:
    std::atomic<int> asked_ = 0;
};

// Two clients. "strict" (https://ehr.test/fhir): ES384 and RS384, tenants north and south, keys at its jku. "wide"
// (https://wide.test): all nine algorithms, no tenants, no audiences of its own, the same keys in the registry, two
// uses of a token.
struct Callers {
    Callers();

    Verdict verify(const std::string& token) { return verify_values({"Bearer " + token}); }
    Verdict verify_values(const std::vector<std::string>& authorization);

    CountedKeys keys;
    CountedReplays replays;
    Time now{std::chrono::seconds(now_seconds)};
    Endpoint endpoint{"/cds-services/rectal-cancer-order-sign",
                      {"https://cds.test/cds-services/rectal-cancer-order-sign"}};
    std::shared_ptr<const ClientRegistry> registry;
};

// kids: ec-1 (P-384), rsa+/= (RSA), p256, p521, rs384-only (the RSA key with an alg), for-encryption (P-384 key).
std::string all_keys();

}  // namespace rectal_cds::auth::testing
