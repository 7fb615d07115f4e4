// Surgery and bevacizumab, in both directions (clinical.md 3.2 and 3.7 G: 28 and 42 days; local-codes.md D18, D19).
#include <boost/test/unit_test.hpp>

#include "domain/interventions.hpp"

using namespace rectal_cds::testing;

namespace {

const char* const under_28 = "Elective surgery less than 28 days after bevacizumab";
const char* const under_42 = "Elective surgery 28 to 41 days after bevacizumab";
const char* const urgent_fact = "Urgent surgery within 6 weeks of bevacizumab";

// Which of the three is yes: "28", "42", "urgent", "none", or several, which must not be.
std::string card(std::initializer_list<Change> changes) {
    const Case record = patient(changes);
    std::string found;
    for (const auto& [fact, word] : {std::pair{under_28, "28"}, {under_42, "42"}, {urgent_fact, "urgent"}}) {
        if (truth(record, fact) == yes) found += found.empty() ? word : std::string(" and ") + word;
    }
    return found.empty() ? "none" : found;
}

Change bevacizumab(int days) { return given(Drug::bevacizumab, days); }
Change surgery(When when, bool urgent = false) { return books(any_major, when, urgent); }
constexpr bool urgently = true;

}  // namespace

BOOST_AUTO_TEST_SUITE(elective_surgery_after_bevacizumab)

BOOST_AUTO_TEST_CASE(is_critical_below_28_days_and_a_warning_from_28_to_41) {
    BOOST_TEST(card({bevacizumab(0), surgery(days_ahead(27))}) == "28");
    BOOST_TEST(card({bevacizumab(0), surgery(days_ahead(28))}) == "42");
    BOOST_TEST(card({bevacizumab(0), surgery(days_ahead(41))}) == "42");
    BOOST_TEST(card({bevacizumab(0), surgery(days_ahead(42))}) == "none");
    BOOST_TEST(card({bevacizumab(20), surgery(days_ahead(7))}) == "28");
    BOOST_TEST(card({bevacizumab(20), surgery(days_ahead(8))}) == "42");
    BOOST_TEST(card({bevacizumab(41), surgery(days_ago(0))}) == "42");
    BOOST_TEST(card({bevacizumab(42), surgery(days_ago(0))}) == "none");
}

BOOST_AUTO_TEST_CASE(needs_both_the_drug_and_the_operation) {
    BOOST_TEST(card({bevacizumab(5)}) == "none");
    BOOST_TEST(card({surgery(days_ahead(5))}) == "none");
    BOOST_TEST(card({given(Drug::cetuximab, 5), surgery(days_ahead(5))}) == "none");
}

BOOST_AUTO_TEST_CASE(counts_from_the_last_dose) {
    BOOST_TEST(card({bevacizumab(60), bevacizumab(10), surgery(days_ahead(5))}) == "28");
    BOOST_TEST(card({bevacizumab(10), bevacizumab(60), surgery(days_ahead(5))}) == "28");
}

BOOST_AUTO_TEST_CASE(takes_a_drafted_dose_as_given_today_selected_or_not) {
    BOOST_TEST(card({drafts(Drug::bevacizumab), surgery(days_ahead(27))}) == "28");
    BOOST_TEST(card({drafts(Drug::bevacizumab), surgery(days_ahead(28))}) == "42");
    BOOST_TEST(card({drafts_unselected(Drug::bevacizumab), surgery(days_ahead(27))}) == "28");
    BOOST_TEST(card({bevacizumab(60), drafts(Drug::bevacizumab), surgery(days_ahead(5))}) == "28");
}

BOOST_AUTO_TEST_CASE(prefers_an_administration_and_falls_back_to_an_order_which_it_names) {
    BOOST_TEST(card({ordered(Drug::bevacizumab, 5), surgery(days_ahead(5))}) == "28");
    BOOST_TEST(card({bevacizumab(60), ordered(Drug::bevacizumab, 5), surgery(days_ahead(5))}) == "none");
    const auto by_order = finding(patient({ordered(Drug::bevacizumab, 5), surgery(days_ahead(5))}), under_28);
    BOOST_TEST(by_order.note.find("not confirmed given") != std::string::npos, by_order.note);
}

BOOST_AUTO_TEST_CASE(counts_today_and_later_but_not_past_bookings) {
    BOOST_TEST(card({bevacizumab(5), surgery(days_ago(0))}) == "28");
    BOOST_TEST(card({bevacizumab(5), surgery(days_ago(1))}) == "none");
    BOOST_TEST(card({bevacizumab(5), surgery(days_ago(1)), surgery(days_ahead(25))}) == "42");
}

