// Radiotherapy given and ordered (clinical.md 3.2: 25 Gy in 5; at least 45 Gy in at least 25; 120 to 182 and 183 days).
#include <boost/test/unit_test.hpp>

#include "domain/interventions.hpp"

using namespace rectal_cds::testing;
using Name = rectal_cds::domain::Radiotherapy::Course;

namespace {

const char* const window = "Short-course radiotherapy 120 to 182 days ago";
const char* const exceeded = "Short-course radiotherapy 183 days ago or more";
const char* const long_course_ordered = "Long-course pelvic radiotherapy ordered";
const char* const overlap = "Fluoropyrimidine overlaps pelvic radiotherapy";

const Course named_short{std::nullopt, std::nullopt, Name::short_course}, named_long{std::nullopt, std::nullopt, Name::long_course};
const Course to_the_liver{50.4, 28, Name::unstated, false};
const Course with_chemotherapy{std::nullopt, std::nullopt, Name::unstated, true, true};

}  // namespace

BOOST_AUTO_TEST_SUITE(short_course_radiotherapy)

BOOST_AUTO_TEST_CASE(opens_the_window_for_surgery_from_120_to_182_days) {
    const auto ended = [](const char* fact, int days) { return truth(fact, {irradiated(short_course, days_ago(days))}); };
    BOOST_TEST(ended(window, 119) == no);
    BOOST_TEST(ended(window, 120) == yes);
    BOOST_TEST(ended(window, 182) == yes);
    BOOST_TEST(ended(window, 183) == no);
    BOOST_TEST(ended(exceeded, 182) == no);
    BOOST_TEST(ended(exceeded, 183) == yes);
    BOOST_TEST(ended(exceeded, 900) == yes);
}

BOOST_AUTO_TEST_CASE(is_25_gray_in_5_fractions_or_named_so) {
    const auto counts = [](Course course) { return truth(window, {irradiated(course, days_ago(150))}); };
    BOOST_TEST(counts({25.0, 5}) == yes);
    BOOST_TEST(counts(named_short) == yes);
    BOOST_TEST(counts({25.0, 10}) == no);
    BOOST_TEST(counts({30.0, 5}) == no);
    BOOST_TEST(counts({20.0, 5}) == no);
    BOOST_TEST(counts({25.0, std::nullopt}) == no);
    BOOST_TEST(counts(long_course) == no);
    BOOST_TEST(counts({25.0, 5, Name::unstated, false}) == no);
}

BOOST_AUTO_TEST_CASE(counts_by_its_newest_end) {
    const Change twice = [](Case& c) { irradiated(short_course, days_ago(400))(c), irradiated(short_course, days_ago(150))(c); };
    BOOST_TEST(truth(window, {twice}) == yes);
    BOOST_TEST(truth(exceeded, {twice}) == no);
}

BOOST_AUTO_TEST_CASE(of_a_partial_date_needs_every_day_of_it_in_the_window) {
    BOOST_TEST(truth(window, {irradiated(short_course, dated("2025-10"))}) == yes);       // 122 to 152 days
    BOOST_TEST(truth(window, {irradiated(short_course, dated("2025-11"))}) == unknown);   // 92 to 121 days
    BOOST_TEST(truth(window, {irradiated(short_course, dated("2025-08"))}) == no);
    BOOST_TEST(truth(exceeded, {irradiated(short_course, dated("2025-08"))}) == yes);     // 183 to 213 days
    BOOST_TEST(truth(exceeded, {irradiated(short_course, dated("2025-09"))}) == no);      // 153 to 182 days
    BOOST_TEST(truth(window, {irradiated(short_course, dated("2025"))}) == unknown);
}

