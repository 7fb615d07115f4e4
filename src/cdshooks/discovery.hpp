// GET /cds-services (cds-hooks.md 3): the services as the knowledge defines them, byte for byte the same each time.
#pragma once

#include <string>

#include "fhir/knowledge.hpp"

namespace rectal_cds::cdshooks {

std::string discovery(const fhir::Knowledge& knowledge);

}  // namespace rectal_cds::cdshooks
