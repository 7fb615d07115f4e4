// What is given up first (decisions.md 21; DECISIONS.md 29).
#include "service/urgency.hpp"

#include <boost/test/unit_test.hpp>

using namespace rectal_cds::service;

BOOST_AUTO_TEST_SUITE(urgency)

BOOST_AUTO_TEST_CASE(refuses_feedback_first_and_what_is_being_signed_last) {
    BOOST_TEST(percent_for(Urgency::feedback) < percent_for(Urgency::patient_view));
    BOOST_TEST(percent_for(Urgency::patient_view) < percent_for(Urgency::order_select));
    BOOST_TEST(percent_for(Urgency::order_select) < percent_for(Urgency::order_sign));
    BOOST_TEST(percent_for(Urgency::order_sign) == 100U);
}

BOOST_AUTO_TEST_CASE(lets_a_call_whose_data_are_fetched_wait_four_times_as_long_as_a_new_one) {
    for (const Urgency one : {Urgency::patient_view, Urgency::order_select, Urgency::order_sign})
        BOOST_TEST(percent_when_fetched(one) == 4 * percent_for(one), name(one));
}

BOOST_AUTO_TEST_SUITE_END()
