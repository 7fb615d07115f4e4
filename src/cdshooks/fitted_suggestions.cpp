#include <algorithm>
#include <optional>
#include <utility>

#include "cdshooks/suggestions.hpp"
#include "fhir/knowledge_shape.hpp"

namespace rectal_cds::cdshooks {

using Part = ChosenSuggestion::Part;
using Chosen = std::vector<ChosenSuggestion>;

namespace {

bool orders_drugs(const ChosenSuggestion& chosen) {
    return std::any_of(chosen.orders.begin(), chosen.orders.end(), [](const auto* order) { return order->medication; });
}

// Laboratory and imaging requests carry a LOINC code; referrals and procedures do not.
bool is_test(const ChosenSuggestion& chosen) {
    if (chosen.orders.size() != 1 || !chosen.deletions.empty()) return false;
    return chosen.orders[0]->definition["code"]["coding"].at(0)["system"].text() == "http://loinc.org";
}

// A treatment that takes the place of what the card's deletions remove.
bool is_treatment(const ChosenSuggestion& chosen) {
    const auto irradiates = [](const auto* order) {
        return fhir::find_extension(order->definition, "radiotherapy-prescription").exists();
    };
    return orders_drugs(chosen) || std::any_of(chosen.orders.begin(), chosen.orders.end(), irradiates);
}

// Keeps the recommended treatment with drugs, else the first; the others become text.
void keep_one_regimen(Suggestions& suggestions) {
    Chosen& all = suggestions.chosen;
    auto kept = std::find_if(all.begin(), all.end(), [](const auto& c) { return orders_drugs(c) && c.recommended; });
    if (kept == all.end()) kept = std::find_if(all.begin(), all.end(), orders_drugs);
    if (kept == all.end()) return;
    const std::string label = kept->label;
    std::string others;
    Chosen left;
    for (ChosenSuggestion& chosen : all) {
        if (chosen.label == label || !orders_drugs(chosen))
            left.push_back(std::move(chosen));
        else
            others += (others.empty() ? "" : "; ") + chosen.label;
    }
    all = std::move(left);
    if (others.empty()) return;
    suggestions.remarks.push_back(
        {"Further options", others +
                                ". They are text here, because this client can take several suggestions of one card "
                                "and two regimens must not be mixed"});
}

bool is_listed(const std::vector<Deletion>& deletions, const Deletion& wanted) {
    return std::any_of(deletions.begin(), deletions.end(),
                       [&](const Deletion& d) { return d.reference == wanted.reference; });
}

bool only_deletes(const ChosenSuggestion& chosen) { return chosen.orders.empty(); }

// "; one of 4 orders that belong together": empty for a suggestion that is one action by itself.
std::string completion_of(const ChosenSuggestion& whole) {
    std::string text;
    if (whole.orders.size() > 1)
        text = "; one of " + std::to_string(whole.orders.size()) + " orders that belong together";
    if (!whole.deletions.empty()) text += "; goes with the deletion of what it replaces";
    return text;
}

// One suggestion for each action; a deletion that a suggestion of the card makes already is not made twice.
void add_parts(Chosen& parts, ChosenSuggestion whole, const std::vector<Deletion>& made_elsewhere) {
    const std::string completion = completion_of(whole);
    auto& deletions = whole.deletions;
    if (!only_deletes(whole)) {
        deletions.erase(std::remove_if(deletions.begin(), deletions.end(),
                                       [&](const Deletion& d) { return is_listed(made_elsewhere, d); }),
                        deletions.end());
    }
    whole.belongs_to = completion;
    if (whole.orders.size() + deletions.size() == 1) return parts.push_back(std::move(whole));
    const std::string what = only_deletes(whole) ? "" : ": deletion";
    for (std::size_t i = 0; i < deletions.size(); ++i) {
        std::string label = whole.label + what;
        if (deletions.size() > 1)
            label.append(" (")
                .append(std::to_string(i + 1))
                .append(" of ")
                .append(std::to_string(deletions.size()))
                .append(")");
        parts.push_back({std::move(label), {}, {deletions[i]}, whole.recommended});
    }
    Part part = whole.orders.size() > 1 ? Part::first : Part::whole;
    for (const auto* order : whole.orders) {
        parts.push_back({whole.label + ": " + order->title, {order}, {}, whole.recommended, part, {}, completion});
        part = Part::further;
    }
}

void add_part_remark(Suggestions& suggestions, const ChosenSuggestion& whole) {
    const std::size_t orders = whole.orders.size();
    if (orders == 0 || orders + whole.deletions.size() == 1) return;
    std::string text = orders == 1
                           ? "the order is a suggestion of its own"
                           : "one suggestion for each order; it is complete only with all " + std::to_string(orders);
    if (!whole.deletions.empty())
        text += orders == 1 ? "; it goes with the deletion of what it replaces"
                            : " and with the deletion of what they replace";
    suggestions.remarks.push_back({whole.label, std::move(text)});
}

void split_actions(Suggestions& suggestions) {
    Chosen parts;
    std::vector<Deletion> made_elsewhere;
    for (const ChosenSuggestion& chosen : suggestions.chosen) {
        if (only_deletes(chosen))
            made_elsewhere.insert(made_elsewhere.end(), chosen.deletions.begin(), chosen.deletions.end());
    }
    for (ChosenSuggestion& whole : suggestions.chosen) {
        add_part_remark(suggestions, whole);
        add_parts(parts, std::move(whole), made_elsewhere);
    }
    suggestions.chosen = std::move(parts);
}

// Whether choosing two of them would be a mistake: a deletion and the replacement that makes the same deletion go
// together, everything else of an at-most-one card does not.
bool exclude_each_other(const Chosen& all) {
    std::size_t alternatives = 0;
    for (const ChosenSuggestion& chosen : all) {
        const bool is_contained =
            only_deletes(chosen) && std::any_of(all.begin(), all.end(), [&](const ChosenSuggestion& other) {
                return !only_deletes(other) &&
                       std::all_of(chosen.deletions.begin(), chosen.deletions.end(),
                                   [&](const Deletion& d) { return is_listed(other.deletions, d); });
            });
        alternatives += is_contained ? 0U : 1U;
    }
    return alternatives > 1;
}

// Where only one may be chosen: the recommended tests, or all when none is recommended, in one suggestion.
std::optional<ChosenSuggestion> tests_together(const Chosen& all) {
    const bool some_recommended =
        std::any_of(all.begin(), all.end(), [](const auto& c) { return is_test(c) && c.recommended; });
    ChosenSuggestion together{"", {}, {}, some_recommended};
    for (const ChosenSuggestion& chosen : all) {
        if (!is_test(chosen) || (some_recommended && !chosen.recommended)) continue;
        together.orders.push_back(chosen.orders[0]);
        together.label += (together.label.empty() ? "All together: " : "; ") + chosen.orders[0]->title;
    }
    if (together.orders.size() < 2) return std::nullopt;
    return together;
}

void fit_to_one_choice(Suggestions& suggestions) {
    Chosen& all = suggestions.chosen;
    std::vector<Deletion> deletions;
    for (const ChosenSuggestion& chosen : all) {
        if (only_deletes(chosen)) deletions.insert(deletions.end(), chosen.deletions.begin(), chosen.deletions.end());
    }
    for (ChosenSuggestion& chosen : all) {
        if (!is_treatment(chosen)) continue;
        for (const Deletion& deletion : deletions) {
            if (!is_listed(chosen.deletions, deletion)) chosen.deletions.push_back(deletion);
        }
    }
    if (auto together = tests_together(all)) all.insert(all.begin(), std::move(*together));
    bool recommended = false;
    for (ChosenSuggestion& chosen : all) {
        chosen.recommended = chosen.recommended && !recommended;
        recommended = recommended || chosen.recommended;
    }
}

}  // namespace

Suggestions fitted(Suggestions suggestions, const guideline::Recommendation& recommendation,
                   const WireProfile& profile) {
    suggestions.any_number = recommendation.any_number;
    if (profile.offers_one_regimen()) {
        keep_one_regimen(suggestions);
        const bool exclusive = !recommendation.any_number && exclude_each_other(suggestions.chosen);
        if (exclusive)
            suggestions.remarks.push_back(
                {"Every suggestion", "they exclude each other: one of them is meant, not several"});
        if (profile.one_action_per_suggestion()) split_actions(suggestions);
        suggestions.any_number = true;
    } else if (profile.at_most_one_only()) {
        if (recommendation.any_number) fit_to_one_choice(suggestions);
        suggestions.any_number = false;
    }
    return suggestions;
}

}  // namespace rectal_cds::cdshooks
