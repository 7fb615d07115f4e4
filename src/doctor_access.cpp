#include "doctor_access.hpp"

#include <algorithm>

#include "auth/fhir_base_url.hpp"

namespace rectal_cds {

namespace {

// SMART scopes: "patient/Observation.read", "user/*.rs", "system/Condition.*", with a query behind '?' in version 2.
bool lets_read(std::string_view scope, std::string_view type) {
    const auto slash = scope.find('/');
    const auto dot = scope.find('.', slash == std::string_view::npos ? 0 : slash);
    if (slash == std::string_view::npos || dot == std::string_view::npos) return false;
    const std::string_view resource = scope.substr(slash + 1, dot - slash - 1);
    const std::string_view permission = scope.substr(dot + 1, scope.find('?') - dot - 1);
    if (resource != "*" && resource != type) return false;
    if (permission == "read" || permission == "*") return true;
    const bool is_second_version = permission.find_first_not_of("cruds") == std::string_view::npos;
    return is_second_version && permission.find_first_of("rs") != std::string_view::npos;
}

bool any_lets_read(std::string_view scopes, std::string_view type) {
    while (!scopes.empty()) {
        const auto end = std::min(scopes.find(' '), scopes.size());
        if (lets_read(scopes.substr(0, end), type)) return true;
        scopes.remove_prefix(std::min(end + 1, scopes.size()));
    }
    return false;
}

}  // namespace

FhirAccess examine_access(json::Value request, const AccessRules& rules, const std::vector<std::string>& types) {
    FhirAccess access;
    const std::string_view named = request["fhirServer"].text();
    const json::Value authorization = request["fhirAuthorization"];
    access.has_server = !named.empty();
    access.has_token = !authorization["access_token"].text().empty();
    access.expires_in = authorization["expires_in"].integer();
    if (access.has_server) {
        const auto base = auth::parse_base_url(named);
        if (base) access.server = base.value().url.text();
        if (!base) access.problem = base.error().what;
    }
    if (access.has_token) {
        for (const std::string& type : types) {
            if (!any_lets_read(authorization["scope"].text(), type)) access.missing_scopes.push_back(type);
        }
    }
    if (access.server.empty()) return access;
    if (rules.registry) {
        for (const auto& client : rules.registry->clients()) {
            if (client->fhir_server(named) != nullptr) access.clients.push_back(client->name);
        }
        access.is_allowed = !access.clients.empty();
    } else if (!rules.fhir_server.empty()) {
        const auto given = auth::parse_base_url(rules.fhir_server);
        access.is_allowed = given && auth::is_same_base(given.value(), named);
    }
    return access;
}

}  // namespace rectal_cds
