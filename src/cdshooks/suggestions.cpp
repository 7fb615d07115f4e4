#include "cdshooks/suggestions.hpp"

#include <algorithm>
#include <exception>
#include <optional>
#include <utility>

#include "cdshooks/placeholders.hpp"
#include "domain/draft_group.hpp"
#include "domain/fact_tables.hpp"
#include "fhir/draft_of.hpp"
#include "fhir/order.hpp"

namespace rectal_cds::cdshooks {

using domain::Hook;
using guideline::Indicator;
using guideline::Recommendation;
using guideline::Suggestion;

namespace {

bool conditions_hold(const Suggestion& suggestion, domain::Facts& facts) {
    return std::all_of(suggestion.conditions.begin(), suggestion.conditions.end(),
                       [&](domain::FactId id) { return facts[id].yes(); });
}

// The record once the deletions that the card itself offers have been made.
domain::Case after_deletions(const Recommendation& recommendation, const domain::Case& now) {
    domain::Case later = now;
    for (const Suggestion& suggestion : recommendation.suggestions) {
        if (!suggestion.removes.empty()) domain::remove_drafts(later, suggestion.removes);
    }
    return later;
}

// The record as it would be while one suggestion after another is being signed. One copy of the record serves them all:
// they differ in what is drafted, and in nothing else.
class Signing {
public:
    explicit Signing(const domain::Case& now) : later_(now) {
        later_.hook = Hook::order_sign;
        for (auto& draft : later_.drafts) later_.other_drafts.push_back(std::move(draft));
        for (auto& draft : later_.draft_interventions) later_.other_draft_interventions.push_back(std::move(draft));
    }

