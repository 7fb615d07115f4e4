// Who is calling: a request's Authorization header checked against the client registry (cds-hooks.md 10.1,
// reliability.md 1.3, decisions.md 14, 22, 26, 27).
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "auth/client_registry.hpp"
#include "auth/compact_jwt.hpp"
#include "auth/key_source.hpp"
#include "auth/refusal.hpp"
#include "auth/replay_cache.hpp"

namespace rectal_cds::auth {

// What is being called. The Host header plays no part in it.
struct Endpoint {
    std::string route;                     // "/cds-services/<id>", "/cds-services/<id>/feedback", "/cds-services"
    std::vector<std::string> public_urls;  // its public URLs, for clients that list no audiences of their own
};

struct Verdict {
    enum class Outcome {
        accepted,
        refused,      // 401, one constant body and WWW-Authenticate: Bearer, whatever `reason` is
        unavailable,  // 503: the keys of a registered client or the replay store cannot be had
        keys_awaited  // ask again when the key source has fetched the client's keys; nothing is spent yet
    };
    Outcome outcome = Outcome::refused;
    Refusal reason = Refusal::none;        // when refused; for logs and metrics only
    std::shared_ptr<const Client> client;  // when accepted or awaited; null otherwise. Trusted only when accepted
    Claims claims;                         // when accepted
};

// Holds no state of its own; safe to use from several threads.
class JwtVerifier {
public:
    // Neither is owned; both outlive this.
    JwtVerifier(KeySource& keys, ReplayStore& replays) : keys_(keys), replays_(replays) {}

    // In the order of reliability.md 1.3: form and size, header, iss in the registry, alg, jku; then key and signature;
    // aud, times, tenant; the jti is spent last. No key is looked up unless all before it has passed.
    // `authorization`: the values of all Authorization headers of the request. `now`: wall clock.
    Verdict verify(const std::vector<std::string_view>& authorization, const Endpoint& endpoint,
                   const ClientRegistry& registry, Time now) const;

private:
    Verdict check_signature(const CompactJwt& jwt, const Endpoint& endpoint, Verdict verdict, Time now) const;
    Verdict check_claims(const CompactJwt& jwt, const Endpoint& endpoint, Verdict verdict, Time now) const;
    Verdict spend(Verdict verdict, Time now) const;

    KeySource& keys_;
    ReplayStore& replays_;
};

}  // namespace rectal_cds::auth
