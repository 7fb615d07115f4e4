// What rectal-cds doctor says of one captured request: in words for people, or as one JSON object.
#pragma once

#include <string>

#include "cdshooks/examination.hpp"
#include "doctor_access.hpp"

namespace rectal_cds {

struct DoctorReport {
    std::string file;
    std::size_t number = 1;  // of the request in its file
    cdshooks::Examination examination;
    FhirAccess access;
    bool has_rules = false;  // a client registry or a FHIR server was given, so that `access` could be judged
};

std::string in_words(const DoctorReport& report);  // several lines, each with its end
std::string as_json(const DoctorReport& report);   // one line, without its end

}  // namespace rectal_cds
