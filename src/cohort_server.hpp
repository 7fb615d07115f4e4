// From the options of the command `cohort` to the FHIR server whose patients are judged.
#pragma once

#include <optional>
#include <vector>

#include "base/result.hpp"
#include "cohort/server_input.hpp"
#include "command_cohort.hpp"

namespace rectal_cds {

// Empty when there are faults, which go to `errors`. The token comes from the file or the environment and is read anew
// before each request, so that it may be renewed while the run lasts.
std::optional<cohort::ServerOptions> cohort_server(const CohortCommand& options, std::vector<base::Error>& errors);

}  // namespace rectal_cds
