// The M category, its date and synchrony (clinical.md 3.1 Gates; local-codes.md D3, D4, D21).
#include "domain/staging.hpp"

#include <boost/test/unit_test.hpp>

#include "domain/changes.hpp"

using namespace rectal_cds::testing;
using rectal_cds::domain::MCategory;
using rectal_cds::domain::StageStatement;

namespace rectal_cds::domain {

static std::ostream& operator<<(std::ostream& stream, MCategory m) {
    static constexpr const char* words[] = {"unknown", "conflict", "M0", "M1"};
    return stream << words[static_cast<int>(m)];
}

}  // namespace rectal_cds::domain

namespace {

// The M category of a patient of whom nothing but these changes is staged.
MCategory m(std::initializer_list<Change> changes) {
    Case record = patient({nothing_staged()});
    for (const Change& change : changes) change(record);
    return rectal_cds::domain::stage(record).m;
}

When stage_iv_date(std::initializer_list<Change> changes) {
    Case record = patient({nothing_staged()});
    for (const Change& change : changes) change(record);
    return rectal_cds::domain::stage(record).stage_iv;
}

constexpr bool m1 = true, m0 = false, related = true, unrelated = false;

}  // namespace

BOOST_AUTO_TEST_SUITE(the_m_category)

BOOST_AUTO_TEST_CASE(is_unknown_when_nothing_speaks_of_it) { BOOST_TEST(m({}) == MCategory::unknown); }

BOOST_AUTO_TEST_CASE(is_m1_by_a_metastasis_alone_related_or_not) {
    BOOST_TEST(m({metastasis(days_ago(10), related)}) == MCategory::m1);
    BOOST_TEST(m({metastasis(days_ago(10), unrelated)}) == MCategory::m1);
    BOOST_TEST(m({metastasis(undated, unrelated)}) == MCategory::m1);
}

BOOST_AUTO_TEST_CASE(is_m1_by_the_newest_stage_with_or_without_a_metastasis) {
    BOOST_TEST(m({staged(m1, days_ago(10))}) == MCategory::m1);
    BOOST_TEST(m({staged(m1, days_ago(10)), metastasis(days_ago(50))}) == MCategory::m1);
    BOOST_TEST(m({staged(m1, undated)}) == MCategory::m1);
}

BOOST_AUTO_TEST_CASE(is_m1_by_each_kind_of_stage_statement) {
    for (const auto kind :
         {StageStatement::Kind::m_category, StageStatement::Kind::stage_group, StageStatement::Kind::stage_summary}) {
        BOOST_TEST(m({staged(m1, days_ago(10), kind)}) == MCategory::m1);
        BOOST_TEST(m({staged(m0, days_ago(10), kind)}) == MCategory::m0);
    }
}

BOOST_AUTO_TEST_CASE(follows_the_newer_of_two_stages) {
    BOOST_TEST(m({staged(m0, days_ago(30)), staged(m1, days_ago(10))}) == MCategory::m1);
    BOOST_TEST(m({staged(m1, days_ago(30)), staged(m0, days_ago(10))}) == MCategory::m0);
}

BOOST_AUTO_TEST_CASE(is_a_conflict_when_two_stages_of_one_day_differ) {
    BOOST_TEST(m({staged(m0, days_ago(10)), staged(m1, days_ago(10))}) == MCategory::conflict);
    BOOST_TEST(m({staged(m0, days_ago(10)), staged(m1, days_ago(10)), metastasis(days_ago(10))}) ==
               MCategory::conflict);
    BOOST_TEST(m({staged(m1, days_ago(10)), staged(m1, days_ago(10))}) == MCategory::m1);
}

BOOST_AUTO_TEST_CASE(is_m1_by_a_metastasis_newer_than_two_stages_of_one_day_that_differ) {
    BOOST_TEST(m({staged(m0, days_ago(10)), staged(m1, days_ago(10)), metastasis(days_ago(9), related)}) ==
               MCategory::m1);
    BOOST_TEST(m({staged(m0, days_ago(10)), staged(m1, days_ago(10)), metastasis(days_ago(11), related)}) ==
               MCategory::conflict);
}

// ycM0 says what treatment left (terminology.md 2: stage IV after y staging is still IV).
BOOST_AUTO_TEST_CASE(is_not_taken_back_by_an_m0_after_treatment) {
    const auto after_treatment = [](bool metastatic, int days) {
        return Change([=](Case& c) { staged(metastatic, days_ago(days))(c), c.stages.back().after_treatment = true; });
    };
    BOOST_TEST(m({staged(m1, days_ago(90)), after_treatment(m0, 10)}) == MCategory::m1);
    BOOST_TEST(m({metastasis(days_ago(90), related), after_treatment(m0, 10)}) == MCategory::m1);
    BOOST_TEST(m({after_treatment(m1, 90), after_treatment(m0, 10)}) == MCategory::m1);
    BOOST_TEST(m({after_treatment(m0, 10)}) == MCategory::m0);
    BOOST_TEST(m({staged(m0, days_ago(90)), after_treatment(m0, 10)}) == MCategory::m0);
    BOOST_TEST(m({staged(m1, days_ago(90)), after_treatment(m0, 30), staged(m0, days_ago(10))}) == MCategory::m0);
}

