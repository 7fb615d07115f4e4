// Discovery entries: what a CDS service says of itself, and that it asks for all its hook reads (cds-hooks.md 3, 6.1).
#pragma once

#include <optional>
#include <string_view>

#include "fhir/knowledge.hpp"
#include "fhir/knowledge_file.hpp"

namespace rectal_cds::fhir {

// R4 resource type that the prefetch key of an input asks for.
std::string_view resource_type_of(domain::Input input);

// Reads the discovery entry of the service for `hook`. The templates must ask for every input that the hook reads,
// each with its resource type and the patient of the context. Empty when the file is not JSON.
std::optional<Service> read_discovery(const Artefact& entry, domain::Hook hook, Faults& faults);

}  // namespace rectal_cds::fhir
