// Laboratory values, vital signs, performance status and tumour height (terminology.md 4; local-codes.md D16, D26).
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>

#include "fhir/quantity.hpp"
#include "fhir/readers.hpp"
#include "fhir/unit_table.hpp"

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
    char digits[32];
    const double value = quantity["value"].number().value_or(0);
    const auto end = std::to_chars(digits, digits + sizeof digits, value, std::chars_format::general, 6).ptr;
    const std::string_view unit = quantity["unit"].text().empty() ? quantity["code"].text() : quantity["unit"].text();
    std::string text(quantity["comparator"].text());
    text.append(digits, end).append(unit.empty() ? "" : " ").append(unit);
    return text;
}

void refuse(Reading& reading, const ObservationAt& at, Topic topic, const std::string& says, std::string problem) {
    mark_unusable(reading, at.resource, topic, says, std::move(problem));
}

// The result is there, but in a form that this service does not read: text, or a code that says more than "unknown".
bool holds_another_value(const Reading& reading, json::Value holder) {
    if (holder["dataAbsentReason"].exists()) return false;
    const Concept coded = read_concept(reading.book, holder["valueCodeableConcept"]);
    const bool says_nothing = coded.in(ValueSet::result_none) || (!coded.coded && coded.text.empty());
    const bool written = !trimmed(holder["valueString"].text()).empty();
    return written || !says_nothing || holder["valueInteger"].exists() || holder["valueRange"].exists() || holder["valueRatio"].exists();
}

// referenceRange.high of the normal range; empty when several ranges differ.
json::Value upper_limit(json::Value holder) {
    json::Value limit;
    for (const json::Value range : holder["referenceRange"].elements()) {
        const json::Value type = range["type"], high = range["high"];
        if (!high.exists() || (type["coding"].size() > 0 && type["coding"].at(0)["code"].text() != "normal")) continue;
        if (limit.exists() && limit["value"].number() != high["value"].number()) return {};
        limit = high;
    }
    return limit;
}

void add_laboratory(Reading& reading, const ObservationAt& at, const Laboratory& kind) {
    const json::Value quantity = at.holder["valueQuantity"];
    if (!quantity.exists()) {
        if (holds_another_value(reading, at.holder)) refuse(reading, at, kind.topic, kind.subject, "The value is not a quantity.");
        return;
    }
    const std::string says = std::string(kind.subject) + " " + printed(quantity);
    const ReadQuantity read = read_quantity(quantity, kind.quantity);
    if (!read.problem.empty()) return refuse(reading, at, kind.topic, says, read.problem);
    if (!at.when) return refuse(reading, at, kind.topic, says, "The date is missing.");
    Measurement m;
    m.source = source_of(at.resource, says, at.when);
    m.quantity = kind.quantity, m.value = read.value, m.bound = read.bound;
    const json::Value high = upper_limit(at.holder);
    if (high.exists()) {
        const ReadQuantity limit = read_quantity(high, kind.quantity);
        if (limit.problem.empty()) m.upper_limit = limit.value;
    }
    if (kind.quantity == Quantity::bilirubin_over_uln) {
        if (!m.upper_limit || *m.upper_limit <= 0) return refuse(reading, at, kind.topic, says, "The upper limit of normal is missing.");
        m.value = std::round(read.value / *m.upper_limit * 1e6) / 1e6;
        m.source.says += ", upper limit " + printed(high);
    }
    reading.into.measurements.push_back(std::move(m));
}

// CEA in arbitrary or molar units is compared only with its own kind.
void add_cea_other_units(Reading& reading, const ObservationAt& at) {
    const json::Value quantity = at.holder["valueQuantity"];
    const auto written = [](json::Value of) { return of["code"].text().empty() ? of["unit"].text() : of["code"].text(); };
    const auto number = quantity["value"].number();
    const auto bound = bound_of(quantity["comparator"].text());
    const OtherCeaUnit unit = other_cea_unit(written(quantity));
    const std::string says = "CEA " + printed(quantity);
    if (!quantity.exists() && !holds_another_value(reading, at.holder)) return;
    if (!number || !bound) return refuse(reading, at, Topic::cea, says, "The value or its comparator is not understood.");
    if (unit.name.empty()) return refuse(reading, at, Topic::cea, says, "The unit is missing.");
    if (!at.when) return refuse(reading, at, Topic::cea, says, "The date is missing.");
    Measurement m;
    m.source = source_of(at.resource, says, at.when);
    m.quantity = Quantity::cea_other_units, m.value = std::round(*number * unit.factor * 1e9) / 1e9;
    m.unit = unit.name, m.bound = *bound;
    const json::Value high = upper_limit(at.holder);
    const OtherCeaUnit limit_unit = other_cea_unit(written(high));
    if (const auto limit = high["value"].number(); limit && limit_unit.name == unit.name) m.upper_limit = *limit * limit_unit.factor;
    reading.into.measurements.push_back(std::move(m));
}

