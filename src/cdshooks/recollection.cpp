#include "cdshooks/recollection.hpp"

#include <exception>
#include <utility>

#include "cdshooks/evidence_hash.hpp"

namespace rectal_cds::cdshooks {

using guideline::Verdict;
using Decision = Remembered::Decision;

namespace {

// At the opening of a chart a changed offer makes another card. At order hooks the other drafts of the session change
// what is offered from selecting to signing, while the order and what is wrong with it stay the same.
Recalled recalled_of(const Verdict& verdict, const fhir::Knowledge& knowledge, const Request& request, domain::Facts& facts) {
    const guideline::Recommendation& recommendation = *verdict.recommendation;
    Recalled recalled;
    if (request.hook == domain::Hook::patient_view) {
        const Suggestions offered = choose_suggestions(knowledge, recommendation, facts);
        recalled.evidence = evidence_hash(verdict, facts, knowledge.version, &offered);
    } else {
        recalled.evidence = evidence_hash(verdict, facts, knowledge.version, nullptr);
        recalled.order = order_identity(drafts_behind(recommendation, facts, request), request);
    }
    return recalled;
}

bool may_be_suppressed(const Verdict& verdict, domain::Hook hook) {
    if (verdict.indicator == guideline::Indicator::critical) return false;
    return hook == domain::Hook::patient_view || !guideline::tells_what_was_not_read(*verdict.recommendation);
}

Remembered ask(const CardHistory& history, const PlannedCard& card) {
    try {
        return history(card);
    } catch (const std::exception&) {
        return {};
    }
}

}  // namespace

Recollection recollect(const CardHistory& history, const fhir::Knowledge& knowledge, const Request& request, domain::Facts& facts,
                       std::vector<Verdict> firing) {
    Recollection result;
    if (!history) {
        result.kept = std::move(firing);
        return result;
    }
    for (const Verdict& verdict : firing) {
        const std::string& id = verdict.recommendation->id;
        Recalled recalled = recalled_of(verdict, knowledge, request, facts);
        const Remembered remembered =
            ask(history, {request.patient_id, request.user_id, request.hook, id, verdict.indicator, recalled.evidence, recalled.order});
        const bool is_suppressed = remembered.decision == Decision::suppress && may_be_suppressed(verdict, request.hook);
        if (remembered.decision == Decision::show_with_override) recalled.recorded_override = remembered.why;
        (is_suppressed ? result.suppressed : result.kept).push_back(verdict);
        result.recalled.emplace(id, std::move(recalled));
    }
    return result;
}

}  // namespace rectal_cds::cdshooks
