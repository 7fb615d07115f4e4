#include "cdshooks/review_orders.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include "cdshooks/review_words.hpp"
#include "fhir/element.hpp"
#include "fhir/knowledge_shape.hpp"
#include "json/writer.hpp"

namespace rectal_cds::cdshooks {

using fhir::OrderTemplate;
using guideline::Recommendation;
using guideline::Suggestion;

namespace {

// Numbers as JSON writes them, texts as they are.
std::string plain(json::Value value) {
    json::Writer writer;
    return value.is_string() ? std::string(value.text()) : writer.value(value).take();
}

std::string quantity(json::Value value) { return plain(value["value"]) + " " + plain(value["unit"]); }

// "RxNorm 4492": the system by the last part of its address.
std::string codes_of(json::Value concept_value) {
    std::string text;
    for (const json::Value coding : concept_value["coding"].elements()) {
        const std::string_view system = coding["system"].text();
        text += (text.empty() ? "" : ", ") + std::string(system.substr(system.rfind('/') + 1)) + " " + plain(coding["code"]);
    }
    return text.empty() ? "text only, no code" : text;
}

// "1 x per 14 d, over 46 h": Timing.repeat.
std::string timing_of(json::Value repeat) {
    std::string text;
    if (repeat["count"].exists()) text += plain(repeat["count"]) + " in all, ";
    if (repeat["frequency"].exists())
        text += plain(repeat["frequency"]) + " x per " + plain(repeat["period"]) + " " + plain(repeat["periodUnit"]) + ", ";
    if (repeat["duration"].exists()) text += "over " + plain(repeat["duration"]) + " " + plain(repeat["durationUnit"]) + ", ";
    if (repeat["boundsDuration"].exists()) text += "for " + quantity(repeat["boundsDuration"]) + ", ";
    return text.substr(0, text.size() - std::min<std::size_t>(2, text.size()));
}

std::string dosage_in_words(json::Value dosage) {
    std::string coded;
    for (const json::Value dose : dosage["doseAndRate"].elements()) coded += quantity(dose["doseQuantity"]) + "; ";
    coded += timing_of(dosage["timing"]["repeat"]);
    return plain(dosage["text"]) + " (coded: " + coded + "; route: " + plain(dosage["route"]["text"]) + ")";
}

std::string medication_in_words(json::Value definition) {
    std::string text = codes_of(definition["productCodeableConcept"]) + ". ";
    for (const json::Value dosage : definition["dosage"].elements()) text += dosage_in_words(dosage) + ". ";
    const json::Value cycle = fhir::find_extension(definition, "cycle");
    text += "Cycle: " + plain(fhir::extension(cycle, "lengthDays")["valuePositiveInt"]) + " days, given on day " +
            plain(fhir::extension(cycle, "days")["valueString"]) + ". ";
    if (const json::Value rounding = fhir::find_extension(definition, "absolute-dose"); rounding.exists()) {
        const json::Value maximum = fhir::extension(rounding, "maximumMg")["valuePositiveInt"];
        text += "In milligrams: rounded to " + plain(fhir::extension(rounding, "roundedToMg")["valuePositiveInt"]) + " mg" +
                (maximum.exists() ? ", at most " + plain(maximum) + " mg" : "") + ". ";
    }
    return text + "Source of the dose: " + plain(fhir::find_extension(definition, "dose-source")["valueString"]) + ".";
}

std::string service_in_words(json::Value definition) {
    std::string text = plain(definition["code"]["text"]) + " (" + codes_of(definition["code"]) + ").";
    for (const json::Value site : definition["bodySite"].elements()) text += " Site: " + plain(site["text"]) + ".";
    if (definition["priority"].exists()) text += " Priority: " + plain(definition["priority"]) + ".";
    if (const json::Value dose = fhir::find_extension(definition, "radiotherapy-prescription"); dose.exists()) {
        text += " Prescription: " + quantity(fhir::extension(dose, "totalDose")["valueQuantity"]) + " in " +
                plain(fhir::extension(dose, "fractions")["valueUnsignedInt"]) + " fractions.";
    }
    if (definition["usage"].exists()) text += " Note: " + plain(definition["usage"]);
    return text;
}

std::string suggestion_in_words(const fhir::Knowledge& knowledge, const Suggestion& suggestion) {
    std::string text = "- " + suggestion.label;
    if (suggestion.recommended) text += " - recommended";
    if (suggestion.recommended_when) text += " - recommended when " + fact_names({*suggestion.recommended_when}, "");
    if (!suggestion.conditions.empty()) text += " - offered only when " + fact_names(suggestion.conditions, " and ");
    if (!suggestion.removes.empty()) text += " - deletes the drafted orders of the group '" + suggestion.removes + "'";
    if (suggestion.orders.empty()) return text + "\n";
    std::string titles;
    for (const std::string& id : suggestion.orders) titles += (titles.empty() ? "" : "; ") + knowledge.orders.at(id).title;
    return text + "\n  - orders: " + titles + "\n";
}

std::vector<std::string> distinct_orders(const Recommendation& recommendation) {
    std::vector<std::string> ids;
    for (const Suggestion& suggestion : recommendation.suggestions) {
        for (const std::string& id : suggestion.orders) {
            if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
        }
    }
    return ids;
}

}  // namespace

std::string order_in_words(const OrderTemplate& order) {
    return order.medication ? medication_in_words(order.definition) : service_in_words(order.definition);
}

std::string orders_in_words(const fhir::Knowledge& knowledge, const Recommendation& recommendation) {
    if (recommendation.suggestions.empty()) return {};
    std::string text = recommendation.any_number ? "Any number of these can be taken:\n\n" : "At most one of these can be taken:\n\n";
    for (const Suggestion& suggestion : recommendation.suggestions) text += suggestion_in_words(knowledge, suggestion);
    const auto ids = distinct_orders(recommendation);
    if (!ids.empty()) text += "\nEach order as it is drafted:\n\n";
    for (const std::string& id : ids) {
        const OrderTemplate& order = knowledge.orders.at(id);
        text += "- " + order.title + " (`" + id + "`). " + order_in_words(order) + "\n";
    }
    return text;
}

}  // namespace rectal_cds::cdshooks
