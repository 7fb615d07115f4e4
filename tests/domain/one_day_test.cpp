// Statements of one day: times are not read (decisions.md 39), so nothing may depend on the order of the record, and
// a fact that adds caution needs less proof than one that removes it.
#include <boost/test/unit_test.hpp>

#include "domain/body_size.hpp"
#include "domain/interventions.hpp"
#include "domain/measurements.hpp"

using namespace rectal_cds::testing;

namespace {

constexpr const char* under_28 = "Elective surgery less than 28 days after bevacizumab";
constexpr const char* urgent = "Urgent surgery within 6 weeks of bevacizumab";

Change value(Quantity quantity, double number, int days = 5) { return measured(quantity, number, days_ago(days)); }
Change t_category(bool t4b, When when) {
    return [=](Case& c) { c.t_categories.push_back({source("T category", when), t4b}); };
}

// What the fact says of both, when they come in this order and in the other one.
bool either_way(
    const char* fact, Truth expected, const Change& a, const Change& b, const Change& before = [](Case&) {}) {
    return truth(fact, {before, a, b}) == expected && truth(fact, {before, b, a}) == expected;
}

// The value that counts, of two of one day in either order; 0 where that depends on the order.
double counted(Quantity quantity, double a, double b) {
    const Case one = patient({value(quantity, a), value(quantity, b)}),
               other = patient({value(quantity, b), value(quantity, a)});
    const double first = rectal_cds::domain::latest(one, quantity, 30)->value;
    return first == rectal_cds::domain::latest(other, quantity, 30)->value ? first : 0;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(statements_of_one_day)

BOOST_AUTO_TEST_CASE(count_with_the_value_that_adds_caution_whichever_comes_first) {
    for (const auto quantity : {Quantity::neutrophils, Quantity::platelets, Quantity::creatinine_clearance,
                                Quantity::distance_from_anal_verge, Quantity::body_weight, Quantity::body_height})
        BOOST_TEST(counted(quantity, 2, 3) == 2);
    for (const auto quantity :
         {Quantity::ecog, Quantity::karnofsky_as_ecog, Quantity::bilirubin_over_uln, Quantity::creatinine,
          Quantity::protein_creatinine, Quantity::protein_24h, Quantity::systolic, Quantity::diastolic})
        BOOST_TEST(counted(quantity, 2, 3) == 3);
}

BOOST_AUTO_TEST_CASE(warn_by_the_worse_of_two_values_and_by_the_newer_one_of_two_days) {
    constexpr const char* low = "Neutrophils below 1.5 or platelets below 75";
    const Change healthy = value(Quantity::platelets, 200);
    BOOST_TEST(either_way(low, yes, value(Quantity::neutrophils, 1.2), value(Quantity::neutrophils, 3.4), healthy));
    BOOST_TEST(either_way(low, no, value(Quantity::neutrophils, 1.2, 6), value(Quantity::neutrophils, 3.4), healthy));
    constexpr const char* high = "Blood pressure 160/100 or above";
    BOOST_TEST(either_way(high, yes, value(Quantity::systolic, 165), value(Quantity::systolic, 140)));
    BOOST_TEST(either_way(high, no, value(Quantity::systolic, 165, 6), value(Quantity::systolic, 140),
                          value(Quantity::diastolic, 80)));
    BOOST_TEST(either_way("ECOG 3 or 4", yes, value(Quantity::ecog, 1), value(Quantity::ecog, 3)));
    BOOST_TEST(either_way("ECOG 3 or 4", no, value(Quantity::ecog, 1), value(Quantity::ecog, 3, 6)));
}

BOOST_AUTO_TEST_CASE(say_pregnant_when_one_of_them_does) {
    BOOST_TEST(either_way("Pregnant", yes, pregnancy(true), pregnancy(false)));
    BOOST_TEST(either_way("Pregnant", yes, pregnancy(true, undated), pregnancy(false, undated)));
    BOOST_TEST(either_way("Pregnant", no, pregnancy(true, days_ago(6)), pregnancy(false)));
    BOOST_TEST(either_way("Pregnant", no, pregnancy(true, undated), pregnancy(false)));
}

BOOST_AUTO_TEST_CASE(say_t4b_when_one_of_them_does) {
    BOOST_TEST(either_way("T4b", yes, t_category(true, days_ago(3)), t_category(false, days_ago(3))));
    BOOST_TEST(either_way("T4b", no, t_category(true, days_ago(4)), t_category(false, days_ago(3))));
}

BOOST_AUTO_TEST_CASE(on_resectability_have_to_agree) {
    using rectal_cds::domain::Resectability;
    const char* const documented[] = {"Metastases documented as resectable", "Primary documented as resectable"};
    const char* const not_documented[] = {"Metastases not documented as resectable",
                                          "Primary not documented as resectable"};
    const Resectability::Of subjects[] = {Resectability::Of::metastases, Resectability::Of::primary};
    for (int i : {0, 1}) {
        const Change can = resectability(subjects[i], Resectable::resectable),
                     cannot = resectability(subjects[i], Resectable::unresectable);
        BOOST_TEST(either_way(documented[i], unknown, can, cannot));
        BOOST_TEST(either_way(not_documented[i], yes, can, cannot));
        BOOST_TEST(either_way(documented[i], yes, can, can));
        BOOST_TEST(either_way(not_documented[i], no, can, can));
        BOOST_TEST(either_way(documented[i], no, cannot, cannot));
        const Change could = resectability(subjects[i], Resectable::resectable, days_ago(6));
        BOOST_TEST(either_way(documented[i], no, could, cannot));
    }
}

BOOST_AUTO_TEST_CASE(call_for_a_discussion_when_one_of_them_leaves_resection_open) {
    const Change assessed = [](Case& c) {
        stage_iv_for(200)(c), cycles(8)(c), mark(MarkKind::mdt_discussion, days_ago(30))(c);
        disease(Status::improved, days_ago(20))(c);
    };
    const Change perhaps = metastases(Resectable::potentially_resectable),
                 not_so = metastases(Resectable::unresectable);
    BOOST_TEST(either_way("MDT discussion due", yes, perhaps, not_so, assessed));
    BOOST_TEST(either_way("MDT discussion due", no, not_so, not_so, assessed));
    const Change once = metastases(Resectable::resectable, days_ago(9));
    BOOST_TEST(either_way("MDT discussion due", no, once, not_so, assessed));
}

BOOST_AUTO_TEST_CASE(on_intent_have_to_agree) {
    const Change curative = intent(IntentValue::curative), palliative = intent(IntentValue::palliative);
    BOOST_TEST(either_way("Intent is curative", unknown, curative, palliative));
    BOOST_TEST(either_way("Intent is conversion or curative", unknown, curative, palliative));
    BOOST_TEST(either_way("Intent is conversion or curative", yes, curative, intent(IntentValue::conversion)));
    BOOST_TEST(either_way("Intent is curative", no, palliative, palliative));
    BOOST_TEST(either_way("Intent is curative", no, intent(IntentValue::curative, days_ago(6)), palliative));
}

BOOST_AUTO_TEST_CASE(on_the_primary_end_with_its_resection) {
    const Change before = mark(MarkKind::primary_in_situ, days_ago(5)),
                 after = mark(MarkKind::primary_resected, days_ago(5));
    BOOST_TEST(either_way("Primary in situ", no, before, after));
    BOOST_TEST(either_way("Primary in situ", yes, before, before));
    BOOST_TEST(either_way("Primary in situ", yes, mark(MarkKind::primary_resected, days_ago(6)), before));
}

BOOST_AUTO_TEST_CASE(on_planned_surgery_count_with_the_elective_operation) {
    const Change dose = given(Drug::bevacizumab, 5), urgent_one = books(any_major, days_ahead(10), true),
                 elective = books(any_major, days_ahead(10));
    BOOST_TEST(either_way(under_28, yes, urgent_one, elective, dose));
    BOOST_TEST(either_way(urgent, no, urgent_one, elective, dose));
    const Change a_day_later = books(any_major, days_ahead(11));
    BOOST_TEST(either_way(urgent, yes, urgent_one, a_day_later, dose));
    BOOST_TEST(either_way(under_28, no, urgent_one, a_day_later, dose));
    const Change a_day_earlier = books(any_major, days_ahead(9), true);
    BOOST_TEST(either_way(urgent, yes, a_day_earlier, elective, dose));
}

BOOST_AUTO_TEST_CASE(leave_open_which_cea_values_are_the_last_three) {
    const Change on_treatment = [](Case& c) { stage_iv_for(400)(c), cycles(6)(c); };
    const auto with = [&](double a, int days_a, double b, int days_b) {
        const Change last_two = [](Case& c) {
            value(Quantity::cea_mass, 10, 10)(c), value(Quantity::cea_mass, 14, 5)(c);
        };
        const Change one = value(Quantity::cea_mass, a, days_a), other = value(Quantity::cea_mass, b, days_b);
        const Truth first = truth("CEA rising", {on_treatment, one, other, last_two});
        BOOST_TEST(first == truth("CEA rising", {on_treatment, other, one, last_two}));
        return first;
    };
    BOOST_TEST(with(8, 20, 12, 20) == unknown);
    BOOST_TEST(with(8, 20, 8, 20) == yes);
    BOOST_TEST(with(8, 20, 12, 21) == yes);
    BOOST_TEST(with(8, 21, 12, 20) == no);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(partial_dates_of_metastases)

BOOST_AUTO_TEST_CASE(are_bounded_by_an_exact_date_beside_them) {
    const auto more_than_28_days = [](const char* secondary, const char* stage) {
        return truth("More than 28 days since stage IV diagnosis", {[=](Case& c) {
                         c.secondaries[0].source.when = dated(secondary), c.stages[0].source.when = dated(stage);
                     }});
    };
    BOOST_TEST(more_than_28_days("2026", "2026-02-01") == yes);  // 29 days before today
    BOOST_TEST(more_than_28_days("2026-02-01", "2026") == yes);
    BOOST_TEST(more_than_28_days("2026", "2026-02-02") == no);
    BOOST_TEST(more_than_28_days("2026-02", "2026-02-01") == yes);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(size_of_the_body)

BOOST_AUTO_TEST_CASE(is_taken_from_values_of_the_last_30_days) {
    using rectal_cds::domain::body_size;
    BOOST_TEST(body_size(patient({value(Quantity::body_weight, 80, 30)})).has_value());
    BOOST_TEST(!body_size(patient({value(Quantity::body_weight, 80, 31)})).has_value());
    const auto with_height = [](int days) {
        return body_size(patient({value(Quantity::body_weight, 80, 5), value(Quantity::body_height, 180, days)}));
    };
    BOOST_TEST(with_height(30)->height != nullptr);
    BOOST_TEST(with_height(31)->height == nullptr);
}

BOOST_AUTO_TEST_SUITE_END()
