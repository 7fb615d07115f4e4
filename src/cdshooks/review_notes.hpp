// What hooks/REVIEW.md says of the content as a whole, behind the recommendations.
#pragma once

#include <string>

#include "fhir/knowledge.hpp"

namespace rectal_cds::cdshooks {

// Pending decisions, open questions, thresholds, what is not read, codes and doses and works on weak evidence, claims of
// the source document: sections under headings of the second level, those without content left out.
std::string notes_in_words(const fhir::Knowledge& knowledge);

}  // namespace rectal_cds::cdshooks