BOOST_AUTO_TEST_CASE(is_m0_when_nothing_contradicts_it_and_all_was_read) {
    BOOST_TEST(m({staged(m0, days_ago(10))}) == MCategory::m0);
    BOOST_TEST(m({staged(m0, undated)}) == MCategory::m0);
}

BOOST_AUTO_TEST_CASE(is_not_m0_when_an_m1_may_stand_in_what_was_not_read) {
    for (const Input input : {Input::conditions, Input::observations}) {
        BOOST_TEST(m({staged(m0, days_ago(10)), partly_read(input)}) == MCategory::unknown);
    }
    BOOST_TEST(m({staged(m0, days_ago(10)), unread(Input::conditions)}) == MCategory::unknown);
    BOOST_TEST(m({staged(m0, days_ago(10)), unusable(Topic::stage)}) == MCategory::unknown);
    BOOST_TEST(m({staged(m0, days_ago(10)), unusable(Topic::metastases)}) == MCategory::unknown);
    BOOST_TEST(m({staged(m0, days_ago(10)), unusable(Topic::cea)}) == MCategory::m0);
}

BOOST_AUTO_TEST_CASE(stays_m1_whatever_was_not_read) {
    BOOST_TEST(m({staged(m1, days_ago(10)), partly_read(Input::observations)}) == MCategory::m1);
    BOOST_TEST(m({metastasis(days_ago(10)), unread(Input::observations)}) == MCategory::m1);
}

BOOST_AUTO_TEST_CASE(is_m1_by_a_metastasis_newer_than_an_m0) {
    BOOST_TEST(m({staged(m0, days_ago(10)), metastasis(days_ago(9), related)}) == MCategory::m1);
    BOOST_TEST(m({staged(m0, days_ago(10)), metastasis(days_ago(9), unrelated)}) == MCategory::m1);
}

BOOST_AUTO_TEST_CASE(is_a_conflict_when_metastasis_and_m0_are_of_one_day_or_cannot_be_ordered) {
    BOOST_TEST(m({staged(m0, days_ago(10)), metastasis(days_ago(10), related)}) == MCategory::conflict);
    BOOST_TEST(m({staged(m0, days_ago(10)), metastasis(undated, related)}) == MCategory::conflict);
    BOOST_TEST(m({staged(m0, undated), metastasis(days_ago(10), related)}) == MCategory::conflict);
}

BOOST_AUTO_TEST_CASE(is_m0_after_an_older_metastasis_of_this_primary_and_a_conflict_after_an_unrelated_one) {
    BOOST_TEST(m({staged(m0, days_ago(10)), metastasis(days_ago(60), related)}) == MCategory::m0);
    BOOST_TEST(m({staged(m0, days_ago(10)), metastasis(days_ago(60), unrelated)}) == MCategory::conflict);
    BOOST_TEST(m({staged(m0, days_ago(10)), metastasis(days_ago(60), related), metastasis(days_ago(60), unrelated)}) ==
               MCategory::conflict);
}

BOOST_AUTO_TEST_SUITE_END()

// An M1 of "2026" may be newer than an M0 of February: caution counts it, treatment advice does not.
BOOST_AUTO_TEST_SUITE(an_m_category_of_a_partial_date)

BOOST_AUTO_TEST_CASE(that_may_be_newer_or_older_than_another_is_a_conflict) {
    BOOST_TEST(m({staged(m1, dated("2026")), staged(m0, dated("2026-02-10"))}) == MCategory::conflict);
    BOOST_TEST(m({staged(m0, dated("2026")), staged(m1, dated("2026-02-10"))}) == MCategory::conflict);
    BOOST_TEST(m({staged(m0, dated("2026-02-10")), metastasis(dated("2026"), related)}) == MCategory::conflict);
    BOOST_TEST(m({staged(m0, dated("2026-02")), metastasis(dated("2026-02-10"), related)}) == MCategory::conflict);
}

BOOST_AUTO_TEST_CASE(that_is_certainly_newer_decides) {
    BOOST_TEST(m({staged(m0, dated("2025")), staged(m1, dated("2026"))}) == MCategory::m1);
    BOOST_TEST(m({staged(m1, dated("2025")), staged(m0, dated("2026-01"))}) == MCategory::m0);
    BOOST_TEST(m({staged(m0, dated("2025")), metastasis(dated("2026-01"), unrelated)}) == MCategory::m1);
    BOOST_TEST(m({staged(m0, dated("2026-02-10")), metastasis(dated("2025"), related)}) == MCategory::m0);
}

