// ActivityDefinitions to OrderTemplates, and the order sets that name them (clinical.md 3.3, 3.4).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "fhir/code_book.hpp"
#include "fhir/knowledge.hpp"
#include "fhir/knowledge_file.hpp"
#include "fhir/knowledge_references.hpp"

namespace rectal_cds::fhir {

// Reads an ActivityDefinition of kind MedicationRequest or ServiceRequest; its format depends on the kind. Empty when
// the file is nothing of that sort. `codes`: to tell the drug; null when the value sets have faults of their own.
std::optional<OrderTemplate> read_order(Artefact& definition, const CodeBook* codes, Faults& faults);

using Regimens = std::map<std::string, std::vector<std::string>>;  // id of an order set to ids of its orders

std::string order_canonical(const std::string& id);    // "https://rectal-cds.example/fhir/ActivityDefinition/<id>"
std::string regimen_canonical(const std::string& id);  // "https://rectal-cds.example/fhir/PlanDefinition/<id>"

// The ids of the orders that an order set names; each use goes to `definitions`.
std::vector<std::string> read_regimen(Artefact& regimen, References& definitions, Faults& faults);

}  // namespace rectal_cds::fhir
