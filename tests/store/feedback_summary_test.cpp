// Counts of cards and what became of them.
#include "store/feedback_summary.hpp"

#include <boost/test/unit_test.hpp>

#include "store/samples.hpp"

using namespace rectal_cds;
using namespace rectal_cds::store;
using namespace rectal_cds::store::test;

namespace {

struct StoreToCount {
    testing::TemporaryFolder folder;
    StoreOptions options = in(folder);
    std::unique_ptr<Store> store = opened(options);
    std::uint64_t recorded = 0;

    void issue(std::vector<unsigned> cards, const std::string& time = noon) {
        IssuedAnswer issued = answer(std::move(cards));
        issued.at = at(time);
        store->record_issued(std::move(issued));
        await_recorded(*store, ++recorded);
    }
    FeedbackSummary summary(const ExportRange& range = {}) {
        auto read = summarize_feedback(options.place, range);
        BOOST_TEST_REQUIRE(read.ok(), (read ? "" : read.error().what));
        return std::move(read).value();
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(the_summary, StoreToCount)

BOOST_AUTO_TEST_CASE(counts_cards_by_week_of_issue_with_what_became_of_them) {
    issue({1, 2, 3});
    issue({4}, "2026-03-08T23:59:59Z");
    issue({5}, "2026-03-09T00:00:00Z");
    auto with_reason = overridden(uuid(1));
    with_reason.reason.code = "OR-TRIAL", with_reason.reason.display = "Trial";
    BOOST_TEST(saved(*store, batch({with_reason, accepted(uuid(2), {uuid(1002)}), overridden(uuid(5), "as agreed")})) ==
               Saved::ok);
    const FeedbackSummary counted = summary();
    BOOST_TEST_REQUIRE(counted.weeks.size() == 2U);
    const WeekOfCards& first = counted.weeks[0];
    BOOST_TEST(base::iso(first.monday) == "2026-03-02");
    BOOST_TEST(first.recommendation_id == "anti-egfr-ras-mutant");
    BOOST_TEST(first.issued == 4U);
    BOOST_TEST(first.accepted == 1U);
    BOOST_TEST(first.overridden == 1U);
    BOOST_TEST(base::iso(counted.weeks[1].monday) == "2026-03-09");
    BOOST_TEST(counted.weeks[1].overridden == 1U);
    BOOST_TEST(counted.reasons.size() == 2U);
    BOOST_TEST_REQUIRE(counted.comments.size() == 1U);
    BOOST_TEST(counted.comments[0].text == "as agreed");
}

BOOST_AUTO_TEST_CASE(counts_a_report_that_is_sent_again_once) {
    issue({1});
    for (int i = 0; i < 3; ++i) BOOST_TEST(saved(*store, batch({overridden(uuid(1))})) == Saved::ok);
    BOOST_TEST(summary().weeks.at(0).overridden == 1U);
}

BOOST_AUTO_TEST_CASE(leaves_out_what_was_issued_outside_the_range_and_reports_about_unknown_cards) {
    issue({1});
    issue({2}, "2026-01-05T12:00:00Z");
    BOOST_TEST(saved(*store, batch({overridden(uuid(2)), overridden(uuid(9), "unknown")})) == Saved::ok);
    const FeedbackSummary counted = summary({base::parse_day("2026-03-01"), std::nullopt});
    BOOST_TEST_REQUIRE(counted.weeks.size() == 1U);
    BOOST_TEST(counted.weeks[0].issued == 1U);
    BOOST_TEST(counted.weeks[0].overridden == 0U);
    BOOST_TEST(counted.comments.empty());
}

BOOST_AUTO_TEST_CASE(of_an_empty_store_is_empty_and_of_none_an_error) {
    BOOST_TEST(summary().weeks.empty());
    BOOST_TEST(!summarize_feedback(folder.path() / "none.sqlite", {}).ok());
}

BOOST_AUTO_TEST_SUITE_END()
