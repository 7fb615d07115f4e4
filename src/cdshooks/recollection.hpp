// What was shown and overridden before, applied to what fires now, before the cards are arranged (decisions.md 41).
#pragma once

#include <map>
#include <string>
#include <vector>

#include "cdshooks/call.hpp"
#include "cdshooks/card_history.hpp"
#include "cdshooks/request.hpp"
#include "domain/vocabulary.hpp"
#include "guideline/judge.hpp"

namespace rectal_cds::cdshooks {

struct Recalled {
    std::string evidence, order;  // as in PlannedCard
    std::string recorded_override;  // to be shown on the card; empty: none
};

struct Recollection {
    std::vector<guideline::Verdict> kept, suppressed;
    std::map<std::string, Recalled> recalled;  // by id of the recommendation; empty without a history
};

// Whatever the history answers, critical cards are kept, and so is data-unavailable at order hooks (decisions.md 11). A
// history that fails keeps everything. Without a history nothing is asked, and no hash is made.
Recollection recollect(const CardHistory& history, const fhir::Knowledge& knowledge, const Request& request, domain::Facts& facts,
                       std::vector<guideline::Verdict> firing);

}  // namespace rectal_cds::cdshooks
