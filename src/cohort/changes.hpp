// What changes for a patient under another edition of the knowledge.
#pragma once

#include "cdshooks/answer.hpp"
#include "json/writer.hpp"

namespace rectal_cds::cohort {

// Writes the member `changes` when anything changes from `before` to `after` (judge_patient.hpp). A card's wording is
// its summary, its detail and the labels of its suggestions; ids, versions and links do not count.
void write_changes(json::Writer& writer, const cdshooks::Answer& before, const cdshooks::Answer& after);

}  // namespace rectal_cds::cohort