BOOST_AUTO_TEST_CASE(is_excluded_only_where_the_procedures_were_read) {
    BOOST_TEST(truth(window, {unread(Input::procedures)}) == unknown);
    BOOST_TEST(truth(window, {irradiated(short_course, days_ago(400)), partly_read(Input::procedures)}) == unknown);
    BOOST_TEST(truth(exceeded, {irradiated(short_course, days_ago(400)), partly_read(Input::procedures)}) == yes);
    BOOST_TEST(truth(window, {unusable(Topic::radiotherapy)}) == unknown);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(prior_pelvic_radiotherapy)

namespace {
const char* const none = "No prior pelvic radiotherapy";
}

BOOST_AUTO_TEST_CASE(is_any_that_was_given_to_the_pelvis) {
    BOOST_TEST(truth(none, {}) == yes);
    BOOST_TEST(truth(none, {irradiated(long_course, days_ago(900))}) == no);
    BOOST_TEST(truth(none, {irradiated(without_dose, undated)}) == no);
    BOOST_TEST(truth(none, {irradiated(to_the_liver, days_ago(100))}) == yes);
    BOOST_TEST(truth(none, {drafts_radiotherapy(long_course)}) == yes);
    BOOST_TEST(truth(none, {unread(Input::procedures)}) == unknown);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_drafted_long_course)

BOOST_AUTO_TEST_CASE(is_at_least_45_gray_in_at_least_25_fractions_or_named_so) {
    const auto counts = [](Course course) { return truth(long_course_ordered, {drafts_radiotherapy(course)}); };
    BOOST_TEST(counts({45.0, 25}) == yes);
    BOOST_TEST(counts({50.4, 28}) == yes);
    BOOST_TEST(counts({44.9, 25}) == no);
    BOOST_TEST(counts({45.0, 24}) == no);
    BOOST_TEST(counts({45.0, std::nullopt}) == no);
    BOOST_TEST(counts({std::nullopt, 28}) == no);
    BOOST_TEST(counts(named_long) == yes);
    BOOST_TEST(counts(with_chemotherapy) == yes);
    BOOST_TEST(counts(short_course) == no);
    BOOST_TEST(counts(to_the_liver) == no);
}

BOOST_AUTO_TEST_CASE(is_what_is_being_ordered_not_what_was_given) {
    BOOST_TEST(truth(long_course_ordered, {irradiated(long_course, days_ago(100))}) == no);
}

BOOST_AUTO_TEST_CASE(is_upfront_with_synchronous_metastases_and_fewer_than_2_cycles) {
    const char* const not_upfront = "Upfront long-course rule does not apply";
    const Change metachronous = [](Case& c) { c.primaries[0].onset = c.primaries[0].recorded = days_ago(800); };
    BOOST_TEST(truth(not_upfront, {}) == yes);
    BOOST_TEST(truth(not_upfront, {drafts_radiotherapy(long_course)}) == no);
    BOOST_TEST(truth(not_upfront, {drafts_radiotherapy(long_course), stage_iv_for(400), cycles(1)}) == no);
    BOOST_TEST(truth(not_upfront, {drafts_radiotherapy(long_course), stage_iv_for(400), cycles(2)}) == yes);
    BOOST_TEST(truth(not_upfront, {drafts_radiotherapy(long_course), metachronous}) == yes);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_fluoropyrimidine)

BOOST_AUTO_TEST_CASE(overlaps_a_short_course_when_drafted_or_active) {
    const Change rt = drafts_radiotherapy(short_course);
    BOOST_TEST(truth(overlap, {rt}) == no);
    for (const Drug drug : {Drug::fluorouracil, Drug::capecitabine}) {
        BOOST_TEST(truth(overlap, {rt, drafts(drug)}) == yes);
        BOOST_TEST(truth(overlap, {rt, drafts_unselected(drug)}) == yes);
        BOOST_TEST(truth(overlap, {rt, ordered(drug, 5)}) == yes);
        BOOST_TEST(truth(overlap, {rt, ordered(drug, 5, false)}) == no);
        BOOST_TEST(truth(overlap, {drafts(drug)}) == no);
    }
    BOOST_TEST(truth(overlap, {rt, drafts(Drug::oxaliplatin)}) == no);
}

BOOST_AUTO_TEST_CASE(overlaps_radiotherapy_without_dose_before_the_second_cycle) {
    const Change rt = drafts_radiotherapy(without_dose), drug = drafts(Drug::capecitabine);
    BOOST_TEST(truth(overlap, {rt, drug}) == yes);
    BOOST_TEST(truth(overlap, {rt, drug, stage_iv_for(400), cycles(1)}) == yes);
    BOOST_TEST(truth(overlap, {rt, drug, stage_iv_for(400), cycles(2)}) == no);
    BOOST_TEST(truth(overlap, {drafts_radiotherapy({30.0, 10}), drug}) == no);
}

BOOST_AUTO_TEST_CASE(is_without_a_dose_when_it_states_neither_dose_nor_fractions_nor_a_course) {
    const auto bare = [](Course course) { return truth("Pelvic radiotherapy ordered without a dose", {drafts_radiotherapy(course)}); };
    BOOST_TEST(bare(without_dose) == yes);
    BOOST_TEST(bare(short_course) == no);
    BOOST_TEST(bare(named_short) == no);
    BOOST_TEST(bare({std::nullopt, 5}) == no);
    BOOST_TEST(bare(with_chemotherapy) == no);
    BOOST_TEST(bare({std::nullopt, std::nullopt, Name::unstated, false}) == no);
    BOOST_TEST(truth("Pelvic radiotherapy ordered without a dose", {}) == no);
}

BOOST_AUTO_TEST_CASE(overlaps_no_radiotherapy_outside_the_pelvis) {
    BOOST_TEST(truth(overlap, {drafts_radiotherapy({25.0, 5, Name::unstated, false}), drafts(Drug::capecitabine)}) == no);
}

BOOST_AUTO_TEST_SUITE_END()
