// Faults that tests/mutation made and no test noticed: the exact day or value of a limit, a second statement beside the
// newest, results of one day, and what unusable or unread data leave open.
#include <boost/test/unit_test.hpp>

#include "domain/interventions.hpp"

using namespace rectal_cds::testing;

namespace {

constexpr const char* mdt_due = "MDT discussion due";
constexpr const char* rising = "CEA rising";
const Change treated = [](Case& c) { stage_iv_for(200)(c), cycles(8)(c); };       // since 101 days
const Change on_treatment = [](Case& c) { stage_iv_for(400)(c), cycles(6)(c); };  // since 73 days
const Change response = disease(Status::improved, days_ago(20));
const Change resectable = metastases(Resectable::resectable);

Change mdt(When when) { return mark(MarkKind::mdt_discussion, when); }
Change cea(double value, int days, Bound bound = Bound::exact) {
    return measured(Quantity::cea_mass, value, days_ago(days), bound);
}
Change other_cea(double value, int days, const char* unit) {
    return [=](Case& c) {
        measured(Quantity::cea_other_units, value, days_ago(days))(c);
        c.measurements.back().unit = unit, c.measurements.back().upper_limit = 5;
    };
}
Change dated_between(int most, int least, Change change) {  // the date of what it adds to the disease statuses
    return [=](Case& c) {
        change(c);
        c.disease_statuses.back().source.when =
            rectal_cds::base::DateInterval{days_ago(most)->first, days_ago(least)->first};
    };
}

bool names_gap(const char* fact, std::initializer_list<Change> changes, std::string_view part) {
    for (const auto& gap : finding(patient(changes), fact).gaps) {
        if (gap.what.find(part) != std::string::npos) return true;
    }
    return false;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(the_newest_discussion)

BOOST_AUTO_TEST_CASE(is_not_replaced_by_an_undated_or_an_older_one) {
    BOOST_TEST(truth(mdt_due, {treated, mdt(days_ago(30)), mdt(undated), response, resectable}) == yes);
    BOOST_TEST(truth(mdt_due, {treated, mdt(days_ago(3)), mdt(days_ago(40)), response, resectable}) == no);
}

BOOST_AUTO_TEST_CASE(is_compared_with_dated_statements_on_the_metastases_only) {
    const Change primary = primary_tumour(Resectable::resectable),
                 undated_one = metastases(Resectable::resectable, undated);
    BOOST_TEST(truth(mdt_due, {treated, mdt(days_ago(30)), response, primary}) == no);
    BOOST_TEST(truth(mdt_due, {treated, mdt(days_ago(30)), response, undated_one}) == no);
}

BOOST_AUTO_TEST_CASE(is_open_when_a_newer_response_may_stand_in_what_could_not_be_used) {
    for (const Topic topic : {Topic::disease_status, Topic::resectability, Topic::medication})
        BOOST_TEST(truth(mdt_due, {treated, mdt(days_ago(3)), unusable(topic)}) == unknown);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(several_statuses_of_one_day)

BOOST_AUTO_TEST_CASE(count_as_the_least_favourable_in_either_order) {
    const Status order[] = {Status::improved, Status::stable, Status::undetermined, Status::worsened};
    const char* const facts[] = {"", "Stable disease", "", "Progression"};
    for (int worse : {1, 3}) {
        const Change good = disease(order[worse - 1], days_ago(5)), bad = disease(order[worse], days_ago(5));
        BOOST_TEST(truth(facts[worse], {on_treatment, good, bad}) == yes);
        BOOST_TEST(truth(facts[worse], {on_treatment, bad, good}) == yes);
    }
    const Change stable = disease(Status::stable, days_ago(5)),
                 undetermined = disease(Status::undetermined, days_ago(5));
    BOOST_TEST(truth("Stable disease", {on_treatment, stable, undetermined}) == no);
    BOOST_TEST(truth("Stable disease", {on_treatment, undetermined, stable}) == no);
}

BOOST_AUTO_TEST_CASE(leave_the_line_open_when_the_date_may_be_its_first_day) {
    const Change perhaps = dated_between(73, 60, disease(Status::worsened, days_ago(60)));
    BOOST_TEST(truth("Progression", {on_treatment, perhaps}) == unknown);
    BOOST_TEST(truth("Progression", {on_treatment, dated_between(72, 60, disease(Status::worsened, days_ago(60)))}) ==
               yes);
}

BOOST_AUTO_TEST_CASE(are_recent_up_to_the_28th_day_and_open_around_it) {
    constexpr const char* recent = "Response or stable disease within 28 days";
    BOOST_TEST(truth(recent, {on_treatment, dated_between(41, 28, response)}) == unknown);
    BOOST_TEST(truth(recent, {on_treatment, dated_between(41, 29, response)}) == no);
    BOOST_TEST(truth(recent, {on_treatment, dated_between(28, 20, response)}) == yes);
}

BOOST_AUTO_TEST_CASE(are_open_when_the_line_is) {
    BOOST_TEST(truth("Progression", {on_treatment, response, unusable(Topic::medication)}) == unknown);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(restaging)

BOOST_AUTO_TEST_CASE(counts_a_cycle_of_the_day_after_it) {
    const Change since_40_days = [](Case& c) {
        stage_iv_for(200)(c), cycles(2, Drug::oxaliplatin, 60)(c), image(days_ago(30))(c), cea(3, 30)(c);
    };
    BOOST_TEST(truth("Restaging due", {since_40_days, given(Drug::oxaliplatin, 29), given(Drug::oxaliplatin, 15)}) ==
               yes);
    BOOST_TEST(truth("Restaging due", {since_40_days, given(Drug::oxaliplatin, 30), given(Drug::oxaliplatin, 15)}) ==
               no);
}

BOOST_AUTO_TEST_CASE(is_open_when_an_image_or_a_value_could_not_be_used) {
    BOOST_TEST(truth("Restaging overdue", {treated, unusable(Topic::medication)}) == unknown);
    BOOST_TEST(truth("Restaging overdue", {treated, unusable(Topic::imaging), unusable(Topic::cea)}) == unknown);
    BOOST_TEST(truth("Restaging overdue", {treated, unusable(Topic::cea), image(days_ago(5))}) == unknown);
    BOOST_TEST(truth("Restaging overdue", {treated, unusable(Topic::imaging), cea(4, 5)}) == unknown);
}

// The clock restarts by both: what could not be used of the one does not matter where the other is missing.
BOOST_AUTO_TEST_CASE(is_overdue_where_an_unusable_value_stands_alone) {
    BOOST_TEST(truth("Restaging overdue", {treated, unusable(Topic::cea)}) == yes);
    BOOST_TEST(truth("Restaging overdue", {treated, unusable(Topic::imaging)}) == yes);
    BOOST_TEST(truth("CEA missing since restaging", {treated, unusable(Topic::cea)}) == unknown);
    BOOST_TEST(truth("Restaging image missing", {treated, unusable(Topic::cea)}) == yes);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(cea_values)

BOOST_AUTO_TEST_CASE(of_one_day_have_no_order) {
    BOOST_TEST(truth(rising, {on_treatment, cea(6, 20), cea(7, 5), cea(8, 5)}) == unknown);
    BOOST_TEST(truth(rising, {on_treatment, cea(6, 20), cea(7, 20), cea(8, 5)}) == unknown);
    BOOST_TEST(truth(rising, {on_treatment, cea(6, 20), cea(7, 6), cea(8, 5)}) == yes);
}

BOOST_AUTO_TEST_CASE(below_a_limit_cannot_be_compared_whichever_it_is) {
    BOOST_TEST(truth(rising, {on_treatment, cea(6, 20, Bound::below), cea(7, 10), cea(8, 5)}) == unknown);
    BOOST_TEST(truth(rising, {on_treatment, cea(6, 20), cea(7, 10, Bound::below), cea(8, 5)}) == unknown);
    BOOST_TEST(truth(rising, {on_treatment, cea(6, 20), cea(7, 10), cea(8, 5, Bound::above)}) == unknown);
}

BOOST_AUTO_TEST_CASE(of_different_units_cannot_be_compared_whichever_differs) {
    BOOST_TEST(truth(rising, {on_treatment, other_cea(6, 20, "U/mL"), cea(7, 10), cea(8, 5)}) == unknown);
    BOOST_TEST(truth(rising, {on_treatment, cea(6, 20), cea(7, 10), other_cea(8, 5, "U/mL")}) == unknown);
    const auto in = [](const char* a, const char* b, const char* c) {
        return truth(rising, {on_treatment, other_cea(6, 20, a), other_cea(7, 10, b), other_cea(8, 5, c)});
    };
    BOOST_TEST(in("kU/L", "U/mL", "U/mL") == unknown);
    BOOST_TEST(in("U/mL", "U/mL", "kU/L") == unknown);
    BOOST_TEST(in("U/mL", "U/mL", "U/mL") == yes);
}

BOOST_AUTO_TEST_CASE(of_the_first_day_of_the_line_belong_to_it) {
    BOOST_TEST(truth(rising, {on_treatment, cea(4, 73), cea(10, 20), cea(11, 10), cea(12, 5)}) == yes);
    BOOST_TEST(truth(rising, {on_treatment, cea(4, 74), cea(10, 20), cea(11, 10), cea(12, 5)}) == no);
}

BOOST_AUTO_TEST_CASE(that_fall_are_open_when_others_could_not_be_used) {
    for (const Topic topic : {Topic::cea, Topic::medication})
        BOOST_TEST(truth(rising, {on_treatment, cea(8, 20), cea(7, 10), cea(6, 5), unusable(topic)}) == unknown);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(other_limits_and_readings)

BOOST_AUTO_TEST_CASE(no_clearance_comes_of_a_creatinine_of_zero_and_one_of_a_low_value) {
    const auto with_creatinine = [](double value) {
        return truth("Creatinine clearance 50 or below", {measured(Quantity::body_weight, 40, days_ago(5)),
                                                          measured(Quantity::creatinine, value, days_ago(5)),
                                                          [](Case& c) { c.birth = dated("1940-01-01"); }});
    };
    BOOST_TEST(with_creatinine(0) == unknown);
    BOOST_TEST(with_creatinine(0.8) == yes);  // (140 - 86) x 40 / (72 x 0.8) = 37.5
}

BOOST_AUTO_TEST_CASE(a_transplant_that_is_no_longer_active_is_none) {
    BOOST_TEST(truth("Solid-organ transplant", {problem(ProblemKind::organ_transplant, days_ago(900))}) == yes);
    BOOST_TEST(truth("Solid-organ transplant", {problem(ProblemKind::organ_transplant, days_ago(900), false)}) == no);
}

BOOST_AUTO_TEST_CASE(the_newest_statement_on_pregnancy_is_not_replaced_by_an_older_or_undated_one) {
    BOOST_TEST(truth("Pregnant", {pregnancy(true, days_ago(3)), pregnancy(false, days_ago(30))}) == yes);
    BOOST_TEST(truth("Pregnant", {pregnancy(true, days_ago(3)), pregnancy(false, undated)}) == yes);
}

BOOST_AUTO_TEST_CASE(an_interval_from_180_days_on_is_open) {
    const Change onset = [](Case& c) {
        stage_iv_for(10)(c);
        c.primaries[0].onset = rectal_cds::base::DateInterval{days_ago(220)->first, days_ago(190)->first};
    };
    BOOST_TEST(truth("Synchronous metastases", {onset}) == unknown);
    BOOST_TEST(truth("Synchronous metastases",
                     {onset, [](Case& c) { c.primaries[0].onset->last = days_ago(191)->first; }}) == no);
}

BOOST_AUTO_TEST_CASE(an_unread_patient_beside_a_drafted_antibody_withholds_advice) {
    BOOST_TEST(truth("Unread data withhold advice",
                     {at(Hook::order_sign), drafts(Drug::cetuximab), unread(Input::patient)}) == yes);
    BOOST_TEST(truth("Unread data withhold advice",
                     {at(Hook::order_sign), drafts(Drug::oxaliplatin), unread(Input::patient)}) == no);
}

BOOST_AUTO_TEST_CASE(a_missing_m_category_names_both_inputs_that_could_hold_it) {
    BOOST_TEST(names_gap("Distant metastases (M1)", {nothing_staged(), unread(Input::conditions)}, "conditions"));
    BOOST_TEST(names_gap("Distant metastases (M1)", {nothing_staged(), unread(Input::observations)}, "observations"));
}

BOOST_AUTO_TEST_CASE(a_far_off_operation_is_open_when_a_nearer_one_or_a_dose_could_not_be_used) {
    constexpr const char* under_28 = "Elective surgery less than 28 days after bevacizumab";
    for (const Topic topic : {Topic::surgery, Topic::medication})
        BOOST_TEST(truth(under_28, {given(Drug::bevacizumab, 5), books(any_major, days_ahead(60)), unusable(topic)}) ==
                   unknown);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(lines_and_cycles)

BOOST_AUTO_TEST_CASE(an_active_order_that_is_no_backbone_does_not_hide_cycles) {
    BOOST_TEST(truth("Fewer than 2 cycles given", {stage_iv_for(400), ordered(Drug::bevacizumab, 10)}) == yes);
    BOOST_TEST(truth("Fewer than 2 cycles given", {stage_iv_for(400), ordered(Drug::oxaliplatin, 10)}) == unknown);
}

BOOST_AUTO_TEST_CASE(an_undated_active_order_is_the_first_line_of_unknown_length) {
    const Change undated_order = [](Case& c) {
        c.orders.push_back({source("order", undated), "o", Drug::oxaliplatin, true, 14});
    };
    BOOST_TEST(truth("First line", {undated_order}) == yes);
    BOOST_TEST(truth("On therapy for 112 days or more", {undated_order}) != yes);
}

BOOST_AUTO_TEST_CASE(a_period_of_a_week_is_a_cycle_and_a_shorter_one_a_dosing_interval) {
    const Change fourteen_cycles = [](Case& c) { stage_iv_for(400)(c), cycles(14)(c); };
    constexpr const char* beyond = "Perioperative therapy beyond 26 weeks";
    BOOST_TEST(truth(beyond, {fourteen_cycles, order_of_given(Drug::oxaliplatin, 7)}) == no);  // 14 weeks
    BOOST_TEST(truth(beyond, {fourteen_cycles, order_of_given(Drug::oxaliplatin, 6)}) ==
               yes);  // 14 days each: 28 weeks
}

BOOST_AUTO_TEST_CASE(a_new_backbone_starts_a_line_after_progression_within_the_old_one) {
    const auto with_progression = [](int days) {
        return truth("First line", {stage_iv_for(400), given(Drug::oxaliplatin, 100),
                                    disease(Status::worsened, days_ago(days)), given(Drug::irinotecan, 50)});
    };
    BOOST_TEST(with_progression(100) == yes);  // on the first day: a status of before
    BOOST_TEST(with_progression(99) == no);
    BOOST_TEST(with_progression(50) == no);  // on the day of the new drug
    BOOST_TEST(with_progression(49) == yes);
}

BOOST_AUTO_TEST_CASE(drugs_of_before_stage_iv_count_as_used_where_any_use_does) {
    const Change long_ago = stage_iv_for(100);
    BOOST_TEST(truth("No prior encorafenib", {long_ago, given(Drug::encorafenib, 300)}) == no);
    BOOST_TEST(truth("No unused immunotherapy option", {long_ago, mmr(rectal_cds::domain::MmrResult::Outcome::unstable),
                                                        given(Drug::pembrolizumab, 300)}) == yes);
    BOOST_TEST(truth("No unused BRAF inhibitor option", {long_ago, braf_v600e(), given(Drug::encorafenib, 300)}) ==
               yes);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(surgery_and_radiotherapy)

BOOST_AUTO_TEST_CASE(an_undated_draft_beside_a_near_operation_fires_once) {
    const std::initializer_list<Change> both{given(Drug::bevacizumab, 5), books(any_major, days_ahead(10)),
                                             drafts_operation(any_major, undated)};
    BOOST_TEST(truth("Elective surgery less than 28 days after bevacizumab", both) == yes);
    BOOST_TEST(truth("Elective surgery 28 to 41 days after bevacizumab", both) == no);
}

BOOST_AUTO_TEST_CASE(a_partial_end_of_radiotherapy_is_open_at_both_ends_of_the_window) {
    const auto ended_between = [](int most, int least) {
        const When when = rectal_cds::base::DateInterval{days_ago(most)->first, days_ago(least)->first};
        return truth("Short-course radiotherapy 120 to 182 days ago", {irradiated(short_course, when)});
    };
    BOOST_TEST(ended_between(120, 110) == unknown);
    BOOST_TEST(ended_between(119, 110) == no);
    BOOST_TEST(ended_between(190, 182) == unknown);
    BOOST_TEST(ended_between(190, 183) == no);
}

BOOST_AUTO_TEST_CASE(the_newest_statement_on_the_primary_is_not_replaced_by_an_older_or_undated_one) {
    const Change resected = mark(MarkKind::primary_resected, days_ago(3));
    BOOST_TEST(truth("Primary in situ", {resected, mark(MarkKind::primary_in_situ, days_ago(30))}) == no);
    BOOST_TEST(truth("Primary in situ", {resected, mark(MarkKind::primary_in_situ, undated)}) == no);
}

BOOST_AUTO_TEST_SUITE_END()
