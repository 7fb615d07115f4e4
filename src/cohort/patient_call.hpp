// The request that an EHR would send for one patient.
#pragma once

#include <array>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "cohort/piece.hpp"
#include "domain/case.hpp"

namespace rectal_cds::cohort {

struct CallRules {
    domain::Hook hook = domain::Hook::patient_view;
    std::string fhir_base;
    std::array<bool, domain::input_count> is_exported{};  // where not, the input is not supplied
};

struct PatientCall {
    std::string body;
    std::size_t drafts = 0;
    std::size_t other_copies = 0;  // of resources with one id and different content, the latest of which is in the body
    bool is_incomplete = false;    // a part of the record was not in the input
};

// `medication`: finds Medications by reference (Shards::medication). `pieces`: all of one patient, in any order.
PatientCall patient_call(std::vector<Piece> pieces, const CallRules& rules,
                         const std::function<std::optional<std::string>(const std::string&)>& medication);

}  // namespace rectal_cds::cohort