// Normalised to body surface, it is no clearance; a form that is not read puts nothing in doubt.
void add_filtration_rate(Reading& reading, const ObservationAt& at) {
    const json::Value quantity = at.holder["valueQuantity"];
    const std::string_view written = trimmed(at.holder["valueString"].text());
    if (!quantity.exists() && written.empty()) return;
    const std::string shown = quantity.exists() ? printed(quantity) : std::string(written);
    reading.into.filtration_rates.push_back(source_of(at.resource, "estimated filtration rate " + shown, at.when));
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

// Every form in which a score may stand: integer, quantity, LOINC answer, digits as a code or as text.
struct Score {
    std::vector<int> said;
    bool present = false;  // there is a value, understood or not
};

void add_digits(Score& score, std::string_view text) {
    if (text.substr(0, 5) == "ECOG ") text.remove_prefix(5);
    const bool digits = !text.empty() && text.size() <= 3 && text.find_first_not_of("0123456789") == std::string_view::npos;
    if (digits) score.said.push_back(std::stoi(std::string(text)));
}

// Far from any score, whatever the size of the number.
constexpr int implausible_score = 1000;
int as_score(double value) { return std::abs(value) < implausible_score ? static_cast<int>(value) : implausible_score; }

// A score needs no unit; another unit than those of a score makes it something else.
void add_quantity(Score& score, json::Value quantity, Quantity kind) {
    const std::string_view code = quantity["code"].text(), shown = quantity["unit"].text();
    const std::string_view unit = code.empty() ? shown : code;
    const bool unit_fits = unit.empty() || unit == "score" || find_unit(kind, unit);
    const auto value = quantity["value"].number();
    if (value && unit_fits && *value == std::floor(*value) && !quantity["comparator"].exists()) score.said.push_back(as_score(*value));
}

Score score_of(const Reading& reading, json::Value holder, bool ecog) {
    Score score;
    if (const auto integer = holder["valueInteger"].integer()) score.said.push_back(as_score(static_cast<double>(*integer)));
    if (const json::Value quantity = holder["valueQuantity"]; quantity.exists()) {
        score.present = true;
        add_quantity(score, quantity, ecog ? Quantity::ecog : Quantity::karnofsky_as_ecog);
    }
    const json::Value codeable = holder["valueCodeableConcept"];
    const Concept value = read_concept(reading.book, codeable);
    if (const auto grade = answer(value, ecog_answers, 6); ecog && grade) score.said.push_back(*grade);
    if (const auto step = answer(value, karnofsky_answers, 10); !ecog && step) score.said.push_back(100 - 10 * *step);
    for (const json::Value coding : codeable["coding"].elements()) add_digits(score, trimmed(coding["code"].text()));
    add_digits(score, value.text);
    add_digits(score, trimmed(holder["valueString"].text()));
    score.present = score.present || !score.said.empty() || holds_another_value(reading, holder);
    return score;
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
    const Score score = score_of(reading, at.holder, ecog);
    const std::string subject = ecog ? "ECOG" : "Karnofsky";
    if (!score.present) return;
    if (score.said.empty()) return refuse(reading, at, Topic::performance_status, subject, "The value is not understood.");
    const int value = score.said.front();
    const std::string says = subject + " " + std::to_string(value);
    const bool agree = std::all_of(score.said.begin(), score.said.end(), [&](int other) { return other == value; });
    if (!agree) return refuse(reading, at, Topic::performance_status, subject, "Its values contradict each other.");
    if (value < 0 || value > (ecog ? 5 : 100)) return refuse(reading, at, Topic::performance_status, says, "The value is implausible.");
    if (ecog && !interpretation_agrees(reading, at.resource, value)) {
        return refuse(reading, at, Topic::performance_status, says, "Value and interpretation contradict each other.");
    }
    if (!at.when) return refuse(reading, at, Topic::performance_status, says, "The date is missing.");
    Measurement m;
    m.source = source_of(at.resource, says, at.when);
    m.quantity = ecog ? Quantity::ecog : Quantity::karnofsky_as_ecog;
    m.value = ecog ? value : ecog_of_karnofsky(value);
    reading.into.measurements.push_back(std::move(m));
}

}  // namespace

bool read_measurement(Reading& reading, const ObservationAt& at) {
    if (at.code.in(ValueSet::ecog_observation)) return add_performance_status(reading, at, true), true;
    if (at.code.in(ValueSet::karnofsky_observation)) return add_performance_status(reading, at, false), true;
    if (at.code.in(ValueSet::cea_other_unit_observation)) return add_cea_other_units(reading, at), true;
    if (at.code.in(ValueSet::estimated_filtration_rate)) return add_filtration_rate(reading, at), true;
    if (at.code.in(ValueSet::blood_pressure_panel)) {
        for (const json::Value component : at.resource["component"].elements()) {
            const Concept code = read_concept(reading.book, component["code"]);
            for (const Laboratory& kind : laboratory) {
                if (kind.topic != Topic::blood_pressure || !code.in(kind.code)) continue;
                add_laboratory(reading, {at.resource, component, code, at.standing, at.when}, kind);
            }
        }
        return true;
    }
    for (const Laboratory& kind : laboratory) {
        if (at.code.in(kind.code)) return add_laboratory(reading, at, kind), true;
    }
    return false;
}

}  // namespace rectal_cds::fhir
