// The response to the current line (clinical.md 3.1 Response; local-codes.md D15, D23).
#include <boost/test/unit_test.hpp>

#include "domain/interventions.hpp"

using namespace rectal_cds::testing;

namespace {

// A line that began 100 days ago and goes on.
const Change in_line = [](Case& c) { stage_iv_for(400)(c), cycles(8)(c); };
constexpr int line_start = 3 + 7 * 14;

const char* const none_yet = "No response assessment yet";

}  // namespace

BOOST_AUTO_TEST_SUITE(a_response)

BOOST_AUTO_TEST_CASE(is_the_newest_disease_status) {
    BOOST_TEST(truth("Response improved", {in_line, disease(Status::improved, days_ago(10))}) == yes);
    BOOST_TEST(truth("Response improved", {in_line, disease(Status::improved, days_ago(40)), disease(Status::worsened, days_ago(10))}) == no);
    BOOST_TEST(truth("Progression", {in_line, disease(Status::improved, days_ago(40)), disease(Status::worsened, days_ago(10))}) == yes);
}

BOOST_AUTO_TEST_CASE(answers_one_fact_for_each_value) {
    const auto says = [](const char* fact, Status status) { return truth(fact, {in_line, disease(status, days_ago(10))}); };
    for (const Status status : {Status::improved, Status::stable, Status::worsened, Status::undetermined}) {
        BOOST_TEST((says("Response improved", status) == yes) == (status == Status::improved));
        BOOST_TEST((says("Stable disease", status) == yes) == (status == Status::stable));
        BOOST_TEST((says("Progression", status) == yes) == (status == Status::worsened));
        BOOST_TEST((says("Response or stable disease", status) == yes) == (status == Status::improved || status == Status::stable));
        BOOST_TEST((says("Response is not improved", status) == yes) == (status != Status::improved));
        BOOST_TEST(says(none_yet, status) == no);
    }
}

BOOST_AUTO_TEST_CASE(of_two_of_one_day_is_the_less_favourable) {
    for (const bool first : {true, false}) {
        const Change two = [first](Case& c) {
            disease(first ? Status::improved : Status::worsened, days_ago(10))(c);
            disease(first ? Status::worsened : Status::improved, days_ago(10))(c);
        };
        BOOST_TEST(truth("Progression", {in_line, two}) == yes);
    }
}

// D15: on the first day of the line there is nothing to respond to yet.
BOOST_AUTO_TEST_CASE(counts_from_the_day_after_the_line_began) {
    BOOST_TEST(truth("Response improved", {in_line, disease(Status::improved, days_ago(line_start - 1))}) == yes);
    BOOST_TEST(truth("Response improved", {in_line, disease(Status::improved, days_ago(line_start))}) == no);
    BOOST_TEST(truth(none_yet, {in_line, disease(Status::improved, days_ago(line_start))}) == yes);
    BOOST_TEST(truth("Response improved", {in_line, disease(Status::improved, days_ago(line_start + 50))}) == no);
}

BOOST_AUTO_TEST_CASE(to_the_line_before_does_not_count_for_the_next) {
    const Change second_line = [](Case& c) {
        in_line(c), disease(Status::worsened, days_ago(20))(c), given(Drug::irinotecan, 15)(c);
    };
    BOOST_TEST(truth("Progression", {second_line}) == no);
    BOOST_TEST(truth(none_yet, {second_line}) == yes);
}

BOOST_AUTO_TEST_CASE(of_a_partial_date_that_may_lie_before_the_line_is_neither_a_response_nor_none) {
    const Change line_of_february = [](Case& c) { stage_iv_for(400)(c), given(Drug::oxaliplatin, dated("2026-02-10"))(c); };
    BOOST_TEST(truth(none_yet, {line_of_february, disease(Status::improved, dated("2026-02"))}) == unknown);
    BOOST_TEST(truth("Response improved", {line_of_february, disease(Status::improved, dated("2026-02"))}) == unknown);
    BOOST_TEST(truth(none_yet, {line_of_february, disease(Status::improved, dated("2026-01"))}) == yes);
}

