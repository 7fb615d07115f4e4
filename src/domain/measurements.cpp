#include "domain/measurements.hpp"

#include <cstdio>
#include <optional>

#include "domain/absence.hpp"

namespace rectal_cds::domain {

using base::days_between;
using Bound = Measurement::Bound;

namespace {

struct Compared {
    Truth below, at_least;
};

//  value is | below(limit)                        | at_least(limit)
//  exact v  | v < limit                           | v >= limit
//  < v      | yes when v <= limit, else unknown   | no when v <= limit, else unknown
//  > v      | no when v >= limit, else unknown    | yes when v >= limit, else unknown
Compared compare(const Measurement& m, double limit) {
    if (m.bound == Bound::exact) return {base::truth_of(m.value < limit), base::truth_of(m.value >= limit)};
    if (m.bound == Bound::below) {
        const Truth below = m.value <= limit ? Truth::yes : Truth::unknown;
        return {below, !below};
    }
    const Truth at_least = m.value >= limit ? Truth::yes : Truth::unknown;
    return {!at_least, at_least};
}

Finding decided(const Case& record, const Measurement& m, Truth answer, Topic topic, const char* what) {
    if (answer == Truth::unknown) return unknown({Gap::Cause::undecided, std::string(what) + " given as below or above a limit"});
    if (answer == Truth::yes) return yes({&m.source});
    const Finding certain = none_found(record, {}, {topic}, what);
    return certain.no() ? no({&m.source}) : certain;
}

Finding missing(const Case& record, Topic topic, const char* what) {
    Finding result = none_found(record, {Input::observations}, {topic}, what);
    if (result.no()) result = unknown({Gap::Cause::not_recorded, what});
    return result;
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
    const double value = (140 - age) * weight->value / (72 * creatinine->value) * factor;
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

Finding clearance_finding(const Case& record, double limit, bool inclusive) {
    const auto value = clearance(record);
    if (!value) return missing(record, Topic::creatinine, "creatinine clearance of the last 30 days");
    if (value->bound != Bound::exact) {
        Measurement m;
        m.value = value->ml_per_min, m.bound = value->bound;
        const Truth answer = compare(m, limit).below;
        return answer == Truth::unknown ? unknown({Gap::Cause::undecided, "creatinine clearance given as below or above a limit"})
                                        : truth(answer == Truth::yes, value->evidence, value->note);
    }
    const bool reached = inclusive ? value->ml_per_min <= limit : value->ml_per_min < limit;
    return truth(reached, value->evidence, value->note);
}

}  // namespace

const Measurement* latest(const Case& record, Quantity quantity, int window_days) {
    const Measurement* newest = nullptr;
    for (const Measurement& m : record.measurements) {
        if (m.quantity != quantity || !m.source.when) continue;
        if (days_between(m.source.when->last, record.today) > window_days) continue;
        if (!newest || newest->source.when->first < m.source.when->first) newest = &m;
    }
    return newest;
}

Finding below(const Case& record, Quantity quantity, int window_days, double limit, Topic topic, const char* what) {
    const Measurement* m = latest(record, quantity, window_days);
    return m ? decided(record, *m, compare(*m, limit).below, topic, what) : missing(record, topic, what);
}

Finding at_least(const Case& record, Quantity quantity, int window_days, double limit, Topic topic, const char* what) {
    const Measurement* m = latest(record, quantity, window_days);
    return m ? decided(record, *m, compare(*m, limit).at_least, topic, what) : missing(record, topic, what);
}

Finding above(const Case& record, Quantity quantity, int window_days, double limit, Topic topic, const char* what) {
    const Measurement* m = latest(record, quantity, window_days);
    if (!m) return missing(record, topic, what);
    const bool exact = m->bound == Bound::exact;
    return decided(record, *m, exact ? base::truth_of(m->value > limit) : compare(*m, limit).at_least, topic, what);
}

Finding clearance_at_most(const Case& record, double limit) { return clearance_finding(record, limit, true); }
Finding clearance_below(const Case& record, double limit) { return clearance_finding(record, limit, false); }

const Measurement* performance_status(const Case& record) {
    const Measurement* ecog = latest(record, Quantity::ecog, ecog_window);
    return ecog ? ecog : latest(record, Quantity::karnofsky_as_ecog, ecog_window);
}

}  // namespace rectal_cds::domain
