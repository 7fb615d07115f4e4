// Names of the biomarkers of this service, for saying that a result was not read: never for matching.
#pragma once

#include <vector>

#include "domain/statements.hpp"
#include "json/document.hpp"

namespace rectal_cds::fhir {

// What the text or a display of an Observation's code says that was tested: KRAS, NRAS, RAS, BRAF, MSI/MMR, HER2, DPYD,
// UGT1A1, as whole words. Empty when none is named.
std::vector<domain::Topic> tests_named(json::Value codeable);

}  // namespace rectal_cds::fhir
