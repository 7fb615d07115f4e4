// The one table of units: which spellings of which units each quantity is read in, and how they convert.
//
// Spellings are UCUM, with the variants that records hold (terminology.md 4 and 13, pitfall 29): litre as l or L, micro
// as u or either Greek sign, a power of ten with ^ in place of *. Equal quantities give equal values whatever the unit.
#pragma once

#include <string>
#include <string_view>

#include "domain/measurement.hpp"

namespace rectal_cds::fhir {

struct Unit {
    domain::Quantity quantity;
    std::string_view name;  // in its one spelling
    double factor;          // to the unit of the Measurement; 0: known, but not convertible
};

// One spelling for one unit: "10*9/L" for "10^9/l".
std::string unit_spelling(std::string_view written);

// Null when the quantity is not known in such a unit.
const Unit* find_unit(domain::Quantity quantity, std::string_view written);

// A unit of CEA that is not a mass per volume (arbitrary or molar), and its multiple: kU/L is the same as U/mL.
struct OtherCeaUnit {
    std::string name;
    double factor = 1;
};
OtherCeaUnit other_cea_unit(std::string_view written);

}  // namespace rectal_cds::fhir
