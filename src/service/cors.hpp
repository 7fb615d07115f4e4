// Cross-origin calls of browser clients (cds-hooks.md 10.2, decisions.md 28): any origin without credentials in sandbox
// mode, the origins of the client registry otherwise. Never "*" with credentials, never "null".
#pragma once

#include "auth/client_registry.hpp"
#include "http/message.hpp"

namespace rectal_cds::service {

// What every answer in sandbox mode carries, also those of the transport.
http::Headers cors_of_sandbox();

// Adds what the answer to this request needs. `registry`: null in sandbox mode.
void add_cors(const http::Request& request, const auth::ClientRegistry* registry, http::Response& response);

}  // namespace rectal_cds::service
