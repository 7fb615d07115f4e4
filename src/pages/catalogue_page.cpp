#include "pages/catalogue_page.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <iterator>
#include <sstream>
#include <utility>

#include "cdshooks/governance.hpp"
#include "cdshooks/request.hpp"
#include "cdshooks/review_recommendation.hpp"
#include "cdshooks/review_words.hpp"
#include "pages/recommendation_words.hpp"

namespace rectal_cds::pages {

using guideline::Recommendation;

namespace {

// One value of one filter: what the address says, and what people read.
struct Choice {
    std::string value, label;
};

struct Filter {
    const char* name;
    const char* label;
    std::vector<Choice> choices;
};

std::vector<Choice> hook_choices() {
    std::vector<Choice> choices;
    for (const auto hook : {domain::Hook::patient_view, domain::Hook::order_select, domain::Hook::order_sign})
        choices.push_back({cdshooks::name(hook), cdshooks::name(hook)});
    return choices;
}

std::vector<Choice> group_choices() {
    std::vector<Choice> choices;
    for (char group = 'A'; group <= 'H'; ++group) choices.push_back({std::string{group}, cdshooks::group_title(group)});
    return choices;
}

// Drugs that any recommendation names.
std::vector<Choice> drug_choices(const fhir::Knowledge& knowledge) {
    std::vector<Choice> choices;
    const auto all = all_of(knowledge);
    for (int i = 0; i < domain::drug_count; ++i) {
        const auto drug = static_cast<domain::Drug>(i);
        const auto names_it = [&](const Listed& each) { return concerns(knowledge, *each.recommendation, drug); };
        if (std::any_of(all.begin(), all.end(), names_it))
            choices.push_back({std::string(name(drug)), std::string(name(drug))});
    }
    std::sort(choices.begin(), choices.end(), [](const Choice& a, const Choice& b) { return a.value < b.value; });
    return choices;
}

std::vector<Filter> filters_for(const fhir::Knowledge& knowledge) {
    std::vector<Choice> grades;
    for (const char grade : {'A', 'L', 'B', 'C', 'N'})
        grades.push_back({std::string{grade}, std::string{grade} + ": " + cdshooks::grade_in_words(grade)});
    return {{"hook", "When it is judged", hook_choices()},
            {"group", "Group", group_choices()},
            {"drug", "Drug", drug_choices(knowledge)},
            {"grade", "Evidence", std::move(grades)},
            {"severity", "Severity", {{"info", "info"}, {"warning", "warning"}, {"critical", "critical"}}},
            {"review", "Review", {{"draft", "draft"}, {"in review", "in review"}, {"approved", "approved"}}}};
}

bool may_be(const Recommendation& r, const std::string& severity) {
    const auto is_named = [&](guideline::Indicator indicator) { return guideline::word(indicator) == severity; };
    return is_named(r.indicator) || std::any_of(r.escalations.begin(), r.escalations.end(),
                                                [&](const auto& e) { return is_named(e.indicator); });
}

bool is_called_on(const Recommendation& r, const std::string& hook) {
    for (std::size_t i = 0; i < r.hooks.size(); ++i) {
        if (r.hooks[i] && cdshooks::name(static_cast<domain::Hook>(i)) == hook) return true;
    }
    return false;
}

bool holds(const fhir::Knowledge& knowledge, const Recommendation& r, const std::string& filter,
           const std::string& value) {
    if (filter == "hook") return is_called_on(r, value);
    if (filter == "group") return value == std::string{r.group};
    if (filter == "grade") return r.grade.find(value) != std::string::npos;
    if (filter == "severity") return may_be(r, value);
    if (filter == "review") return cdshooks::review_step(r) == value;
    for (int i = 0; i < domain::drug_count; ++i) {
        const auto drug = static_cast<domain::Drug>(i);
        if (name(drug) == value) return concerns(knowledge, r, drug);
    }
    return false;
}

bool has_words(const Recommendation& r, const std::string& words) {
    const std::string text = searched_text(r);
    std::istringstream stream(in_lower_case(words));
    for (std::string word; stream >> word;) {
        if (text.find(word) == std::string::npos) return false;
    }
    return true;
}

Values chosen(const Filter& filter, const std::string& value) {
    Values choices{Values::type::list};
    for (const Choice& choice : filter.choices) {
        Values item;
        item["value"] = choice.value, item["text"] = choice.label, item["isChosen"] = flag(choice.value == value);
        choices << item;
    }
    Values values;
    values["name"] = std::string(filter.name), values["label"] = std::string(filter.label);
    values["choices"] = std::move(choices);
    return values;
}

Values line_of(const View& view, const Listed& listed) {
    const Recommendation& r = *listed.recommendation;
    Values line;
    line["address"] = view.settings.base_path + "/recommendations/" + r.id;
    line["title"] = r.title, line["summary"] = r.summary, line["isAside"] = flag(!listed.is_judged);
    line["severities"] = severities_of(r);
    line["hooks"] = cdshooks::hooks_in_words(r);
    line["grade"] = r.grade, line["step"] = cdshooks::review_step(r);
    return line;
}

// The recommendations that are asked for, by group.
Values groups_of(const View& view, const std::vector<Listed>& found) {
    Values groups{Values::type::list};
    for (char group = 'A'; group <= 'H'; ++group) {
        Values lines{Values::type::list};
        bool is_empty = true;
        for (const Listed& each : found) {
            if (each.recommendation->group != group) continue;
            lines << line_of(view, each);
            is_empty = false;
        }
        if (is_empty) continue;
        Values item;
        item["group"] = std::string(cdshooks::group_title(group)), item["id"] = std::string("group-") + group;
        item["lines"] = std::move(lines);
        groups << item;
    }
    return groups;
}

}  // namespace

Page catalogue_page(const View& view) {
    const fhir::Knowledge& knowledge = view.content.knowledge;
    const std::string words = parameter(view.request, "q");
    Values filters{Values::type::list};
    std::vector<std::pair<std::string, std::string>> asked;
    for (const Filter& filter : filters_for(knowledge)) {
        const std::string value = parameter(view.request, filter.name);
        if (!value.empty()) asked.emplace_back(filter.name, value);
        filters << chosen(filter, value);
    }
    const std::vector<Listed> all = all_of(knowledge);
    std::vector<Listed> found;
    std::copy_if(all.begin(), all.end(), std::back_inserter(found), [&](const Listed& listed) {
        const Recommendation& r = *listed.recommendation;
        const auto is_held = [&](const auto& each) { return holds(knowledge, r, each.first, each.second); };
        return std::all_of(asked.begin(), asked.end(), is_held) && has_words(r, words);
    });
    Values values;
    values["base"] = view.settings.base_path;
    values["words"] = words, values["filters"] = std::move(filters);
    values["found"] = std::to_string(found.size()), values["all"] = std::to_string(all.size());
    values["isFiltered"] = flag(!words.empty() || !asked.empty());
    values["isEmpty"] = flag(found.empty());
    values["groups"] = groups_of(view, found);
    return {"Recommendations", "recommendations", filled("catalogue.mustache", values)};
}

}  // namespace rectal_cds::pages
