// Cards that exclude each other never stand in one answer, for every interval, cycle count and draft of a small grid.
#include <boost/test/unit_test.hpp>

#include "exhaustive/guideline_space.hpp"

using namespace rectal_cds::testing;
using rectal_cds::domain::Drug;
using rectal_cds::domain::Hook;
using rectal_cds::domain::Intervention;
using rectal_cds::domain::Radiotherapy;

namespace {

Intervention surgery(When when, bool urgent) {
    Intervention operation;
    operation.source = source("surgery", when);
    operation.kinds.set(Intervention::major_surgery);
    operation.urgent = urgent;
    return operation;
}

Case given(Case record, Drug drug, int days) {
    record.doses.push_back({source("dose", days_ago(days)), drug, *days_ago(days), true, ""});
    return record;
}

Case stage_iv_since(int days) {
    Case record = typical_patient();
    record.primaries[0].onset = record.primaries[0].recorded = record.primaries[0].source.when = days_ago(days);
    record.secondaries[0].source.when = record.stages[0].source.when = days_ago(days);
    return record;
}

void at_most_one(const Case& record, std::initializer_list<const char*> group) { BOOST_REQUIRE_LE(count_of(firing(record), group), 1U); }

}  // namespace

BOOST_AUTO_TEST_SUITE(exclusion)

BOOST_AUTO_TEST_CASE(surgery_after_bevacizumab_gets_one_card_and_the_right_one) {
    for (int since = 0; since <= 45; since += 3) {
        for (int until = 0; until <= 45; ++until) {
            for (const bool urgent : {false, true}) {
                Case record = given(stage_iv_since(120), Drug::bevacizumab, since);
                record.hook = Hook::order_sign;
                record.booked.push_back(surgery(days_ahead(until), urgent));
                const int days = since + until;
                const auto ids = firing(record);
                BOOST_REQUIRE_EQUAL(ids.count("bevacizumab-surgery-under-28d"), !urgent && days < 28 ? 1U : 0U);
                BOOST_REQUIRE_EQUAL(ids.count("bevacizumab-surgery-under-6w"), !urgent && days >= 28 && days < 42 ? 1U : 0U);
                BOOST_REQUIRE_EQUAL(ids.count("bevacizumab-emergency-surgery"), urgent && days < 42 ? 1U : 0U);
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(restaging_is_due_or_overdue_or_neither) {
    for (int cycles = 1; cycles <= 6; ++cycles) {
        for (int days = 10 * cycles; days <= 100; ++days) {
            Case record = stage_iv_since(days + 10);
            for (int c = 0; c < cycles; ++c) record = given(record, Drug::fluorouracil, days - 10 * c);
            record.orders.push_back({source("order", days_ago(days)), "o", Drug::fluorouracil, true, 14});
            const auto ids = firing(record);
            const bool overdue = days >= 84 || (cycles >= 4 && days >= 56);
            BOOST_REQUIRE_EQUAL(ids.count("restaging-overdue"), overdue ? 1U : 0U);
            BOOST_REQUIRE_EQUAL(ids.count("restaging-due"), !overdue && cycles >= 2 ? 1U : 0U);
        }
    }
}

BOOST_AUTO_TEST_CASE(the_window_after_short_course_radiotherapy_is_open_or_exceeded) {
    for (int days = 100; days <= 220; ++days) {
        Case record = stage_iv_since(300);
        record.intents.push_back({source("curative", days_ago(20)), rectal_cds::domain::Intent::Value::curative});
        Intervention radiation;
        radiation.source = source("5x5 Gy", days_ago(days));
        radiation.kinds.set(Intervention::radiotherapy);
        radiation.radiation = Radiotherapy{25.0, 5, Radiotherapy::Course::unstated, true, false};
        record.done.push_back(radiation);
        const auto ids = firing(record);
        BOOST_REQUIRE_EQUAL(ids.count("surgery-window-after-scrt"), days >= 120 && days <= 182 ? 1U : 0U);
        BOOST_REQUIRE_EQUAL(ids.count("surgery-window-exceeded"), days >= 183 ? 1U : 0U);
    }
}

BOOST_AUTO_TEST_CASE(drafted_pelvic_radiotherapy_gets_at_most_one_of_its_two_cards) {
    for (const double gy : {0.0, 25.0, 30.0, 44.9, 45.0, 50.4}) {
        for (const int fractions : {0, 5, 10, 24, 25, 28}) {
            for (int cycles = 0; cycles <= 3; ++cycles) {
                for (const bool fluoropyrimidine : {false, true}) {
                    Case record = stage_iv_since(90);
                    record.hook = Hook::order_sign;
                    for (int c = 0; c < cycles; ++c) record = given(record, Drug::fluorouracil, 60 - 14 * c);
                    Intervention radiation = surgery(days_ahead(7), false);
                    radiation.kinds.reset().set(Intervention::radiotherapy);
                    radiation.radiation = Radiotherapy{};
                    if (gy > 0) radiation.radiation->total_gy = gy;
                    if (fractions > 0) radiation.radiation->fractions = fractions;
                    record.draft_interventions.push_back(radiation);
                    if (fluoropyrimidine) record.drafts.push_back({source("capecitabine", undated), Drug::capecitabine});
                    at_most_one(record, {"upfront-long-course-crt", "concurrent-fluoropyrimidine-rt"});
                    const bool long_course = gy >= 45 && fractions >= 25;
                    BOOST_REQUIRE_EQUAL(firing(record).count("upfront-long-course-crt"), long_course && cycles < 2 ? 1U : 0U);
                }
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(bevacizumab_beside_a_perforation_gets_the_critical_card_and_not_the_risk_card) {
    using rectal_cds::domain::ProblemKind;
    for (int bits = 0; bits < 16; ++bits) {
        Case record = typical_patient();
        record.hook = Hook::order_sign;
        record.drafts.push_back({source("bevacizumab", undated), Drug::bevacizumab});
        int bit = 0;
        for (const auto kind : {ProblemKind::gi_perforation, ProblemKind::fistula, ProblemKind::bowel_obstruction}) {
            if ((bits >> bit++ & 1) == 0) continue;
            rectal_cds::domain::Problem problem;
            problem.source = source("problem", days_ago(3));
            problem.kind = kind;
            record.problems.push_back(problem);
        }
        if ((bits & 8) != 0) {
            Intervention stent = surgery(days_ago(20), false);
            stent.kinds.reset().set(Intervention::stent);
            record.done.push_back(stent);
        }
        const auto ids = firing(record);
        BOOST_REQUIRE_EQUAL(ids.count("bevacizumab-gi-perforation"), (bits & 3) != 0 ? 1U : 0U);
        BOOST_REQUIRE_EQUAL(ids.count("bevacizumab-gi-risk"), (bits & 3) == 0 && (bits & 12) != 0 ? 1U : 0U);
    }
}

BOOST_AUTO_TEST_SUITE_END()