BOOST_AUTO_TEST_CASE(takes_the_earliest_of_several_operations_booked_or_drafted) {
    BOOST_TEST(card({bevacizumab(0), surgery(days_ahead(60)), surgery(days_ahead(30))}) == "42");
    BOOST_TEST(card({bevacizumab(0), surgery(days_ahead(60)), drafts_operation(any_major, days_ahead(20))}) == "28");
    BOOST_TEST(card({bevacizumab(0), surgery(days_ahead(60)), drafts_operation_unselected(any_major, days_ahead(20))}) == "28");
}

BOOST_AUTO_TEST_CASE(without_a_date_is_a_warning_while_drafted_within_6_weeks_of_the_last_dose) {
    BOOST_TEST(card({bevacizumab(41), drafts_operation(any_major, undated)}) == "42");
    BOOST_TEST(card({bevacizumab(42), drafts_operation(any_major, undated)}) == "none");
    BOOST_TEST(card({bevacizumab(5), drafts_operation(any_major, undated)}) == "42");
    BOOST_TEST(card({drafts(Drug::bevacizumab), drafts_operation(any_major, undated)}) == "42");
    BOOST_TEST(card({bevacizumab(5), surgery(undated)}) == "none");
}

BOOST_AUTO_TEST_CASE(booked_without_a_date_is_open_while_the_drug_is_being_ordered) {
    BOOST_TEST(truth(under_28, {drafts(Drug::bevacizumab), surgery(undated)}) == unknown);
    BOOST_TEST(truth(under_42, {drafts(Drug::bevacizumab), surgery(undated)}) == unknown);
    BOOST_TEST(truth(under_28, {drafts(Drug::bevacizumab), surgery(undated), surgery(days_ahead(60))}) == unknown);
    BOOST_TEST(truth(under_28, {drafts(Drug::bevacizumab), surgery(undated), surgery(days_ahead(20))}) == yes);
    BOOST_TEST(truth(under_28, {drafts(Drug::bevacizumab), surgery(days_ahead(60))}) == no);
    BOOST_TEST(truth(under_42, {drafts(Drug::bevacizumab), surgery(undated), surgery(days_ahead(20))}) == no);
    BOOST_TEST(truth(under_28, {bevacizumab(5), surgery(undated)}) == no);
    BOOST_TEST(truth(under_28, {bevacizumab(5), surgery(undated), surgery(days_ahead(60))}) == no);
    BOOST_TEST(truth(under_28, {surgery(undated)}) == no);
}

BOOST_AUTO_TEST_CASE(is_certainly_not_there_when_either_of_the_two_was_read_and_not_found) {
    BOOST_TEST(truth(under_28, {unread(Input::medication_administrations)}) == no);
    BOOST_TEST(truth(under_28, {unread(Input::service_requests)}) == no);
    BOOST_TEST(truth(under_28, {surgery(days_ahead(5)), unread(Input::medication_administrations)}) == unknown);
    BOOST_TEST(truth(under_28, {surgery(days_ahead(5)), unread(Input::medication_requests)}) == unknown);
    BOOST_TEST(truth(under_28, {unread(Input::service_requests), unread(Input::medication_administrations)}) == unknown);
}

BOOST_AUTO_TEST_CASE(is_no_matter_of_a_stent_but_of_a_colostomy) {
    BOOST_TEST(card({bevacizumab(5), books(Intervention::stent, days_ahead(3))}) == "none");
    BOOST_TEST(card({bevacizumab(5), books(Intervention::colostomy, days_ahead(3))}) == "28");
}

BOOST_AUTO_TEST_CASE(of_a_partial_date_fires_if_any_day_of_it_would) {
    BOOST_TEST(card({given(Drug::bevacizumab, dated("2026-02")), surgery(dated("2026-03-27"))}) == "28");  // 28 February to 27 March
    BOOST_TEST(card({given(Drug::bevacizumab, dated("2026-02")), surgery(dated("2026-03-28"))}) == "42");
    BOOST_TEST(card({bevacizumab(5), surgery(dated("2026-03"))}) == "28");
    BOOST_TEST(card({bevacizumab(5), surgery(dated("2026-04"))}) == "42");
    BOOST_TEST(card({bevacizumab(5), surgery(dated("2026-05"))}) == "none");
}

