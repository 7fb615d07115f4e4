// GET /cds-services (cds-hooks.md 3): the services as the knowledge defines them, each description with the version
// and the state of review of the content; byte for byte the same each time.
#pragma once

#include <string>

#include "fhir/knowledge.hpp"

namespace rectal_cds::cdshooks {

std::string discovery(const fhir::Knowledge& knowledge);

}  // namespace rectal_cds::cdshooks
