// The primary tumour: in place or resected, its symptoms and height, and what is resectable (local-codes.md D11, 2).
#include <boost/test/unit_test.hpp>

#include "domain/interventions.hpp"

using namespace rectal_cds::testing;

namespace {

const char* const in_situ = "Primary in situ";
const char* const no_symptom = "No symptom of the primary on record";
const char* const low = "Tumour 5 cm or less from the anal verge";
const char* const not_low = "Tumour above 5 cm or height not recorded";

Change height(double cm, Bound bound = Bound::exact, When when = days_ago(20)) {
    return measured(Quantity::distance_from_anal_verge, cm, when, bound);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(the_primary_tumour)

BOOST_AUTO_TEST_CASE(is_in_situ_unless_a_completed_resection_is_on_record) {
    BOOST_TEST(truth(in_situ, {}) == yes);
    BOOST_TEST(truth(in_situ, {operated(Intervention::rectal_resection, days_ago(100))}) == no);
    BOOST_TEST(truth(in_situ, {operated(Intervention::rectal_resection, undated)}) == no);
    BOOST_TEST(truth(in_situ, {operated(Intervention::colostomy, days_ago(100))}) == yes);
    BOOST_TEST(truth(in_situ, {operated(Intervention::liver_resection, days_ago(100))}) == yes);
    BOOST_TEST(truth(in_situ, {books(Intervention::rectal_resection, days_ahead(5))}) == yes);
}

BOOST_AUTO_TEST_CASE(is_what_the_record_states_where_the_procedures_were_not_read) {
    const Change missing = unread(Input::procedures);
    BOOST_TEST(truth(in_situ, {missing}) == unknown);
    BOOST_TEST(truth(in_situ, {missing, mark(MarkKind::primary_in_situ, days_ago(5))}) == yes);
    BOOST_TEST(truth(in_situ, {missing, mark(MarkKind::primary_resected, days_ago(5))}) == no);
    BOOST_TEST(truth(in_situ, {unusable(Topic::surgery)}) == unknown);
}

BOOST_AUTO_TEST_CASE(is_what_the_newest_statement_says_but_never_against_a_resection_on_record) {
    BOOST_TEST(truth(in_situ, {mark(MarkKind::primary_in_situ, days_ago(50)), mark(MarkKind::primary_resected, days_ago(5))}) == no);
    BOOST_TEST(truth(in_situ, {mark(MarkKind::primary_resected, days_ago(50)), mark(MarkKind::primary_in_situ, days_ago(5))}) == yes);
    BOOST_TEST(truth(in_situ, {operated(Intervention::rectal_resection, days_ago(100)), mark(MarkKind::primary_in_situ, days_ago(5))}) == no);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_symptom_of_the_primary)

BOOST_AUTO_TEST_CASE(is_bleeding_obstruction_pain_or_perforation_while_active) {
    BOOST_TEST(truth(no_symptom, {}) == yes);
    for (const ProblemKind kind : {ProblemKind::rectal_bleeding, ProblemKind::bowel_obstruction, ProblemKind::pelvic_pain, ProblemKind::gi_perforation}) {
        BOOST_TEST(truth(no_symptom, {problem(kind)}) == no);
        BOOST_TEST(truth(no_symptom, {problem(kind, days_ago(5), false)}) == yes);
    }
    BOOST_TEST(truth(no_symptom, {problem(ProblemKind::fistula)}) == yes);
    BOOST_TEST(truth(no_symptom, {problem(ProblemKind::other)}) == yes);
}

BOOST_AUTO_TEST_CASE(is_absent_only_where_the_conditions_were_read) {
    BOOST_TEST(truth(no_symptom, {partly_read(Input::conditions)}) == unknown);
    BOOST_TEST(truth(no_symptom, {unusable(Topic::symptoms)}) == unknown);
    BOOST_TEST(truth(no_symptom, {problem(ProblemKind::pelvic_pain), partly_read(Input::conditions)}) == no);
}

BOOST_AUTO_TEST_CASE(has_its_own_fact) {
    BOOST_TEST(truth("Active bleeding or pelvic pain", {problem(ProblemKind::rectal_bleeding)}) == yes);
    BOOST_TEST(truth("Active bleeding or pelvic pain", {problem(ProblemKind::pelvic_pain)}) == yes);
    BOOST_TEST(truth("Active bleeding or pelvic pain", {problem(ProblemKind::bowel_obstruction)}) == no);
    BOOST_TEST(truth("Active bowel obstruction", {problem(ProblemKind::bowel_obstruction)}) == yes);
    BOOST_TEST(truth("Active bowel obstruction", {problem(ProblemKind::bowel_obstruction, days_ago(5), false)}) == no);
    BOOST_TEST(truth("Active perforation of the bowel", {problem(ProblemKind::gi_perforation)}) == yes);
    BOOST_TEST(truth("Active perforation of the bowel", {problem(ProblemKind::fistula)}) == no);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(the_height_of_the_tumour)

BOOST_AUTO_TEST_CASE(is_low_up_to_5_cm_from_the_anal_verge) {
    BOOST_TEST(truth(low, {height(5)}) == yes);
    BOOST_TEST(truth(low, {height(5.1)}) == no);
    BOOST_TEST(truth(not_low, {height(5)}) == no);
    BOOST_TEST(truth(not_low, {height(5.1)}) == yes);
}

BOOST_AUTO_TEST_CASE(that_is_not_recorded_is_not_called_low) {
    BOOST_TEST(truth(low, {}) == unknown);
    BOOST_TEST(truth(not_low, {}) == yes);
}

BOOST_AUTO_TEST_CASE(as_a_bound_decides_only_on_one_side_of_5_cm) {
    BOOST_TEST(truth(low, {height(5, Bound::below)}) == yes);
    BOOST_TEST(truth(low, {height(6, Bound::below)}) == unknown);
    BOOST_TEST(truth(low, {height(5, Bound::above)}) == no);
    BOOST_TEST(truth(low, {height(4, Bound::above)}) == unknown);
    BOOST_TEST(truth(low, {height(5, Bound::at_least)}) == unknown);
}

BOOST_AUTO_TEST_CASE(is_the_newest_of_any_age) {
    BOOST_TEST(truth(low, {height(4, Bound::exact, days_ago(2000))}) == yes);
    BOOST_TEST(truth(low, {height(4, Bound::exact, days_ago(200)), height(8)}) == no);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(resectability_on_record)

BOOST_AUTO_TEST_CASE(is_documented_only_by_the_word_resectable) {
    BOOST_TEST(truth("Metastases documented as resectable", {metastases(Resectable::resectable)}) == yes);
    BOOST_TEST(truth("Metastases documented as resectable", {metastases(Resectable::potentially_resectable)}) == no);
    BOOST_TEST(truth("Metastases documented as resectable", {metastases(Resectable::unresectable)}) == no);
    BOOST_TEST(truth("Metastases not documented as resectable", {metastases(Resectable::potentially_resectable)}) == yes);
    BOOST_TEST(truth("Metastases not documented as resectable", {metastases(Resectable::resectable)}) == no);
}

BOOST_AUTO_TEST_CASE(of_the_primary_says_nothing_about_the_metastases) {
    BOOST_TEST(truth("Metastases documented as resectable", {primary_tumour(Resectable::resectable)}) == no);
    BOOST_TEST(truth("Primary documented as resectable", {primary_tumour(Resectable::resectable)}) == yes);
    BOOST_TEST(truth("Primary not documented as resectable", {primary_tumour(Resectable::resectable)}) == no);
    BOOST_TEST(truth("Primary not documented as resectable", {metastases(Resectable::resectable)}) == yes);
}

BOOST_AUTO_TEST_CASE(is_the_newest_statement) {
    const Change was = metastases(Resectable::unresectable, days_ago(90)), is = metastases(Resectable::resectable, days_ago(4));
    BOOST_TEST(truth("Metastases documented as resectable", {was, is}) == yes);
    BOOST_TEST(truth("Metastases documented as resectable", {is, was}) == yes);
}

BOOST_AUTO_TEST_CASE(that_is_missing_is_no_only_where_observations_were_read) {
    BOOST_TEST(truth("Metastases documented as resectable", {}) == no);
    BOOST_TEST(truth("Metastases documented as resectable", {unread(Input::observations)}) == unknown);
    BOOST_TEST(truth("Metastases not documented as resectable", {unread(Input::observations)}) == yes);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_t_category)

BOOST_AUTO_TEST_CASE(is_t4b_by_the_newest_statement) {
    const auto t = [](bool t4b, int days) { return [=](Case& c) { c.t_categories.push_back({source("T", days_ago(days)), t4b}); }; };
    BOOST_TEST(truth("T4b", {}) == yes);
    BOOST_TEST(truth("T4b", {t(false, 2)}) == no);
    BOOST_TEST(truth("T4b", {t(false, 200)}) == yes);
    BOOST_TEST(truth("T4b", {[](Case& c) { c.t_categories.clear(); }}) == unknown);
    BOOST_TEST(truth("T4b", {t(false, 2), partly_read(Input::observations)}) == unknown);
}

BOOST_AUTO_TEST_SUITE_END()
