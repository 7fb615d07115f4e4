// Whose patient is it: every patient-bound resource of a request must be the context patient's (decisions.md 13, 24).
#pragma once

#include <optional>

#include "base/result.hpp"
#include "cdshooks/request.hpp"
#include "fhir/record.hpp"

namespace rectal_cds::cdshooks {

enum class Owner : unsigned char { this_patient, somebody_else, undetermined };

// Patient/id, also with /_history/n; absolute under fhirServer; urn:uuid: or #id that resolves to the Patient.
// Absolute without a fhirServer or under another base is somebody else's.
Owner owner_of(const Request& request, const fhir::Record& record, json::Value resource);

// wrong_patient with the place, when anything belongs to somebody else. Resources without a determinable subject are
// dropped, and their input counts as read incompletely.
std::optional<base::Error> check_patients(const Request& request, fhir::Record& record);

}  // namespace rectal_cds::cdshooks
