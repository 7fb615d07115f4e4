// The body of every error answer: a FHIR R4 OperationOutcome with one issue (hl7.org/fhir/R4/operationoutcome.html).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rectal_cds::cdshooks {

// `severity` and `issue_code` are codes of the required value sets issue-severity and issue-type. `place` becomes
// issue.expression: a FHIRPath into the request body ("context.draftOrders.entry[2]"), or "http." and what is at fault
// in the message; left out when empty, and when it is an offset ("byte 17"), which is no FHIRPath: the sentence says
// it then. `diagnostics` is a full sentence without patient data; it is both
// issue.details.text and issue.diagnostics, because clients show the one or the other.
std::string operation_outcome(std::string_view severity, std::string_view issue_code, std::string_view place,
                              std::string_view diagnostics);

// The same with several places, or none.
using Places = std::vector<std::string>;
std::string operation_outcome(std::string_view severity, std::string_view issue_code, const Places& places,
                              std::string_view diagnostics);

}  // namespace rectal_cds::cdshooks
