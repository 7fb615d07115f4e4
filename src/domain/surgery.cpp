#include "domain/surgery.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "domain/absence.hpp"
#include "domain/newest.hpp"

namespace rectal_cds::domain {

using base::DateInterval;
using base::days_between;

namespace {

constexpr int label_minimum_days = 28;  // bevacizumab label: 28 days before and after major surgery

constexpr double short_course_gy = 25.0;
constexpr int short_course_fractions = 5;
constexpr double long_course_least_gy = 45.0;
constexpr int long_course_least_fractions = 25;

bool major(const Intervention& i) { return i.kinds[Intervention::major_surgery]; }

std::vector<const Intervention*> planned(const Case& record) {
    std::vector<const Intervention*> all;
    for (const auto* list : {&record.draft_interventions, &record.other_draft_interventions, &record.booked}) {
        for (const Intervention& i : *list) {
            if (major(i)) all.push_back(&i);
        }
    }
    return all;
}

Finding surgeries_read(const Case& record) {
    return none_found(record, {Input::service_requests}, {Topic::surgery}, "planned major surgery");
}

// An operation that is far off may be nearer, or the last dose later, in what was not read.
Finding if_read(const Case& record, Finding found) {
    return no_only_if_read(record, std::move(found), {Input::service_requests, Input::medication_requests, Input::medication_administrations},
                           {Topic::surgery, Topic::medication}, "last bevacizumab and next major surgery");
}

Finding bevacizumab_read(const Case& record) {
    return none_found(record, {Input::medication_requests, Input::medication_administrations}, {Topic::medication},
                      "bevacizumab");
}

const Intervention* undated_elective_draft(const Case& record) {
    for (const auto* list : {&record.draft_interventions, &record.other_draft_interventions}) {
        for (const Intervention& i : *list) {
            if (major(i) && !i.urgent && !i.source.when) return &i;
        }
    }
    return nullptr;
}

const Intervention* undated_elective_booking(const Case& record) {
    for (const Intervention& i : record.booked) {
        if (major(i) && !i.urgent && !i.source.when) return &i;
    }
    return nullptr;
}

// A drafted dose and an operation that is booked for no date: whether they are too close is not known.
void leave_open(const Case& record, SurgeryAfterBevacizumab& result) {
    const Intervention* booked = undated_elective_booking(record);
    if (!booked) return;
    const Finding open = unknown({Gap::Cause::undecided, booked->source.reference + ": major surgery is booked without a date"});
    result.elective_under_28_days = any_of({result.elective_under_28_days, open});
    result.elective_28_to_41_days = any_of({result.elective_28_to_41_days, open});
}

// Nothing to compare: without an operation, or without the drug, the other is of no interest.
Finding nothing_to_compare(const Case& record, bool given, bool planned_surgery) {
    if (given) return surgeries_read(record);
    return planned_surgery ? bevacizumab_read(record) : all_of({bevacizumab_read(record), surgeries_read(record)});
}

}  // namespace

std::optional<LastBevacizumab> last_bevacizumab(const Case& record) {
    std::optional<LastBevacizumab> last;
    for (const auto* drafts : {&record.drafts, &record.other_drafts}) {
        for (const DraftDrug& draft : *drafts) {
            if (is_bevacizumab(draft.drug)) return LastBevacizumab{&draft.source, DateInterval::exactly(record.today), true};
        }
    }
    for (const Dose& dose : record.doses) {
        if (!is_bevacizumab(dose.drug) || (last && last->administered && !dose.administered)) continue;
        const bool replaces_order = last && !last->administered && dose.administered;
        if (last && !replaces_order && dose.when.last <= last->when.last) continue;
        last = LastBevacizumab{&dose.source, dose.when, false, dose.administered};
    }
    return last;
}

std::optional<PlannedSurgery> next_dated_surgery(const Case& record) {
    std::optional<PlannedSurgery> next;
    for (const Intervention* surgery : planned(record)) {
        auto when = surgery->source.when;
        if (!when && surgery->urgent) when = DateInterval::exactly(record.today);
        if (!when || when->last < record.today) continue;
        when->first = std::max(when->first, record.today);
        const bool sooner = !next || when->first < next->when->first;
        const bool elective_beside_urgent = next && when->first == next->when->first && next->surgery->urgent && !surgery->urgent;
        if (sooner || elective_beside_urgent) next = PlannedSurgery{surgery, when};
    }
    return next;
}

SurgeryAfterBevacizumab assess_bevacizumab_interval(const Case& record) {
    SurgeryAfterBevacizumab result;
    const auto last = last_bevacizumab(record);
    const auto next = next_dated_surgery(record);
    const Intervention* undated = undated_elective_draft(record);
    const Finding nothing = nothing_to_compare(record, last.has_value(), next || undated);
    result.elective_under_28_days = result.elective_28_to_41_days = result.urgent_under_42_days = nothing;
    if (last && last->drafted && !next && !undated) leave_open(record, result);
    if (!last || (!next && !undated)) return result;

    std::string given = last->drafted ? "bevacizumab in this draft counts as given today" : "last bevacizumab " + iso(last->when);
    if (!last->drafted && !last->administered) given += " (ordered, not confirmed given)";
    const bool undated_soon = undated && days_between(last->when.last, record.today) < bevacizumab_to_surgery_days;
    if (next) {
        const int days = days_between(last->when.last, next->when->first);
        result.days = days;
        const std::vector<const Source*> evidence{last->source, &next->surgery->source};
        const std::string note = given + ", surgery " + iso(*next->when) + ": " + std::to_string(days) + " days";
        const bool elective = !next->surgery->urgent;
        const bool under_28 = days < label_minimum_days, under_42 = days < bevacizumab_to_surgery_days;
        result.elective_under_28_days = if_read(record, truth(elective && under_28, evidence, note));
        result.elective_28_to_41_days = if_read(record, truth(elective && !under_28 && under_42, evidence, note));
        result.urgent_under_42_days = if_read(record, truth(!elective && under_42, evidence, note));
    }
    const bool another_fires = result.elective_under_28_days.yes() || result.elective_28_to_41_days.yes() || result.urgent_under_42_days.yes();
    if (undated_soon && !another_fires) {
        result.elective_28_to_41_days = yes({last->source, &undated->source}, given + ", surgery drafted without a date");
    } else if (last->drafted && !another_fires) {
        leave_open(record, result);
    }
    return result;
}

Finding major_surgery_within(const Case& record, int days) {
    for (const Intervention& i : record.done) {
        if (!major(i) || !i.source.when || days_between(i.source.when->last, record.today) >= days) continue;
        return yes({&i.source}, std::to_string(days_between(i.source.when->last, record.today)) + " days ago");
    }
    return none_found(record, {Input::procedures}, {Topic::surgery}, "recent major surgery");
}

bool is_short_course(const Radiotherapy& r) {
    if (r.course == Radiotherapy::Course::short_course) return true;
    return r.total_gy == short_course_gy && r.fractions == short_course_fractions;
}

bool is_long_course(const Radiotherapy& r) {
    if (r.course == Radiotherapy::Course::long_course) return true;
    if (r.combined_with_chemotherapy && !r.total_gy) return true;
    return r.total_gy && r.fractions && *r.total_gy >= long_course_least_gy && *r.fractions >= long_course_least_fractions;
}

Finding short_course_ended(const Case& record, int least, std::optional<int> most) {
    const Intervention* newest = nullptr;
    for (const Intervention& i : record.done) {
        if (!i.radiation || !i.radiation->pelvic || !is_short_course(*i.radiation) || !i.source.when) continue;
        if (!newest || newest->source.when->last < i.source.when->last) newest = &i;
    }
    if (!newest) return none_found(record, {Input::procedures}, {Topic::radiotherapy}, "short-course radiotherapy");
    const int fewest = days_between(newest->source.when->last, record.today);
    const int greatest = days_between(newest->source.when->first, record.today);
    const std::string note = std::to_string(fewest) + " days ago";
    if (fewest >= least && (!most || greatest <= *most)) return yes({&newest->source}, note);
    if (greatest < least || (most && fewest > *most)) {
        return no_only_if_read(record, no({&newest->source}, note), {Input::procedures}, {Topic::radiotherapy}, "short-course radiotherapy");
    }
    return unknown({Gap::Cause::undecided, "end of short-course radiotherapy (partial date)"});
}

// D11. A completed resection on record is decisive; without readable procedures only the local statement is. Of two
// statements of one day the resection is the later.
Finding primary_in_situ(const Case& record) {
    for (const Intervention& i : record.done) {
        if (i.kinds[Intervention::rectal_resection]) return no({&i.source});
    }
    const auto resected = [](const Mark& mark) { return mark.kind == Mark::Kind::primary_resected; };
    const auto newest = newest_of(record.marks, [&](const Mark& mark) { return resected(mark) || mark.kind == Mark::Kind::primary_in_situ; });
    if (!newest.empty()) {
        return no_only_if_read(record, negate(any_says(newest, resected)), {Input::observations}, {Topic::surgery},
                               "newer statement on the primary tumour");
    }
    return negate(none_found(record, {Input::procedures}, {Topic::surgery}, "completed resection of the primary"));
}

}  // namespace rectal_cds::domain