BOOST_AUTO_TEST_CASE(without_any_date_may_be_the_newest_when_it_says_m1) {
    BOOST_TEST(m({staged(m1, undated), staged(m0, days_ago(10))}) == MCategory::conflict);
    BOOST_TEST(m({staged(m0, undated), staged(m1, days_ago(10))}) == MCategory::m1);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(the_stage_iv_date)

BOOST_AUTO_TEST_CASE(is_the_oldest_evidence_of_m1) {
    BOOST_TEST((stage_iv_date({staged(m1, days_ago(10)), metastasis(days_ago(40))}) == days_ago(40)));
    BOOST_TEST((stage_iv_date({staged(m1, days_ago(50)), metastasis(days_ago(40))}) == days_ago(50)));
    BOOST_TEST((stage_iv_date({staged(m1, days_ago(60), StageStatement::Kind::stage_summary),
                               metastasis(days_ago(40))}) == days_ago(60)));
}

BOOST_AUTO_TEST_CASE(is_not_moved_by_an_m0_or_by_what_is_undated) {
    BOOST_TEST(
        (stage_iv_date({staged(m0, days_ago(90)), staged(m1, days_ago(10)), metastasis(undated)}) == days_ago(10)));
    BOOST_TEST(!stage_iv_date({staged(m1, undated)}));
    BOOST_TEST(!stage_iv_date({staged(m0, days_ago(10))}));
}

BOOST_AUTO_TEST_CASE(makes_the_first_line_cards_a_warning_from_the_29th_day_on) {
    const char* const long_ago = "More than 28 days since stage IV diagnosis";
    BOOST_TEST(truth(long_ago, {stage_iv_for(28)}) == no);
    BOOST_TEST(truth(long_ago, {stage_iv_for(29)}) == yes);
    BOOST_TEST(truth(long_ago, {nothing_staged(), metastasis(undated)}) == unknown);
}

BOOST_AUTO_TEST_CASE(that_is_partial_counts_the_fewest_days_it_allows) {
    const char* const long_ago = "More than 28 days since stage IV diagnosis";
    BOOST_TEST(truth(long_ago, {nothing_staged(), staged(m1, dated("2026-02"))}) == no);
    BOOST_TEST(truth(long_ago, {nothing_staged(), staged(m1, dated("2026-01"))}) == yes);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(metastases)

namespace {

Truth synchronous(When primary, When stage_iv) {
    return truth("Synchronous metastases", {nothing_staged(), staged(m1, stage_iv), [=](Case& c) {
                                                c.primaries[0].onset = c.primaries[0].recorded = primary;
                                            }});
}

}  // namespace

BOOST_AUTO_TEST_CASE(within_180_days_of_the_primary_are_synchronous) {
    BOOST_TEST(synchronous(days_ago(190), days_ago(10)) == yes);
    BOOST_TEST(synchronous(days_ago(191), days_ago(10)) == no);
    BOOST_TEST(synchronous(days_ago(10), days_ago(10)) == yes);
    BOOST_TEST(synchronous(days_ago(5), days_ago(10)) == yes);
}

BOOST_AUTO_TEST_CASE(are_synchronous_only_when_every_day_of_a_partial_date_says_so) {
    BOOST_TEST(synchronous(dated("2025-09"), dated("2026-02-27")) == yes);      // 150 to 179 days
    BOOST_TEST(synchronous(dated("2025-08"), dated("2026-02-20")) == unknown);  // 173 to 203 days
    BOOST_TEST(synchronous(dated("2025-07"), dated("2026-02-20")) == no);       // 204 days at least
}

BOOST_AUTO_TEST_CASE(at_first_staging_are_synchronous_also_without_dates) {
    BOOST_TEST(synchronous(undated, days_ago(10)) == yes);
    BOOST_TEST(synchronous(days_ago(10), undated) == yes);
}

BOOST_AUTO_TEST_CASE(after_an_m0_are_not_called_synchronous_without_dates) {
    const Change undated_primary = [](Case& c) { c.primaries[0].onset = c.primaries[0].recorded = undated; };
    BOOST_TEST(truth("Synchronous metastases", {undated_primary, staged(m0, days_ago(400))}) == unknown);
    BOOST_TEST(truth("Synchronous not excluded", {undated_primary, staged(m0, days_ago(400))}) == yes);
}

BOOST_AUTO_TEST_CASE(count_from_the_onset_and_only_without_one_from_the_recorded_date) {
    const auto recorded = [](When when) { return [=](Case& c) { c.primaries[0].recorded = when; }; };
    const Change no_onset = [](Case& c) { c.primaries[0].onset = undated; };
    BOOST_TEST(truth("Synchronous metastases", {recorded(days_ago(400))}) == yes);
    BOOST_TEST(truth("Synchronous metastases", {no_onset, recorded(days_ago(400))}) == no);
}

BOOST_AUTO_TEST_CASE(are_found_by_site) {
    BOOST_TEST(truth("Metastases in the liver", {}) == yes);
    BOOST_TEST(truth("Metastases in the lung", {}) == no);
    BOOST_TEST(truth("Metastases in the lung", {metastasis(days_ago(3), related, Site::lung)}) == yes);
    BOOST_TEST(truth("Metastases in the lung", {partly_read(Input::conditions)}) == unknown);
}

BOOST_AUTO_TEST_SUITE_END()
