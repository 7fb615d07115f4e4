// ECOG, and Karnofsky where no ECOG is on record (local-codes.md D16, D26; clinical.md 3.7 A).
#include <boost/test/unit_test.hpp>

#include "domain/interventions.hpp"

using namespace rectal_cds::testing;

namespace {

const char* const poor = "ECOG 3 or 4";
const char* const fit = "ECOG 0-2 or not recorded";

Change ecog(int grade, int days = 3) { return [=](Case& c) { measured(Quantity::ecog, grade, days_ago(days))(c); }; }
Change karnofsky_as_ecog(int grade, int days = 3) { return measured(Quantity::karnofsky_as_ecog, grade, days_ago(days)); }

}  // namespace

BOOST_AUTO_TEST_SUITE(performance_status)

BOOST_AUTO_TEST_CASE(is_poor_at_3_and_4_and_no_other_grade) {
    for (int grade = 0; grade <= 5; ++grade) {
        BOOST_TEST(truth(poor, {ecog(grade)}) == rectal_cds::base::truth_of(grade == 3 || grade == 4), "ECOG " << grade);
        BOOST_TEST(truth(fit, {ecog(grade)}) == rectal_cds::base::truth_of(grade <= 2), "ECOG " << grade);
    }
}

BOOST_AUTO_TEST_CASE(counts_for_90_days) {
    BOOST_TEST(truth(poor, {no_ecog(), ecog(3, 90)}) == yes);
    BOOST_TEST(truth(poor, {no_ecog(), ecog(3, 91)}) == unknown);
    BOOST_TEST(truth(fit, {no_ecog(), ecog(3, 91)}) == yes);
}

BOOST_AUTO_TEST_CASE(is_the_latest) {
    BOOST_TEST(truth(poor, {ecog(3, 20), ecog(1, 3)}) == no);
    BOOST_TEST(truth(poor, {ecog(1, 20), ecog(3, 3)}) == yes);
}

BOOST_AUTO_TEST_CASE(that_is_not_recorded_withholds_nothing_but_is_not_called_good_either) {
    BOOST_TEST(truth(fit, {no_ecog()}) == yes);
    BOOST_TEST(truth(poor, {no_ecog()}) == unknown);
    BOOST_TEST(truth(fit, {no_ecog(), unread(Input::observations)}) == yes);
}

BOOST_AUTO_TEST_CASE(is_no_longer_a_no_where_a_newer_one_may_be_unread) {
    BOOST_TEST(truth(poor, {ecog(1), partly_read(Input::observations)}) == unknown);
    BOOST_TEST(truth(poor, {ecog(1), unusable(Topic::performance_status)}) == unknown);
    BOOST_TEST(truth(poor, {ecog(3), partly_read(Input::observations)}) == yes);
}

BOOST_AUTO_TEST_CASE(by_karnofsky_counts_only_without_an_ecog_of_the_last_90_days) {
    BOOST_TEST(truth(poor, {no_ecog(), karnofsky_as_ecog(3)}) == yes);
    BOOST_TEST(truth(poor, {no_ecog(), ecog(1, 80), karnofsky_as_ecog(3, 1)}) == no);
    BOOST_TEST(truth(poor, {no_ecog(), ecog(1, 91), karnofsky_as_ecog(3, 1)}) == yes);
    BOOST_TEST(truth(poor, {no_ecog(), karnofsky_as_ecog(3, 91)}) == unknown);
}

BOOST_AUTO_TEST_SUITE_END()
