// The restaging clock (local-codes.md D8; clinical.md 3.2: due from 2 cycles, overdue at 4 cycles and 56 days, or 84 days).
#include "domain/response.hpp"

#include <boost/test/unit_test.hpp>

#include "domain/interventions.hpp"

using namespace rectal_cds::testing;

namespace {

const char* const due = "Restaging due";
const char* const overdue = "Restaging overdue";

// `count` cycles, evenly over the days since the line began `days` ago.
Change line(int count, int days) {
    return [=](Case& c) {
        stage_iv_for(400)(c);
        for (int i = 0; i < count; ++i) given(Drug::oxaliplatin, days - i * 14)(c);
    };
}
Change ordered_only(int days) {
    return [=](Case& c) { stage_iv_for(400)(c), ordered(Drug::oxaliplatin, days)(c); };
}
Change cea(When when) { return measured(Quantity::cea_mass, 7, when); }

rectal_cds::domain::RestagingClock clock(std::initializer_list<Change> changes) {
    const Case record = patient(changes);
    const auto staging = rectal_cds::domain::stage(record);
    return rectal_cds::domain::restaging_clock(record, rectal_cds::domain::assess_therapy(record, staging)).value();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(restaging)

BOOST_AUTO_TEST_CASE(is_neither_due_nor_overdue_before_therapy) {
    BOOST_TEST(truth(due, {}) == no);
    BOOST_TEST(truth(overdue, {}) == no);
}

BOOST_AUTO_TEST_CASE(is_due_from_the_second_cycle_on) {
    BOOST_TEST(truth(due, {line(1, 20)}) == no);
    BOOST_TEST(truth(due, {line(2, 20)}) == yes);
    BOOST_TEST(truth(due, {line(3, 40)}) == yes);
}

BOOST_AUTO_TEST_CASE(is_overdue_at_4_cycles_and_56_days_together) {
    BOOST_TEST(truth(overdue, {line(4, 55)}) == no);
    BOOST_TEST(truth(overdue, {line(4, 56)}) == yes);
    BOOST_TEST(truth(overdue, {line(3, 56)}) == no);
    BOOST_TEST(truth(overdue, {line(5, 57)}) == yes);
}

BOOST_AUTO_TEST_CASE(is_overdue_at_84_days_with_any_number_of_cycles) {
    BOOST_TEST(truth(overdue, {line(1, 83)}) == no);
    BOOST_TEST(truth(overdue, {line(1, 84)}) == yes);
    BOOST_TEST(truth(overdue, {line(3, 84)}) == yes);
}

BOOST_AUTO_TEST_CASE(is_never_due_and_overdue_at_once) {
    for (int count = 0; count <= 5; ++count) {
        for (const int days : {1, 41, 42, 55, 56, 57, 83, 84, 85}) {
            if (count == 0 || days < (count - 1) * 14) continue;
            BOOST_TEST((truth(due, {line(count, days)}) && truth(overdue, {line(count, days)})) == no, count << " cycles, " << days << " days");
        }
    }
}

// D7: orders alone give no cycle count; then time decides, from 42 days on.
BOOST_AUTO_TEST_CASE(counts_days_where_cycles_cannot_be_counted) {
    BOOST_TEST(truth(due, {ordered_only(41)}) == no);
    BOOST_TEST(truth(due, {ordered_only(42)}) == yes);
    BOOST_TEST(truth(overdue, {ordered_only(56)}) == no);
    BOOST_TEST(truth(overdue, {ordered_only(83)}) == no);
    BOOST_TEST(truth(overdue, {ordered_only(84)}) == yes);
}

BOOST_AUTO_TEST_CASE(is_unknown_where_one_of_its_inputs_was_not_read) {
    for (const Input input : {Input::diagnostic_reports, Input::observations, Input::medication_requests, Input::medication_administrations}) {
        BOOST_TEST(truth(due, {line(2, 20), partly_read(input)}) == unknown, rectal_cds::domain::name(input));
        BOOST_TEST(truth(overdue, {line(1, 84), partly_read(input)}) == unknown, rectal_cds::domain::name(input));
        BOOST_TEST(truth(overdue, {line(1, 20), partly_read(input)}) == unknown, rectal_cds::domain::name(input));
    }
    BOOST_TEST(truth(due, {unread(Input::medication_administrations)}) == unknown);
    BOOST_TEST(truth(due, {line(2, 20), unusable(Topic::imaging), unusable(Topic::cea)}) == unknown);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(the_restaging_clock)

BOOST_AUTO_TEST_CASE(starts_with_the_line_and_counts_its_first_dose) {
    const auto started = clock({line(3, 40)});
    BOOST_TEST(started.days == 40);
    BOOST_TEST(*started.cycles == 3);
}

BOOST_AUTO_TEST_CASE(restarts_when_both_an_image_and_a_cea_are_on_record_at_the_later_of_them) {
    BOOST_TEST(clock({line(4, 60), image(days_ago(30)), cea(days_ago(25))}).days == 25);
    BOOST_TEST(clock({line(4, 60), image(days_ago(20)), cea(days_ago(25))}).days == 20);
    BOOST_TEST(clock({line(4, 60), image(days_ago(20))}).days == 60);
    BOOST_TEST(clock({line(4, 60), cea(days_ago(20))}).days == 60);
}

BOOST_AUTO_TEST_CASE(restarts_as_often_as_both_are_done) {
    BOOST_TEST(clock({line(5, 100), image(days_ago(80)), cea(days_ago(78)), image(days_ago(30)), cea(days_ago(29))}).days == 29);
}

BOOST_AUTO_TEST_CASE(takes_both_on_the_day_it_starts_for_baseline) {
    BOOST_TEST(clock({line(4, 60), image(days_ago(60)), cea(days_ago(60))}).days == 60);
    BOOST_TEST(clock({line(4, 60), image(days_ago(60)), cea(days_ago(30))}).days == 60);
    BOOST_TEST(clock({line(4, 60), image(days_ago(59)), cea(days_ago(59))}).days == 59);
}

BOOST_AUTO_TEST_CASE(counts_only_later_cycles_after_a_restart) {
    const Change restaged = [](Case& c) { image(days_ago(32))(c), cea(days_ago(32))(c); };  // on the day of the third cycle
    const auto restarted = clock({line(4, 60), restaged});
    BOOST_TEST(restarted.days == 32);
    BOOST_TEST(*restarted.cycles == 1);
}

BOOST_AUTO_TEST_CASE(knows_which_item_is_missing) {
    const Change both_missing = line(2, 30);
    BOOST_TEST(truth("Restaging image missing", {both_missing}) == yes);
    BOOST_TEST(truth("CEA missing since restaging", {both_missing}) == yes);
    BOOST_TEST(truth("Restaging image missing", {both_missing, image(days_ago(5))}) == no);
    BOOST_TEST(truth("CEA missing since restaging", {both_missing, image(days_ago(5))}) == yes);
    BOOST_TEST(truth("CEA missing since restaging", {both_missing, cea(days_ago(5))}) == no);
    BOOST_TEST(truth("Restaging image missing", {both_missing, partly_read(Input::diagnostic_reports)}) == unknown);
}

BOOST_AUTO_TEST_CASE(restarts_with_the_next_line) {
    const Change second_line = [](Case& c) { line(4, 100)(c), disease(Status::worsened, days_ago(20))(c), given(Drug::irinotecan, 15)(c); };
    BOOST_TEST(clock({second_line}).days == 15);
    BOOST_TEST(*clock({second_line}).cycles == 1);
}

BOOST_AUTO_TEST_SUITE_END()
