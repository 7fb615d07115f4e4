// Names by which people know the drugs of this service, for saying that an order was not judged: never for matching
// (decisions.md 34).
#pragma once

#include <string_view>

#include "json/document.hpp"

namespace rectal_cds::fhir {

// Whether an ingredient, a brand or biosimilar, an abbreviation or a regimen that this service knows stands in the text
// as a whole word, whatever its case.
bool mentions_a_drug(std::string_view text);

// The same of a CodeableConcept: its text or any display.
bool mentions_a_drug(json::Value codeable);

}  // namespace rectal_cds::fhir
