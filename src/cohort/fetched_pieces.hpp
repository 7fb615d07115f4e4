// What was read of a patient from a FHIR server, as a request with complete prefetch.
#pragma once

#include <string>
#include <vector>

#include "cdshooks/fetched.hpp"
#include "cohort/patient_call.hpp"

namespace rectal_cds::cohort {

// `fetched`: by prefetch key, and Medications by reference. An input that was not asked for is not supplied.
PatientCall call_of_fetched(const std::string& patient, const std::vector<cdshooks::Fetched>& fetched, CallRules rules);

}  // namespace rectal_cds::cohort
