// What a FHIR server holds of one patient, as the request that an EHR would send: the queries of the service's own
// prefetch templates, as a hook call would ask them. What could not be read is unreadable in it, never empty.
#pragma once

#include <atomic>
#include <string>
#include <vector>

#include "cdshooks/prepared.hpp"
#include "cohort/judge_patient.hpp"
#include "cohort/server_input.hpp"
#include "fetch/fhir_reader.hpp"

namespace rectal_cds::cohort {

class ServerReader {
public:
    // All outlive this. `rules.call.is_exported` does not count: what the service asks for is read.
    ServerReader(const ServerOptions& server, const JudgeRules& rules, const std::atomic<bool>& stop);

    // Blocks; from any thread. An Error when the server seems to be gone, the token cannot be had, or `stop` was set.
    base::Result<PatientCall> read(const std::string& patient);

private:
    using Results = fetch::FhirReader::Results;
    using Queries = fetch::FhirReader::Queries;

    base::Result<Results> ask(const Queries& queries);
    base::Result<Results> ask_twice(const Queries& queries);
    base::Result<Results> ask_patiently(const Queries& queries);
    std::optional<base::Error> ask_for_medications(const cdshooks::Prepared& prepared, Results& results);
    std::optional<base::Error> count_lost(bool is_lost);

    const ServerOptions& server_;
    const JudgeRules& rules_;
    const std::atomic<bool>& stop_;
    fetch::FhirReader reader_;
    std::atomic<unsigned> lost_{0};  // in a row
};

}  // namespace rectal_cds::cohort
