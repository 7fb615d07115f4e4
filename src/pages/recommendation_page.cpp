#include "pages/recommendation_page.hpp"

#include <algorithm>
#include <filesystem>

#include "cdshooks/governance.hpp"
#include "cdshooks/html.hpp"
#include "cdshooks/review_orders.hpp"
#include "cdshooks/review_recommendation.hpp"
#include "cdshooks/review_words.hpp"
#include "pages/home_page.hpp"
#include "pages/recommendation_words.hpp"
#include "pages/review_section.hpp"

namespace rectal_cds::pages {

using guideline::Recommendation;

namespace {

Listed find(const fhir::Knowledge& knowledge, std::string_view id) {
    const auto all = all_of(knowledge);
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const Listed& r) { return r.recommendation->id == id; });
    return found == all.end() ? Listed{nullptr, false} : *found;
}

std::string markdown(const std::string& text) { return cdshooks::html_of(text); }

Values escalations_of(const Recommendation& r) {
    Values list{Values::type::list};
    for (const auto& escalation : r.escalations) {
        Values item;
        item["severity"] = std::string(guideline::word(escalation.indicator));
        item["name"] = std::string(domain::vocabulary()[escalation.fact].name);
        item["meaning"] = std::string(domain::vocabulary()[escalation.fact].meaning);
        list << item;
    }
    return list;
}

Values orders_of(const fhir::Knowledge& knowledge, const guideline::Suggestion& suggestion) {
    Values list{Values::type::list};
    for (const std::string& id : suggestion.orders) {
        const fhir::OrderTemplate& order = knowledge.orders.at(id);
        Values item;
        item["title"] = order.title, item["words"] = cdshooks::order_in_words(order);
        list << item;
    }
    return list;
}

Values suggestions_of(const fhir::Knowledge& knowledge, const Recommendation& r) {
    Values list{Values::type::list};
    for (const guideline::Suggestion& suggestion : r.suggestions) {
        Values item;
        item["label"] = suggestion.label;
        item["isRecommended"] = flag(suggestion.recommended);
        item["hasFavour"] = flag(suggestion.recommended_when.has_value());
        item["favour"] =
            suggestion.recommended_when ? facts_in_words({*suggestion.recommended_when}) : Values{Values::type::list};
        item["hasConditions"] = flag(!suggestion.conditions.empty());
        item["conditions"] = facts_in_words(suggestion.conditions);
        item["removes"] = suggestion.removes, item["isRemoving"] = flag(!suggestion.removes.empty());
        item["orders"] = orders_of(knowledge, suggestion);
        list << item;
    }
    return list;
}

Values evidence_of(const Recommendation& r) {
    Values list{Values::type::list};
    for (const guideline::Citation& work : r.citations) {
        Values item;
        item["full"] = work.full, item["seen"] = work.seen;
        item["url"] = work.url, item["hasUrl"] = flag(!work.url.empty());
        list << item;
    }
    return list;
}

Values grades_of(const Recommendation& r) {
    Values list{Values::type::list};
    for (const char grade : r.grade) {
        if (grade == '/') continue;
        Values item;
        item["letter"] = std::string{grade}, item["words"] = cdshooks::grade_in_words(grade);
        list << item;
    }
    return list;
}

Values claims_of(const fhir::Knowledge& knowledge, const Recommendation& r) {
    Values list{Values::type::list};
    for (const guideline::SeedClaim& claim : r.seed_claims) {
        const auto& claims = knowledge.governance.source_claims;
        const auto stated =
            std::find_if(claims.begin(), claims.end(), [&](const auto& each) { return each.code == claim.claim; });
        Values item;
        item["code"] = claim.claim, item["verdict"] = claim.verdict;
        item["claim"] = stated == claims.end() ? std::string() : stated->claim;
        list << item;
    }
    return list;
}

Values reasons_of(const fhir::Knowledge& knowledge, const Recommendation& r) {
    Values list{Values::type::list};
    for (const std::string& code : r.override_reasons) {
        const auto display = knowledge.override_reasons.find(code);
        Values item;
        item["code"] = code, item["display"] = display == knowledge.override_reasons.end() ? code : display->second;
        list << item;
    }
    return list;
}

Values attributes_of(const Recommendation& r) {
    Values list{Values::type::list};
    for (const guideline::SourceAttribute& attribute : r.source_attributes) {
        Values item;
        std::string words = attribute.name;
        std::replace(words.begin(), words.end(), '-', ' ');
        item["name"] = words, item["text"] = attribute.text;
        list << item;
    }
    return list;
}

Values examples_of(const View& view, const Recommendation& r) {
    Values list{Values::type::list};
    for (const fhir::GoldenCase& golden : view.content.knowledge.governance.golden_cases) {
        const auto& expected = golden.expected;
        const auto own =
            std::find_if(expected.begin(), expected.end(), [&](const auto& each) { return each.first == r.id; });
        if (own == expected.end()) continue;
        Values item;
        item["title"] = golden.title, item["severity"] = own->second;
        item["hook"] = std::string(golden.request["hook"].text()), item["today"] = base::iso(golden.today);
        item["hasSimulator"] = flag(view.settings.has_simulator);
        item["address"] =
            view.settings.base_path + "/simulator?sample=" + std::filesystem::path(golden.path).stem().string();
        list << item;
    }
    return list;
}

void add_texts(Values& values, const Recommendation& r) {
    values["summary"] = r.summary, values["detail"] = markdown(cdshooks::quoted_detail(r.detail));
    values["limits"] = markdown(r.limits);
    values["hasNurses"] = flag(!r.for_nurses.summary.empty());
    values["nurseSummary"] = r.for_nurses.summary,
    values["nurseDetail"] = markdown(cdshooks::quoted_detail(r.for_nurses.detail));
    values["hasPatients"] = flag(!r.for_patients.summary.empty());
    values["patientSummary"] = r.for_patients.summary,
    values["patientDetail"] = markdown(cdshooks::quoted_detail(r.for_patients.detail));
}

}  // namespace

Page recommendation_page(const View& view, std::string_view id, const std::string& use) {
    const fhir::Knowledge& knowledge = view.content.knowledge;
    const auto [found, is_judged] = find(knowledge, id);
    if (!found) return not_found_page();
    const Recommendation& r = *found;
    Values values;
    values["base"] = view.settings.base_path;
    values["id"] = r.id, values["title"] = r.title, values["purpose"] = r.purpose;
    values["group"] = std::string(cdshooks::group_title(r.group));
    values["severity"] = std::string(guideline::word(r.indicator)), values["severities"] = severities_of(r);
    values["hooks"] = cdshooks::hooks_in_words(r), values["conditions"] = facts_in_words(r.conditions);
    values["hasEscalations"] = flag(!r.escalations.empty()), values["escalations"] = escalations_of(r);
    values["hasSuggestions"] = flag(!r.suggestions.empty()), values["suggestions"] = suggestions_of(knowledge, r);
    values["anyNumber"] = flag(r.any_number);
    values["grade"] = r.grade, values["grades"] = grades_of(r), values["evidence"] = evidence_of(r);
    values["hasClaims"] = flag(!r.seed_claims.empty()), values["claims"] = claims_of(knowledge, r);
    values["reasons"] = reasons_of(knowledge, r), values["needsText"] = flag(r.free_text_required);
    values["attributes"] = attributes_of(r), values["examples"] = examples_of(view, r);
    values["use"] = use;
    add_texts(values, r);
    add_review(values, view, r, is_judged);
    return {r.title, "recommendations", filled("recommendation.mustache", values)};
}

}  // namespace rectal_cds::pages
