// Changes of symptoms, surgery, radiotherapy and care, to be made to a typical patient.
#pragma once

#include "domain/changes.hpp"

namespace rectal_cds::testing {

// Symptoms and comorbidity
inline Change problem(ProblemKind kind, When when = days_ago(5), bool active = true) {
    return [=](Case& c) {
        domain::Problem p;
        p.source = source("problem", when), p.kind = kind, p.active = active;
        c.problems.push_back(p);
    };
}
inline Change graded(ProblemKind kind, int grade, When when = days_ago(5)) {
    return [=](Case& c) { problem(kind, when)(c), c.problems.back().ctcae_grade = grade; };
}
inline Change toxicity(int grade, bool active = true, bool of_treatment = true) {
    return [=](Case& c) {
        problem(ProblemKind::other, days_ago(5), active)(c);
        c.problems.back().ctcae_grade = grade, c.problems.back().treatment_related = of_treatment;
    };
}
inline Change pregnancy(bool pregnant, When when = days_ago(5)) {
    return [=](Case& c) { c.pregnancy.push_back({source("pregnancy", when), pregnant}); };
}

// Surgery and stents
inline Intervention operation(Intervention::Kind kind, When when, bool urgent) {
    Intervention result;
    result.source = source("operation", when), result.urgent = urgent, result.removable = true;
    result.kinds.set(kind);
    if (kind != Intervention::stent) result.kinds.set(Intervention::major_surgery);
    return result;
}
inline Change operated(Intervention::Kind kind, When when) { return [=](Case& c) { c.done.push_back(operation(kind, when, false)); }; }
inline Change books(Intervention::Kind kind, When when, bool urgent = false) {
    return [=](Case& c) { c.booked.push_back(operation(kind, when, urgent)); };
}
inline Change drafts_operation(Intervention::Kind kind, When when, bool urgent = false) {
    return [=](Case& c) { c.draft_interventions.push_back(operation(kind, when, urgent)); };
}
inline Change drafts_operation_unselected(Intervention::Kind kind, When when, bool urgent = false) {
    return [=](Case& c) { c.other_draft_interventions.push_back(operation(kind, when, urgent)); };
}
inline constexpr auto any_major = Intervention::liver_resection;  // where the kind of major surgery does not matter

// Radiotherapy
struct Course {
    std::optional<double> gray;
    std::optional<int> fractions;
    domain::Radiotherapy::Course name = domain::Radiotherapy::Course::unstated;
    bool pelvic = true, with_chemotherapy = false;
};
inline Intervention radiation(const Course& course, When when) {
    Intervention result;
    result.source = source("radiotherapy", when), result.removable = true;
    result.kinds.set(Intervention::radiotherapy);
    result.radiation = domain::Radiotherapy{course.gray, course.fractions, course.name, course.pelvic, course.with_chemotherapy};
    return result;
}
inline const Course short_course{25.0, 5}, long_course{50.4, 28}, without_dose{std::nullopt, std::nullopt};
inline Change irradiated(Course course, When when) { return [=](Case& c) { c.done.push_back(radiation(course, when)); }; }
inline Change drafts_radiotherapy(Course course) {
    return [=](Case& c) { c.draft_interventions.push_back(radiation(course, undated)); };
}

// Care
inline Change mark(MarkKind kind, When when) { return [=](Case& c) { c.marks.push_back({source("mark", when), kind}); }; }
using Resectable = domain::Resectability::Value;
inline Change resectability(domain::Resectability::Of of, Resectable value, When when = days_ago(4)) {
    return [=](Case& c) { c.resectability.push_back({source("resectability", when), of, value}); };
}
inline Change metastases(Resectable value, When when = days_ago(4)) { return resectability(domain::Resectability::Of::metastases, value, when); }
inline Change primary_tumour(Resectable value, When when = days_ago(4)) { return resectability(domain::Resectability::Of::primary, value, when); }
using IntentValue = domain::Intent::Value;
inline Change intent(IntentValue value, When when = days_ago(4)) { return [=](Case& c) { c.intents.push_back({source("intent", when), value}); }; }

// Cycles: the drug on day 1 of each, `every` days apart, the last one `last` days ago.
inline Change cycles(int count, Drug drug = Drug::oxaliplatin, int last = 3, int every = 14) {
    return [=](Case& c) {
        for (int i = count - 1; i >= 0; --i) given(drug, last + i * every)(c);
    };
}

}  // namespace rectal_cds::testing
