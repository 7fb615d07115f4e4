// Judgement: what the recommendations of a hook say to the facts, what of it is shown, and why nothing is.
#pragma once

#include "cdshooks/answer.hpp"
#include "cdshooks/cards.hpp"
#include "cdshooks/prepared.hpp"
#include "fhir/knowledge.hpp"

namespace rectal_cds::cdshooks {

Answered judge(const fhir::Knowledge& knowledge, const Prepared& prepared, domain::Facts& facts);

// Whether the diagnoses or the Patient could not be read and nothing can be said for it: no biologic is being ordered
// (local-codes.md D1; decisions.md 4 and 5), and no critical card fires at an order hook.
bool is_unobtainable(const Answered& answered, const domain::Case& record);

// Fills in what fired, what is folded, switched off, not assessed and failed.
void tell(Answer& answer, const Answered& answered, domain::Facts& facts);

// Why a call that was judged has no cards. `nothing_fired` where no other cause of decisions.md 1 holds.
Silence silence_of(const Answered& answered, domain::Facts& facts);

}  // namespace rectal_cds::cdshooks
