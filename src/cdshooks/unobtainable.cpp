#include "cdshooks/unobtainable.hpp"

#include <algorithm>

namespace rectal_cds::cdshooks {

namespace {

Obstacle obstacle_to(const std::vector<MissingInput>& missing, const Request& request, FhirAccess access) {
    const bool is_any_open = std::any_of(missing.begin(), missing.end(), [&](const MissingInput& one) {
        return is_open(request.prefetch[domain::name(one.input)], one.input);
    });
    if (!is_any_open) return Obstacle::delivered_unusable;
    switch (access) {
    case FhirAccess::possible: return Obstacle::fhir_server_failed;
    case FhirAccess::other_server: return Obstacle::other_fhir_server;
    case FhirAccess::no_token: return Obstacle::no_fhir_authorization;
    case FhirAccess::none: break;
    }
    return request.fhir_server.empty() ? Obstacle::no_fhir_server : Obstacle::fetching_is_off;
}

const char* sentence(Obstacle obstacle) {
    switch (obstacle) {
    case Obstacle::no_fhir_server: return "The call names no fhirServer to read them from.";
    case Obstacle::other_fhir_server:
        return "The fhirServer of the call is not the one that this service may read from (--fhir-server).";
    case Obstacle::no_fhir_authorization:
        return "The call has no fhirAuthorization, and without its token nothing is read from the FHIR server.";
    case Obstacle::fetching_is_off: return "Nothing is read from the fhirServer of the call here.";
    case Obstacle::fhir_server_failed: return "Reading them from the FHIR server failed.";
    case Obstacle::delivered_unusable: return "What was delivered cannot be used, and is not asked for again.";
    case Obstacle::none: break;
    }
    return "";
}

}  // namespace

Unobtainable unobtainable(const std::vector<MissingInput>& missing, const Request& request, FhirAccess access) {
    Unobtainable result;
    std::string keys;
    for (const MissingInput& one : missing) {
        const std::string key = domain::name(one.input), why = domain::words(one.shortfall);
        result.places.push_back("prefetch." + key);
        keys += (keys.empty() ? "" : ", ") + key + " (" + (why.empty() ? "not in what was delivered" : why) + ")";
    }
    result.obstacle = obstacle_to(missing, request, access);
    result.what =
        "Needed data could not be obtained: " + keys + ". " + sentence(result.obstacle) + " Nothing was checked.";
    return result;
}

}  // namespace rectal_cds::cdshooks
