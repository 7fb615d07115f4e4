// The cards of an answer (cds-hooks.md 8): recommendations, the fold, and what was not assessed.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "cdshooks/audience.hpp"
#include "cdshooks/card.hpp"
#include "cdshooks/card_history.hpp"
#include "cdshooks/recollection.hpp"
#include "cdshooks/request.hpp"
#include "cdshooks/uuid.hpp"
#include "fhir/knowledge.hpp"
#include "guideline/judge.hpp"

namespace rectal_cds::cdshooks {

// What the rules about drafted orders could not assess, and why: lines of the card `notAssessed`, or of
// `data-unavailable` where that fires too (decisions.md 3). When a chart is opened: only that the diagnosis is in doubt,
// or that content is past its expiry (src/DECISIONS.md 32).
struct NotAssessed {
    std::vector<std::string> lines;
    bool warning = false;  // otherwise info
};
NotAssessed not_assessed(domain::Facts& facts, const std::vector<guideline::Verdict>& verdicts);

struct Answered {
    guideline::Arranged arranged;
    std::vector<guideline::Verdict> switched_off;  // fire, but are not shown to this client
    std::vector<guideline::Verdict> suppressed;    // fire, but were shown or overridden before
    std::map<std::string, Recalled> recalled;      // what was asked of the history, by recommendation
    std::vector<guideline::Verdict> verdicts;      // all recommendations of the hook
};

// What cards are written from; all of it outlives the writing.
struct CardContent {
    const fhir::Knowledge& knowledge;
    const Request& request;
    const Answered& answered;
    domain::Facts& facts;
    Audience audience;
    const WireProfile& profile;
    const std::string& public_url;  // empty: no links to our own pages
    const std::function<std::string(const std::string& uuid)>& why_url;  // empty: no links to an explanation
};

// In the order in which they are shown, each with its UUIDs.
std::vector<Card> cards_of(const CardContent& content, UuidSource& uuids);

// The card as the store remembers it.
WrittenCard written_card(const Card& card, const CardContent& content);

}  // namespace rectal_cds::cdshooks
