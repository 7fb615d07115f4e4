// The addresses of the service, taken apart (cds-hooks.md 2, T6).
//
//   [/v1 | /v1.1 | /v2 | /v3]/cds-services                  discovery
//   [/v1 | /v1.1 | /v2 | /v3]/cds-services/{id}             a CDS service
//   [/v1 | /v1.1 | /v2 | /v3]/cds-services/{id}/feedback    what became of its cards
//   /healthz /readyz /version /metrics                      operations
#pragma once

#include <string>
#include <string_view>

namespace rectal_cds::service {

struct Route {
    enum class Kind : unsigned char { unknown, discovery, cds_service, feedback, health, readiness, version, metrics };
    Kind kind = Kind::unknown;
    std::string_view base;  // "", "/v1", "/v1.1", "/v2" or "/v3": the wire version that the path asks for
    std::string_view id;    // of the service; may name none
};

// The views look into `path`. Percent-encoding is not decoded: no address of ours needs it.
Route route_of(std::string_view path);

// The path of a URL without a trailing slash; "" for the root. Settings::public_url may have one, which a proxy may or
// may not strip: `below` does, where it stands at the begin.
std::string path_of(const std::string& url);
std::string_view below(std::string_view public_path, std::string_view path);

// "GET, HEAD, OPTIONS" or "POST, OPTIONS".
const char* allowed_methods(Route::Kind kind);

}  // namespace rectal_cds::service
