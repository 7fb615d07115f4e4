// CEA rising on treatment (clinical.md 3.7: three rising values, above 5 ng/mL or the local limit, 1.25 times the lowest).
#include <boost/test/unit_test.hpp>

#include "domain/interventions.hpp"

using namespace rectal_cds::testing;

namespace {

const char* const rising = "CEA rising";
const Change on_treatment = [](Case& c) { stage_iv_for(400)(c), cycles(6)(c); };  // since 73 days

Change cea(double value, int days) { return measured(Quantity::cea_mass, value, days_ago(days)); }
Change three(double first, double second, double third) {
    return [=](Case& c) { cea(first, 40)(c), cea(second, 20)(c), cea(third, 1)(c); };
}
Change local_units(double value, int days, const char* unit, std::optional<double> limit = std::nullopt) {
    return [=](Case& c) {
        measured(Quantity::cea_other_units, value, days_ago(days))(c);
        c.measurements.back().unit = unit, c.measurements.back().upper_limit = limit;
    };
}

}  // namespace

BOOST_AUTO_TEST_SUITE(a_cea_series)

BOOST_AUTO_TEST_CASE(rises_when_the_last_three_values_do) {
    BOOST_TEST(truth(rising, {on_treatment, three(6, 7, 8)}) == yes);
    BOOST_TEST(truth(rising, {on_treatment, three(8, 7, 6)}) == no);
    BOOST_TEST(truth(rising, {on_treatment, three(6, 9, 8)}) == no);
    BOOST_TEST(truth(rising, {on_treatment, three(7, 6, 9)}) == no);
}

BOOST_AUTO_TEST_CASE(must_rise_strictly) {
    BOOST_TEST(truth(rising, {on_treatment, three(6, 6, 8)}) == no);
    BOOST_TEST(truth(rising, {on_treatment, three(6, 8, 8)}) == no);
}

BOOST_AUTO_TEST_CASE(must_end_above_5) {
    BOOST_TEST(truth(rising, {on_treatment, three(2, 3, 5)}) == no);
    BOOST_TEST(truth(rising, {on_treatment, three(2, 3, 5.1)}) == yes);
}

BOOST_AUTO_TEST_CASE(must_end_above_the_local_upper_limit_where_one_is_given) {
    const auto limited = [](double limit) { return [=](Case& c) { c.measurements.back().upper_limit = limit; }; };
    BOOST_TEST(truth(rising, {on_treatment, three(2, 3, 4), limited(3.4)}) == yes);
    BOOST_TEST(truth(rising, {on_treatment, three(4, 5, 6), limited(6)}) == no);
}

BOOST_AUTO_TEST_CASE(must_reach_1_25_times_the_lowest_of_the_three) {
    BOOST_TEST(truth(rising, {on_treatment, three(8, 9, 9.99)}) == no);
    BOOST_TEST(truth(rising, {on_treatment, three(8, 9, 10)}) == yes);
}

BOOST_AUTO_TEST_CASE(counts_the_lowest_on_treatment_but_not_before_it) {
    BOOST_TEST(truth(rising, {on_treatment, three(8, 9, 9.5), cea(4, 60)}) == yes);
    BOOST_TEST(truth(rising, {on_treatment, three(8, 9, 9.5), cea(4, 200)}) == no);
}

BOOST_AUTO_TEST_CASE(looks_at_the_last_three_in_order_of_date_not_of_the_record) {
    BOOST_TEST(truth(rising, {on_treatment, cea(8, 1), cea(6, 40), cea(7, 20)}) == yes);
    BOOST_TEST(truth(rising, {on_treatment, cea(100, 70), three(6, 7, 8)}) == yes);
}

BOOST_AUTO_TEST_CASE(needs_three_values) {
    BOOST_TEST(truth(rising, {on_treatment, cea(6, 20), cea(9, 1)}) == no);
    BOOST_TEST(truth(rising, {on_treatment, cea(6, 20), cea(9, 1), partly_read(Input::observations)}) == unknown);
    BOOST_TEST(truth(rising, {on_treatment, cea(6, 20), cea(9, 1), unusable(Topic::cea)}) == unknown);
}

BOOST_AUTO_TEST_CASE(in_different_units_or_as_a_bound_is_not_compared) {
    const Change bounded = measured(Quantity::cea_mass, 9, days_ago(0), Bound::above);
    BOOST_TEST(truth(rising, {on_treatment, cea(6, 40), cea(7, 20), bounded}) == unknown);
    BOOST_TEST(truth(rising, {on_treatment, cea(6, 40), cea(7, 20), local_units(9, 1, "k[IU]/L", 5)}) == unknown);
    BOOST_TEST(truth(rising, {on_treatment, local_units(6, 40, "k[IU]/L", 5), local_units(7, 20, "m[IU]/L", 5), local_units(9, 1, "k[IU]/L", 5)}) == unknown);
}

BOOST_AUTO_TEST_CASE(in_a_local_unit_needs_the_local_limit) {
    const auto series = [](std::optional<double> limit) {
        return [=](Case& c) { local_units(6, 40, "k[IU]/L")(c), local_units(7, 20, "k[IU]/L")(c), local_units(9, 1, "k[IU]/L", limit)(c); };
    };
    BOOST_TEST(truth(rising, {on_treatment, series(std::nullopt)}) == unknown);
    BOOST_TEST(truth(rising, {on_treatment, series(8.0)}) == yes);
    BOOST_TEST(truth(rising, {on_treatment, series(9.0)}) == no);
}

BOOST_AUTO_TEST_CASE(of_days_whose_order_is_not_certain_is_not_compared) {
    const Change in_january = measured(Quantity::cea_mass, 7, dated("2026-01"));
    BOOST_TEST(truth(rising, {on_treatment, measured(Quantity::cea_mass, 6, dated("2026-01-15")), in_january, cea(9, 1)}) == unknown);
    BOOST_TEST(truth(rising, {on_treatment, measured(Quantity::cea_mass, 6, dated("2025-12-28")), in_january, cea(9, 1)}) == yes);
}

BOOST_AUTO_TEST_CASE(that_does_not_rise_may_do_so_in_what_was_not_read) {
    BOOST_TEST(truth(rising, {on_treatment, three(8, 7, 6), partly_read(Input::observations)}) == unknown);
    BOOST_TEST(truth(rising, {on_treatment, three(6, 7, 8), partly_read(Input::observations)}) == yes);
}

BOOST_AUTO_TEST_SUITE_END()
