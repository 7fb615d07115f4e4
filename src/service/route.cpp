#include "service/route.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace rectal_cds::service {

namespace {

using Kind = Route::Kind;

constexpr std::string_view services = "/cds-services";
constexpr std::string_view feedback = "/feedback";
constexpr std::array<std::string_view, 4> versioned_bases{"/v1.1", "/v1", "/v2", "/v3"};
constexpr std::array<std::pair<std::string_view, Kind>, 4> fixed{
    {{"/healthz", Kind::health}, {"/readyz", Kind::readiness}, {"/version", Kind::version}, {"/metrics", Kind::metrics}}};

std::string_view base_of(std::string_view path) {
    for (const std::string_view base : versioned_bases) {
        if (path.starts_with(base) && path.substr(base.size()).starts_with(services)) return base;
    }
    return {};
}

}  // namespace

Route route_of(std::string_view path) {
    const auto found = std::find_if(fixed.begin(), fixed.end(), [&](const auto& each) { return each.first == path; });
    if (found != fixed.end()) return {found->second, {}, {}};
    Route route{Kind::unknown, base_of(path), {}};
    std::string_view rest = path.substr(route.base.size());
    if (!rest.starts_with(services)) return {};
    rest.remove_prefix(services.size());
    if (rest.empty()) {
        route.kind = Kind::discovery;
        return route;
    }
    if (rest[0] != '/') return {};
    rest.remove_prefix(1);
    const bool is_feedback = rest.ends_with(feedback);
    route.kind = is_feedback ? Kind::feedback : Kind::cds_service;
    route.id = rest.substr(0, rest.size() - (is_feedback ? feedback.size() : 0));
    if (route.id.empty() || route.id.find('/') != std::string_view::npos) return {};
    return route;
}

std::string path_of(const std::string& url) {
    const auto host = url.find("://");
    const auto slash = host == std::string::npos ? host : url.find('/', host + 3);
    std::string path = slash == std::string::npos ? "" : url.substr(slash);
    while (!path.empty() && path.back() == '/') path.pop_back();
    return path;
}

std::string_view below(std::string_view public_path, std::string_view path) {
    const bool is_below = !public_path.empty() && path.starts_with(public_path) && path.substr(public_path.size()).starts_with('/');
    return is_below ? path.substr(public_path.size()) : path;
}

const char* allowed_methods(Kind kind) { return kind == Kind::cds_service || kind == Kind::feedback ? "POST, OPTIONS" : "GET, HEAD, OPTIONS"; }

}  // namespace rectal_cds::service
