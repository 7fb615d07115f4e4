// Content that nobody has looked at for too long says so, and then is not judged any more: both on the day and not on
// the day before (decisions.md 47: 180 and 365 days from 2026-02-24).
#include <boost/test/unit_test.hpp>

#include "cdshooks/judged_with.hpp"
#include "support/real_knowledge.hpp"

using namespace rectal_cds;
using namespace rectal_cds::testing;

namespace {

constexpr const char* overdue = "The review of this content was due on 2026-08-23: check it against current sources.";

json::Document cetuximab_signed_on(std::string_view today, bool explain = false) {
    return judged_with(real_knowledge(), golden_request(real_knowledge(), "cetuximab-with-kras-mutation"), today, explain);
}

bool says(json::Value card, std::string_view text) {
    return card["detail"].text().find(text) != std::string_view::npos;
}

// Of the explained recommendation with this id.
json::Value explained(const json::Document& answer, std::string_view id) {
    for (const json::Value one : answer.root()["extension"]["org.rectal-cds.explanation"]["recommendations"].elements()) {
        if (one["id"].text() == id) return one;
    }
    return {};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(content_past_its_review)

BOOST_AUTO_TEST_CASE(on_the_last_day_of_the_period_the_card_is_silent_about_it) {
    const auto answer = cetuximab_signed_on("2026-08-23");
    const json::Value card = card_of(answer, "antiEgfrRasMutant");
    BOOST_TEST_REQUIRE(card.exists());
    BOOST_TEST(!says(card, "was due"));
}

BOOST_AUTO_TEST_CASE(on_the_day_after_it_the_card_says_that_the_review_was_due) {
    const auto answer = cetuximab_signed_on("2026-08-24");
    const json::Value card = card_of(answer, "antiEgfrRasMutant");
    BOOST_TEST_REQUIRE(card.exists());
    BOOST_TEST(says(card, overdue));
    BOOST_TEST(card["indicator"].text() == "critical");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(content_past_its_expiry)

BOOST_AUTO_TEST_CASE(on_the_day_before_the_order_is_still_judged) {
    const auto answer = cetuximab_signed_on("2027-02-23");
    BOOST_TEST(card_of(answer, "antiEgfrRasMutant").exists());
    BOOST_TEST(!card_of(answer, "notAssessed").exists());
}

BOOST_AUTO_TEST_CASE(from_the_day_on_it_is_not_judged_and_the_card_says_what_was_not) {
    for (const char* today : {"2027-02-24", "2028-01-01"}) {
        const auto answer = cetuximab_signed_on(today);
        BOOST_TEST(!card_of(answer, "antiEgfrRasMutant").exists());
        const json::Value card = card_of(answer, "notAssessed");
        BOOST_TEST_REQUIRE(card.exists(), today);
        BOOST_TEST(card["indicator"].text() == "warning");
        BOOST_TEST(says(card, "NOT CHECKED. This is not a negative result."));
        BOOST_TEST(says(card, "EGFR antibody ordered in RAS-mutant disease: the content is past its expiry date"));
    }
}

BOOST_AUTO_TEST_CASE(what_would_be_undecided_is_told_as_expired_first) {
    const json::Value request = golden_request(real_knowledge(), "cetuximab-without-ras-result");
    const auto answer = judged_with(real_knowledge(), request, "2027-02-24");
    BOOST_TEST(says(card_of(answer, "notAssessed"), "without a complete RAS result: the content is past its expiry date"));
}

BOOST_AUTO_TEST_CASE(the_explanation_marks_every_expired_recommendation) {
    const auto before = cetuximab_signed_on("2027-02-23", true), after = cetuximab_signed_on("2027-02-24", true);
    for (const char* id : {"anti-egfr-ras-mutant", "anti-egfr-ras-unknown", "low-blood-counts"}) {
        BOOST_TEST(!explained(before, id)["expired"].exists(), id);
        BOOST_TEST(explained(after, id)["expired"].boolean().value_or(false), id);
    }
}

BOOST_AUTO_TEST_CASE(a_patient_out_of_scope_is_no_reason_for_a_card) {
    for (const char* name : {"no-distant-metastases", "under-18"}) {
        const auto answer = judged_with(real_knowledge(), golden_request(real_knowledge(), name), "2027-02-24");
        BOOST_TEST(answer.root()["cards"].size() == 0U, name);
    }
}

BOOST_AUTO_TEST_SUITE_END()
