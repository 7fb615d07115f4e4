// A Refusal is an answer of the transport itself: the request never reaches the handler, and the connection closes.
#pragma once

#include <string>

#include "http/message.hpp"

namespace rectal_cds::http {

struct Refusal {
    int status = 400;
    std::string place;       // "http." and what is at fault, as FHIR R4 OperationOutcome.issue.expression has it
    std::string issue_code;  // FHIR R4 value set issue-type
    std::string sentence;    // never content of the request
};

// An answer with an OperationOutcome as its body.
Response outcome_response(int status, std::string_view issue_code, std::string_view place, std::string_view sentence);
Response to_response(const Refusal& refusal);

}  // namespace rectal_cds::http
