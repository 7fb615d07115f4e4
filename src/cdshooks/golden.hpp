// The knowledge's own golden cases (hooks/golden): what must hold before content is put to use.
#pragma once

#include <vector>

#include "base/result.hpp"
#include "fhir/knowledge.hpp"

namespace rectal_cds::cdshooks {

// Answers every golden case and reports each whose cards differ, by id and indicator, from what it expects. `where`:
// the file. The cases are made up, so their ids may be shown. Run it before keep_approved.
std::vector<base::Error> golden_faults(const fhir::Knowledge& knowledge);

}  // namespace rectal_cds::cdshooks
