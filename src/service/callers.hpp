// Who calls: the token of a request checked against the client registry, the keys of a client fetched where they are
// needed (reliability.md 1.3, decisions.md 14, 22, 27). Without a registry ("sandbox mode") every caller is accepted.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "auth/client_registry.hpp"
#include "auth/jwks_cache.hpp"
#include "auth/jwt_verifier.hpp"
#include "http/message.hpp"
#include "service/gate.hpp"

namespace rectal_cds::service {

struct Caller {
    std::shared_ptr<const auth::Client> client;  // null in sandbox mode
    auth::Claims claims;                         // empty in sandbox mode

    const std::string& name() const;  // of the client, for logs and metrics: "sandbox" in sandbox mode
};

// The one body of every 401, the headers that go with it, and the 503 of decisions.md 22.
http::Response unauthorised();
http::Response keys_unavailable();

class Callers {
public:
    using Identified = std::variant<Caller, http::Response>;
    // Where calls go on whose keys have come: they are many at one time. False when there is no room.
    using Run = std::function<bool(const std::string& client, std::function<void()>)>;
    // Called once, at once or by `Run`; not at all when the gate was closed meanwhile.
    // `reason` is none for a Caller and for 503.
    using Done = std::function<void(Identified, auth::Refusal reason)>;

    // Neither of the first two is owned; both, and this, may go once the gate is closed.
    Callers(auth::JwksCache& keys, auth::ReplayStore& replays, std::shared_ptr<Gate> gate, Run run)
        : keys_(keys), verifier_(keys, replays), gate_(std::move(gate)), run_(std::move(run)) {}

    // `now`: wall clock. The registry is the one that the call began with; null in sandbox mode.
    // Takes the Authorization headers out of the request; they are wiped when the caller is known.
    void identify(http::Request& request, auth::Endpoint endpoint, std::shared_ptr<const auth::ClientRegistry> registry,
                  std::function<auth::Time()> now, Done done) const;

private:
    struct Attempt;
    void attempt(const std::shared_ptr<Attempt>& attempt) const;

    auth::JwksCache& keys_;
    auth::JwtVerifier verifier_;
    std::shared_ptr<Gate> gate_;
    Run run_;
};

}  // namespace rectal_cds::service
