// The request that an EHR would send for one patient.
#pragma once

#include <array>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cohort/piece.hpp"
#include "domain/case.hpp"

namespace rectal_cds::cohort {

// What there is of one input.
enum class Held : unsigned char {
    whole,
    in_part,    // what is there counts, what is not there is unknown
    unreadable  // it could not be read
};

struct CallRules {
    domain::Hook hook = domain::Hook::patient_view;
    std::string fhir_base;
    std::array<bool, domain::input_count> is_exported{};  // where not, the input is not supplied
    std::array<Held, domain::input_count> held{};
};

struct PatientCall {
    std::string body;
    std::size_t drafts = 0;
    std::size_t other_copies = 0;  // of resources with one id and different content, the latest of which is in the body
    bool is_incomplete = false;    // a part of the record was not in the input
    std::map<std::string, std::string> unread;  // of a FHIR server: prefetch key (or "Medication"), and why
};

// `medication`: finds Medications by reference (Shards::medication). `pieces`: all of one patient, in any order.
PatientCall patient_call(std::string_view patient, std::vector<Piece> pieces, const CallRules& rules,
                         const std::function<std::optional<std::string>(const std::string&)>& medication);

}  // namespace rectal_cds::cohort