BOOST_AUTO_TEST_CASE(that_is_far_off_may_be_nearer_in_what_was_not_read) {
    for (const Input input : {Input::service_requests, Input::medication_requests, Input::medication_administrations}) {
        const Change missing = partly_read(input);
        BOOST_TEST(truth(under_28, {bevacizumab(5), surgery(days_ahead(60)), missing}) == unknown, rectal_cds::domain::name(input));
        BOOST_TEST(truth(under_28, {bevacizumab(5), surgery(days_ahead(5)), missing}) == yes, rectal_cds::domain::name(input));
    }
    BOOST_TEST(truth(under_28, {bevacizumab(5), unread(Input::service_requests)}) == unknown);
    BOOST_TEST(truth(under_28, {surgery(days_ahead(5)), unread(Input::medication_administrations)}) == unknown);
    BOOST_TEST(truth(under_28, {bevacizumab(5), unusable(Topic::surgery)}) == unknown);
    BOOST_TEST(truth(under_28, {bevacizumab(5), surgery(days_ahead(60))}) == no);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(urgent_surgery_after_bevacizumab)

BOOST_AUTO_TEST_CASE(is_not_delayed_but_said_within_6_weeks) {
    BOOST_TEST(card({bevacizumab(5), surgery(days_ahead(3), urgently)}) == "urgent");
    BOOST_TEST(card({bevacizumab(0), surgery(days_ahead(41), urgently)}) == "urgent");
    BOOST_TEST(card({bevacizumab(0), surgery(days_ahead(42), urgently)}) == "none");
}

BOOST_AUTO_TEST_CASE(without_a_date_is_today) {
    BOOST_TEST(card({bevacizumab(41), surgery(undated, urgently)}) == "urgent");
    BOOST_TEST(card({bevacizumab(42), surgery(undated, urgently)}) == "none");
    BOOST_TEST(card({bevacizumab(41), drafts_operation(any_major, undated, urgently)}) == "urgent");
}

BOOST_AUTO_TEST_CASE(excludes_the_elective_cards_and_is_excluded_by_an_earlier_elective_operation) {
    BOOST_TEST(card({bevacizumab(5), surgery(days_ahead(3), urgently), surgery(days_ahead(10))}) == "urgent");
    BOOST_TEST(card({bevacizumab(5), surgery(days_ahead(3)), surgery(days_ahead(10), urgently)}) == "28");
    BOOST_TEST(card({bevacizumab(5), surgery(days_ahead(3), urgently), drafts_operation(any_major, undated)}) == "urgent");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(bevacizumab_after_major_surgery)

namespace {
const char* const within_42 = "Major surgery less than 42 days ago";
const char* const within_28 = "Major surgery less than 28 days ago";
Change operated_on(int days) { return operated(any_major, days_ago(days)); }
}  // namespace

BOOST_AUTO_TEST_CASE(is_critical_below_28_days_and_a_warning_below_42) {
    BOOST_TEST(truth(within_28, {operated_on(27)}) == yes);
    BOOST_TEST(truth(within_28, {operated_on(28)}) == no);
    BOOST_TEST(truth(within_42, {operated_on(28)}) == yes);
    BOOST_TEST(truth(within_42, {operated_on(41)}) == yes);
    BOOST_TEST(truth(within_42, {operated_on(42)}) == no);
    BOOST_TEST(truth(within_42, {operated_on(0)}) == yes);
}

BOOST_AUTO_TEST_CASE(counts_any_recent_operation_and_a_colostomy_but_no_stent) {
    BOOST_TEST(truth(within_42, {operated_on(200), operated_on(10)}) == yes);
    BOOST_TEST(truth(within_42, {operated(Intervention::colostomy, days_ago(10))}) == yes);
    BOOST_TEST(truth(within_42, {operated(Intervention::stent, days_ago(10))}) == no);
}

BOOST_AUTO_TEST_CASE(of_a_partial_date_counts_if_any_day_of_it_would) {
    BOOST_TEST(truth(within_28, {operated(any_major, dated("2026-02"))}) == yes);
    BOOST_TEST(truth(within_28, {operated(any_major, dated("2026-01"))}) == no);
    BOOST_TEST(truth(within_42, {operated(any_major, dated("2026-01"))}) == yes);
}

BOOST_AUTO_TEST_CASE(is_excluded_only_where_the_procedures_were_read) {
    BOOST_TEST(truth(within_42, {}) == no);
    BOOST_TEST(truth(within_42, {unread(Input::procedures)}) == unknown);
    BOOST_TEST(truth(within_42, {operated_on(200), partly_read(Input::procedures)}) == unknown);
    BOOST_TEST(truth(within_42, {operated_on(20), partly_read(Input::procedures)}) == yes);
    BOOST_TEST(truth(within_42, {unusable(Topic::surgery)}) == unknown);
}

BOOST_AUTO_TEST_SUITE_END()
