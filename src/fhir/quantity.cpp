#include "fhir/quantity.hpp"

#include <array>
#include <cmath>

namespace rectal_cds::fhir {

using domain::Measurement;
using domain::Quantity;

namespace {

struct Unit {
    Quantity kind;
    std::string_view ucum;  // accepted spelling of Quantity.code or Quantity.unit
    double factor;          // to the unit of the Measurement
};

// Molar factors: creatinine 88.4 umol/L and bilirubin 17.1 umol/L are 1 mg/dL (terminology.md 4).
constexpr std::array units{
    Unit{Quantity::ecog, "{score}", 1},
    Unit{Quantity::ecog, "1", 1},
    Unit{Quantity::karnofsky_as_ecog, "{score}", 1},
    Unit{Quantity::karnofsky_as_ecog, "1", 1},
    Unit{Quantity::karnofsky_as_ecog, "%", 1},
    Unit{Quantity::cea_mass, "ng/mL", 1},
    Unit{Quantity::cea_mass, "ug/L", 1},
    Unit{Quantity::cea_mass, "ng/ml", 1},
    Unit{Quantity::cea_mass, "µg/L", 1},
    Unit{Quantity::neutrophils, "10*9/L", 1},
    Unit{Quantity::neutrophils, "10*3/uL", 1},
    Unit{Quantity::neutrophils, "/uL", 0.001},
    Unit{Quantity::neutrophils, "{cells}/uL", 0.001},
    Unit{Quantity::platelets, "10*9/L", 1},
    Unit{Quantity::platelets, "10*3/uL", 1},
    Unit{Quantity::platelets, "/uL", 0.001},
    Unit{Quantity::bilirubin_over_uln, "mg/dL", 1},
    Unit{Quantity::bilirubin_over_uln, "umol/L", 1 / 17.1},
    Unit{Quantity::creatinine, "mg/dL", 1},
    Unit{Quantity::creatinine, "umol/L", 1 / 88.4},
    Unit{Quantity::creatinine_clearance, "mL/min", 1},
    Unit{Quantity::protein_creatinine, "g/g", 1},
    Unit{Quantity::protein_creatinine, "g/g{creat}", 1},
    Unit{Quantity::protein_creatinine, "mg/g", 0.001},
    Unit{Quantity::protein_creatinine, "mg/g{creat}", 0.001},
    Unit{Quantity::protein_24h, "g/(24.h)", 1},
    Unit{Quantity::protein_24h, "g/d", 1},
    Unit{Quantity::protein_24h, "g", 1},
    Unit{Quantity::protein_24h, "mg/(24.h)", 0.001},
    Unit{Quantity::protein_24h, "mg/d", 0.001},
    Unit{Quantity::protein_24h, "mg", 0.001},
    Unit{Quantity::systolic, "mm[Hg]", 1},
    Unit{Quantity::diastolic, "mm[Hg]", 1},
    Unit{Quantity::distance_from_anal_verge, "cm", 1},
    Unit{Quantity::distance_from_anal_verge, "mm", 0.1},
    Unit{Quantity::body_weight, "kg", 1},
    Unit{Quantity::body_weight, "g", 0.001},
    Unit{Quantity::body_weight, "[lb_av]", 0.45359237},
    Unit{Quantity::body_height, "cm", 1},
    Unit{Quantity::body_height, "m", 100},
    Unit{Quantity::body_height, "[in_i]", 2.54},
};

struct Range {
    Quantity kind;
    double least, most;  // in the unit of the Measurement; wider than any patient
};

constexpr std::array ranges{
    Range{Quantity::ecog, 0, 5},
    Range{Quantity::karnofsky_as_ecog, 0, 100},
    Range{Quantity::cea_mass, 0, 500'000},
    Range{Quantity::neutrophils, 0, 200},
    Range{Quantity::platelets, 0, 5'000},
    Range{Quantity::bilirubin_over_uln, 0, 100},
    Range{Quantity::creatinine, 0.1, 30},
    Range{Quantity::creatinine_clearance, 0, 400},
    Range{Quantity::protein_creatinine, 0, 100},
    Range{Quantity::protein_24h, 0, 100},
    Range{Quantity::systolic, 30, 350},
    Range{Quantity::diastolic, 10, 250},
    Range{Quantity::distance_from_anal_verge, 0, 30},
    Range{Quantity::body_weight, 20, 400},
    Range{Quantity::body_height, 80, 260},
};

const Unit* unit_named(Quantity kind, std::string_view name) {
    for (const Unit& unit : units) {
        if (unit.kind == kind && unit.ucum == name) return &unit;
    }
    return nullptr;
}

std::optional<Measurement::Bound> bound_of(std::string_view comparator) {
    if (comparator.empty()) return Measurement::Bound::exact;
    if (comparator == "<") return Measurement::Bound::below;
    if (comparator == "<=") return Measurement::Bound::at_most;
    if (comparator == ">=") return Measurement::Bound::at_least;
    if (comparator == ">") return Measurement::Bound::above;
    return std::nullopt;
}

ReadQuantity refused(const char* problem) {
    ReadQuantity result;
    result.problem = problem;
    return result;
}

}  // namespace

ReadQuantity read_quantity(json::Value quantity, Quantity kind) {
    const auto number = quantity["value"].number();
    const auto bound = bound_of(quantity["comparator"].text());
    const std::string_view code = quantity["code"].text(), shown = quantity["unit"].text();
    if (!number) return refused("The value is missing.");
    if (!bound) return refused("The comparator is not understood.");
    if (code.empty() && shown.empty()) return refused("The unit is missing.");
    const Unit* coded = unit_named(kind, code);
    const Unit* printed = unit_named(kind, shown);
    if (!code.empty() && !coded) return refused("The unit is not one that is read.");
    if (coded && printed && coded->factor != printed->factor) return refused("The unit and its code contradict each other.");
    const Unit* unit = coded ? coded : printed;
    if (!unit) return refused("The unit is not one that is read.");
    const double value = std::round(*number * unit->factor * 1e9) / 1e9;  // so that equal quantities compare equal
    for (const Range& range : ranges) {
        if (range.kind == kind && (value < range.least || value > range.most)) return refused("The value is implausible.");
    }
    return {value, *bound, std::string(unit->ucum), ""};
}

std::optional<double> read_gray(json::Value quantity) {
    const auto number = quantity["value"].number();
    const std::string_view code = quantity["code"].text();
    const std::string_view unit = code.empty() ? quantity["unit"].text() : code;
    if (!number || *number < 0 || quantity["comparator"].exists()) return std::nullopt;
    if (unit == "Gy") return *number;
    if (unit == "cGy") return *number / 100;
    return std::nullopt;
}

}  // namespace rectal_cds::fhir
