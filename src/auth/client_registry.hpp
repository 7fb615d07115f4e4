// The client registry: every client that may call, read from one JSON text and never changed afterwards. README.md
// describes the format. A reload makes a new registry; a call keeps the one it began with, and its Client.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "auth/client.hpp"
#include "base/result.hpp"

namespace rectal_cds::auth {

class ClientRegistry {
public:
    // Precondition: no two clients with the same iss.
    explicit ClientRegistry(std::vector<std::shared_ptr<const Client>> clients) : clients_(std::move(clients)) {}

    // The client whose tokens say this iss, byte by byte; null when there is none.
    std::shared_ptr<const Client> find_by_issuer(std::string_view iss) const;

    const std::vector<std::shared_ptr<const Client>>& clients() const { return clients_; }

    // Whether any client lists this origin, byte by byte as browsers send it; "null" and "*" never
    // (cds-hooks.md 10.2, decisions.md 28). A preflight has no token, so it cannot be asked of one client.
    bool allows_origin(std::string_view origin) const;

private:
    std::vector<std::shared_ptr<const Client>> clients_;
};

// The bounds that decisions.md 26 sets. Only a process with a fixed clock (decisions.md 30) has reason to raise them,
// to check tokens that were printed long ago.
struct RegistryBounds {
    std::chrono::seconds longest_lifetime{3600};
    std::chrono::seconds longest_leeway{120};
};

// Invariant: `registry` is null exactly when there are errors.
struct RegistryReading {
    std::shared_ptr<const ClientRegistry> registry;
    std::vector<base::Error> errors;  // all of them; `where` is the JSON path: "clients[1].jku"
};

// Strict: an unknown member, a wrong type, a value outside its list or bounds, a name or iss given twice, a URL that is
// neither https nor on loopback, a key that is not usable, an address that no range permits; each is an error.
RegistryReading read_client_registry(std::string_view text, const RegistryBounds& bounds = {});

}  // namespace rectal_cds::auth
