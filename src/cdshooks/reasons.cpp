#include "cdshooks/reasons.hpp"

#include <algorithm>
#include <set>

#include "cdshooks/explain.hpp"

namespace rectal_cds::cdshooks {

using guideline::Verdict;

namespace {

JudgedSeen judged(const Verdict& verdict) {
    const guideline::Recommendation& recommendation = *verdict.recommendation;
    return {recommendation.id, recommendation.title,      verdict.applies,           verdict.indicator,
            verdict.expired,   recommendation.conditions, recommendation.escalations};
}

FactSeen seen(domain::FactId id, const domain::Finding& finding) {
    FactSeen fact{id, finding.truth, finding.note, {}, {}};
    for (const domain::Source* source : finding.evidence)
        fact.evidence.push_back({source->reference, source->says, source->when ? iso(*source->when) : std::string()});
    for (const domain::Gap& gap : finding.gaps) fact.missing.push_back({words(gap.cause), gap.what});
    return fact;
}

void add_facts(std::set<domain::FactId>& ids, const JudgedSeen& about) {
    ids.insert(about.conditions.begin(), about.conditions.end());
    for (const auto& escalation : about.escalations) ids.insert(escalation.fact);
}

std::vector<JudgedSeen> told_by(const Card& card, const Answered& answered) {
    std::vector<JudgedSeen> about;
    if (card.recommendation) {
        const auto& shown = answered.arranged.shown;
        const auto own = std::find_if(shown.begin(), shown.end(),
                                      [&](const Verdict& v) { return v.recommendation == card.recommendation; });
        if (own != shown.end()) about.push_back(judged(*own));
    } else if (card.topic == "moreRecommendations") {
        for (const Verdict& verdict : answered.arranged.folded) about.push_back(judged(verdict));
    }
    return about;
}

}  // namespace

const FactSeen* Reasons::fact(domain::FactId id) const {
    const auto found = std::find_if(facts.begin(), facts.end(), [&](const FactSeen& each) { return each.fact == id; });
    return found == facts.end() ? nullptr : &*found;
}

Reasons reasons_of(const CardContent& content, const std::vector<Card>& cards) {
    Reasons reasons;
    if (cards.empty()) return reasons;
    const domain::Case& record = content.facts.assessment().record;
    reasons.hook = record.hook, reasons.today = record.today;
    reasons.content_version = content.knowledge.version;
    std::set<domain::FactId> ids;
    for (const Card& card : cards) {
        reasons.cards.push_back({card.uuid, card.summary, card.indicator, told_by(card, content.answered)});
        for (const JudgedSeen& about : reasons.cards.back().about) add_facts(ids, about);
    }
    for (const Verdict& verdict : content.answered.verdicts) {
        if (verdict.applies != base::Truth::unknown) continue;
        reasons.undecided.push_back(judged(verdict));
        add_facts(ids, reasons.undecided.back());
    }
    for (const domain::FactId id : ids) reasons.facts.push_back(seen(id, content.facts[id]));
    for (const domain::Unusable& item : record.unusable)
        reasons.not_used.push_back(item.source.says + " (" + item.source.reference + "): " + item.problem);
    return reasons;
}

}  // namespace rectal_cds::cdshooks
