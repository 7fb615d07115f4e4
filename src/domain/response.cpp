#include "domain/response.hpp"

#include <algorithm>
#include <iterator>

#include "domain/absence.hpp"

namespace rectal_cds::domain {

using base::Day;
using base::days_between;

namespace {

constexpr double cea_upper_limit_ng_per_ml = 5.0;  // clinical.md 3.7, cea-rising
constexpr double cea_over_nadir = 1.25;

constexpr DiseaseStatus::Value from_best_to_worst[] = {DiseaseStatus::Value::improved, DiseaseStatus::Value::stable,
                                                       DiseaseStatus::Value::undetermined, DiseaseStatus::Value::worsened};

auto severity(DiseaseStatus::Value value) {
    return std::find(std::begin(from_best_to_worst), std::end(from_best_to_worst), value);
}

bool is_cea(const Measurement& m) {
    return m.quantity == Quantity::cea_mass || m.quantity == Quantity::cea_other_units;
}

// The oldest source later than `after`, or null.
template <class Sources>
const Source* first_after(const Sources& sources, Day after) {
    const Source* found = nullptr;
    for (const Source* source : sources) {
        if (!source->when || source->when->first <= after) continue;
        if (!found || source->when->first < found->when->first) found = source;
    }
    return found;
}

// Whether another value than the third last may be it: the day before leaves their order open, and they differ.
bool perhaps_another_third_last(const std::vector<const Measurement*>& values) {
    if (values.size() < 4) return false;
    const Measurement &before = **(values.end() - 4), &third_last = **(values.end() - 3);
    return third_last.source.when->first <= before.source.when->last && (third_last.value != before.value || third_last.unit != before.unit);
}

}  // namespace

// Of several statuses of one day the least favourable counts.
Response assess_response(const Case& record, const Therapy& therapy) {
    Response response;
    bool perhaps_of_this_line = false;
    if (const Line* line = therapy.current_line()) {
        for (const DiseaseStatus& status : record.disease_statuses) {
            if (!status.source.when || status.source.when->last <= line->start) continue;
            if (status.source.when->first <= line->start) {
                perhaps_of_this_line = true;
                continue;
            }
            const auto* best = response.newest;
            const bool newer = !best || best->source.when->first < status.source.when->first;
            const bool same_day = best && best->source.when->first == status.source.when->first;
            if (newer || (same_day && severity(status.value) > severity(best->value))) response.newest = &status;
        }
    }
    if (response.newest) {
        response.assessed = yes({&response.newest->source});
    } else if (perhaps_of_this_line) {
        response.assessed = unknown({Gap::Cause::undecided, "disease status of this line (partial date)"});
    } else if (!therapy.started) {  // D23: with no therapy there is nothing to respond to
        response.assessed = none_found(record, {Input::medication_requests, Input::medication_administrations},
                                       {Topic::medication}, "start of systemic therapy");
    } else {
        response.assessed = none_found(record, {Input::observations}, {Topic::disease_status}, "disease status of this line");
    }
    return response;
}

std::optional<RestagingClock> restaging_clock(const Case& record, const Therapy& therapy) {
    const Line* line = therapy.current_line();
    if (!line) return std::nullopt;
    std::vector<const Source*> images, ceas;
    for (const Source& image : record.images) images.push_back(&image);
    for (const Measurement& m : record.measurements) {
        if (is_cea(m)) ceas.push_back(&m.source);
    }
    RestagingClock clock{line->start, {}, {}, nullptr, nullptr};
    for (;;) {
        clock.image = first_after(images, clock.since);
        clock.cea = first_after(ceas, clock.since);
        if (!clock.image || !clock.cea) break;
        clock.since = std::max(clock.image->when->first, clock.cea->when->first);
    }
    clock.days = days_between(clock.since, record.today);
    const bool restarted = clock.since != line->start;
    clock.cycles = cycles_from(therapy, clock.since + std::chrono::days{restarted ? 1 : 0});
    return clock;
}

Finding cea_rising(const Case& record, const Therapy& therapy) {
    std::vector<const Measurement*> values;
    for (const Measurement& m : record.measurements) {
        if (is_cea(m) && m.source.when) values.push_back(&m);
    }
    std::stable_sort(values.begin(), values.end(), [](const Measurement* a, const Measurement* b) {
        return a->source.when->first < b->source.when->first;
    });
    if (values.size() < 3) return none_found(record, {Input::observations}, {Topic::cea}, "three CEA values");
    const Measurement &a = **(values.end() - 3), &b = **(values.end() - 2), &c = **(values.end() - 1);
    const std::vector<const Source*> evidence{&a.source, &b.source, &c.source};
    const bool third_last_open = perhaps_another_third_last(values);
    if (third_last_open || c.source.when->first <= b.source.when->last || b.source.when->first <= a.source.when->last) {
        return unknown({Gap::Cause::undecided, "order of the CEA values"});
    }
    const auto exact = [](const Measurement& m) { return m.bound == Measurement::Bound::exact; };
    if (!exact(a) || !exact(b) || !exact(c)) return unknown({Gap::Cause::undecided, "CEA given as below or above a limit"});
    if (a.unit != b.unit || b.unit != c.unit) {  // ng/mL is the empty unit, the others have names
        return unknown({Gap::Cause::undecided, "CEA in different units"});
    }
    if (c.quantity != Quantity::cea_mass && !c.upper_limit) {
        return unknown({Gap::Cause::undecided, "CEA upper limit in this unit"});
    }
    double nadir = a.value;
    const Line* line = therapy.current_line();
    for (const Measurement* m : values) {
        const bool on_treatment = line && line->start <= m->source.when->first;
        if (on_treatment && m->unit == c.unit) nadir = std::min(nadir, m->value);
    }
    const double limit = c.upper_limit.value_or(cea_upper_limit_ng_per_ml);
    const bool rises = a.value < b.value && b.value < c.value && c.value > limit && c.value >= cea_over_nadir * nadir;
    return no_only_if_read(record, truth(rises, evidence),
                           {Input::observations, Input::medication_requests, Input::medication_administrations},
                           {Topic::cea, Topic::medication}, "further CEA values and the start of therapy");
}

}  // namespace rectal_cds::domain
