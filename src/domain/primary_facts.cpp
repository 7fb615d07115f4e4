// The primary tumour: in place, its symptoms, its height, and what is resectable.
#include "domain/absence.hpp"
#include "domain/fact_tables.hpp"
#include "domain/measurements.hpp"
#include "domain/newest.hpp"

namespace rectal_cds::domain {

namespace {

Finding bleeding(const Assessment& a) {
    return has_problem(a, ProblemKind::rectal_bleeding, true, Topic::symptoms, "rectal bleeding");
}
Finding obstruction(const Assessment& a) {
    return has_problem(a, ProblemKind::bowel_obstruction, true, Topic::symptoms, "bowel obstruction");
}
Finding pain(const Assessment& a) { return has_problem(a, ProblemKind::pelvic_pain, true, Topic::symptoms, "pelvic pain"); }
Finding perforation(const Assessment& a) {
    return has_problem(a, ProblemKind::gi_perforation, true, Topic::symptoms, "perforation");
}

Finding no_symptom(const Assessment& a) {
    return negate(any_of({bleeding(a), obstruction(a), pain(a), perforation(a)}));
}

std::vector<const Resectability*> newest(const Assessment& a, Resectability::Of of) {
    return newest_of(a.record.resectability, [&](const Resectability& r) { return r.of == of; });
}

bool resectable(const Resectability& r) { return r.value == Resectability::Value::resectable; }
bool not_resectable(const Resectability& r) { return !resectable(r); }

// Several statements of one day have to agree.
Finding documented_resectable(const Assessment& a, Resectability::Of of) {
    const auto statements = newest(a, of);
    if (statements.empty()) return none_found(a.record, {Input::observations}, {Topic::resectability}, "resectability");
    return no_only_if_read(a.record, agreed(statements, resectable, "resectability"), {Input::observations},
                           {Topic::resectability}, "newer statement on resectability");
}

// A word about the record: yes also where the observations could not be read, or contradict each other.
Finding not_documented_resectable(const Assessment& a, Resectability::Of of) {
    const auto statements = newest(a, of);
    return statements.empty() ? yes() : any_says(statements, not_resectable);
}

Finding low_tumour(const Assessment& a) {
    return at_most(a.record, Quantity::distance_from_anal_verge, any_age, 5.0, Topic::tumour_height, "distance from the anal verge");
}

}  // namespace

std::vector<Fact> primary_facts() {
    return {
        {"Primary in situ",
         "No completed resection of the primary is on record, or the record says in situ.",
         [](const Assessment& a) { return primary_in_situ(a.record); }},
        {"No symptom of the primary on record",
         "No active bleeding, obstruction, pelvic pain or perforation was found; this is not the same as asked "
         "and denied.",
         [](const Assessment& a) { return no_symptom(a); }},
        {"Active bleeding or pelvic pain",
         "Active rectal bleeding or active rectal or pelvic pain.",
         [](const Assessment& a) { return any_of({bleeding(a), pain(a)}); }},
        {"Active bowel obstruction",
         "An active bowel obstruction.",
         [](const Assessment& a) { return obstruction(a); }},
        {"Active perforation of the bowel",
         "An active gastrointestinal perforation.",
         [](const Assessment& a) { return perforation(a); }},
        {"Metastases not documented as resectable",
         "The newest statement on the metastases is not resectable, or none was found.",
         [](const Assessment& a) { return not_documented_resectable(a, Resectability::Of::metastases); }},
        {"Metastases documented as resectable",
         "The newest statement on the metastases is resectable.",
         [](const Assessment& a) { return documented_resectable(a, Resectability::Of::metastases); }},
        {"Primary documented as resectable",
         "The newest statement on the primary is resectable.",
         [](const Assessment& a) { return documented_resectable(a, Resectability::Of::primary); }},
        {"Primary not documented as resectable",
         "The newest statement on the primary is not resectable, or none was found.",
         [](const Assessment& a) { return not_documented_resectable(a, Resectability::Of::primary); }},
        {"Tumour 5 cm or less from the anal verge",
         "The newest measured distance from the anal verge is at most 5 cm.",
         [](const Assessment& a) { return low_tumour(a); }},
        {"Tumour above 5 cm or height not recorded",
         "The newest measured distance from the anal verge is more than 5 cm, or none was found.",
         [](const Assessment& a) { return truth(!low_tumour(a).yes()); }},
    };
}

}  // namespace rectal_cds::domain
