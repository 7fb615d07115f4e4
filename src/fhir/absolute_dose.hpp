// The dose in mg for one patient out of a dose per m2 or kg, and the words that show how it was calculated.
#pragma once

#include <optional>
#include <string>

#include "domain/body_size.hpp"
#include "json/writer.hpp"

namespace rectal_cds::fhir {

// `definition` is an ActivityDefinition; its extension absolute-dose says to how many mg the dose is rounded and,
// perhaps, its maximum. Empty when the dose is flat or the body size does not allow it.
std::optional<double> absolute_mg(json::Value definition, json::Value dose_quantity, const domain::BodySize& size);

// "Calculated from 1.86 m2 (Mosteller: height 175 cm of 2026-02-20, weight 71 kg of 2026-02-20), rounded to 1 mg: …"
std::string calculation_note(json::Value definition, const domain::BodySize& size);

// dosageInstruction as defined, each dose with its calculated amount beside it where there is one.
void write_dosage(json::Writer& writer, json::Value definition, const std::optional<domain::BodySize>& size);

}  // namespace rectal_cds::fhir
