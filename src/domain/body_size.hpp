// Body size for absolute doses: only from a weight and a height at most 30 days old (clinical.md 3.3).
#pragma once

#include <optional>

#include "domain/case.hpp"

namespace rectal_cds::domain {

struct BodySize {
    const Measurement* weight = nullptr;  // kg
    const Measurement* height = nullptr;  // cm; null: no body surface area
    std::optional<double> surface_m2;     // Mosteller: square root of height x weight / 3600
};

// Empty without a recent weight.
std::optional<BodySize> body_size(const Case& record);

}  // namespace rectal_cds::domain
