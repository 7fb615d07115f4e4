// Cycles and treated weeks (local-codes.md D7, D9; clinical.md 3.2: two cycles, 26 treated weeks).
#include "domain/therapy.hpp"

#include <boost/test/unit_test.hpp>

#include "domain/interventions.hpp"

using namespace rectal_cds::testing;
using rectal_cds::domain::Therapy;

namespace {

Therapy therapy(const Case& record) { return rectal_cds::domain::assess_therapy(record, rectal_cds::domain::stage(record)); }

// "2 cycles", or "unknown", of a patient who has been stage IV for 400 days.
std::string counted(std::initializer_list<Change> changes) {
    Case record = patient({stage_iv_for(400)});
    for (const Change& change : changes) change(record);
    const auto cycles = rectal_cds::domain::cycles_from(therapy(record), today - std::chrono::days{400});
    return cycles ? std::to_string(*cycles) + " cycles" : "unknown";
}

const char* const few = "Fewer than 2 cycles given";
const char* const beyond = "Perioperative therapy beyond 26 weeks";
const Change long_since = stage_iv_for(400);

}  // namespace

BOOST_AUTO_TEST_SUITE(cycles_given)

BOOST_AUTO_TEST_CASE(are_distinct_days_of_a_backbone_administration) {
    BOOST_TEST(counted({}) == "0 cycles");
    BOOST_TEST(counted({given(Drug::oxaliplatin, 5), given(Drug::fluorouracil, 5)}) == "1 cycles");
    BOOST_TEST(counted({cycles(3)}) == "3 cycles");
}

BOOST_AUTO_TEST_CASE(merge_days_less_than_10_apart) {
    BOOST_TEST(counted({given(Drug::oxaliplatin, 20), given(Drug::oxaliplatin, 11)}) == "1 cycles");
    BOOST_TEST(counted({given(Drug::oxaliplatin, 20), given(Drug::oxaliplatin, 10)}) == "2 cycles");
    BOOST_TEST(counted({given(Drug::oxaliplatin, 20), given(Drug::fluorouracil, 18)}) == "1 cycles");
}

BOOST_AUTO_TEST_CASE(are_not_made_by_antibodies_folinate_or_doses_before_stage_iv) {
    BOOST_TEST(counted({cycles(3, Drug::bevacizumab)}) == "0 cycles");
    BOOST_TEST(counted({cycles(3, Drug::leucovorin)}) == "0 cycles");
    BOOST_TEST(counted({cycles(3, Drug::oxaliplatin, 500)}) == "0 cycles");
}

BOOST_AUTO_TEST_CASE(cannot_be_counted_from_orders_alone) {
    BOOST_TEST(counted({ordered(Drug::oxaliplatin, 60)}) == "unknown");
    BOOST_TEST(counted({ordered(Drug::oxaliplatin, 60), given(Drug::oxaliplatin, 40)}) == "1 cycles");
    BOOST_TEST(counted({order_of_given(Drug::oxaliplatin, 14)}) == "unknown");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(fewer_than_two_cycles)

BOOST_AUTO_TEST_CASE(is_upfront) {
    BOOST_TEST(truth(few, {}) == yes);
    BOOST_TEST(truth(few, {long_since, cycles(1)}) == yes);
    BOOST_TEST(truth(few, {long_since, cycles(2)}) == no);
    BOOST_TEST(truth(few, {long_since, cycles(3)}) == no);
}

BOOST_AUTO_TEST_CASE(is_unknown_from_orders_alone_dated_or_not) {
    BOOST_TEST(truth(few, {ordered(Drug::oxaliplatin, 5)}) == unknown);
    BOOST_TEST(truth(few, {order_of_given(Drug::oxaliplatin, 14)}) == unknown);
}

BOOST_AUTO_TEST_CASE(is_certain_only_where_medications_were_read) {
    BOOST_TEST(truth(few, {unread(Input::medication_administrations)}) == unknown);
    BOOST_TEST(truth(few, {long_since, cycles(1), unread(Input::medication_requests)}) == unknown);
    BOOST_TEST(truth(few, {long_since, cycles(2), unread(Input::medication_requests)}) == no);
}

BOOST_AUTO_TEST_SUITE_END()

// Not calendar time: cycles times their length.
BOOST_AUTO_TEST_SUITE(treated_weeks)

BOOST_AUTO_TEST_CASE(are_cycles_of_14_days_where_the_order_says_nothing) {
    BOOST_TEST(*rectal_cds::domain::treated_days(therapy(patient({long_since, cycles(4)}))) == 56);
}

BOOST_AUTO_TEST_CASE(are_cycles_of_the_length_that_the_order_says) {
    BOOST_TEST(*rectal_cds::domain::treated_days(therapy(patient({long_since, cycles(4, Drug::oxaliplatin, 3, 21), order_of_given(Drug::oxaliplatin, 21)}))) == 84);
}

BOOST_AUTO_TEST_CASE(take_no_dosing_interval_for_a_cycle) {
    const Change twice_daily = order_of_given(Drug::capecitabine, 1);
    BOOST_TEST(*rectal_cds::domain::treated_days(therapy(patient({long_since, cycles(2, Drug::capecitabine, 3, 21), twice_daily}))) == 28);
}

BOOST_AUTO_TEST_CASE(warn_at_the_open_chart_beyond_26_and_when_ordering_from_26_on) {
    const auto weeks = [](int count) { return cycles(count / 2, Drug::oxaliplatin); };
    BOOST_TEST(truth(beyond, {long_since, weeks(26)}) == no);
    BOOST_TEST(truth(beyond, {long_since, weeks(28)}) == yes);
    const Change ordering = [](Case& c) { at(Hook::order_sign)(c), drafts(Drug::fluorouracil)(c); };
    BOOST_TEST(truth(beyond, {long_since, weeks(24), ordering}) == no);
    BOOST_TEST(truth(beyond, {long_since, weeks(26), ordering}) == yes);
    BOOST_TEST(truth(beyond, {long_since, weeks(28), at(Hook::order_sign)}) == no);
    BOOST_TEST(truth(beyond, {long_since, weeks(26), drafts(Drug::pembrolizumab)}) == no);
    const Change immunotherapy = [](Case& c) { at(Hook::order_sign)(c), drafts(Drug::pembrolizumab)(c); };
    BOOST_TEST(truth(beyond, {long_since, weeks(28), immunotherapy}) == no);
}

BOOST_AUTO_TEST_CASE(leave_out_the_break_for_surgery) {
    BOOST_TEST(truth(beyond, {long_since, cycles(6, Drug::oxaliplatin, 250), cycles(6, Drug::oxaliplatin, 3)}) == no);
}

BOOST_AUTO_TEST_CASE(are_unknown_from_orders_alone_and_where_medications_were_not_read) {
    BOOST_TEST(truth(beyond, {long_since, ordered(Drug::oxaliplatin, 200)}) == unknown);
    BOOST_TEST(truth(beyond, {long_since, cycles(4), partly_read(Input::medication_administrations)}) == unknown);
    BOOST_TEST(truth(beyond, {long_since, cycles(14), partly_read(Input::medication_administrations)}) == yes);
}

BOOST_AUTO_TEST_SUITE_END()
