// PlanDefinition.action.action: the suggestions of a card (decisions.md 49-56).
#include <algorithm>
#include <set>
#include <utility>

#include "domain/draft_group.hpp"
#include "fhir/element.hpp"
#include "fhir/knowledge_wording.hpp"
#include "fhir/read_plan.hpp"

namespace rectal_cds::fhir {

using guideline::Suggestion;

namespace {

bool is_prechecked(json::Value action) { return action["precheckBehavior"].text() == "yes"; }

bool has_removal(json::Value action) { return action["type"].exists() || find_extension(action, "drafted-orders").exists(); }

void check_removal(json::Value action, const std::string& place, Faults& faults) {
    if (action["type"].exists() == find_extension(action, "drafted-orders").exists()) return;
    faults.add(place, "The type remove-event and the extension 'drafted-orders' are expected together.");
}

// Several things together: orders, and at most one deletion of what they replace.
void check_parts(json::Value parts, const std::string& place, Faults& faults) {
    std::size_t orders = 0, removals = 0;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const json::Value part = parts.at(i);
        const std::string at = element_place(place, i);
        const bool removes = has_removal(part), is_order = part["definitionCanonical"].exists();
        if (removes == is_order) return faults.add(at, "Either definitionCanonical or a deletion of drafted orders is expected.");
        if (removes) check_removal(part, at, faults);
        orders += is_order ? 1U : 0U;
        removals += removes ? 1U : 0U;
    }
    if (orders == 0 || removals > 1) faults.add(place, "Orders are expected, with at most one deletion of what they replace.");
}

// A suggestion orders one thing, orders several things together or in place of drafted orders, or deletes drafted orders.
void check_purpose(json::Value action, const std::string& place, Faults& faults) {
    const bool has_parts = action["action"].exists();
    const int purposes = int{action["definitionCanonical"].exists()} + int{has_parts} + int{has_removal(action)};
    if (purposes != 1) {
        faults.add(place, "Either definitionCanonical, or action, or a deletion of drafted orders is expected.");
        return;
    }
    if (has_parts) check_parts(action["action"], member_place(place, "action"), faults);
    else check_removal(action, place, faults);
}

class SuggestionReader {
public:
    SuggestionReader(const PlanSurroundings& around, Faults& faults) : around_(around), faults_(faults) {}

    Suggestion read(json::Value action, const std::string& place) {
        Suggestion into;
        into.label = std::string(action["title"].text());
        for (std::string& fault : label_faults(into.label)) faults_.add(member_place(place, "title"), std::move(fault));
        into.conditions = read_conditions(action, place, faults_);
        into.recommended = is_prechecked(action);
        const json::Value when = find_extension(action, "recommended-when")["valueString"];
        into.recommended_when =
            read_fact(when, extension_place(action, place, structure_url("recommended-when"), "valueString"), faults_);
        read_removal(into, action, place);
        add_definition(into, action["definitionCanonical"], member_place(place, "definitionCanonical"));
        const json::Value parts = action["action"];
        for (std::size_t i = 0; i < parts.size(); ++i) {
            const std::string part = element_place(member_place(place, "action"), i);
            read_removal(into, parts.at(i), part);
            add_definition(into, parts.at(i)["definitionCanonical"], member_place(part, "definitionCanonical"));
        }
        check_drugs(into, place);
        return into;
    }

private:
    void read_removal(Suggestion& into, json::Value action, const std::string& place) {
        const std::string group(find_extension(action, "drafted-orders")["valueCode"].text());
        if (group.empty()) return;
        into.removes = group;
        if (domain::is_draft_group(group)) return;
        faults_.add(extension_place(action, place, structure_url("drafted-orders"), "valueCode"),
                    "A group of drafted orders that the program knows is expected; there is no '" + group + "'.");
    }

    void add_definition(Suggestion& into, json::Value canonical, const std::string& place) {
        const std::string name(canonical.text()), id = name.substr(name.rfind('/') + 1);
        around_.definitions.use(name, faults_.where(place));
        const auto regimen = around_.regimens.find(id);
        if (name == order_canonical(id))
            into.orders.push_back(id);
        else if (name == regimen_canonical(id) && regimen != around_.regimens.end())
            into.orders.insert(into.orders.end(), regimen->second.begin(), regimen->second.end());
    }

    // Two orders of one drug in one suggestion would double its dose.
    void check_drugs(const Suggestion& suggestion, const std::string& place) {
        std::set<domain::Drug> drugs;
        for (const std::string& id : suggestion.orders) {
            const auto order = around_.orders.find(id);
            if (order == around_.orders.end() || !order->second.drug || drugs.insert(*order->second.drug).second)
                continue;
            faults_.add(place, "Each drug once is expected; " + std::string(domain::name(*order->second.drug)) +
                                   " is ordered twice.");
        }
    }

    const PlanSurroundings& around_;
    Faults& faults_;
};

// CDS Hooks 2.0.1, cds-resp-1: at most one is recommended where at most one may be chosen. Two may be recommended on
// different facts; the plan's author answers for those being exclusive.
class RecommendedCheck {
public:
    explicit RecommendedCheck(Faults& faults) : faults_(faults) {}

    void take(json::Value action, const std::string& place) {
        const std::string fact(find_extension(action, "recommended-when")["valueString"].text());
        const std::string condition = is_prechecked(action) ? "" : fact;
        if (!is_prechecked(action) && fact.empty()) return;
        const bool clashes = !seen_.empty() && (condition.empty() || seen_.count("") > 0 || seen_.count(condition) > 0);
        seen_.insert(condition);
        if (!clashes) return;
        const char* const sentence = "Only one recommended suggestion is expected where at most one may be chosen.";
        faults_.add(condition.empty()
                        ? member_place(place, "precheckBehavior")
                        : extension_place(action, place, structure_url("recommended-when"), "valueString"),
                    sentence);
    }

private:
    Faults& faults_;
    std::set<std::string> seen_;
};

}  // namespace

std::vector<Suggestion> read_suggestions(json::Value card, bool is_sound, const PlanSurroundings& around,
                                         Faults& faults) {
    std::vector<Suggestion> suggestions;
    SuggestionReader reader(around, faults);
    RecommendedCheck recommended(faults);
    const json::Value actions = card["action"];
    const std::string_view behaviour = card["selectionBehavior"].text();
    for (std::size_t i = 0; i < actions.size(); ++i) {
        const std::string place = element_place("action[0].action", i);
        if (is_sound) check_purpose(actions.at(i), place, faults);
        suggestions.push_back(reader.read(actions.at(i), place));
        if (behaviour == "at-most-one") recommended.take(actions.at(i), place);
    }
    if (is_sound && behaviour.empty() == (actions.size() > 0)) {
        faults.add("action[0].selectionBehavior", "It is expected if there are suggestions, and only then.");
    }
    return suggestions;
}

}  // namespace rectal_cds::fhir
