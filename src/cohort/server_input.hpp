// A FHIR server as the input of a cohort: how it is asked, and who its patients are.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "cohort/gather.hpp"
#include "fetch/page_walk.hpp"
#include "fetch/transport.hpp"

namespace rectal_cds::cohort {

struct ServerOptions {
    std::shared_ptr<fetch::FhirTransport> transport;
    fetch::WalkOptions walk;  // base, addresses, token; its pauses are those between attempts at a patient, too
    // Searches, relative to the base; whoever they name is judged: Patients, and the subjects of everything else.
    // Empty: the input files hold the ids, one a line.
    std::vector<std::string> lists;
    std::chrono::milliseconds patient_deadline{60'000};  // for all that is read of one patient
    unsigned most_lost = 8;  // patients in a row of whom nothing can be read; then the run ends, to be resumed
};

// Finds the patients, and adds a piece without text for each of them to `shards`; repeatedly where several searches
// name them. `note`, unless empty, gets every id, too. `lines`: how often one was named. An Error when a list cannot be
// read to its end.
base::Result<Gathered> list_patients(const ServerOptions& server, const std::vector<InputFile>& files, Shards& shards,
                                     const GatherOptions& options, const std::function<void(const std::string&)>& note,
                                     const std::atomic<bool>& stop);

}  // namespace rectal_cds::cohort