BOOST_AUTO_TEST_CASE(is_no_only_where_the_observations_were_read) {
    const Change missing = partly_read(Input::observations), stable = disease(Status::stable, days_ago(10));
    BOOST_TEST(truth("Response improved", {in_line, missing}) == unknown);
    BOOST_TEST(truth("Response improved", {in_line, stable, missing}) == unknown);
    BOOST_TEST(truth("Stable disease", {in_line, stable, missing}) == yes);
    BOOST_TEST(truth("Response improved", {in_line, stable, unusable(Topic::disease_status)}) == unknown);
    BOOST_TEST(truth("Response is not improved", {in_line, missing}) == yes);
}

BOOST_AUTO_TEST_SUITE_END()

// D23: without therapy there is nothing to respond to, whatever of the observations was read.
BOOST_AUTO_TEST_SUITE(no_response_yet)

BOOST_AUTO_TEST_CASE(is_certain_without_therapy_also_where_observations_were_not_read) {
    BOOST_TEST(truth(none_yet, {}) == yes);
    BOOST_TEST(truth(none_yet, {unread(Input::observations)}) == yes);
}

BOOST_AUTO_TEST_CASE(is_unknown_with_therapy_where_observations_were_not_read) {
    BOOST_TEST(truth(none_yet, {given(Drug::oxaliplatin, 5)}) == yes);
    BOOST_TEST(truth(none_yet, {given(Drug::oxaliplatin, 5), unread(Input::observations)}) == unknown);
}

BOOST_AUTO_TEST_CASE(is_unknown_where_therapy_was_not_read) {
    BOOST_TEST(truth(none_yet, {unread(Input::medication_administrations)}) == unknown);
    BOOST_TEST(truth(none_yet, {unread(Input::medication_requests)}) == unknown);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(control_within_28_days)

namespace {
const char* const recent = "Response or stable disease within 28 days";
}

BOOST_AUTO_TEST_CASE(includes_the_28th_day_but_not_the_29th) {
    BOOST_TEST(truth(recent, {in_line, disease(Status::stable, days_ago(28))}) == yes);
    BOOST_TEST(truth(recent, {in_line, disease(Status::stable, days_ago(29))}) == no);
    BOOST_TEST(truth(recent, {in_line, disease(Status::worsened, days_ago(5))}) == no);
}

BOOST_AUTO_TEST_CASE(needs_every_day_of_a_partial_date_inside) {
    BOOST_TEST(truth(recent, {in_line, disease(Status::stable, dated("2026-02"))}) == unknown);  // 2 to 29 days ago
    BOOST_TEST(truth(recent, {in_line, disease(Status::stable, dated("2026-01"))}) == no);       // 30 days at least
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(toxicity_of_treatment)

namespace {
const char* const severe = "Active grade 3 or higher toxicity of treatment";
}

BOOST_AUTO_TEST_CASE(counts_from_grade_3_on_while_active_and_caused_by_treatment) {
    BOOST_TEST(truth(severe, {}) == no);
    BOOST_TEST(truth(severe, {toxicity(2)}) == no);
    BOOST_TEST(truth(severe, {toxicity(3)}) == yes);
    BOOST_TEST(truth(severe, {toxicity(4)}) == yes);
    BOOST_TEST(truth(severe, {toxicity(3, false)}) == no);
    BOOST_TEST(truth(severe, {toxicity(3, true, false)}) == no);
}

BOOST_AUTO_TEST_CASE(is_excluded_only_where_the_conditions_were_read) {
    const char* const none = "No active grade 3 toxicity of treatment";
    BOOST_TEST(truth(none, {}) == yes);
    BOOST_TEST(truth(none, {toxicity(3)}) == no);
    BOOST_TEST(truth(none, {partly_read(Input::conditions)}) == unknown);
    BOOST_TEST(truth(none, {unusable(Topic::toxicity)}) == unknown);
}

BOOST_AUTO_TEST_SUITE_END()
