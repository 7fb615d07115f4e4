#include "domain/measurements.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <optional>
#include <utility>

#include "domain/absence.hpp"
#include "domain/newest.hpp"

namespace rectal_cds::domain {

using base::days_between;
using Bound = Measurement::Bound;

namespace {

struct Compared {
    Truth below, at_most;  // the limit
};

//  value is | below(limit)                   | at_most(limit)
//  exact v  | v < limit                      | v <= limit
//  < v      | yes when v <= limit, else open | yes when v <= limit, else open
//  <= v     | yes when v < limit, else open  | yes when v <= limit, else open
//  >= v     | no when v >= limit, else open  | no when v > limit, else open
//  > v      | no when v >= limit, else open  | no when v >= limit, else open
Compared compare(const Measurement& m, double limit) {
    const auto if_so = [](bool holds) { return holds ? Truth::yes : Truth::unknown; };
    switch (m.bound) {
        case Bound::below: return {if_so(m.value <= limit), if_so(m.value <= limit)};
        case Bound::at_most: return {if_so(m.value < limit), if_so(m.value <= limit)};
        case Bound::at_least: return {!if_so(m.value >= limit), !if_so(m.value > limit)};
        case Bound::above: return {!if_so(m.value >= limit), !if_so(m.value >= limit)};
        case Bound::exact: break;
    }
    return {base::truth_of(m.value < limit), base::truth_of(m.value <= limit)};
}

Finding decided(const Case& record, std::vector<const Source*> evidence, Truth answer, Topic topic, const char* what, std::string note = {}) {
    if (answer == Truth::unknown) return unknown({Gap::Cause::undecided, std::string(what) + " given as below or above a limit"});
    return no_only_if_read(record, truth(answer == Truth::yes, std::move(evidence), std::move(note)), {Input::observations}, {topic}, what);
}

Finding missing(const Case& record, Topic topic, const char* what) {
    Finding result = none_found(record, {Input::observations}, {topic}, what);
    if (result.no()) result = unknown({Gap::Cause::not_recorded, what});
    return result;
}

template <class Answer>
Finding judged(const Case& record, Quantity quantity, int window_days, Topic topic, const char* what, Answer answer) {
    const Measurement* m = latest(record, quantity, window_days);
    return m ? decided(record, {&m->source}, answer(*m), topic, what) : missing(record, topic, what);
}

struct Clearance {
    double ml_per_min;
    std::vector<const Source*> evidence;
    std::string note;
    Bound bound = Bound::exact;
    base::Day when;
};

// Cockcroft-Gault: (140 - age) x weight [kg] / (72 x creatinine [mg/dL]), times 0.85 in women.
std::optional<Clearance> cockcroft_gault(const Case& record) {
    const Measurement* creatinine = latest(record, Quantity::creatinine, creatinine_window);
    const Measurement* weight = latest(record, Quantity::body_weight, body_weight_window);
    if (!creatinine || !weight || !record.birth || record.sex == Case::Sex::unknown || creatinine->value <= 0) return std::nullopt;
    if (creatinine->bound != Bound::exact || weight->bound != Bound::exact) return std::nullopt;
    const int age = base::age_in_years(record.birth->first, record.today);
    const double factor = record.sex == Case::Sex::female ? 0.85 : 1.0;
    const double unrounded = (140 - age) * weight->value / (72 * creatinine->value) * factor;
    const double value = std::round(unrounded * 1e6) / 1e6;  // so that 50 mL/min is 50
    char note[64];
    std::snprintf(note, sizeof note, "Cockcroft-Gault %.0f mL/min", value);
    return Clearance{value, {&creatinine->source, &weight->source}, note, Bound::exact, creatinine->source.when->first};
}

std::optional<Clearance> clearance(const Case& record) {
    auto calculated = cockcroft_gault(record);
    const Measurement* measured = latest(record, Quantity::creatinine_clearance, creatinine_window);
    if (!measured || (calculated && calculated->when > measured->source.when->first)) return calculated;
    return Clearance{measured->value, {&measured->source}, "", measured->bound, measured->source.when->first};
}

Finding clearance_finding(const Case& record, double limit, Truth Compared::*answer) {
    constexpr const char* what = "creatinine clearance of the last 30 days";
    const auto value = clearance(record);
    if (!value) return missing(record, Topic::creatinine, what);
    Measurement m;
    m.value = value->ml_per_min, m.bound = value->bound;
    return decided(record, value->evidence, compare(m, limit).*answer, Topic::creatinine, what, value->note);
}

// How much a value speaks for caution beside another of its quantity.
double harm(const Measurement& m) {
    switch (m.quantity) {
        case Quantity::neutrophils:
        case Quantity::platelets:
        case Quantity::creatinine_clearance:
        case Quantity::distance_from_anal_verge:
        case Quantity::body_weight:  // the smaller clearance and the smaller dose
        case Quantity::body_height: return -m.value;
        default: return m.value;
    }
}

}  // namespace

const Measurement* latest(const Case& record, Quantity quantity, int window_days) {
    const auto newest = newest_of(record.measurements, [&](const Measurement& m) {
        return m.quantity == quantity && m.source.when && days_between(m.source.when->last, record.today) <= window_days;
    });
    const auto less_harm = [](const Measurement* a, const Measurement* b) { return harm(*a) < harm(*b); };
    const auto worst = std::max_element(newest.begin(), newest.end(), less_harm);
    return worst == newest.end() ? nullptr : *worst;
}

Finding below(const Case& record, Quantity quantity, int window_days, double limit, Topic topic, const char* what) {
    return judged(record, quantity, window_days, topic, what, [=](const Measurement& m) { return compare(m, limit).below; });
}

Finding at_least(const Case& record, Quantity quantity, int window_days, double limit, Topic topic, const char* what) {
    return judged(record, quantity, window_days, topic, what, [=](const Measurement& m) { return !compare(m, limit).below; });
}

Finding at_most(const Case& record, Quantity quantity, int window_days, double limit, Topic topic, const char* what) {
    return judged(record, quantity, window_days, topic, what, [=](const Measurement& m) { return compare(m, limit).at_most; });
}

Finding above(const Case& record, Quantity quantity, int window_days, double limit, Topic topic, const char* what) {
    return judged(record, quantity, window_days, topic, what, [=](const Measurement& m) { return !compare(m, limit).at_most; });
}

Finding clearance_at_most(const Case& record, double limit) { return clearance_finding(record, limit, &Compared::at_most); }
Finding clearance_below(const Case& record, double limit) { return clearance_finding(record, limit, &Compared::below); }

const Measurement* performance_status(const Case& record) {
    const Measurement* ecog = latest(record, Quantity::ecog, ecog_window);
    return ecog ? ecog : latest(record, Quantity::karnofsky_as_ecog, ecog_window);
}

}  // namespace rectal_cds::domain
