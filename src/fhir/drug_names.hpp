// Names by which people know the drugs of this service, for saying that an order was not judged: never for matching
// (decisions.md 34).
#pragma once

#include <string_view>

namespace rectal_cds::fhir {

// Whether an ingredient, a brand or biosimilar, an abbreviation or a regimen that this service knows stands in the text
// as a whole word, whatever its case.
bool mentions_a_cancer_drug(std::string_view text);
bool mentions_a_coumarin(std::string_view text);  // a vitamin K antagonist
bool mentions_a_drug(std::string_view text);      // one of these

// Whether it names a class of drugs, or a drug of the class that this service has no code for.
bool mentions_platinum(std::string_view text);
bool mentions_fluoropyrimidines(std::string_view text);

}  // namespace rectal_cds::fhir