    const domain::Case& with(const fhir::Knowledge& knowledge, const ChosenSuggestion& chosen) {
        later_.drafts.clear();
        later_.draft_interventions.clear();
        for (const auto* order : chosen.orders) fhir::add_as_draft(knowledge.codes, *order, later_);
        return later_;
    }

private:
    domain::Case later_;
};

// Whether the verdict rests on one of the suggested orders, and not on something that is there anyway.
bool concerns_drafts(const guideline::Verdict& verdict, domain::Facts& facts) {
    const domain::Case& record = facts.assessment().record;
    const auto is_suggested = [&](const domain::Source* source) {
        const auto same = [&](const auto& draft) { return &draft.source == source; };
        return std::any_of(record.drafts.begin(), record.drafts.end(), same) ||
               std::any_of(record.draft_interventions.begin(), record.draft_interventions.end(), same);
    };
    const auto& conditions = verdict.recommendation->conditions;
    return std::any_of(conditions.begin(), conditions.end(), [&](domain::FactId id) {
        const auto& evidence = facts[id].evidence;
        return std::any_of(evidence.begin(), evidence.end(), is_suggested);
    });
}

struct Raised {
    std::string critical, warnings;
};

bool is_always_info(const Recommendation& recommendation) {
    const auto& escalations = recommendation.escalations;
    return recommendation.indicator == Indicator::info &&
           std::all_of(escalations.begin(), escalations.end(),
                       [](const auto& e) { return e.indicator == Indicator::info; });
}

// By FactId: the facts that say what is being ordered.
const std::vector<bool>& order_facts() {
    static const std::vector<bool> marked = [] {
        std::vector<bool> facts(domain::vocabulary().size());
        for (const domain::Fact& fact : domain::order_facts()) facts[domain::find_fact(fact.name).value()] = true;
        return facts;
    }();
    return marked;
}

// Most rules of signing ask for another drug than the one suggested: that is seen first, and ends it.
bool is_about_other_orders(const Recommendation& recommendation, domain::Facts& facts) {
    const auto& conditions = recommendation.conditions;
    const std::vector<bool>& is_about_orders = order_facts();
    return std::any_of(conditions.begin(), conditions.end(), [&](domain::FactId id) {
        return id < is_about_orders.size() && is_about_orders[id] && facts[id].no();
    });
}

// Does not apply when it is about other orders; one that throws has failed, as in judge_all.
guideline::Verdict judge_safely(const Recommendation& recommendation, domain::Facts& facts) {
    try {
        if (is_about_other_orders(recommendation, facts)) return {&recommendation, base::Truth::no};
        return guideline::judge(recommendation, facts);
    } catch (const std::exception&) {
        guideline::Verdict unknown{&recommendation, base::Truth::unknown, recommendation.indicator};
        unknown.failed = true;
        return unknown;
    }
}

Raised raised_by(const fhir::Knowledge& knowledge, const ChosenSuggestion& chosen, Signing& signing) {
    domain::Facts facts(signing.with(knowledge, chosen));
    Raised raised;
    for (const Recommendation& recommendation : knowledge.recommendations) {
        if (!guideline::is_for(recommendation, Hook::order_sign) || is_always_info(recommendation)) continue;
        const guideline::Verdict verdict = judge_safely(recommendation, facts);
        const bool is_faulty = verdict.failed || undecided_because(facts, verdict, {domain::Gap::Cause::failed});
        if (is_faulty) raised.critical += (raised.critical.empty() ? "" : "; ") + verdict.recommendation->title;
        if (!verdict.fires() || verdict.indicator == Indicator::info || !concerns_drafts(verdict, facts)) continue;
        std::string& list = verdict.indicator == Indicator::critical ? raised.critical : raised.warnings;
        list += (list.empty() ? "" : "; ") + verdict.recommendation->title;
    }
    return raised;
}

// Orders of the suggestion; empty when one of them is unknown (the knowledge check excludes that).
std::vector<const fhir::OrderTemplate*> orders_of(const fhir::Knowledge& knowledge, const Suggestion& suggestion) {
    std::vector<const fhir::OrderTemplate*> orders;
    for (const std::string& id : suggestion.orders) {
        if (const auto found = knowledge.orders.find(id); found != knowledge.orders.end())
            orders.push_back(&found->second);
    }
    return orders;
}

std::vector<Deletion> deletions_of(const Suggestion& suggestion, const domain::Case& record) {
    std::vector<Deletion> deletions;
    for (const domain::Source* draft : domain::removable_drafts(record, suggestion.removes)) {
        const auto same = [&](const Deletion& listed) { return listed.reference == draft->reference; };
        if (std::none_of(deletions.begin(), deletions.end(), same))
            deletions.push_back({draft->reference, draft->says});
    }
    return deletions;
}

void choose_deletions(Suggestions& result, const Suggestion& suggestion, const domain::Case& record) {
    ChosenSuggestion chosen{suggestion.label, {}, deletions_of(suggestion, record), suggestion.recommended};
    if (!chosen.deletions.empty()) result.chosen.push_back(std::move(chosen));
}

// What has to be known before the suggestion is chosen.
void add_remarks(Suggestions& result, const ChosenSuggestion& chosen, const std::string& warnings,
                 const domain::Case& record) {
    const auto add = [&](std::string remark) { result.remarks.push_back({chosen.label, std::move(remark)}); };
    std::string ordered;
    bool unread = false;
    for (const auto* order : chosen.orders) {
        unread = unread ||
                 !record.complete(order->drug ? domain::Input::medication_requests : domain::Input::service_requests);
        if (!order->drug || !fhir::already_ordered(*order, record)) continue;
        ordered += (ordered.empty() ? "" : ", ") + std::string(domain::name(*order->drug));
    }
    if (!warnings.empty()) add("signing it would raise a warning: " + warnings);
    if (!ordered.empty())
        add("the record or this draft already orders " + ordered + ": one of the two orders has to be closed");
    if (unread) add("whether an equivalent order is open could not be read");
}

bool all_ordered(const ChosenSuggestion& chosen, const domain::Case& record) {
    return std::all_of(chosen.orders.begin(), chosen.orders.end(),
                       [&](const auto* order) { return fhir::already_ordered(*order, record); });
}

// `later`: the record after the card's own deletions. A replacement takes the deletion of what it replaces along, so it
// is not offered where one of those drafts cannot be deleted: both together would double the treatment.
void choose_orders(Suggestions& result, const fhir::Knowledge& knowledge, const Suggestion& suggestion,
                   domain::Facts& facts, const domain::Case& later, std::optional<Signing>& signing) {
    const domain::Case& now = facts.assessment().record;
    const auto remark = [&](std::string why) { result.remarks.push_back({suggestion.label, std::move(why)}); };
    ChosenSuggestion chosen{suggestion.label, orders_of(knowledge, suggestion), deletions_of(suggestion, now),
                            suggestion.recommended};
    if (chosen.orders.empty()) return;
    if (all_ordered(chosen, later))
        return remark("not suggested, because an equivalent order is active or in this draft");
    if (!suggestion.removes.empty() && !domain::all_removable(now, suggestion.removes))
        return remark("not suggested, because the drafted order that it would replace has no id or is no longer a "
                      "draft: that order has to be deleted first");
    if (!signing) signing.emplace(later);
    const Raised raised = raised_by(knowledge, chosen, *signing);
    if (!raised.critical.empty()) return remark("withheld, because signing it would raise: " + raised.critical);
    add_remarks(result, chosen, raised.warnings, later);
    if (suggestion.recommended_when) chosen.recommended = facts[*suggestion.recommended_when].yes();
    result.chosen.push_back(std::move(chosen));
}

// One line for each remark, with the suggestions that share it; what is withheld is never "every suggestion".
std::vector<OptionRemark> folded(const std::vector<OptionRemark>& remarks,
                                 const std::vector<ChosenSuggestion>& offered) {
    std::vector<OptionRemark> lines;
    std::vector<std::size_t> shares;
    for (const OptionRemark& remark : remarks) {
        const std::size_t is_offered =
            std::any_of(offered.begin(), offered.end(), [&](const auto& one) { return one.label == remark.label; });
        const auto same = std::find_if(lines.begin(), lines.end(),
                                       [&](const OptionRemark& line) { return line.remark == remark.remark; });
        if (same == lines.end()) {
            lines.push_back(remark);
            shares.push_back(is_offered);
        } else {
            same->label += ", " + remark.label;
            shares[static_cast<std::size_t>(same - lines.begin())] += is_offered;
        }
    }
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (shares[i] == offered.size() && offered.size() > 1) lines[i].label = "Every suggestion";
    }
    return lines;
}

}  // namespace

Suggestions choose_suggestions(const fhir::Knowledge& knowledge, const Recommendation& recommendation,
                               domain::Facts& facts) {
    Suggestions result;
    const domain::Case& record = facts.assessment().record;
    std::optional<domain::Case> without_deleted;
    if (std::any_of(recommendation.suggestions.begin(), recommendation.suggestions.end(),
                    [](const Suggestion& suggestion) { return !suggestion.removes.empty(); }))
        without_deleted = after_deletions(recommendation, record);
    const domain::Case& later = without_deleted ? *without_deleted : record;
    std::optional<Signing> signing;
    for (const Suggestion& suggestion : recommendation.suggestions) {
        if (!conditions_hold(suggestion, facts)) continue;
        if (suggestion.orders.empty())
            choose_deletions(result, suggestion, record);
        else
            choose_orders(result, knowledge, suggestion, facts, later, signing);
    }
    result.remarks = folded(result.remarks, result.chosen);
    return result;
}

}  // namespace rectal_cds::cdshooks
