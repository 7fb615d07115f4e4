// The addresses of the service: discovery, the CDS services, health, readiness and version. Values in, values out; the
// Server carries them.
#pragma once

#include <chrono>
#include <functional>
#include <string>

#include "cdshooks/audience.hpp"
#include "cdshooks/uuid.hpp"
#include "cdshooks/wire_profile.hpp"
#include "fhir/knowledge.hpp"
#include "http/message.hpp"
#include "http/server.hpp"

namespace rectal_cds::service {

// What a log may know of an answered request: no path segment that a caller chose, no body, no identifier.
struct Answered {
    std::string correlation_id;
    std::string route;  // "POST /cds-services/rectal-cancer-order-sign", or "unknown"
    int status = 0;
    std::size_t cards = 0;
    std::chrono::microseconds duration{};
};

struct EndpointOptions {
    std::function<base::Day()> today;
    std::function<cdshooks::Seed()> seed;
    std::function<void(const Answered&)> on_answered;
    bool cors_for_all = true;  // sandbox mode: any origin, without credentials (decisions.md 28)
    std::string version;       // of the program
    cdshooks::AudienceSettings audience;
    cdshooks::WireSettings wire;  // of every client, until a client registry knows each
};

http::Headers cors_headers();

class Endpoints {
public:
    // The Knowledge must outlive the Endpoints.
    Endpoints(const fhir::Knowledge& knowledge, EndpointOptions options);

    // 404 unknown address, 405 with Allow, 415 wrong media type or content coding; otherwise the endpoint's answer.
    http::Response answer(http::Request request) const;

private:
    http::Response route(http::Request& request, Answered& answered) const;
    http::Response call_service(const fhir::Service& service, http::Request& request, Answered& answered) const;

    const fhir::Knowledge& knowledge_;
    EndpointOptions options_;
    std::string discovery_;
    std::string version_;
};

}  // namespace rectal_cds::service
