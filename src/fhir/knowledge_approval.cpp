#include "fhir/knowledge_approval.hpp"

#include <algorithm>
#include <iterator>

#include "fhir/knowledge.hpp"
#include "fhir/read_order.hpp"
#include "guideline/judge.hpp"

namespace rectal_cds::fhir {

using guideline::Recommendation;

namespace {

bool is_approved(const Recommendation& recommendation) {
    return recommendation.review.step == guideline::ReviewStep::approved;
}

// Named by the plan itself, or part of a regimen that it names.
bool suggests(const Recommendation& recommendation, const std::string& plan, const std::string& canonical) {
    if (plan.find('"' + canonical + '"') != std::string::npos) return true;
    const auto is_it = [&](const std::string& order) { return order_canonical(order) == canonical; };
    const auto& all = recommendation.suggestions;
    return std::any_of(all.begin(), all.end(), [&](const auto& suggestion) {
        return std::any_of(suggestion.orders.begin(), suggestion.orders.end(), is_it);
    });
}

}  // namespace

void check_approval_covers(const Definitions& defined, const Recommendation& recommendation, const std::string& plan,
                           Faults& faults) {
    if (!is_approved(recommendation) || recommendation.review.since == base::Day{}) return;
    for (const auto& [canonical, definition] : defined) {
        if (definition.date <= recommendation.review.since || !suggests(recommendation, plan, canonical)) continue;
        faults.add("approvalDate", "No day before " + base::iso(definition.date) + " is expected, the date of " +
                                       definition.path + ", which this plan suggests.");
    }
}

namespace {

// Beside saying what could not be read.
bool judges_anything(const std::vector<Recommendation>& recommendations, domain::Hook hook) {
    return std::any_of(recommendations.begin(), recommendations.end(), [&](const Recommendation& recommendation) {
        return recommendation.id != guideline::data_unavailable && recommendation.hooks.test(static_cast<std::size_t>(hook));
    });
}

}  // namespace

void keep_approved(Knowledge& knowledge) {
    auto& judged = knowledge.recommendations;
    const Recommendation* const unread = knowledge.recommendation(guideline::data_unavailable);
    const bool says_what_is_unread = unread != nullptr && is_approved(*unread);
    const auto first =
        says_what_is_unread ? std::stable_partition(judged.begin(), judged.end(), is_approved) : judged.begin();
    knowledge.unapproved.assign(std::make_move_iterator(first), std::make_move_iterator(judged.end()));
    judged.erase(first, judged.end());
    std::erase_if(knowledge.services, [&](const Service& service) { return !judges_anything(judged, service.hook); });
}

}  // namespace rectal_cds::fhir
