#include "cdshooks/judgement.hpp"

#include <algorithm>
#include <utility>

#include "cdshooks/placeholders.hpp"
#include "cdshooks/recollection.hpp"

namespace rectal_cds::cdshooks {

using domain::Gap;
using domain::Input;
using guideline::Verdict;

namespace {

using guideline::data_unavailable;

// What could not be read or assessed is told to every client: data-unavailable cannot be switched off.
bool is_switched_off(const std::vector<std::string>& switched_off, const std::string& id) {
    return id != data_unavailable && std::find(switched_off.begin(), switched_off.end(), id) != switched_off.end();
}

bool is_unread(const domain::Case& record, Input input) {
    return record.readable(input) == domain::Readability::unreadable;
}

bool lacks_essentials(const domain::Case& record) {
    return is_unread(record, Input::conditions) || is_unread(record, Input::patient);
}

bool holds(const std::vector<Verdict>& verdicts, std::string_view id) {
    return std::any_of(verdicts.begin(), verdicts.end(), [&](const Verdict& v) { return v.recommendation->id == id; });
}

bool any_critical(const std::vector<Verdict>& verdicts) {
    return std::any_of(verdicts.begin(), verdicts.end(),
                       [](const Verdict& v) { return v.indicator == guideline::Indicator::critical; });
}

// A critical card stands beside the card that says what could not be read, also where D1 would end the call.
void add_data_unavailable(std::vector<Verdict>& firing, const fhir::Knowledge& knowledge, const domain::Case& record) {
    const guideline::Recommendation* card = knowledge.recommendation(data_unavailable);
    if (!card || !record.order_hook() || !lacks_essentials(record)) return;
    if (!any_critical(firing) || holds(firing, data_unavailable)) return;
    firing.push_back({card, base::Truth::yes, card->indicator});
}

std::vector<Recommended> told(const std::vector<Verdict>& verdicts) {
    std::vector<Recommended> result;
    for (const Verdict& verdict : verdicts) result.push_back({verdict.recommendation->id, verdict.indicator});
    return result;
}

}  // namespace

Answered judge(const fhir::Knowledge& knowledge, const Prepared& prepared, domain::Facts& facts) {
    const Call& call = prepared.call();
    Answered answered;
    answered.verdicts = guideline::judge_all(knowledge.recommendations, facts, call.is_out_of_time);
    std::vector<Verdict> firing;
    for (const Verdict& verdict : answered.verdicts) {
        if (!verdict.fires()) continue;
        const bool is_off = is_switched_off(call.switched_off, verdict.recommendation->id);
        (is_off ? answered.switched_off : firing).push_back(verdict);
    }
    add_data_unavailable(firing, knowledge, facts.assessment().record);
    // A client of 1.0 gets no ids of cards and could not be told what is left out: it is shown everything.
    const bool remembers = prepared.profile().has_members_of_1_1();
    Recollection known =
        recollect(remembers ? call.history : CardHistory(), knowledge, prepared.request(), facts, std::move(firing));
    answered.suppressed = std::move(known.suppressed);
    answered.recalled = std::move(known.recalled);
    answered.arranged = guideline::arrange(std::move(known.kept), facts.assessment().record.hook);
    return answered;
}

bool is_unobtainable(const Answered& answered, const domain::Case& record) {
    return lacks_essentials(record) && !holds(answered.arranged.shown, data_unavailable);
}

void tell(Answer& answer, const Answered& answered, domain::Facts& facts) {
    answer.shown = told(answered.arranged.shown);
    answer.folded = told(answered.arranged.folded);
    answer.switched_off = told(answered.switched_off);
    answer.suppressed = told(answered.suppressed);
    for (const Verdict& verdict : answered.verdicts) {
        const std::string& id = verdict.recommendation->id;
        const bool failed = verdict.failed || undecided_because(facts, verdict, {Gap::Cause::failed});
        const bool is_open =
            undecided_because(facts, verdict, {Gap::Cause::unreadable, Gap::Cause::unusable, Gap::Cause::undecided});
        const bool expired = verdict.expired && verdict.applies != base::Truth::no;
        if (failed) {
            answer.failed.push_back(id);
        } else if (is_open || expired || verdict.unreached) {
            const bool unread = is_open && undecided_because(facts, verdict, {Gap::Cause::unreadable});
            answer.not_assessed.push_back(id);
            answer.not_assessed_because.push_back(verdict.unreached ? "late" : expired ? "expired" : unread ? "unreadable" : "unusable");
        }
    }
}

Silence silence_of(const Answered& answered, domain::Facts& facts) {
    const domain::Case& record = facts.assessment().record;
    if (facts["No death on record"].no()) return Silence::deceased;
    if (facts["Age not known to be under 18"].no()) return Silence::under_18;
    if (facts["Active rectal adenocarcinoma"].no()) return Silence::out_of_scope;
    if (facts["M0 not established"].no()) return Silence::m0;
    if (!record.order_hook() && facts["No hospice enrolment on record"].no()) return Silence::hospice;
    if (!answered.suppressed.empty()) return Silence::suppressed;
    return answered.switched_off.empty() ? Silence::nothing_fired : Silence::switched_off;
}

}  // namespace rectal_cds::cdshooks
