// The six states of a prefetch key, kept apart: absent, null, resource, Bundle, empty Bundle, OperationOutcome or
// garbage (cds-hooks.md 6.2; decisions.md 2, 5, 7, 8). "Not supplied" never becomes "not present".
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "cdshooks/request.hpp"
#include "fhir/knowledge.hpp"
#include "fhir/record.hpp"

namespace rectal_cds::cdshooks {

std::optional<domain::Input> input_of(std::string_view key);  // of the eight or nine keys that are read

// Whether what stands under a key is as good as nothing: absent, or no resource of the expected kind (docs#5). Then it
// may be fetched; null, a Bundle and an OperationOutcome are answers.
bool is_open(json::Value delivered, domain::Input input);

// What stood under one key, and what of it may be used.
fhir::InputResources read_key(json::Value value, std::string_view resource_type);

// Sorts the data of a request. Errors: unobtainable (412) when the patient could not be had, naming the keys;
// wrong_patient (400) when a resource belongs to somebody else. Unreadable conditions are left to the caller (D1).
base::Result<fhir::Record> assemble_record(const Request& request, const fhir::Service& service, base::Day today);

// The keys of the service that could not be read, or not completely.
std::vector<std::string> unread_keys(const fhir::Record& record);

}  // namespace rectal_cds::cdshooks
