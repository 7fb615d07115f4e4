// Creatinine clearance: measured, or by Cockcroft and Gault from creatinine, weight, age and sex.
#include <boost/test/unit_test.hpp>

#include "domain/changes.hpp"

using namespace rectal_cds::testing;

namespace {

const char* const at_most_50 = "Creatinine clearance 50 or below";
const char* const below_30 = "Creatinine clearance below 30";

// 60 years old, 72 kg: (140 - 60) x 72 / (72 x creatinine) = 80 / creatinine mL/min for a man.
Change body(double kg = 72, int weighed = 10) {
    return [=](Case& c) { c.birth = dated("1966-01-01"), measured(Quantity::body_weight, kg, days_ago(weighed))(c); };
}
Change creatinine(double mg_per_dl, int days = 5) { return measured(Quantity::creatinine, mg_per_dl, days_ago(days)); }
const Change woman = [](Case& c) { c.sex = Case::Sex::female; };

}  // namespace

BOOST_AUTO_TEST_SUITE(cockcroft_gault)

BOOST_AUTO_TEST_CASE(reaches_the_limits_at_the_right_creatinine) {
    BOOST_TEST(truth(at_most_50, {body(), creatinine(1.59)}) == no);
    BOOST_TEST(truth(at_most_50, {body(), creatinine(1.6)}) == yes);    // 50 mL/min
    BOOST_TEST(truth(below_30, {body(), creatinine(2.66)}) == no);      // 30.08
    BOOST_TEST(truth(below_30, {body(), creatinine(2.67)}) == yes);     // 29.96
}

BOOST_AUTO_TEST_CASE(is_15_percent_less_in_women) {
    BOOST_TEST(truth(at_most_50, {body(), woman, creatinine(1.36)}) == yes);  // 50
    BOOST_TEST(truth(at_most_50, {body(), woman, creatinine(1.35)}) == no);   // 50.4
}

BOOST_AUTO_TEST_CASE(grows_with_weight_and_falls_with_age) {
    BOOST_TEST(truth(at_most_50, {body(90), creatinine(1.9)}) == no);
    const Change older = [](Case& c) { c.birth = dated("1946-01-01"); };
    BOOST_TEST(truth(at_most_50, {body(), older, creatinine(1.2)}) == yes);  // 60 x 72 / (72 x 1.2) = 50
}

BOOST_AUTO_TEST_CASE(takes_the_oldest_age_that_a_partial_birth_date_allows) {
    const Change born_in_1966 = [](Case& c) { c.birth = dated("1965"); };  // 60 or 61
    BOOST_TEST(truth(at_most_50, {body(), born_in_1966, creatinine(1.59)}) == yes);
}

BOOST_AUTO_TEST_CASE(is_unknown_when_an_ingredient_is_missing_or_too_old) {
    const Change no_sex = [](Case& c) { c.sex = Case::Sex::unknown; }, no_birth = [](Case& c) { c.birth.reset(); };
    BOOST_TEST(truth(at_most_50, {creatinine(3)}) == unknown);
    BOOST_TEST(truth(at_most_50, {body()}) == unknown);
    BOOST_TEST(truth(at_most_50, {body(), creatinine(3), no_sex}) == unknown);
    BOOST_TEST(truth(at_most_50, {body(), creatinine(3), no_birth}) == unknown);
    BOOST_TEST(truth(at_most_50, {body(), creatinine(3, 30)}) == yes);
    BOOST_TEST(truth(at_most_50, {body(), creatinine(3, 31)}) == unknown);
    BOOST_TEST(truth(at_most_50, {body(72, 90), creatinine(3)}) == yes);
    BOOST_TEST(truth(at_most_50, {body(72, 91), creatinine(3)}) == unknown);
}

BOOST_AUTO_TEST_CASE(does_not_calculate_with_a_bound) {
    BOOST_TEST(truth(at_most_50, {body(), measured(Quantity::creatinine, 3, days_ago(5), Bound::above)}) == unknown);
}

BOOST_AUTO_TEST_CASE(says_what_it_calculated_and_from_what) {
    const auto found = finding(patient({body(), creatinine(2)}), at_most_50);
    BOOST_TEST(found.note == "Cockcroft-Gault 40 mL/min");
    BOOST_TEST(found.evidence.size() == 2U);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_measured_clearance)

namespace {
Change measured_clearance(double value, int days) { return measured(Quantity::creatinine_clearance, value, days_ago(days)); }
}  // namespace

BOOST_AUTO_TEST_CASE(and_a_calculated_one_compete_by_date) {
    BOOST_TEST(truth(at_most_50, {body(), creatinine(3, 5), measured_clearance(80, 2)}) == no);
    BOOST_TEST(truth(at_most_50, {body(), creatinine(3, 2), measured_clearance(80, 5)}) == yes);
    BOOST_TEST(truth(at_most_50, {body(), creatinine(3, 5), measured_clearance(80, 5)}) == no);
}

BOOST_AUTO_TEST_CASE(is_used_without_weight_age_and_sex) { BOOST_TEST(truth(below_30, {measured_clearance(25, 5)}) == yes); }

BOOST_AUTO_TEST_SUITE_END()
