#include "fhir/quantity.hpp"

#include <array>
#include <cmath>

#include "fhir/code_spelling.hpp"
#include "fhir/unit_table.hpp"

namespace rectal_cds::fhir {

using domain::Measurement;
using domain::Quantity;

namespace {

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

ReadQuantity refused(const char* problem) {
    ReadQuantity result;
    result.problem = problem;
    return result;
}

}  // namespace

std::optional<Measurement::Bound> bound_of(std::string_view comparator) {
    if (comparator.empty()) return Measurement::Bound::exact;
    if (comparator == "<") return Measurement::Bound::below;
    if (comparator == "<=") return Measurement::Bound::at_most;
    if (comparator == ">=") return Measurement::Bound::at_least;
    if (comparator == ">") return Measurement::Bound::above;
    return std::nullopt;
}

// A code of another system than UCUM is no unit; what is printed beside it may be.
ReadQuantity read_quantity(json::Value quantity, Quantity kind) {
    const auto number = quantity["value"].number();
    const auto bound = bound_of(quantity["comparator"].text());
    const std::string_view system = quantity["system"].text(), shown = quantity["unit"].text();
    const bool is_ucum = system.empty() || system == code_system::ucum;
    const std::string_view code = is_ucum ? quantity["code"].text() : std::string_view();
    if (!number) return refused("The value is missing.");
    if (!bound) return refused("The comparator is not understood.");
    if (code.empty() && shown.empty()) return refused("The unit is missing.");
    const Unit* coded = find_unit(kind, code);
    const Unit* printed = find_unit(kind, shown);
    if (!code.empty() && !coded) return refused("The unit is not one that is read.");
    if (coded && printed && coded->factor != printed->factor) return refused("The unit and its code contradict each other.");
    const Unit* unit = coded ? coded : printed;
    if (!unit || unit->factor == 0) return refused("The unit is not one that is read.");
    const double value = std::round(*number * unit->factor * 1e9) / 1e9;  // so that equal quantities compare equal
    for (const Range& range : ranges) {
        if (range.kind == kind && (value < range.least || value > range.most)) return refused("The value is implausible.");
    }
    return {value, *bound, std::string(unit->name), ""};
}

std::optional<double> read_gray(json::Value quantity) {
    const auto number = quantity["value"].number();
    const std::string_view code = quantity["code"].text(), shown = quantity["unit"].text();
    const std::string_view unit = code.empty() ? shown : code;
    const bool contradictory = (code == "Gy" && shown == "cGy") || (code == "cGy" && shown == "Gy");
    if (!number || *number < 0 || contradictory || quantity["comparator"].exists()) return std::nullopt;
    if (unit == "Gy") return *number;
    if (unit == "cGy") return *number / 100;
    return std::nullopt;
}

}  // namespace rectal_cds::fhir
