// Risks of the drugs being ordered: events, laboratory values, genotype, pregnancy, allergy.
#include <algorithm>

#include "domain/absence.hpp"
#include "domain/fact_tables.hpp"
#include "domain/measurements.hpp"
#include "domain/newest.hpp"

namespace rectal_cds::domain {

namespace {

constexpr int thromboembolism_months = 6;  // local-codes.md D16

// Autoimmune disease has no verified code and is not read; a card that depends on it says so.
Finding transplant(const Assessment& a) {
    return has_problem(a, ProblemKind::organ_transplant, true, Topic::transplant, "organ transplant");
}

// D17: with any clinical status.
Finding perforation_or_fistula(const Assessment& a) {
    return any_of({has_problem(a, ProblemKind::gi_perforation, false, Topic::symptoms, "GI perforation"),
                   has_problem(a, ProblemKind::fistula, false, Topic::symptoms, "fistula")});
}

Finding stent(const Assessment& a) {
    for (const auto* list : {&a.record.draft_interventions, &a.record.other_draft_interventions, &a.record.done}) {
        for (const Intervention& i : *list) {
            if (i.kinds[Intervention::stent]) return yes({&i.source});
        }
    }
    return none_found(a.record, {Input::procedures}, {Topic::stent}, "stent");
}

Finding irradiated_t4b(const Assessment& a) {
    static const FactId t4b = *find_fact("T4b"), unirradiated = *find_fact("No prior pelvic radiotherapy");
    return all_of({vocabulary()[t4b].evaluate(a), negate(vocabulary()[unirradiated].evaluate(a))});
}

Finding gi_risk(const Assessment& a) {
    return any_of({stent(a), has_problem(a, ProblemKind::bowel_obstruction, true, Topic::symptoms, "bowel obstruction"), irradiated_t4b(a)});
}

Finding blood_pressure(const Assessment& a, double systolic, double diastolic) {
    const char* what = "blood pressure of the last 30 days";
    return any_of({at_least(a.record, Quantity::systolic, blood_pressure_window, systolic, Topic::blood_pressure, what),
                   at_least(a.record, Quantity::diastolic, blood_pressure_window, diastolic, Topic::blood_pressure, what)});
}

Finding event_within_6_months(const Assessment& a, ProblemKind kind, const char* what) {
    const base::Day since = base::add_months(a.record.today, -thromboembolism_months);
    for (const Problem& p : a.record.problems) {
        if (p.kind == kind && p.source.when && p.source.when->last >= since) return yes({&p.source});
    }
    for (const Problem& p : a.record.problems) {
        if (p.kind == kind && p.active && !p.source.when) return unknown({Gap::Cause::undecided, std::string(what) + " without a date"});
    }
    return none_found(a.record, {Input::conditions}, {Topic::thromboembolism}, what);
}

Finding arterial_event(const Assessment& a) {
    return event_within_6_months(a, ProblemKind::arterial_thromboembolism, "arterial thromboembolism");
}
Finding venous_event(const Assessment& a) {
    return event_within_6_months(a, ProblemKind::venous_thromboembolism, "venous thromboembolism");
}

Finding grade_4_venous_event(const Assessment& a) {
    for (const Problem& p : a.record.problems) {
        if (p.kind == ProblemKind::venous_thromboembolism && p.ctcae_grade >= 4) return yes({&p.source});
    }
    return none_found(a.record, {Input::conditions}, {Topic::thromboembolism}, "venous thromboembolism of grade 4");
}

Finding proteinuria(const Assessment& a, double grams) {
    const char* what = "urine protein of the last 30 days";
    return any_of({at_least(a.record, Quantity::protein_creatinine, urine_protein_window, grams, Topic::urine_protein, what),
                   at_least(a.record, Quantity::protein_24h, urine_protein_window, grams, Topic::urine_protein, what)});
}

Finding neuropathy(const Assessment& a, int grade) {
    std::vector<const Source*> graded, ungraded;
    for (const Problem& p : a.record.problems) {
        if (p.kind != ProblemKind::peripheral_neuropathy || !p.active) continue;
        if (!p.ctcae_grade) ungraded.push_back(&p.source);
        else if (*p.ctcae_grade >= grade) graded.push_back(&p.source);
    }
    if (!graded.empty()) return yes(graded);
    if (!ungraded.empty()) return unknown({Gap::Cause::unusable, ungraded.front()->reference + ": " + ungraded.front()->says + ", without a CTCAE grade that is read"});
    return none_found(a.record, {Input::conditions}, {Topic::toxicity}, "peripheral neuropathy");
}

Finding bilirubin_above(const Assessment& a, double times_upper_limit) {
    return above(a.record, Quantity::bilirubin_over_uln, bilirubin_window, times_upper_limit, Topic::bilirubin, "bilirubin of the last 14 days");
}

Finding counts_below(const Assessment& a, double neutrophils, double platelets) {
    return any_of({below(a.record, Quantity::neutrophils, blood_count_window, neutrophils, Topic::blood_count, "neutrophils of the last 14 days"),
                   below(a.record, Quantity::platelets, blood_count_window, platelets, Topic::blood_count, "platelets of the last 14 days")});
}

// The newest statement; of several of one day the one that adds caution.
Finding pregnant(const Assessment& a) {
    const auto newest = newest_of(a.record.pregnancy, [](const Pregnancy&) { return true; });
    const Finding condition = has_problem(a, ProblemKind::pregnancy, true, Topic::pregnancy, "pregnancy");
    if (condition.yes() || newest.empty()) return any_of({condition, none_found(a.record, {Input::observations}, {Topic::pregnancy}, "pregnancy status")});
    const Finding said = any_says(newest, [](const Pregnancy& p) { return p.pregnant; });
    return no_only_if_read(a.record, said, {Input::conditions, Input::observations}, {Topic::pregnancy}, "newer pregnancy status");
}

// The class reaches a drug that the entry does not name: fluorouracil and capecitabine (clinical.md 3.7, H).
bool same_class(Drug a, Drug b) { return a == b || (is_fluoropyrimidine(a) && is_fluoropyrimidine(b)); }

bool reaches(ClassAllergy::Of of, Drug drug) {
    return of == ClassAllergy::Of::platinum ? is_platinum(drug) : is_fluoropyrimidine(drug);
}

// Entries that name by words alone a class of which a drug is ordered.
void add_class_doubts(Finding& finding, const Case& record) {
    for (const ClassAllergy& entry : record.class_allergies) {
        for (const DraftDrug& draft : record.drafts) {
            if (!reaches(entry.of, draft.drug)) continue;
            const std::string class_name = entry.of == ClassAllergy::Of::platinum ? "platinum compounds" : "fluoropyrimidines";
            finding.gaps.push_back({Gap::Cause::unusable, entry.source.reference + ": " + entry.source.says + ", known by words only, may reach " +
                                                              std::string(name(draft.drug)) + " (" + class_name + ")"});
            break;
        }
    }
}

Finding allergy(const Assessment& a, bool not_low) {
    if (a.record.drafts.empty()) return no();
    std::vector<const Source*> evidence;
    std::string note;
    for (const Allergy& entry : a.record.allergies) {
        for (const DraftDrug& draft : a.record.drafts) {
            if (!same_class(draft.drug, entry.drug) || (not_low && entry.low)) continue;
            if (evidence.empty() || evidence.back() != &entry.source) evidence.push_back(&entry.source);
            if (draft.drug != entry.drug) note = "fluorouracil and capecitabine are of one class";
        }
    }
    const bool found = !evidence.empty();
    Finding result = found ? yes(std::move(evidence), note) : none_found(a.record, {Input::allergies}, {Topic::allergy}, "allergy to an ordered drug");
    const std::size_t known = result.gaps.size();
    add_class_doubts(result, a.record);
    if (!found && result.gaps.size() > known) result.truth = Truth::unknown;
    return result;
}

}  // namespace

std::vector<Fact> risk_facts() {
    return {
        {"Autoimmune disease on treatment or transplant",
         "An organ transplant or an active treated autoimmune disease is on record.",
         [](const Assessment& a) { return transplant(a); }},
        {"Solid-organ transplant",
         "A solid-organ transplant is on record.",
         [](const Assessment& a) { return transplant(a); }},
        {"GI perforation or fistula on record",
         "A gastrointestinal perforation or a fistula is on record, active or past.",
         [](const Assessment& a) { return perforation_or_fistula(a); }},
        {"No GI perforation or fistula on record",
         "No gastrointestinal perforation and no fistula was found.",
         [](const Assessment& a) { return negate(perforation_or_fistula(a)); }},
        {"Stent, obstruction or irradiated T4b primary",
         "A stent is in situ or drafted, an obstruction is active, or a T4b primary was irradiated.",
         [](const Assessment& a) { return gi_risk(a); }},
        {"Blood pressure 160/100 or above",
         "The latest blood pressure of the last 30 days is at least 160 systolic or 100 diastolic.",
         [](const Assessment& a) { return blood_pressure(a, 160, 100); }},
        {"Blood pressure 180/120 or above",
         "The latest blood pressure of the last 30 days is at least 180 systolic or 120 diastolic.",
         [](const Assessment& a) { return blood_pressure(a, 180, 120); }},
        {"Recent thromboembolism",
         "An arterial or venous thromboembolic event within 6 months, or a venous one of grade 4 at any time.",
         [](const Assessment& a) { return any_of({arterial_event(a), venous_event(a), grade_4_venous_event(a)}); }},
        {"Arterial event or grade 4 venous event",
         "An arterial event within 6 months, or a venous thromboembolism of grade 4 at any time.",
         [](const Assessment& a) { return any_of({arterial_event(a), grade_4_venous_event(a)}); }},
        {"Proteinuria 2 g or more",
         "Urine protein of at least 2 g/g creatinine or 2 g in 24 hours, in the last 30 days.",
         [](const Assessment& a) { return proteinuria(a, 2.0); }},
        {"Nephrotic-range proteinuria",
         "Urine protein of at least 3.5 g/g creatinine or 3.5 g in 24 hours, in the last 30 days.",
         [](const Assessment& a) { return proteinuria(a, 3.5); }},
        {"Active bleeding or haemoptysis",
         "Active bleeding from the primary; haemoptysis has no verified code and is not read.",
         [](const Assessment& a) { return has_problem(a, ProblemKind::rectal_bleeding, true, Topic::symptoms, "bleeding"); }},
        {"DPYD poor metaboliser",
         "A final germline DPYD result says poor metaboliser.",
         [](const Assessment& a) { return a.molecular.dpyd_poor; }},
        {"DPYD intermediate metaboliser",
         "A final germline DPYD result says intermediate metaboliser and none says poor.",
         [](const Assessment& a) { return a.molecular.dpyd_intermediate; }},
        {"No DPYD result on record",
         "No final DPYD result was found.",
         [](const Assessment& a) { return negate(a.molecular.dpyd_result); }},
        {"Neuropathy grade 2 or higher",
         "An active peripheral neuropathy of CTCAE grade 2 or more.",
         [](const Assessment& a) { return neuropathy(a, 2); }},
        {"Neuropathy grade 3 or higher",
         "An active peripheral neuropathy of CTCAE grade 3 or more.",
         [](const Assessment& a) { return neuropathy(a, 3); }},
        {"Creatinine clearance below 30",
         "The latest creatinine clearance of the last 30 days is below 30 mL/min (measured, or "
         "Cockcroft-Gault).",
         [](const Assessment& a) { return clearance_below(a.record, 30); }},
        {"Creatinine clearance 50 or below",
         "The latest creatinine clearance of the last 30 days is at most 50 mL/min (measured, or "
         "Cockcroft-Gault).",
         [](const Assessment& a) { return clearance_at_most(a.record, 50); }},
        {"Bilirubin above 1.5 x ULN or UGT1A1 poor",
         "The latest bilirubin of the last 14 days is above 1.5 times its upper limit, or UGT1A1 says poor "
         "metaboliser.",
         [](const Assessment& a) { return any_of({bilirubin_above(a, 1.5), a.molecular.ugt1a1_poor}); }},
        {"Bilirubin above 3 x ULN",
         "The latest bilirubin of the last 14 days is above 3 times its upper limit.",
         [](const Assessment& a) { return bilirubin_above(a, 3.0); }},
        {"Neutrophils below 1.5 or platelets below 75",
         "The latest neutrophils of the last 14 days are below 1.5 or the latest platelets below 75 x10^9/L.",
         [](const Assessment& a) { return counts_below(a, 1.5, 75); }},
        {"Neutrophils below 1.0 or platelets below 50",
         "The latest neutrophils of the last 14 days are below 1.0 or the latest platelets below 50 x10^9/L.",
         [](const Assessment& a) { return counts_below(a, 1.0, 50); }},
        {"Pregnant",
         "The newest statement on pregnancy says pregnant.",
         [](const Assessment& a) { return pregnant(a); }},
        {"Allergy to an ordered drug",
         "An active allergy or intolerance, not refuted, to a drug in the draft.",
         [](const Assessment& a) { return allergy(a, false); }},
        {"Allergy is not of low criticality",
         "At least one such entry is an allergy that is not of low criticality.",
         [](const Assessment& a) { return allergy(a, true); }},
    };
}

}  // namespace rectal_cds::domain
