// The review of one recommendation on its page, and the change log that it is read from.
#include <boost/test/unit_test.hpp>

#include "pages/change_log.hpp"
#include "pages/made_pages.hpp"
#include "support/real_knowledge.hpp"

using namespace rectal_cds;
using namespace rectal_cds::pages_test;

BOOST_AUTO_TEST_SUITE(the_change_log)

BOOST_AUTO_TEST_CASE(gives_whole_entries_that_name_the_recommendation_with_their_heading) {
    const std::string log =
        "# Title\n\n## First\n\nWords about `x`.\n\n* `x`: one\n  goes on.\n* `y`: two\n\n## Second\n\n- also `x`\n";
    const auto changes = pages::changes_of(log, "x");
    BOOST_TEST_REQUIRE(changes.size() == 2u);
    BOOST_TEST(changes[0].heading == "First");
    BOOST_TEST(changes[0].markdown == "`x`: one\ngoes on.");
    BOOST_TEST(changes[1].heading == "Second");
    BOOST_TEST(changes[1].markdown == "also `x`");
}

BOOST_AUTO_TEST_CASE(does_not_take_a_longer_name_for_a_shorter_one) {
    BOOST_TEST(pages::changes_of("* `restaging-overdue-x`, restaging-overdue\n", "restaging-overdue").empty());
    BOOST_TEST(pages::changes_of("", "x").empty());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(the_review_section, MadePages)

BOOST_AUTO_TEST_CASE(tells_dates_changes_and_open_questions) {
    const auto& knowledge = testing::real_knowledge();
    const std::string page = get("/recommendations/restaging-overdue").body;
    for (const char* part :
         {"<time>2026-02-24</time>", "Content 0.1.0 written", "Review due", "Not assessed from this day on",
          "no longer hides the card", "aria-current=\"step\">draft"})
        BOOST_TEST(contains(page, part), part);
    for (const auto& open : knowledge.governance.open_questions) {
        for (const std::string& id : open.affects)
            BOOST_TEST(contains(get("/recommendations/" + id).body, "Open questions"), id);
    }
}

BOOST_AUTO_TEST_CASE(names_who_reviews_and_who_approved) {
    fhir::Knowledge reviewed = testing::real_knowledge();
    const std::string id = reviewed.recommendations.front().id;
    auto& review = reviewed.recommendations.front().review;
    review = {guideline::ReviewStep::approved, "Invented Reviewer, oncologist", *base::parse_day("2026-02-26"),
              *base::parse_day("2026-02-27")};
    load(std::move(reviewed));
    const std::string page = get("/recommendations/" + id).body;
    for (const char* part : {"Approved by Invented Reviewer, oncologist", "<time>2026-02-26</time>",
                             "<time>2026-02-27</time>", "aria-current=\"step\">approved"})
        BOOST_TEST(contains(page, part), part);
    BOOST_TEST(!contains(get("/recommendations/anti-egfr-ras-mutant").body, "Invented Reviewer"));
}

BOOST_AUTO_TEST_CASE(says_so_where_the_log_names_it_not) {
    fhir::Knowledge without = testing::real_knowledge();
    without.governance.change_log.clear();
    load(std::move(without));
    BOOST_TEST(contains(get("/recommendations/anti-egfr-ras-mutant").body, "No entry of the change log"));
}

BOOST_AUTO_TEST_CASE(of_what_is_set_aside_is_listed_too) {
    fhir::Knowledge approved_only = testing::real_knowledge();
    fhir::keep_approved(approved_only);
    load(std::move(approved_only));
    BOOST_TEST(contains(get("/recommendations?q=ras+mutant").body, "href=\"/recommendations/anti-egfr-ras-mutant\""));
    BOOST_TEST(contains(get("/recommendations").body, "not judged here"));
    BOOST_TEST(contains(get("/about").body, "href=\"/recommendations/anti-egfr-ras-mutant\""));
    BOOST_TEST(contains(get("/").body, "70 of them are not judged here"));
}

BOOST_AUTO_TEST_SUITE_END()
