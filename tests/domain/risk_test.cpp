// Events, toxicity, pregnancy, transplant and allergy behind the order-time cards (clinical.md 3.7 F to H; D16, D17).
#include <boost/test/unit_test.hpp>

#include "domain/interventions.hpp"

using namespace rectal_cds::testing;

namespace {

constexpr auto artery = ProblemKind::arterial_thromboembolism, vein = ProblemKind::venous_thromboembolism;
constexpr auto neuropathy = ProblemKind::peripheral_neuropathy;
const char* const recent = "Recent thromboembolism";
const char* const severe = "Arterial event or grade 4 venous event";

}  // namespace

BOOST_AUTO_TEST_SUITE(thromboembolism)

BOOST_AUTO_TEST_CASE(counts_for_6_calendar_months_from_its_onset) {
    for (const ProblemKind kind : {artery, vein}) {
        BOOST_TEST(truth(recent, {problem(kind, dated("2025-09-02"))}) == yes);
        BOOST_TEST(truth(recent, {problem(kind, dated("2025-09-01"))}) == no);
    }
}

BOOST_AUTO_TEST_CASE(counts_also_when_it_is_no_longer_active) {
    BOOST_TEST(truth(recent, {problem(vein, days_ago(100), false)}) == yes);
    BOOST_TEST(truth(recent, {problem(artery, days_ago(100), false)}) == yes);
}

BOOST_AUTO_TEST_CASE(of_a_partial_date_counts_if_any_day_of_it_would) {
    BOOST_TEST(truth(recent, {problem(vein, dated("2025-09"))}) == yes);
    BOOST_TEST(truth(recent, {problem(vein, dated("2025"))}) == yes);
    BOOST_TEST(truth(recent, {problem(vein, dated("2025-08"))}) == no);
}

BOOST_AUTO_TEST_CASE(without_a_date_is_open_while_active) {
    BOOST_TEST(truth(recent, {problem(vein, undated)}) == unknown);
    BOOST_TEST(truth(recent, {problem(vein, undated), problem(artery, days_ago(30))}) == yes);
}

BOOST_AUTO_TEST_CASE(of_grade_4_in_a_vein_counts_at_any_time) {
    BOOST_TEST(truth(recent, {graded(vein, 4, days_ago(900))}) == yes);
    BOOST_TEST(truth(recent, {graded(vein, 3, days_ago(900))}) == no);
}

BOOST_AUTO_TEST_CASE(is_critical_when_arterial_or_of_grade_4) {
    BOOST_TEST(truth(severe, {problem(artery)}) == yes);
    BOOST_TEST(truth(severe, {problem(vein)}) == no);
    BOOST_TEST(truth(severe, {graded(vein, 4)}) == yes);
    BOOST_TEST(truth(severe, {problem(artery, days_ago(900))}) == no);
}

