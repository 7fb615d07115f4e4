#include "fhir/read_plan.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "base/date.hpp"
#include "fhir/element.hpp"
#include "fhir/knowledge_formats.hpp"
#include "fhir/knowledge_names.hpp"
#include "fhir/knowledge_wording.hpp"

namespace rectal_cds::fhir {

using base::Day;
using guideline::Indicator;
using guideline::Recommendation;

namespace {

// decisions.md 47, counted from the last review or, without one, from the date of the content.
constexpr int longest_to_review_days = 180;
constexpr int longest_to_expiry_days = 365;
constexpr Day latest_start = std::chrono::year{2026} / 1 / 1;

std::string text_of(json::Value element, std::string_view member) { return std::string(element[member].text()); }

Day day_of(json::Value value) { return base::parse_day(value.text()).value_or(Day{}); }

std::string value_of(json::Value element, std::string_view name, std::string_view member) {
    return text_of(find_extension(element, name), member);
}

std::optional<Indicator> indicator_of(std::string_view priority) {
    if (priority == "routine") return Indicator::info;
    if (priority == "urgent") return Indicator::warning;
    return priority == "stat" ? std::optional{Indicator::critical} : std::nullopt;
}

void check_day(Day day, Day from, int at_most_days, const std::string& place, Faults& faults) {
    if (day == Day{} || from == Day{}) return;
    const int days = base::days_between(from, day);
    if (days > 0 && days <= at_most_days) return;
    faults.add(place, "A day after " + base::iso(from) + " and at most " + std::to_string(at_most_days) +
                          " days later is expected.");
}

void read_dates(Recommendation& into, json::Value root, Faults& faults) {
    const json::Value period = root["effectivePeriod"], review = find_extension(root, "review-by")["valueDate"];
    into.date = day_of(root["date"]);
    into.review_by = day_of(review);
    into.expires = day_of(period["end"]);
    const Day reviewed = root["lastReviewDate"].exists() ? day_of(root["lastReviewDate"]) : into.date;
    check_day(into.review_by, reviewed, longest_to_review_days,
              extension_place(root, "", structure_url("review-by"), "valueDate"), faults);
    check_day(into.expires, reviewed, longest_to_expiry_days, "effectivePeriod.end", faults);
    if (day_of(period["start"]) > latest_start)
        faults.add("effectivePeriod.start", "No day after " + base::iso(latest_start) + " is expected.");
}

// "A/L": letters of clinical.md 3.5, parted by slashes.
void read_grade(Recommendation& into, json::Value root, Faults& faults) {
    into.grade = value_of(root, "evidence-grade", "valueCode");
    bool is_grade = into.grade.size() % 2 == 1;
    for (std::size_t i = 0; i < into.grade.size(); ++i) {
        is_grade = is_grade && (i % 2 == 0 ? std::string_view("ABCLN").find(into.grade[i]) != std::string_view::npos
                                           : into.grade[i] == '/');
    }
    if (is_grade || into.grade.empty()) return;
    faults.add(extension_place(root, "", structure_url("evidence-grade"), "valueCode"),
               "Grades A, B, C, L or N, parted by slashes, are expected.");
}

void read_citations(Recommendation& into, json::Value root, const PlanSurroundings& around, Faults& faults) {
    const json::Value list = root["relatedArtifact"];
    for (std::size_t i = 0; i < list.size(); ++i) {
        const std::string key = text_of(list.at(i), "label");
        around.citations.use(key, faults.where(member_place(element_place("relatedArtifact", i), "label")));
        const auto work = around.evidence.find(key);
        if (work != around.evidence.end()) into.citations.push_back(work->second);
    }
}

void read_seed_claims(Recommendation& into, json::Value root, const PlanSurroundings& around, Faults& faults) {
    const json::Value list = root["extension"];
    for (std::size_t i = 0; i < list.size(); ++i) {
        const json::Value claim = list.at(i);
        if (claim["url"].text() != structure_url("seed-claim")) continue;
        const std::string code = text_of(extension(claim, "claim"), "valueCode");
        const std::string place = extension_place(claim, element_place("extension", i), "claim", "valueCode");
        around.source_claims.use(code, faults.where(place));
        into.seed_claims.push_back({code, text_of(extension(claim, "verdict"), "valueString")});
    }
}

void read_source_attributes(Recommendation& into, json::Value root) {
    for (const json::Value attribute : find_extension(root, "source-attributes")["extension"].elements()) {
        into.source_attributes.push_back({text_of(attribute, "url"), text_of(attribute, "valueString")});
    }
}

void read_hooks(Recommendation& into, json::Value card) {
    for (const json::Value trigger : card["trigger"].elements()) {
        const auto hook = std::find(hook_names.begin(), hook_names.end(), trigger["name"].text());
        if (hook != hook_names.end()) into.hooks.set(static_cast<std::size_t>(hook - hook_names.begin()));
    }
}

void read_escalation(Recommendation& into, json::Value escalation, const std::string& place, Faults& faults) {
    const auto part = [&](const char* name, const char* value) {
        return extension_place(escalation, place, name, value);
    };
    const auto fact = read_fact(extension(escalation, "fact")["valueString"], part("fact", "valueString"), faults);
    const auto indicator = indicator_of(extension(escalation, "priority")["valueCode"].text());
    if (indicator && *indicator <= into.indicator) {
        faults.add(part("priority", "valueCode"), "A priority above that of the action is expected.");
    }
    if (fact && indicator) into.escalations.push_back({*fact, *indicator});
}

void read_card_extensions(Recommendation& into, json::Value card, const PlanSurroundings& around, Faults& faults) {
    const json::Value list = card["extension"];
    for (std::size_t i = 0; i < list.size(); ++i) {
        const std::string place = element_place("action[0].extension", i);
        const std::string_view url = list.at(i)["url"].text();
        if (url == structure_url("escalation")) read_escalation(into, list.at(i), place, faults);
        if (url == structure_url("free-text-required"))
            into.free_text_required = list.at(i)["valueBoolean"].boolean().value_or(false);
        if (url != structure_url("override-reason")) continue;
        into.override_reasons.push_back(text_of(list.at(i), "valueCode"));
        around.override_reasons.use(into.override_reasons.back(), faults.where(member_place(place, "valueCode")));
    }
}

void check_texts(const Recommendation& recommendation, Faults& faults) {
    for (std::string& fault : summary_faults(recommendation.summary)) faults.add("action[0].title", std::move(fault));
    for (std::string& fault : prose_faults(recommendation.detail))
        faults.add("action[0].description", std::move(fault));
    if (auto fault = placeholder_fault(recommendation.detail)) faults.add("action[0].description", std::move(*fault));
    for (std::string& fault : prose_faults(recommendation.limits)) faults.add("usage", std::move(fault));
    for (std::string& fault : prose_faults(recommendation.purpose)) faults.add("description", std::move(fault));
}

// A card can always be overridden, and a critical one not without a word (clinical.md 3.5).
void check_way_out(const Recommendation& recommendation, Faults& faults) {
    if (recommendation.override_reasons.empty())
        faults.add("action[0].extension", "At least one extension override-reason is expected.");
    else if (recommendation.indicator == Indicator::critical && !recommendation.free_text_required)
        faults.add("action[0].extension", "The extension free-text-required, true, is expected on a critical card.");
}

void read_card(Recommendation& into, json::Value card, bool is_sound, const PlanSurroundings& around, Faults& faults) {
    const std::size_t before = faults.count();
    into.summary = text_of(card, "title");
    into.detail = text_of(card, "description");
    into.indicator = indicator_of(card["priority"].text()).value_or(Indicator::info);
    into.any_number = card["selectionBehavior"].text() == "any";
    read_hooks(into, card);
    read_card_extensions(into, card, around, faults);
    read_audience_texts(into, card, is_sound, faults);
    into.conditions = read_conditions(card, "action[0]", faults);
    into.suggestions = read_suggestions(card, is_sound, around, faults);
    check_texts(into, faults);
    if (is_sound && faults.count() == before) check_way_out(into, faults);
}

const std::vector<std::string>& fact_names() {
    static const std::vector<std::string> names = [] {
        std::vector<std::string> all;
        for (const domain::Fact& fact : domain::vocabulary()) all.emplace_back(fact.name);
        return all;
    }();
    return names;
}

}  // namespace

std::optional<domain::FactId> read_fact(json::Value name, const std::string& place, Faults& faults) {
    const auto id = domain::find_fact(name.text());
    if (id || name.text().empty()) return id;
    const std::string shown(name.text());
    faults.add(place, "A fact of the vocabulary is expected; there is no '" + shown + "'." +
                          nearest_hint(shown, fact_names()));
    return std::nullopt;
}

std::vector<domain::FactId> read_conditions(json::Value action, const std::string& place, Faults& faults) {
    std::vector<domain::FactId> facts;
    const json::Value conditions = action["condition"];
    for (std::size_t i = 0; i < conditions.size(); ++i) {
        const std::string condition = element_place(member_place(place, "condition"), i);
        const auto fact = read_fact(conditions.at(i)["expression"]["expression"],
                                    member_place(condition, "expression.expression"), faults);
        if (fact) facts.push_back(*fact);
    }
    return facts;
}

std::optional<Recommendation> read_plan(Artefact& plan, const PlanSurroundings& around, Faults& faults) {
    const json::Value root = plan.root;
    if (!root.exists()) return std::nullopt;
    check_resource(plan, plan_shape(), faults);
    Recommendation into;
    into.id = plan.id;
    into.title = text_of(root, "title");
    into.purpose = text_of(root, "description");
    into.limits = text_of(root, "usage");
    into.version = text_of(root, "version");
    into.group = value_of(root, "recommendation-group", "valueCode").append(1, 'A').front();
    read_grade(into, root, faults);
    read_dates(into, root, faults);
    into.review = read_review(root, plan.sound, faults);
    read_citations(into, root, around, faults);
    read_seed_claims(into, root, around, faults);
    read_source_attributes(into, root);
    read_card(into, root["action"].at(0), plan.sound, around, faults);
    if (root["action"].size() > 1) faults.add("action[1]", "One action, the card, is expected.");
    return into;
}

}  // namespace rectal_cds::fhir
