// Laboratory values, vital signs, performance status and tumour height (terminology.md 4; local-codes.md D16, D26).
#include <array>
#include <cmath>
#include <cstdio>
#include <utility>

#include "fhir/quantity.hpp"
#include "fhir/readers.hpp"

namespace rectal_cds::fhir {

using domain::Measurement;
using domain::Quantity;
using domain::Topic;

namespace {

struct Laboratory {
    ValueSet code;
    Quantity quantity;
    Topic topic;
    const char* subject;
};

constexpr std::array laboratory{
    Laboratory{ValueSet::cea_mass_observation, Quantity::cea_mass, Topic::cea, "CEA"},
    Laboratory{ValueSet::absolute_neutrophil_count, Quantity::neutrophils, Topic::blood_count, "neutrophils"},
    Laboratory{ValueSet::platelet_count, Quantity::platelets, Topic::blood_count, "platelets"},
    Laboratory{ValueSet::bilirubin_total, Quantity::bilirubin_over_uln, Topic::bilirubin, "bilirubin"},
    Laboratory{ValueSet::creatinine, Quantity::creatinine, Topic::creatinine, "creatinine"},
    Laboratory{ValueSet::creatinine_clearance, Quantity::creatinine_clearance, Topic::creatinine, "creatinine clearance"},
    Laboratory{ValueSet::urine_protein_creatinine_ratio, Quantity::protein_creatinine, Topic::urine_protein, "urine protein/creatinine"},
    Laboratory{ValueSet::urine_protein_24h, Quantity::protein_24h, Topic::urine_protein, "urine protein in 24 h"},
    Laboratory{ValueSet::systolic_blood_pressure, Quantity::systolic, Topic::blood_pressure, "systolic blood pressure"},
    Laboratory{ValueSet::diastolic_blood_pressure, Quantity::diastolic, Topic::blood_pressure, "diastolic blood pressure"},
    Laboratory{ValueSet::distance_from_anal_verge, Quantity::distance_from_anal_verge, Topic::tumour_height, "distance from anal verge"},
    Laboratory{ValueSet::body_weight, Quantity::body_weight, Topic::body_size, "weight"},
    Laboratory{ValueSet::body_height, Quantity::body_height, Topic::body_size, "height"},
};

std::string printed(json::Value quantity) {
    char number[32];
    std::snprintf(number, sizeof number, "%g", quantity["value"].number().value_or(0));
    const std::string_view unit = quantity["unit"].text().empty() ? quantity["code"].text() : quantity["unit"].text();
    return std::string(quantity["comparator"].text()) + number + (unit.empty() ? "" : " ") + std::string(unit);
}

void refuse(Reading& reading, const ObservationAt& at, Topic topic, const std::string& says, std::string problem) {
    mark_unusable(reading, at.resource, topic, says, std::move(problem));
}

// `value` holds valueQuantity: the Observation itself, or one of its components.
void add_laboratory(Reading& reading, const ObservationAt& at, const Laboratory& kind, json::Value value) {
    const json::Value quantity = value["valueQuantity"];
    if (!quantity.exists()) return;  // dataAbsentReason or text: no result
    const std::string says = std::string(kind.subject) + " " + printed(quantity);
    const ReadQuantity read = read_quantity(quantity, kind.quantity);
    if (!read.problem.empty()) return refuse(reading, at, kind.topic, says, read.problem);
    if (!at.when) return refuse(reading, at, kind.topic, says, "The date is missing.");
    Measurement m;
    m.source = source_of(at.resource, says, at.when);
    m.quantity = kind.quantity, m.value = read.value, m.bound = read.bound;
    const json::Value high = value["referenceRange"].at(0)["high"];
    if (const ReadQuantity limit = read_quantity(high, kind.quantity); high.exists() && limit.problem.empty()) m.upper_limit = limit.value;
    if (kind.quantity == Quantity::bilirubin_over_uln) {
        if (!m.upper_limit || *m.upper_limit <= 0) return refuse(reading, at, kind.topic, says, "The upper limit of normal is missing.");
        m.value = std::round(read.value / *m.upper_limit * 1e6) / 1e6;
        m.source.says += ", upper limit " + printed(high);
    }
    reading.into.measurements.push_back(std::move(m));
}

// CEA in arbitrary or molar units is compared only with its own kind.
void add_cea_other_units(Reading& reading, const ObservationAt& at) {
    const json::Value quantity = at.resource["valueQuantity"];
    const auto number = quantity["value"].number();
    const std::string_view unit = quantity["code"].text().empty() ? quantity["unit"].text() : quantity["code"].text();
    const std::string says = "CEA " + printed(quantity);
    if (!number) return;
    if (unit.empty()) return refuse(reading, at, Topic::cea, says, "The unit is missing.");
    if (!at.when) return refuse(reading, at, Topic::cea, says, "The date is missing.");
    Measurement m;
    m.source = source_of(at.resource, says, at.when);
    m.quantity = Quantity::cea_other_units, m.value = *number, m.unit = unit;
    if (quantity["comparator"].exists()) m.bound = Measurement::Bound::below;
    const json::Value high = at.resource["referenceRange"].at(0)["high"];
    if (const auto limit = high["value"].number(); limit && (high["code"].text() == unit || high["unit"].text() == unit)) m.upper_limit = limit;
    reading.into.measurements.push_back(std::move(m));
}

std::optional<int> answer(const Concept& value, const ValueSet* sets, int count) {
    for (int i = 0; i < count; ++i) {
        if (value.in(sets[i])) return i;
    }
    return std::nullopt;
}

constexpr ValueSet ecog_answers[] = {ValueSet::ecog_0, ValueSet::ecog_1, ValueSet::ecog_2, ValueSet::ecog_3, ValueSet::ecog_4, ValueSet::ecog_5};
constexpr ValueSet karnofsky_answers[] = {ValueSet::karnofsky_100, ValueSet::karnofsky_90, ValueSet::karnofsky_80, ValueSet::karnofsky_70,
                                          ValueSet::karnofsky_60,  ValueSet::karnofsky_50, ValueSet::karnofsky_40, ValueSet::karnofsky_30,
                                          ValueSet::karnofsky_20,  ValueSet::karnofsky_10};

// A score as integer, quantity, digit code, digit text or LOINC answer; empty when there is none.
std::optional<int> score(const Reading& reading, json::Value element, bool ecog) {
    if (const auto integer = element["valueInteger"].integer()) return static_cast<int>(*integer);
    if (const json::Value quantity = element["valueQuantity"]; quantity.exists()) {
        const auto value = quantity["value"].number();
        return value && *value == std::floor(*value) && !quantity["comparator"].exists() ? std::optional(static_cast<int>(*value)) : std::nullopt;
    }
    const Concept value = read_concept(reading.book, element["valueCodeableConcept"]);
    if (ecog) {
        if (const auto grade = answer(value, ecog_answers, 6)) return grade;
    } else if (const auto step = answer(value, karnofsky_answers, 10)) {
        return 100 - 10 * *step;
    }
    std::string_view text = value.text.empty() ? trimmed(element["valueString"].text()) : value.text;
    for (const json::Value coding : element["valueCodeableConcept"]["coding"].elements()) {
        if (text.empty()) text = trimmed(coding["code"].text());
    }
    if (text.substr(0, 5) == "ECOG ") text.remove_prefix(5);
    const bool digits = !text.empty() && text.size() <= 3 && text.find_first_not_of("0123456789") == std::string_view::npos;
    return digits ? std::optional(std::stoi(std::string(text))) : std::nullopt;
}

bool interpretation_agrees(const Reading& reading, json::Value observation, int grade) {
    for (const json::Value item : observation["interpretation"].elements()) {
        const auto interpreted = answer(read_concept(reading.book, item), ecog_answers, 6);
        if (interpreted && *interpreted != grade) return false;
    }
    return true;
}

// D26: 100 = 0, 80-90 = 1, 60-70 = 2, 40-50 = 3, 10-30 = 4
int ecog_of_karnofsky(int score) { return score >= 100 ? 0 : score >= 80 ? 1 : score >= 60 ? 2 : score >= 40 ? 3 : 4; }

void add_performance_status(Reading& reading, const ObservationAt& at, bool ecog) {
    const auto value = score(reading, at.resource, ecog);
    if (!value) return;
    const std::string says = (ecog ? "ECOG " : "Karnofsky ") + std::to_string(*value);
    const bool plausible = ecog ? *value >= 0 && *value <= 5 : *value >= 0 && *value <= 100;
    if (!plausible) return refuse(reading, at, Topic::performance_status, says, "The value is implausible.");
    if (ecog && !interpretation_agrees(reading, at.resource, *value)) {
        return refuse(reading, at, Topic::performance_status, says, "Value and interpretation contradict each other.");
    }
    if (!at.when) return refuse(reading, at, Topic::performance_status, says, "The date is missing.");
    Measurement m;
    m.source = source_of(at.resource, says, at.when);
    m.quantity = ecog ? Quantity::ecog : Quantity::karnofsky_as_ecog;
    m.value = ecog ? *value : ecog_of_karnofsky(*value);
    reading.into.measurements.push_back(std::move(m));
}

}  // namespace

bool read_measurement(Reading& reading, const ObservationAt& at) {
    if (at.code.in(ValueSet::ecog_observation)) return add_performance_status(reading, at, true), true;
    if (at.code.in(ValueSet::karnofsky_observation)) return add_performance_status(reading, at, false), true;
    if (at.code.in(ValueSet::cea_other_unit_observation)) return add_cea_other_units(reading, at), true;
    if (at.code.in(ValueSet::blood_pressure_panel)) {
        for (const json::Value component : at.resource["component"].elements()) {
            const Concept code = read_concept(reading.book, component["code"]);
            for (const Laboratory& kind : laboratory) {
                if (kind.topic == Topic::blood_pressure && code.in(kind.code)) add_laboratory(reading, at, kind, component);
            }
        }
        return true;
    }
    for (const Laboratory& kind : laboratory) {
        if (at.code.in(kind.code)) return add_laboratory(reading, at, kind, at.resource), true;
    }
    return false;
}

}  // namespace rectal_cds::fhir
