#include "fhir/unit_table.hpp"

#include <array>
#include <utility>

namespace rectal_cds::fhir {

using domain::Quantity;

namespace {

// Molar factors: creatinine 88.4 umol/L and bilirubin 17.1 umol/L are 1 mg/dL (terminology.md 4).
constexpr double creatinine_umol_per_l = 1 / 88.4;
constexpr double bilirubin_umol_per_l = 1 / 17.1;
constexpr double protein_mg_per_mmol = 88.4 / 10'000;  // g of protein per g of creatinine

constexpr std::array units{
    Unit{Quantity::ecog, "{score}", 1},
    Unit{Quantity::ecog, "1", 1},
    Unit{Quantity::karnofsky_as_ecog, "{score}", 1},
    Unit{Quantity::karnofsky_as_ecog, "1", 1},
    Unit{Quantity::karnofsky_as_ecog, "%", 1},

    Unit{Quantity::cea_mass, "ng/mL", 1},
    Unit{Quantity::cea_mass, "ug/L", 1},
    Unit{Quantity::cea_mass, "pg/mL", 0.001},
    Unit{Quantity::cea_mass, "ng/L", 0.001},
    Unit{Quantity::cea_mass, "ng/dL", 0.01},
    Unit{Quantity::cea_mass, "ug/dL", 10},
    Unit{Quantity::cea_mass, "ug/mL", 1000},
    Unit{Quantity::cea_mass, "mg/L", 1000},
    Unit{Quantity::cea_mass, "U/mL", 0},
    Unit{Quantity::cea_mass, "kU/L", 0},
    Unit{Quantity::cea_mass, "[IU]/mL", 0},
    Unit{Quantity::cea_mass, "nmol/L", 0},
    Unit{Quantity::cea_mass, "pmol/L", 0},

    Unit{Quantity::neutrophils, "10*9/L", 1},
    Unit{Quantity::neutrophils, "10*3/uL", 1},
    Unit{Quantity::neutrophils, "10*6/mL", 1},
    Unit{Quantity::neutrophils, "10*3/mm3", 1},
    Unit{Quantity::neutrophils, "/nL", 1},
    Unit{Quantity::neutrophils, "K/uL", 1},  // reliability.md T40
    Unit{Quantity::neutrophils, "10*6/L", 0.001},
    Unit{Quantity::neutrophils, "/uL", 0.001},
    Unit{Quantity::neutrophils, "/mm3", 0.001},
    Unit{Quantity::neutrophils, "{cells}/uL", 0.001},
    Unit{Quantity::neutrophils, "%", 0},
    Unit{Quantity::platelets, "10*9/L", 1},
    Unit{Quantity::platelets, "10*3/uL", 1},
    Unit{Quantity::platelets, "10*6/mL", 1},
    Unit{Quantity::platelets, "10*3/mm3", 1},
    Unit{Quantity::platelets, "/nL", 1},
    Unit{Quantity::platelets, "K/uL", 1},
    Unit{Quantity::platelets, "10*6/L", 0.001},
    Unit{Quantity::platelets, "/uL", 0.001},
    Unit{Quantity::platelets, "/mm3", 0.001},
    Unit{Quantity::platelets, "%", 0},

    Unit{Quantity::bilirubin_over_uln, "mg/dL", 1},
    Unit{Quantity::bilirubin_over_uln, "mg/L", 0.1},
    Unit{Quantity::bilirubin_over_uln, "umol/L", bilirubin_umol_per_l},
    Unit{Quantity::bilirubin_over_uln, "mmol/L", 1000 * bilirubin_umol_per_l},
    Unit{Quantity::bilirubin_over_uln, "g/dL", 1000},
    Unit{Quantity::creatinine, "mg/dL", 1},
    Unit{Quantity::creatinine, "mg/L", 0.1},
    Unit{Quantity::creatinine, "umol/L", creatinine_umol_per_l},
    Unit{Quantity::creatinine, "mmol/L", 1000 * creatinine_umol_per_l},
    Unit{Quantity::creatinine, "g/dL", 1000},
    Unit{Quantity::creatinine_clearance, "mL/min", 1},
    Unit{Quantity::creatinine_clearance, "mL/s", 60},
    Unit{Quantity::creatinine_clearance, "mL/min/{1.73_m2}", 0},  // normalised to body surface: another quantity

    Unit{Quantity::protein_creatinine, "g/g", 1},
    Unit{Quantity::protein_creatinine, "g/g{creat}", 1},
    Unit{Quantity::protein_creatinine, "mg/mg", 1},
    Unit{Quantity::protein_creatinine, "mg/mg{creat}", 1},
    Unit{Quantity::protein_creatinine, "mg/g", 0.001},
    Unit{Quantity::protein_creatinine, "mg/g{creat}", 0.001},
    Unit{Quantity::protein_creatinine, "mg/mmol", protein_mg_per_mmol},
    Unit{Quantity::protein_creatinine, "mg/mmol{creat}", protein_mg_per_mmol},
    Unit{Quantity::protein_creatinine, "g/mol", protein_mg_per_mmol},
    Unit{Quantity::protein_creatinine, "mg/dL", 0},
    Unit{Quantity::protein_24h, "g/(24.h)", 1},
    Unit{Quantity::protein_24h, "g/24h", 1},
    Unit{Quantity::protein_24h, "g/d", 1},
    Unit{Quantity::protein_24h, "g", 1},
    Unit{Quantity::protein_24h, "mg/(24.h)", 0.001},
    Unit{Quantity::protein_24h, "mg/24h", 0.001},
    Unit{Quantity::protein_24h, "mg/d", 0.001},
    Unit{Quantity::protein_24h, "mg", 0.001},
    Unit{Quantity::protein_24h, "mg/dL", 0},

    Unit{Quantity::systolic, "mm[Hg]", 1},
    Unit{Quantity::systolic, "mmHg", 1},
    Unit{Quantity::systolic, "kPa", 7.500615613},
    Unit{Quantity::diastolic, "mm[Hg]", 1},
    Unit{Quantity::diastolic, "mmHg", 1},
    Unit{Quantity::diastolic, "kPa", 7.500615613},
    Unit{Quantity::distance_from_anal_verge, "cm", 1},
    Unit{Quantity::distance_from_anal_verge, "mm", 0.1},
    Unit{Quantity::distance_from_anal_verge, "m", 100},
    Unit{Quantity::body_weight, "kg", 1},
    Unit{Quantity::body_weight, "g", 0.001},
    Unit{Quantity::body_weight, "[lb_av]", 0.45359237},
    Unit{Quantity::body_weight, "[oz_av]", 0.45359237 / 16},
    Unit{Quantity::body_height, "cm", 1},
    Unit{Quantity::body_height, "m", 100},
    Unit{Quantity::body_height, "mm", 0.1},
    Unit{Quantity::body_height, "[in_i]", 2.54},
    Unit{Quantity::body_height, "[ft_i]", 30.48},
};

// Body surface in a unit of flow, however it is written: "mL/min/1.73 m2", "mL/min/{1.73_m2}".
bool is_per_body_surface(std::string_view name) {
    return name.substr(0, 6) == "mL/min" && name.find("1.73") != std::string_view::npos;
}

}  // namespace

std::string unit_spelling(std::string_view written) {
    std::string name;
    int open = 0;  // brackets and braces hold names, not symbols
    for (const char c : written) {
        const char before = name.empty() ? ' ' : name.back();
        open += c == '[' || c == '{' ? 1 : c == ']' || c == '}' ? -1 : 0;
        if (c == ' ') continue;
        if ((before == '\xC2' && c == '\xB5') || (before == '\xCE' && c == '\xBC'))
            name.back() = 'u';
        else if (open > 0)
            name += c;
        else if (c == 'l' && before != 'o')
            name += 'L';
        else if (c == '^' && name == "10")
            name += '*';
        else
            name += c;
    }
    return is_per_body_surface(name) ? "mL/min/{1.73_m2}" : name;
}

const Unit* find_unit(Quantity quantity, std::string_view written) {
    const std::string name = unit_spelling(written);
    for (const Unit& unit : units) {
        if (unit.quantity == quantity && unit.name == name) return &unit;
    }
    return nullptr;
}

OtherCeaUnit other_cea_unit(std::string_view written) {
    static const std::array<std::pair<std::string_view, OtherCeaUnit>, 6> multiples{{
        {"kU/L", {"U/mL", 1}},
        {"U/L", {"U/mL", 0.001}},
        {"mU/mL", {"U/mL", 0.001}},
        {"k[IU]/L", {"[IU]/mL", 1}},
        {"[IU]/L", {"[IU]/mL", 0.001}},
        {"pmol/L", {"nmol/L", 0.001}},
    }};
    const std::string name = unit_spelling(written);
    for (const auto& [multiple, unit] : multiples) {
        if (name == multiple) return unit;
    }
    return {name, 1};
}

}  // namespace rectal_cds::fhir
