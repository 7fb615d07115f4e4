// Conditions that are no cancer: symptoms of the primary, comorbidity, and toxicity of a treatment (condition-dueTo).
#include "fhir/read_problem.hpp"

#include <algorithm>
#include <utility>

#include "fhir/text_forms.hpp"

namespace rectal_cds::fhir {

using domain::ClinicalStatus;
using domain::ProblemKind;
using domain::Topic;

namespace {

constexpr std::string_view due_to_url = "http://hl7.org/fhir/StructureDefinition/condition-dueTo";

const std::pair<ValueSet, ProblemKind> problem_sets[] = {
    {ValueSet::rectal_bleeding, ProblemKind::rectal_bleeding},
    {ValueSet::bowel_obstruction, ProblemKind::bowel_obstruction},
    {ValueSet::pelvic_pain, ProblemKind::pelvic_pain},
    {ValueSet::gi_perforation, ProblemKind::gi_perforation},
    {ValueSet::fistula, ProblemKind::fistula},
    {ValueSet::peripheral_neuropathy, ProblemKind::peripheral_neuropathy},
    {ValueSet::arterial_thromboembolism, ProblemKind::arterial_thromboembolism},
    {ValueSet::venous_thromboembolism, ProblemKind::venous_thromboembolism},
    {ValueSet::organ_transplant, ProblemKind::organ_transplant},
    {ValueSet::pregnancy_condition, ProblemKind::pregnancy},
};

// A disease whose ICD-10 category holds codes of this kind, of which this one is none that was verified ("I26.02").
// Categories of bleeding, pain, perforation and fistula hold too much else.
std::optional<ProblemKind> kindred(const Concept& code) {
    static constexpr ValueSet of_one_kind[] = {ValueSet::bowel_obstruction,        ValueSet::peripheral_neuropathy,
                                               ValueSet::arterial_thromboembolism, ValueSet::venous_thromboembolism,
                                               ValueSet::organ_transplant,         ValueSet::pregnancy_condition};
    for (const auto& [set, kind] : problem_sets) {
        const bool tells = std::find(std::begin(of_one_kind), std::end(of_one_kind), set) != std::end(of_one_kind);
        if (tells && code.siblings.test(static_cast<std::size_t>(set))) return kind;
    }
    return std::nullopt;
}

std::optional<int> ctcae_grade(const Reading& reading, json::Value condition) {
    const Concept severity = read_concept(reading.book, condition["severity"]);
    static constexpr ValueSet grades[] = {ValueSet::ctcae_grade_1, ValueSet::ctcae_grade_2, ValueSet::ctcae_grade_3,
                                          ValueSet::ctcae_grade_4, ValueSet::ctcae_grade_5};
    for (int grade = 1; grade <= 5; ++grade) {
        if (severity.in(grades[grade - 1])) return grade;
    }
    return ctcae_grade_text(severity.text);
}

// condition-dueTo naming an antineoplastic drug or its administration, or the local category.
bool treatment_related(const Reading& reading, json::Value condition, std::string& drug) {
    for (const json::Value category : condition["category"].elements()) {
        if (read_concept(reading.book, category).in(ValueSet::treatment_toxicity_category)) return true;
    }
    const json::Value due_to = extension(condition, due_to_url);
    const Concept named = read_concept(reading.book, due_to["valueCodeableConcept"]);
    for (const domain::Drug d : drugs_in(named)) {
        if (domain::is_antineoplastic(d)) return drug = named.shown, true;
    }
    const std::string target = relative_reference(due_to["valueReference"]["reference"].text());
    if (target.compare(0, 10, "Medication") != 0) return false;
    const json::Value resource = resolve(reading, condition, due_to["valueReference"]);
    if (!resource.exists()) return true;
    for (const domain::Drug d : read_drugs(reading, resource).drugs) {
        if (domain::is_antineoplastic(d)) return drug = domain::name(d), true;
    }
    return false;
}

// Its like is looked for in its category; not one that ended, or that is long past.
void doubt_kindred(Reading& reading, json::Value condition, const Concept& code, ClinicalStatus status,
                   const std::optional<base::DateInterval>& since) {
    constexpr int long_past_days = 366;
    const auto kind = kindred(code);
    
    if (!kind || status != ClinicalStatus::active) return;
    const bool passes = topic_of(*kind) == Topic::thromboembolism || topic_of(*kind) == Topic::pregnancy;
    if (passes && since && base::days_between(since->last, reading.into.today) > long_past_days) return;
    mark_unusable(reading, condition, topic_of(*kind), std::string(code.shown), "This code of its ICD-10 category is not one that this service knows.");
}

}  // namespace

Topic topic_of(ProblemKind kind) {
    switch (kind) {
        case ProblemKind::peripheral_neuropathy:
        case ProblemKind::other: return Topic::toxicity;
        case ProblemKind::arterial_thromboembolism:
        case ProblemKind::venous_thromboembolism: return Topic::thromboembolism;
        case ProblemKind::organ_transplant: return Topic::transplant;
        case ProblemKind::pregnancy: return Topic::pregnancy;
        default: return Topic::symptoms;
    }
}

std::optional<ProblemKind> problem_kind(const Concept& code) {
    for (const auto& [set, kind] : problem_sets) {
        if (code.in(set)) return kind;
    }
    return std::nullopt;
}

void read_problem(Reading& reading, json::Value condition, const Concept& code, ClinicalStatus status,
                  std::optional<base::DateInterval> when) {
    domain::Problem problem;
    problem.treatment_related = treatment_related(reading, condition, problem.suspected_drug);
    const auto kind = problem_kind(code);
    if (!kind && !problem.treatment_related) return doubt_kindred(reading, condition, code, status, when);
    problem.kind = kind.value_or(ProblemKind::other);
    problem.active = status == ClinicalStatus::active;
    problem.ctcae_grade = ctcae_grade(reading, condition);
    std::string says(code.shown);
    if (problem.ctcae_grade) says += ", CTCAE grade " + std::to_string(*problem.ctcae_grade);
    if (!problem.suspected_drug.empty()) says += ", due to " + problem.suspected_drug;
    problem.source = source_of(condition, std::move(says), std::move(when));
    reading.into.problems.push_back(std::move(problem));
}

}  // namespace rectal_cds::fhir
