// Laboratory values, vital signs and scores in one unit each.
#pragma once

#include <optional>
#include <string>

#include "domain/source.hpp"

namespace rectal_cds::domain {

enum class Quantity : unsigned char {
    ecog,                    // 0 to 5
    karnofsky_as_ecog,       // 0 to 4, local-codes.md D26
    cea_mass,                // ng/mL
    cea_other_units,         // as reported; Measurement.unit tells which
    neutrophils,             // 10*9/L
    platelets,               // 10*9/L
    bilirubin_over_uln,      // multiples of the upper limit of normal of the same result
    creatinine,              // mg/dL
    creatinine_clearance,    // mL/min
    protein_creatinine,      // g/g
    protein_24h,             // g
    systolic, diastolic,     // mm[Hg]
    distance_from_anal_verge,  // cm
    body_weight,             // kg
    body_height              // cm
};

struct Measurement {
    Source source;
    Quantity quantity{};
    double value = 0;               // in the unit named above
    std::optional<double> upper_limit;  // referenceRange.high in the same unit
    std::string unit;               // as reported, for cea_other_units
    enum class Bound : unsigned char { exact, below, at_most, at_least, above } bound = Bound::exact;  // comparator
};

}  // namespace rectal_cds::domain
