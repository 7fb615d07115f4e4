// Response, restaging, CEA and toxicity as facts.
#include "domain/absence.hpp"
#include "domain/fact_tables.hpp"

namespace rectal_cds::domain {

namespace {

using Value = DiseaseStatus::Value;

bool improved(Value v) { return v == Value::improved; }
bool stable(Value v) { return v == Value::stable; }
bool improved_or_stable(Value v) { return improved(v) || stable(v); }
bool worsened(Value v) { return v == Value::worsened; }

std::vector<const Source*> newest_response(const Assessment& a) {
    return a.response.newest ? std::vector<const Source*>{&a.response.newest->source} : std::vector<const Source*>{};
}

Finding recent_control(const Assessment& a) {
    const Finding control = response_is(a, improved_or_stable);
    if (!control.yes()) return control;
    const auto& when = *a.response.newest->source.when;
    const int least = base::days_between(when.last, a.record.today), most = base::days_between(when.first, a.record.today);
    if (least <= 28 && most > 28) return unknown({Gap::Cause::undecided, "age of the disease status (partial date)"});
    return truth(most <= 28, control.evidence, std::to_string(most) + " days ago");
}

Finding unusable_of(const Assessment& a, Topic topic) { return none_found(a.record, {}, {topic}, "restaging"); }

// The clock is certain only when images, CEA and therapy were all read. It restarts by an image and a CEA together: a
// result that could not be used leaves it as it is where the other of the two is known to be missing.
Finding clock_read(const Assessment& a) {
    const Finding all_read = none_found(
        a.record, {Input::diagnostic_reports, Input::observations, Input::medication_requests, Input::medication_administrations},
        {Topic::medication}, "restaging");
    const Finding image = unusable_of(a, Topic::imaging), cea = unusable_of(a, Topic::cea);
    const bool no_image = image.no() && a.restaging && !a.restaging->image, no_cea = cea.no() && a.restaging && !a.restaging->cea;
    return negate(any_of({all_read, no_image ? image : no_cea ? cea : any_of({image, cea})}));
}

std::string clock_note(const RestagingClock& clock) {
    const std::string cycles = clock.cycles ? std::to_string(*clock.cycles) + " cycles and " : "cycles not counted, ";
    return cycles + std::to_string(clock.days) + " days since " + base::iso(clock.since);
}

bool overdue(const RestagingClock& clock) {
    return clock.days >= 84 || (clock.cycles && *clock.cycles >= 4 && clock.days >= 56);
}

Finding restaging_overdue(const Assessment& a) {
    const Finding read = clock_read(a);
    if (!read.yes()) return read;
    if (!a.restaging) return no();
    return truth(overdue(*a.restaging), {}, clock_note(*a.restaging));
}

Finding restaging_due(const Assessment& a) {
    const Finding read = clock_read(a);
    if (!read.yes()) return read;
    if (!a.restaging) return no();
    const RestagingClock& clock = *a.restaging;
    const bool due = clock.cycles ? *clock.cycles >= 2 : clock.days >= 42;
    return truth(due && !overdue(clock), {}, clock_note(clock));
}

// Another unread item may have restarted the clock after this one.
Finding since_restaging(const Assessment& a, const Source* RestagingClock::*item, Topic topic) {
    const Finding read = all_of({clock_read(a), negate(unusable_of(a, topic))});
    if (!read.yes()) return read;
    if (a.restaging && (*a.restaging).*item) return no({(*a.restaging).*item});
    return yes();
}

Finding grade_3_toxicity(const Assessment& a) {
    std::vector<const Source*> evidence;
    for (const Problem& p : a.record.problems) {
        if (p.active && p.treatment_related && p.ctcae_grade >= 3) evidence.push_back(&p.source);
    }
    if (!evidence.empty()) return yes(evidence);
    return none_found(a.record, {Input::conditions}, {Topic::toxicity}, "toxicity of grade 3 or more");
}

}  // namespace

Finding response_is(const Assessment& a, bool (*accepts)(DiseaseStatus::Value)) {
    if (!a.response.newest) return a.response.assessed;
    return no_only_if_read(a.record, truth(accepts(a.response.newest->value), {&a.response.newest->source}),
                           {Input::observations, Input::medication_requests, Input::medication_administrations},
                           {Topic::disease_status, Topic::medication}, "newer disease status of this line");
}

std::vector<Fact> response_facts() {
    return {
        {"No response assessment yet",
         "No disease status since the current line began; with no therapy on record there is nothing to "
         "respond to.",
         [](const Assessment& a) { return negate(a.response.assessed); }},
        {"Response improved",
         "The newest disease status of the current line is improved.",
         [](const Assessment& a) { return response_is(a, improved); }},
        {"Response is not improved",
         "The newest disease status of the current line is not improved, or none was found.",
         [](const Assessment& a) { return truth(!response_is(a, improved).yes(), newest_response(a)); }},
        {"Stable disease",
         "The newest disease status of the current line is stable.",
         [](const Assessment& a) { return response_is(a, stable); }},
        {"Response or stable disease",
         "The newest disease status of the current line is improved or stable.",
         [](const Assessment& a) { return response_is(a, improved_or_stable); }},
        {"Response or stable disease within 28 days",
         "The newest disease status of the current line is improved or stable and at most 28 days old.",
         [](const Assessment& a) { return recent_control(a); }},
        {"Progression",
         "The newest disease status of the current line is worsened.",
         [](const Assessment& a) { return response_is(a, worsened); }},
        {"Restaging due",
         "Not overdue, and at least 2 cycles since the last restaging, or at least 42 days where cycles cannot "
         "be counted.",
         [](const Assessment& a) { return restaging_due(a); }},
        {"Restaging overdue",
         "At least 4 cycles and 56 days, or at least 84 days, since the last restaging.",
         [](const Assessment& a) { return restaging_overdue(a); }},
        {"Restaging image missing",
         "No CT, MRI or PET since the last restaging or the start of the line.",
         [](const Assessment& a) { return since_restaging(a, &RestagingClock::image, Topic::imaging); }},
        {"CEA missing since restaging",
         "No CEA since the last restaging or the start of the line.",
         [](const Assessment& a) { return since_restaging(a, &RestagingClock::cea, Topic::cea); }},
        {"CEA rising",
         "The last three CEA values of one unit rise strictly, the last is above 5 ng/mL or the local upper "
         "limit and at least 1.25 times the lowest.",
         [](const Assessment& a) { return cea_rising(a.record, a.therapy); }},
        {"No active grade 3 toxicity of treatment",
         "No active treatment-related toxicity of CTCAE grade 3 or more was found.",
         [](const Assessment& a) { return negate(grade_3_toxicity(a)); }},
        {"Active grade 3 or higher toxicity of treatment",
         "An active, treatment-related Condition of CTCAE grade 3 or more.",
         [](const Assessment& a) { return grade_3_toxicity(a); }},
    };
}

}  // namespace rectal_cds::domain
