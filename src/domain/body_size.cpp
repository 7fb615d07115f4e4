#include "domain/body_size.hpp"

#include <cmath>

#include "domain/measurements.hpp"

namespace rectal_cds::domain {

namespace {

constexpr int body_size_window = 30;  // days

const Measurement* recent(const Case& record, Quantity quantity) {
    const Measurement* m = latest(record, quantity, body_size_window);
    const bool exact = m && m->bound == Measurement::Bound::exact && m->source.when->is_one_day();
    return exact ? m : nullptr;
}

}  // namespace

std::optional<BodySize> body_size(const Case& record) {
    BodySize size;
    size.weight = recent(record, Quantity::body_weight);
    if (!size.weight) return std::nullopt;
    size.height = recent(record, Quantity::body_height);
    if (size.height) size.surface_m2 = std::sqrt(size.height->value * size.weight->value / 3600);
    return size;
}

}  // namespace rectal_cds::domain
