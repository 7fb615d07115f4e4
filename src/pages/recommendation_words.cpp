#include "pages/recommendation_words.hpp"

#include <algorithm>
#include <cctype>
#include <set>

namespace rectal_cds::pages {

using guideline::Recommendation;

std::string in_lower_case(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(),
                   [](char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); });
    return result;
}

std::vector<Listed> all_of(const fhir::Knowledge& knowledge) {
    std::vector<Listed> all;
    for (const Recommendation& r : knowledge.recommendations) all.push_back({&r, true});
    for (const Recommendation& r : knowledge.unapproved) all.push_back({&r, false});
    return all;
}

std::string searched_text(const Recommendation& r) {
    std::string text = r.id + ' ' + r.title + ' ' + r.purpose + ' ' + r.summary + ' ' + r.detail + ' ' + r.limits;
    for (const domain::FactId fact : r.conditions) text += ' ' + std::string(domain::vocabulary()[fact].name);
    for (const auto& suggestion : r.suggestions) text += ' ' + suggestion.label;
    for (const auto& work : r.citations) text += ' ' + work.full;
    return in_lower_case(text);
}

bool concerns(const fhir::Knowledge& knowledge, const Recommendation& r, domain::Drug drug) {
    for (const auto& suggestion : r.suggestions) {
        for (const std::string& id : suggestion.orders) {
            const auto order = knowledge.orders.find(id);
            if (order != knowledge.orders.end() && order->second.drug == drug) return true;
        }
    }
    std::string text = r.title + ' ' + r.summary + ' ' + r.detail;
    for (const domain::FactId fact : r.conditions) text += ' ' + std::string(domain::vocabulary()[fact].meaning);
    return in_lower_case(text).find(name(drug)) != std::string::npos;
}

Values severities_of(const Recommendation& r) {
    std::set<guideline::Indicator> all{r.indicator};
    for (const auto& escalation : r.escalations) all.insert(escalation.indicator);
    Values list{Values::type::list};
    for (const guideline::Indicator indicator : all) {
        Values item;
        item["severity"] = std::string(guideline::word(indicator));
        list << item;
    }
    return list;
}

Values facts_in_words(const std::vector<domain::FactId>& facts) {
    Values list{Values::type::list};
    for (const domain::FactId fact : facts) {
        Values item;
        item["name"] = std::string(domain::vocabulary()[fact].name);
        item["meaning"] = std::string(domain::vocabulary()[fact].meaning);
        list << item;
    }
    return list;
}

}  // namespace rectal_cds::pages
