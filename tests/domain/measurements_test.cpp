// Look-back windows, thresholds and comparators (clinical.md 3.7 G and H; local-codes.md D16).
#include "domain/measurements.hpp"

#include <boost/test/unit_test.hpp>

#include <vector>

#include "domain/changes.hpp"

using namespace rectal_cds::testing;

namespace {

Truth with(const char* fact, Quantity quantity, double value, int days = 1, Bound bound = Bound::exact) {
    return truth(fact, {measured(quantity, value, days_ago(days), bound)});
}

// A limit of the specification: the last value on the harmless side and the first on the other.
struct Threshold {
    const char* fact;
    Quantity quantity;
    double harmless, harmful;
    int window;  // in days, the last one that counts
};

const std::vector<Threshold>& thresholds() {
    static const std::vector<Threshold> all{
        {"Blood pressure 160/100 or above", Quantity::systolic, 159, 160, 30},
        {"Blood pressure 160/100 or above", Quantity::diastolic, 99, 100, 30},
        {"Blood pressure 180/120 or above", Quantity::systolic, 179, 180, 30},
        {"Blood pressure 180/120 or above", Quantity::diastolic, 119, 120, 30},
        {"Proteinuria 2 g or more", Quantity::protein_creatinine, 1.99, 2.0, 30},
        {"Proteinuria 2 g or more", Quantity::protein_24h, 1.99, 2.0, 30},
        {"Nephrotic-range proteinuria", Quantity::protein_creatinine, 3.49, 3.5, 30},
        {"Nephrotic-range proteinuria", Quantity::protein_24h, 3.49, 3.5, 30},
        {"Neutrophils below 1.5 or platelets below 75", Quantity::neutrophils, 1.5, 1.49, 14},
        {"Neutrophils below 1.5 or platelets below 75", Quantity::platelets, 75, 74, 14},
        {"Neutrophils below 1.0 or platelets below 50", Quantity::neutrophils, 1.0, 0.99, 14},
        {"Neutrophils below 1.0 or platelets below 50", Quantity::platelets, 50, 49, 14},
        {"Bilirubin above 1.5 x ULN or UGT1A1 poor", Quantity::bilirubin_over_uln, 1.5, 1.51, 14},
        {"Bilirubin above 3 x ULN", Quantity::bilirubin_over_uln, 3.0, 3.01, 14},
        {"Creatinine clearance below 30", Quantity::creatinine_clearance, 30, 29.9, 30},
        {"Creatinine clearance 50 or below", Quantity::creatinine_clearance, 50.1, 50, 30},
    };
    return all;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(a_threshold)

BOOST_AUTO_TEST_CASE(is_crossed_at_the_value_that_the_specification_names) {
    for (const Threshold& t : thresholds()) {
        BOOST_TEST(with(t.fact, t.quantity, t.harmful) == yes, t.fact << " at " << t.harmful);
        BOOST_TEST(with(t.fact, t.quantity, t.harmless) != yes, t.fact << " at " << t.harmless);
    }
}

BOOST_AUTO_TEST_CASE(is_judged_within_its_window_only) {
    for (const Threshold& t : thresholds()) {
        BOOST_TEST(with(t.fact, t.quantity, t.harmful, t.window) == yes, t.fact << ", " << t.window << " days");
        BOOST_TEST(with(t.fact, t.quantity, t.harmful, t.window + 1) == unknown, t.fact << ", " << t.window + 1 << " days");
    }
}

BOOST_AUTO_TEST_CASE(is_unknown_without_a_value_and_never_fires) {
    for (const Threshold& t : thresholds()) {
        BOOST_TEST(truth(t.fact, {}) == unknown, t.fact);
        BOOST_TEST(truth(t.fact, {unread(Input::observations)}) == unknown, t.fact);
    }
}

BOOST_AUTO_TEST_CASE(is_judged_by_the_latest_value) {
    for (const Threshold& t : thresholds()) {
        const Change harmful_then_harmless = [&](Case& c) {
            measured(t.quantity, t.harmful, days_ago(6))(c), measured(t.quantity, t.harmless, days_ago(2))(c);
        };
        const Change harmless_then_harmful = [&](Case& c) {
            measured(t.quantity, t.harmful, days_ago(2))(c), measured(t.quantity, t.harmless, days_ago(6))(c);
        };
        BOOST_TEST(truth(t.fact, {harmful_then_harmless}) != yes, t.fact);
        BOOST_TEST(truth(t.fact, {harmless_then_harmful}) == yes, t.fact);
    }
}

BOOST_AUTO_TEST_CASE(that_was_crossed_stands_beside_what_was_not_read) {
    for (const Threshold& t : thresholds()) BOOST_TEST(truth(t.fact, {measured(t.quantity, t.harmful, days_ago(1)), partly_read(Input::observations)}) == yes, t.fact);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_harmless_value)

namespace {

// All quantities that the fact looks at are harmless.
Change harmless(const char* fact) {
    return [=](Case& c) {
        for (const Threshold& t : thresholds()) {
            if (std::string_view(t.fact) == fact) measured(t.quantity, t.harmless, days_ago(1))(c);
        }
    };
}

}  // namespace

BOOST_AUTO_TEST_CASE(is_a_no_when_every_quantity_of_the_rule_is_harmless) {
    for (const Threshold& t : thresholds()) {
        if (std::string_view(t.fact).find("UGT1A1") == std::string_view::npos) BOOST_TEST(truth(t.fact, {harmless(t.fact)}) == no, t.fact);
    }
}

BOOST_AUTO_TEST_CASE(is_no_longer_a_no_when_a_newer_one_may_be_unread) {
    for (const Threshold& t : thresholds()) BOOST_TEST(truth(t.fact, {harmless(t.fact), partly_read(Input::observations)}) == unknown, t.fact);
}

BOOST_AUTO_TEST_CASE(is_no_longer_a_no_beside_an_unusable_one_of_its_kind) {
    const auto beside = [](const char* fact, Topic topic) { return truth(fact, {harmless(fact), unusable(topic)}); };
    BOOST_TEST(beside("Blood pressure 160/100 or above", Topic::blood_pressure) == unknown);
    BOOST_TEST(beside("Proteinuria 2 g or more", Topic::urine_protein) == unknown);
    BOOST_TEST(beside("Neutrophils below 1.5 or platelets below 75", Topic::blood_count) == unknown);
    BOOST_TEST(beside("Bilirubin above 3 x ULN", Topic::bilirubin) == unknown);
    BOOST_TEST(beside("Creatinine clearance below 30", Topic::creatinine) == unknown);
    BOOST_TEST(beside("Blood pressure 160/100 or above", Topic::creatinine) == no);
}

BOOST_AUTO_TEST_SUITE_END()

// "<1.0" and ">180" are intervals: they decide a limit only when they lie wholly on one side of it.
BOOST_AUTO_TEST_SUITE(a_comparator)

BOOST_AUTO_TEST_CASE(decides_a_lower_limit_only_when_the_whole_interval_lies_on_one_side) {
    const auto neutrophils = [](double value, Bound bound) {
        return truth("Neutrophils below 1.5 or platelets below 75",
                     {measured(Quantity::platelets, 200, days_ago(1)), measured(Quantity::neutrophils, value, days_ago(1), bound)});
    };
    BOOST_TEST(neutrophils(1.0, Bound::below) == yes);
    BOOST_TEST(neutrophils(1.5, Bound::below) == yes);
    BOOST_TEST(neutrophils(1.6, Bound::below) == unknown);
    BOOST_TEST(neutrophils(1.4, Bound::above) == unknown);
    BOOST_TEST(neutrophils(1.5, Bound::above) == no);
    BOOST_TEST(neutrophils(1.4, Bound::at_most) == yes);
    BOOST_TEST(neutrophils(1.5, Bound::at_most) == unknown);
    BOOST_TEST(neutrophils(1.5, Bound::at_least) == no);
    BOOST_TEST(neutrophils(1.4, Bound::at_least) == unknown);
}

BOOST_AUTO_TEST_CASE(decides_an_upper_limit_only_when_the_whole_interval_lies_on_one_side) {
    const auto systolic = [](double value, Bound bound) {
        return truth("Blood pressure 160/100 or above",
                     {measured(Quantity::diastolic, 80, days_ago(1)), measured(Quantity::systolic, value, days_ago(1), bound)});
    };
    BOOST_TEST(systolic(160, Bound::above) == yes);
    BOOST_TEST(systolic(150, Bound::above) == unknown);
    BOOST_TEST(systolic(160, Bound::below) == no);
    BOOST_TEST(systolic(170, Bound::below) == unknown);
    BOOST_TEST(systolic(160, Bound::at_least) == yes);
    BOOST_TEST(systolic(160, Bound::at_most) == unknown);
    BOOST_TEST(systolic(159, Bound::at_most) == no);
}

BOOST_AUTO_TEST_CASE(decides_a_limit_that_must_be_exceeded) {
    const auto bilirubin = [](double value, Bound bound) { return with("Bilirubin above 3 x ULN", Quantity::bilirubin_over_uln, value, 1, bound); };
    BOOST_TEST(bilirubin(3, Bound::above) == yes);
    BOOST_TEST(bilirubin(3, Bound::at_least) == unknown);
    BOOST_TEST(bilirubin(3.1, Bound::at_least) == yes);
    BOOST_TEST(bilirubin(3, Bound::below) == no);
    BOOST_TEST(bilirubin(3, Bound::at_most) == no);
    BOOST_TEST(bilirubin(3.1, Bound::at_most) == unknown);
}

BOOST_AUTO_TEST_CASE(decides_a_limit_that_must_not_be_exceeded) {
    const auto clearance = [](double value, Bound bound) { return with("Creatinine clearance 50 or below", Quantity::creatinine_clearance, value, 1, bound); };
    BOOST_TEST(clearance(50, Bound::below) == yes);
    BOOST_TEST(clearance(50, Bound::at_most) == yes);
    BOOST_TEST(clearance(51, Bound::at_most) == unknown);
    BOOST_TEST(clearance(50, Bound::above) == no);
    BOOST_TEST(clearance(50, Bound::at_least) == unknown);
    BOOST_TEST(clearance(90, Bound::above) == no);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_measurement_of_a_partial_date)

BOOST_AUTO_TEST_CASE(counts_when_any_day_of_it_lies_in_the_window) {
    const auto counts_of = [](const char* date) { return truth("Neutrophils below 1.5 or platelets below 75", {measured(Quantity::neutrophils, 0.5, dated(date))}); };
    BOOST_TEST(counts_of("2026-02") == yes);
    BOOST_TEST(counts_of("2026-01") == unknown);
}

BOOST_AUTO_TEST_SUITE_END()
