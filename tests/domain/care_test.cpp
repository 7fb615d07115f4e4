// Multidisciplinary discussion, goals of care and intent (clinical.md 3.7 A; local-codes.md D14).
#include <boost/test/unit_test.hpp>

#include "domain/interventions.hpp"

using namespace rectal_cds::testing;

namespace {

const char* const mdt_due = "MDT discussion due";
const char* const goals_due = "Goals-of-care conversation due";
const char* const no_goals = "No goals-of-care record";

Change mdt(int days) { return mark(MarkKind::mdt_discussion, days_ago(days)); }
const Change treated = [](Case& c) { stage_iv_for(200)(c), cycles(8)(c); };  // since 101 days

}  // namespace

BOOST_AUTO_TEST_SUITE(a_multidisciplinary_discussion)

BOOST_AUTO_TEST_CASE(is_due_until_one_is_held_on_or_after_the_stage_iv_date) {
    BOOST_TEST(truth(mdt_due, {}) == yes);
    BOOST_TEST(truth(mdt_due, {mdt(10)}) == no);
    BOOST_TEST(truth(mdt_due, {mdt(11)}) == yes);
    BOOST_TEST(truth(mdt_due, {mdt(40), mdt(3)}) == no);
}

BOOST_AUTO_TEST_CASE(is_due_again_after_a_newer_response_with_perhaps_resectable_metastases) {
    const Change response = disease(Status::improved, days_ago(20));
    BOOST_TEST(truth(mdt_due, {treated, mdt(30), response, metastases(Resectable::resectable)}) == yes);
    BOOST_TEST(truth(mdt_due, {treated, mdt(30), response, metastases(Resectable::potentially_resectable)}) == yes);
    BOOST_TEST(truth(mdt_due, {treated, mdt(30), response, metastases(Resectable::unresectable)}) == no);
    BOOST_TEST(truth(mdt_due, {treated, mdt(30), response}) == no);
    BOOST_TEST(truth(mdt_due, {treated, mdt(30), metastases(Resectable::resectable)}) == no);
}

BOOST_AUTO_TEST_CASE(on_the_day_of_the_response_counts_as_after_it) {
    const Change response = disease(Status::improved, days_ago(20)), resectable = metastases(Resectable::resectable);
    BOOST_TEST(truth(mdt_due, {treated, mdt(20), response, resectable}) == no);
    BOOST_TEST(truth(mdt_due, {treated, mdt(21), response, resectable}) == yes);
}

BOOST_AUTO_TEST_CASE(is_due_only_where_its_records_were_read) {
    BOOST_TEST(truth(mdt_due, {unread(Input::procedures)}) == unknown);
    BOOST_TEST(truth(mdt_due, {unusable(Topic::mdt)}) == unknown);
    BOOST_TEST(truth(mdt_due, {mdt(3), partly_read(Input::procedures)}) == no);
    BOOST_TEST(truth(mdt_due, {treated, mdt(30), unread(Input::observations)}) == unknown);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(goals_of_care)

BOOST_AUTO_TEST_CASE(are_on_record_by_a_note_or_a_palliative_care_referral) {
    BOOST_TEST(truth(no_goals, {}) == yes);
    BOOST_TEST(truth(no_goals, {mark(MarkKind::goals_of_care, days_ago(5))}) == no);
    BOOST_TEST(truth(no_goals, {mark(MarkKind::palliative_referral, days_ago(5))}) == no);
    BOOST_TEST(truth(no_goals, {mark(MarkKind::mdt_discussion, days_ago(5))}) == yes);
    BOOST_TEST(truth(no_goals, {unread(Input::observations)}) == unknown);
    BOOST_TEST(truth(no_goals, {unread(Input::service_requests)}) == unknown);
    BOOST_TEST(truth(no_goals, {unusable(Topic::goals_of_care)}) == unknown);
}

BOOST_AUTO_TEST_CASE(are_due_56_days_after_stage_iv) {
    BOOST_TEST(truth(goals_due, {stage_iv_for(55)}) == no);
    BOOST_TEST(truth(goals_due, {stage_iv_for(56)}) == yes);
}

BOOST_AUTO_TEST_CASE(are_due_earlier_with_ecog_2_a_second_line_or_progression) {
    BOOST_TEST(truth(goals_due, {}) == no);
    BOOST_TEST(truth(goals_due, {measured(Quantity::ecog, 1, days_ago(1))}) == no);
    BOOST_TEST(truth(goals_due, {measured(Quantity::ecog, 2, days_ago(1))}) == yes);
    const Change recent_line = [](Case& c) { stage_iv_for(50)(c), given(Drug::oxaliplatin, 40)(c); };
    const Change progression = disease(Status::worsened, days_ago(10));
    BOOST_TEST(truth(goals_due, {recent_line}) == no);
    BOOST_TEST(truth(goals_due, {recent_line, progression}) == yes);
    BOOST_TEST(truth(goals_due, {recent_line, progression, given(Drug::irinotecan, 5)}) == yes);
}

BOOST_AUTO_TEST_CASE(are_not_called_not_due_where_the_reasons_were_not_read) {
    for (const Input input : {Input::observations, Input::medication_requests, Input::medication_administrations}) {
        BOOST_TEST(truth(goals_due, {partly_read(input)}) == unknown, rectal_cds::domain::name(input));
    }
    BOOST_TEST(truth(goals_due, {stage_iv_for(56), unread(Input::medication_requests)}) == yes);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(treatment_intent)

namespace {
const char* const curative = "Intent is curative";
const char* const conversion_or_curative = "Intent is conversion or curative";
const char* const palliative_or_unstated = "Intent palliative or not recorded";
}  // namespace

BOOST_AUTO_TEST_CASE(is_the_newest_statement) {
    BOOST_TEST(truth(curative, {intent(IntentValue::curative)}) == yes);
    BOOST_TEST(truth(curative, {intent(IntentValue::conversion)}) == no);
    BOOST_TEST(truth(conversion_or_curative, {intent(IntentValue::conversion)}) == yes);
    BOOST_TEST(truth(conversion_or_curative, {intent(IntentValue::palliative)}) == no);
    BOOST_TEST(truth(palliative_or_unstated, {intent(IntentValue::palliative)}) == yes);
    BOOST_TEST(truth(palliative_or_unstated, {intent(IntentValue::curative)}) == no);
    BOOST_TEST(truth(curative, {intent(IntentValue::curative, days_ago(90)), intent(IntentValue::palliative, days_ago(4))}) == no);
    BOOST_TEST(truth(curative, {intent(IntentValue::curative, days_ago(4)), intent(IntentValue::palliative, days_ago(90))}) == yes);
}

BOOST_AUTO_TEST_CASE(that_is_not_recorded_is_not_curative_and_counts_as_palliative_where_that_is_allowed) {
    BOOST_TEST(truth(curative, {}) == no);
    BOOST_TEST(truth(palliative_or_unstated, {}) == yes);
}

BOOST_AUTO_TEST_CASE(is_no_only_where_all_that_may_state_it_was_read) {
    for (const Input input : {Input::observations, Input::medication_requests, Input::procedures}) {
        BOOST_TEST(truth(curative, {unread(input)}) == unknown, rectal_cds::domain::name(input));
        BOOST_TEST(truth(curative, {unread(input), intent(IntentValue::palliative)}) == unknown, rectal_cds::domain::name(input));
        BOOST_TEST(truth(curative, {unread(input), intent(IntentValue::curative)}) == yes, rectal_cds::domain::name(input));
    }
}

BOOST_AUTO_TEST_SUITE_END()
