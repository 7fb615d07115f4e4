// What a captured request offers of FHIR access, for rectal-cds doctor. Never the token.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "auth/client_registry.hpp"
#include "json/document.hpp"

namespace rectal_cds {

// Who may be contacted: the clients of a registry, or in sandbox mode the one server named at start.
struct AccessRules {
    std::shared_ptr<const auth::ClientRegistry> registry;  // null: sandbox mode
    std::string fhir_server;                               // of sandbox mode; may be empty
};

struct FhirAccess {
    bool has_server = false;
    std::string server;   // as a base URL; empty when it is none
    std::string problem;  // why it is none
    bool has_token = false;
    std::optional<std::int64_t> expires_in;
    bool is_allowed = false;
    std::vector<std::string> clients;         // names of those that have this server
    std::vector<std::string> missing_scopes;  // types of resources that no scope lets be read
};

// `types`: the resource types that the service reads.
FhirAccess examine_access(json::Value request, const AccessRules& rules, const std::vector<std::string>& types);

}  // namespace rectal_cds
