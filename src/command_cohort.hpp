// The command `cohort`: many patients at once (cohort/README.md).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/date.hpp"
#include "commands.hpp"

namespace rectal_cds {

struct CohortCommand {
    std::vector<std::string> input;
    std::string hook = "patient-view";  // or order-sign
    std::string knowledge, site, compare;
    std::vector<std::string> exported;
    std::string fhir_base;
    std::string fhir_server;  // whose patients are judged, instead of files
    std::vector<std::string> fhir_address_ranges;
    std::string fhir_transport = "cpprest", fhir_ca_file, fhir_token_file;
    std::vector<std::string> patients;  // all, diagnosed, or searches; empty without patient_ids: all
    std::string patient_ids;            // file with ids, one a line; "-": standard input
    unsigned fetch_deadline_ms = 60'000;
    std::string output;     // empty: standard output
    std::string summary;    // empty: only in words
    std::string temporary;  // empty: beside the output, or the system's folder for temporary files
    bool resume = false;
    bool with_answers = false;
    bool is_results = false;  // the input are results
    unsigned threads = 0;     // 0: as many as the machine has
    bool require_approved = false;
    WordingOptions wording;
    std::optional<base::Day> today;
};

std::vector<std::string> exportable_types();

// 0 done; 1 a line could not be read, or a patient could not be judged; 2 it could not begin, or not come to its end.
int cohort_command(const CohortCommand& options);

}  // namespace rectal_cds
