// The knowledge's own golden cases (hooks/golden): what must hold before content is put to use.
#pragma once

#include <vector>

#include "base/result.hpp"
#include "fhir/knowledge.hpp"

namespace rectal_cds::cdshooks {

// Answers every golden case and reports each whose cards differ, by id and indicator, from what it expects, and each
// recommendation that no golden case expects: nothing would show that it has fallen silent. `where`: the file. The
// cases are made up, so their ids may be shown. Run it before keep_approved.
std::vector<base::Error> golden_faults(const fhir::Knowledge& knowledge);

// What may be put to use, at the start and on every reload: reads and validates `files` (fhir/knowledge.hpp), adds the
// site's (fhir/site.hpp; none: no site), and holds the result against the golden cases. Reads nothing but its
// arguments. All faults go to `errors`; the Knowledge may be used only when there are none.
fhir::Knowledge tested_knowledge(const std::vector<fhir::KnowledgeFile>& files,
                                 const std::vector<fhir::KnowledgeFile>& site_files, std::vector<base::Error>& errors);

}  // namespace rectal_cds::cdshooks
