// read_case: FHIR R4 resources to a Case, without judgement.
#pragma once

#include "domain/case.hpp"
#include "fhir/code_book.hpp"
#include "fhir/record.hpp"

namespace rectal_cds::fhir {

domain::Case read_case(const CodeBook& book, const Record& record);

}  // namespace rectal_cds::fhir
