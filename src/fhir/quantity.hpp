// Quantities in the one unit that a Measurement uses, through the one table of units (unit_table.hpp).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "domain/measurement.hpp"
#include "json/document.hpp"

namespace rectal_cds::fhir {

struct ReadQuantity {
    double value = 0;
    domain::Measurement::Bound bound = domain::Measurement::Bound::exact;
    std::string unit;     // the UCUM code that was used
    std::string problem;  // not empty: the quantity may not be used, and why
};

// Reads a FHIR Quantity. Refused: no unit, a unit outside the table, `code` and `unit` that contradict each
// other, a value outside the plausible range, a comparator other than <, <=, >=, >.
ReadQuantity read_quantity(json::Value quantity, domain::Quantity kind);

// Quantity.comparator; empty for one that is not understood.
std::optional<domain::Measurement::Bound> bound_of(std::string_view comparator);

// Gray out of a Quantity in Gy or cGy.
std::optional<double> read_gray(json::Value quantity);

}  // namespace rectal_cds::fhir
