// What a request leaves to be fetched: prefetch templates with their tokens filled in (cds-hooks.md 6), and next pages.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cdshooks/fetched.hpp"
#include "cdshooks/request.hpp"
#include "fhir/knowledge.hpp"

namespace rectal_cds::cdshooks {

std::string percent_encoded(std::string_view text);  // RFC 3986: all but unreserved characters

// The template with the values of context.patientId, .userId, .encounterId and of userPractitionerId,
// userPractitionerRoleId, userPatientId, userRelatedPersonId, percent-encoded. Empty when the call lacks one of them.
std::optional<std::string> filled_in(std::string_view prefetch_template, const Request& request);

// See Prepared::queries().
std::vector<Query> open_queries(const Request& request, const fhir::Service& service);

}  // namespace rectal_cds::cdshooks
