// Radiotherapy and surgery: done, booked and being ordered.
#include "domain/absence.hpp"
#include "domain/fact_tables.hpp"

namespace rectal_cds::domain {

namespace {

Finding prior_pelvic_radiotherapy(const Assessment& a) {
    for (const Intervention& i : a.record.done) {
        if (i.radiation && i.radiation->pelvic) return yes({&i.source});
    }
    return none_found(a.record, {Input::procedures}, {Topic::radiotherapy}, "pelvic radiotherapy");
}

Finding drafted_radiotherapy(const Assessment& a, bool (*accepts)(const Radiotherapy&)) {
    std::vector<const Source*> evidence;
    for (const Intervention& i : a.record.draft_interventions) {
        if (i.radiation && i.radiation->pelvic && accepts(*i.radiation)) evidence.push_back(&i.source);
    }
    return truth(!evidence.empty(), evidence);
}

Finding long_course_ordered(const Assessment& a) { return drafted_radiotherapy(a, is_long_course); }

Finding upfront_long_course(const Assessment& a) {
    return all_of({truth(!a.staging.synchronous.no()), fewer_than_two_cycles(a), long_course_ordered(a)});
}

bool without_dose(const Radiotherapy& r) {
    return r.course == Radiotherapy::Course::unstated && !r.total_gy && !r.fractions && !r.combined_with_chemotherapy;
}

// 5x5 Gy is given alone; radiotherapy without dose or fractions before the second cycle may be long-course.
Finding fluoropyrimidine_overlap(const Assessment& a) {
    const Finding undefined_upfront = all_of({drafted_radiotherapy(a, without_dose), fewer_than_two_cycles(a)});
    return all_of({drafted_or_active(a.record, is_fluoropyrimidine, "fluoropyrimidine"),
                   any_of({drafted_radiotherapy(a, is_short_course), undefined_upfront})});
}

Finding intervention_ordered(const Assessment& a, Intervention::Kind kind) {
    std::vector<const Source*> evidence;
    for (const Intervention& i : a.record.draft_interventions) {
        if (i.kinds[kind]) evidence.push_back(&i.source);
    }
    return truth(!evidence.empty(), evidence);
}

Finding no_primary_resection_planned(const Assessment& a) {
    for (const auto* list : {&a.record.draft_interventions, &a.record.other_draft_interventions, &a.record.booked}) {
        for (const Intervention& i : *list) {
            if (i.kinds[Intervention::rectal_resection]) return no({&i.source});
        }
    }
    return negate(none_found(a.record, {Input::service_requests}, {Topic::surgery}, "resection of the primary ordered or booked"));
}

}  // namespace

std::vector<Fact> intervention_facts() {
    return {
        {"No prior pelvic radiotherapy",
         "No completed pelvic radiotherapy was found.",
         [](const Assessment& a) { return negate(prior_pelvic_radiotherapy(a)); }},
        {"Short-course radiotherapy 120 to 182 days ago",
         "Pelvic short-course radiotherapy (25 Gy in 5 fractions) ended 120 to 182 days ago.",
         [](const Assessment& a) { return short_course_ended(a.record, 120, 182); }},
        {"Short-course radiotherapy 183 days ago or more",
         "Pelvic short-course radiotherapy (25 Gy in 5 fractions) ended at least 183 days ago.",
         [](const Assessment& a) { return short_course_ended(a.record, 183, std::nullopt); }},
        {"Long-course pelvic radiotherapy ordered",
         "The draft holds pelvic radiotherapy of at least 45 Gy in at least 25 fractions, or named long-course "
         "chemoradiotherapy.",
         [](const Assessment& a) { return long_course_ordered(a); }},
        {"Upfront long-course rule does not apply",
         "Not all of: synchronous not excluded, fewer than 2 cycles given, long-course pelvic radiotherapy "
         "ordered.",
         [](const Assessment& a) { return truth(!upfront_long_course(a).yes()); }},
        {"Fluoropyrimidine overlaps pelvic radiotherapy",
         "A fluoropyrimidine is ordered or active, and the drafted pelvic radiotherapy is short-course, or has "
         "no dose and fewer than 2 cycles were given.",
         [](const Assessment& a) { return fluoropyrimidine_overlap(a); }},
        {"Pelvic radiotherapy ordered without a dose",
         "The draft holds pelvic radiotherapy that states neither dose nor fractions nor a named course.",
         [](const Assessment& a) { return drafted_radiotherapy(a, without_dose); }},
        {"Colorectal stent ordered",
         "The draft holds the insertion of a colorectal stent.",
         [](const Assessment& a) { return intervention_ordered(a, Intervention::stent); }},
        {"Primary resection ordered",
         "The draft holds a resection of the primary tumour.",
         [](const Assessment& a) { return intervention_ordered(a, Intervention::rectal_resection); }},
        {"Metastasectomy ordered",
         "The draft holds a resection of liver or lung metastases.",
         [](const Assessment& a) { return any_of({intervention_ordered(a, Intervention::liver_resection), intervention_ordered(a, Intervention::lung_resection)}); }},
        {"No resection of the primary ordered or booked",
         "Neither the draft nor a booked service resects the primary tumour.",
         [](const Assessment& a) { return no_primary_resection_planned(a); }},
        {"Elective surgery less than 28 days after bevacizumab",
         "Elective major surgery drafted or booked less than 28 days after the last bevacizumab (a drafted "
         "dose counts as given today).",
         [](const Assessment& a) { return a.surgery.elective_under_28_days; }},
        {"Elective surgery 28 to 41 days after bevacizumab",
         "As above with 28 to 41 days, or elective major surgery drafted without a date while the last "
         "bevacizumab is less than 42 days old.",
         [](const Assessment& a) { return a.surgery.elective_28_to_41_days; }},
        {"Urgent surgery within 6 weeks of bevacizumab",
         "Urgent, asap or stat major surgery less than 42 days after the last bevacizumab.",
         [](const Assessment& a) { return a.surgery.urgent_under_42_days; }},
        {"Major surgery less than 42 days ago",
         "Completed major surgery less than 42 days ago.",
         [](const Assessment& a) { return major_surgery_within(a.record, 42); }},
        {"Major surgery less than 28 days ago",
         "Completed major surgery less than 28 days ago.",
         [](const Assessment& a) { return major_surgery_within(a.record, 28); }},
    };
}

}  // namespace rectal_cds::domain