BOOST_AUTO_TEST_CASE(is_excluded_only_where_the_conditions_were_read) {
    BOOST_TEST(truth(recent, {}) == no);
    BOOST_TEST(truth(recent, {partly_read(Input::conditions)}) == unknown);
    BOOST_TEST(truth(recent, {unusable(Topic::thromboembolism)}) == unknown);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(peripheral_neuropathy)

BOOST_AUTO_TEST_CASE(warns_from_grade_2_and_is_critical_from_grade_3) {
    for (int grade = 1; grade <= 5; ++grade) {
        BOOST_TEST(truth("Neuropathy grade 2 or higher", {graded(neuropathy, grade)}) == rectal_cds::base::truth_of(grade >= 2));
        BOOST_TEST(truth("Neuropathy grade 3 or higher", {graded(neuropathy, grade)}) == rectal_cds::base::truth_of(grade >= 3));
    }
}

BOOST_AUTO_TEST_CASE(without_a_grade_is_unknown_and_when_resolved_is_none) {
    BOOST_TEST(truth("Neuropathy grade 2 or higher", {problem(neuropathy)}) == unknown);
    BOOST_TEST(truth("Neuropathy grade 2 or higher", {problem(neuropathy, days_ago(5), false)}) == no);
    BOOST_TEST(truth("Neuropathy grade 2 or higher", {problem(neuropathy), graded(neuropathy, 2)}) == yes);
}

BOOST_AUTO_TEST_CASE(of_grade_2_favours_an_irinotecan_backbone) {
    BOOST_TEST(truth("Factors favour an irinotecan backbone only", {graded(neuropathy, 2)}) == yes);
    BOOST_TEST(truth("Factors favour an irinotecan backbone only", {graded(neuropathy, 1)}) == no);
}

BOOST_AUTO_TEST_CASE(and_obstruction_together_favour_neither_backbone) {
    const Change both = [](Case& c) { graded(neuropathy, 2)(c), problem(ProblemKind::bowel_obstruction)(c); };
    BOOST_TEST(truth("A patient factor favours one backbone", {both}) == yes);
    BOOST_TEST(truth("Factors favour an irinotecan backbone only", {both}) == no);
    BOOST_TEST(truth("Factors favour an oxaliplatin backbone only", {both}) == no);
    BOOST_TEST(truth("Factors favour an oxaliplatin backbone only", {problem(ProblemKind::bowel_obstruction)}) == yes);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_bowel_at_risk_from_bevacizumab)

namespace {
const char* const perforated = "GI perforation or fistula on record";
const char* const risk = "Stent, obstruction or irradiated T4b primary";
}  // namespace

BOOST_AUTO_TEST_CASE(is_perforated_or_fistulous_now_or_at_any_time) {
    for (const ProblemKind kind : {ProblemKind::gi_perforation, ProblemKind::fistula}) {
        BOOST_TEST(truth(perforated, {problem(kind)}) == yes);
        BOOST_TEST(truth(perforated, {problem(kind, days_ago(2000), false)}) == yes);
        BOOST_TEST(truth("No GI perforation or fistula on record", {problem(kind)}) == no);
    }
    BOOST_TEST(truth(perforated, {}) == no);
    BOOST_TEST(truth(perforated, {partly_read(Input::conditions)}) == unknown);
}

BOOST_AUTO_TEST_CASE(is_stented_or_about_to_be) {
    BOOST_TEST(truth(risk, {}) == no);
    BOOST_TEST(truth(risk, {operated(Intervention::stent, days_ago(100))}) == yes);
    BOOST_TEST(truth(risk, {drafts_operation(Intervention::stent, undated)}) == yes);
    BOOST_TEST(truth(risk, {drafts_operation_unselected(Intervention::stent, undated)}) == yes);
    BOOST_TEST(truth(risk, {unread(Input::procedures)}) == unknown);
}

BOOST_AUTO_TEST_CASE(is_obstructed_while_the_obstruction_is_active) {
    BOOST_TEST(truth(risk, {problem(ProblemKind::bowel_obstruction)}) == yes);
    BOOST_TEST(truth(risk, {problem(ProblemKind::bowel_obstruction, days_ago(50), false)}) == no);
}

BOOST_AUTO_TEST_CASE(holds_a_t4b_primary_that_was_irradiated) {
    const Change t3 = [](Case& c) { c.t_categories[0].t4b = false; };
    BOOST_TEST(truth(risk, {irradiated(short_course, days_ago(200))}) == yes);
    BOOST_TEST(truth(risk, {irradiated(short_course, days_ago(200)), t3}) == no);
}

BOOST_AUTO_TEST_CASE(bleeds_while_the_bleeding_is_active) {
    BOOST_TEST(truth("Active bleeding or haemoptysis", {problem(ProblemKind::rectal_bleeding)}) == yes);
    BOOST_TEST(truth("Active bleeding or haemoptysis", {problem(ProblemKind::rectal_bleeding, days_ago(5), false)}) == no);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(pregnancy_on_record)

namespace {
const Change condition = problem(ProblemKind::pregnancy);
}

BOOST_AUTO_TEST_CASE(is_an_active_condition_or_the_newest_statement) {
    BOOST_TEST(truth("Pregnant", {}) == no);
    BOOST_TEST(truth("Pregnant", {condition}) == yes);
    BOOST_TEST(truth("Pregnant", {problem(ProblemKind::pregnancy, days_ago(400), false)}) == no);
    BOOST_TEST(truth("Pregnant", {pregnancy(true)}) == yes);
    BOOST_TEST(truth("Pregnant", {pregnancy(false)}) == no);
    BOOST_TEST(truth("Pregnant", {pregnancy(true, days_ago(60)), pregnancy(false, days_ago(3))}) == no);
    BOOST_TEST(truth("Pregnant", {pregnancy(false, days_ago(60)), pregnancy(true, days_ago(3))}) == yes);
    BOOST_TEST(truth("Pregnant", {condition, pregnancy(false)}) == yes);
}

BOOST_AUTO_TEST_CASE(is_excluded_only_where_conditions_and_observations_were_read) {
    for (const Input input : {Input::conditions, Input::observations}) {
        BOOST_TEST(truth("Pregnant", {partly_read(input)}) == unknown);
        BOOST_TEST(truth("Pregnant", {partly_read(input), pregnancy(false)}) == unknown);
        BOOST_TEST(truth("Pregnant", {partly_read(input), pregnancy(true)}) == yes);
    }
    BOOST_TEST(truth("Pregnant", {pregnancy(false), unusable(Topic::pregnancy)}) == unknown);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_transplant)

BOOST_AUTO_TEST_CASE(stands_against_a_checkpoint_inhibitor_while_its_condition_is_active) {
    for (const char* fact : {"Solid-organ transplant", "Autoimmune disease on treatment or transplant"}) {
        BOOST_TEST(truth(fact, {problem(ProblemKind::organ_transplant)}) == yes);
        BOOST_TEST(truth(fact, {}) == no);
        BOOST_TEST(truth(fact, {unusable(Topic::transplant)}) == unknown);
    }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(an_allergy)

namespace {
const char* const allergic = "Allergy to an ordered drug";
const char* const not_low = "Allergy is not of low criticality";
}  // namespace

BOOST_AUTO_TEST_CASE(matters_when_its_drug_is_being_ordered) {
    BOOST_TEST(truth(allergic, {allergic_to(Drug::oxaliplatin), drafts(Drug::oxaliplatin)}) == yes);
    BOOST_TEST(truth(allergic, {allergic_to(Drug::oxaliplatin), drafts(Drug::irinotecan)}) == no);
    BOOST_TEST(truth(allergic, {allergic_to(Drug::oxaliplatin)}) == no);
    BOOST_TEST(truth(allergic, {allergic_to(Drug::oxaliplatin), unread(Input::allergies)}) == no);
    BOOST_TEST(truth(allergic, {allergic_to(Drug::oxaliplatin), drafts_unselected(Drug::oxaliplatin)}) == no);
    BOOST_TEST(truth(allergic, {drafts(Drug::oxaliplatin), unread(Input::allergies)}) == unknown);
    BOOST_TEST(truth(allergic, {drafts(Drug::oxaliplatin), unusable(Topic::allergy)}) == unknown);
}

BOOST_AUTO_TEST_CASE(is_critical_unless_an_intolerance_or_of_low_criticality) {
    const Change drafted = drafts(Drug::oxaliplatin);
    BOOST_TEST(truth(not_low, {drafted, allergic_to(Drug::oxaliplatin)}) == yes);
    BOOST_TEST(truth(not_low, {drafted, allergic_to(Drug::oxaliplatin, true)}) == no);
    BOOST_TEST(truth(allergic, {drafted, allergic_to(Drug::oxaliplatin, true)}) == yes);
    BOOST_TEST(truth(not_low, {drafted, allergic_to(Drug::oxaliplatin, true), allergic_to(Drug::oxaliplatin)}) == yes);
}

// clinical.md 3.7: an ingredient or class. Fluorouracil and capecitabine are the one class whose drugs all have a code.
BOOST_AUTO_TEST_CASE(reaches_the_other_fluoropyrimidine_and_says_that_it_is_the_class) {
    for (const auto& [known, ordered] : {std::pair{Drug::fluorouracil, Drug::capecitabine}, {Drug::capecitabine, Drug::fluorouracil}}) {
        const auto found = finding(patient({allergic_to(known), drafts(ordered)}), allergic);
        BOOST_TEST((found.yes() && found.note == "fluorouracil and capecitabine are of one class"));
    }
    BOOST_TEST(finding(patient({allergic_to(Drug::fluorouracil), drafts(Drug::fluorouracil)}), allergic).note.empty());
    BOOST_TEST(truth(allergic, {allergic_to(Drug::cetuximab), drafts(Drug::panitumumab)}) == no);
    BOOST_TEST(truth(allergic, {allergic_to(Drug::fluorouracil), drafts(Drug::trifluridine_tipiracil)}) == no);
}

BOOST_AUTO_TEST_CASE(is_named_once_however_many_orders_it_reaches) {
    const auto named = [](std::initializer_list<Change> changes) { return finding(patient(changes), allergic).evidence.size(); };
    const Change both = [](Case& c) { drafts(Drug::fluorouracil)(c), drafts(Drug::capecitabine)(c); };
    BOOST_TEST(named({allergic_to(Drug::fluorouracil), both}) == 1U);
    BOOST_TEST(named({allergic_to(Drug::fluorouracil), allergic_to(Drug::capecitabine), both}) == 2U);
}

BOOST_AUTO_TEST_CASE(to_a_class_in_words_is_open_for_the_drugs_of_the_class_only) {
    using Of = rectal_cds::domain::ClassAllergy::Of;
    const auto in_words = [](Of of) { return Change([=](Case& c) { c.class_allergies.push_back({source("in words", undated), of}); }); };
    BOOST_TEST(truth(allergic, {in_words(Of::platinum), drafts(Drug::oxaliplatin)}) == unknown);
    BOOST_TEST(truth(allergic, {in_words(Of::platinum), drafts(Drug::capecitabine)}) == no);
    BOOST_TEST(truth(allergic, {in_words(Of::fluoropyrimidines), drafts(Drug::capecitabine)}) == unknown);
    BOOST_TEST(truth(allergic, {in_words(Of::fluoropyrimidines), drafts(Drug::oxaliplatin)}) == no);
    const auto both = finding(patient({in_words(Of::platinum), allergic_to(Drug::capecitabine), drafts(Drug::oxaliplatin), drafts(Drug::capecitabine)}), allergic);
    BOOST_TEST((both.yes() && both.gaps.size() == 1U));
}

BOOST_AUTO_TEST_SUITE_END()
