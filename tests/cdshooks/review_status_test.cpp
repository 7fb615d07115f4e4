// How far the review has come stands on every card, in discovery and in what operators read.
#include <boost/test/unit_test.hpp>

#include <set>
#include <vector>

#include "cdshooks/discovery.hpp"
#include "cdshooks/golden.hpp"
#include "cdshooks/governance.hpp"
#include "cdshooks/judged_with.hpp"
#include "support/real_knowledge.hpp"

using namespace rectal_cds;
using namespace rectal_cds::testing;

namespace {

constexpr const char* draft = "draft: not reviewed by a clinician";

base::Day day(std::string_view text) { return base::parse_day(text).value(); }

bool says(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

json::Document cetuximab_signed(const fhir::Knowledge& knowledge, bool explain = false) {
    return judged_with(knowledge, golden_request(knowledge, "cetuximab-with-kras-mutation"), "2026-03-12", explain);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(review_status)

BOOST_AUTO_TEST_CASE(a_draft_says_so_on_the_card_and_in_its_source) {
    const auto answer = cetuximab_signed(real_knowledge());
    const json::Value card = card_of(answer, "antiEgfrRasMutant");
    BOOST_TEST(says(card["detail"].text(), draft));
    BOOST_TEST(says(card["source"]["label"].text(), "(draft)"));
}

BOOST_AUTO_TEST_CASE(content_in_review_names_the_reviewer_and_is_not_approved) {
    fhir::Knowledge knowledge = real_knowledge();
    recommendation_of(knowledge, "anti-egfr-ras-mutant").review = {guideline::ReviewStep::in_review, "Dr Ada Example", day("2026-03-01"), {}};
    const auto answer = cetuximab_signed(knowledge);
    const json::Value card = card_of(answer, "antiEgfrRasMutant");
    BOOST_TEST(says(card["detail"].text(), "in review by Dr Ada Example since 2026-03-01: not approved."));
    BOOST_TEST(says(card["source"]["label"].text(), "(in review)"));
    BOOST_TEST(cdshooks::review_status(knowledge) == "0 of 70 recommendations approved, 1 in review, 69 draft");
    BOOST_TEST(cdshooks::review_step(knowledge) == "in review");
}

BOOST_AUTO_TEST_CASE(approved_content_says_by_whom_and_when_and_its_neighbour_stays_a_draft) {
    fhir::Knowledge knowledge = real_knowledge();
    approve(recommendation_of(knowledge, "anti-egfr-ras-mutant"));
    const auto answer = cetuximab_signed(knowledge);
    const json::Value card = card_of(answer, "antiEgfrRasMutant");
    BOOST_TEST(says(card["detail"].text(), "approved by Dr Ada Example on 2026-03-10, last reviewed on 2026-03-10."));
    BOOST_TEST(says(card["source"]["label"].text(), "(approved)"));
    const json::Value request = golden_request(knowledge, "cetuximab-without-ras-result");
    const auto other = judged_with(knowledge, request, "2026-03-12");
    BOOST_TEST(says(card_of(other, "antiEgfrRasUnknown")["source"]["label"].text(), "(draft)"));
    BOOST_TEST(cdshooks::review_status(knowledge) == "1 of 70 recommendations approved, 0 in review, 69 draft");
    BOOST_TEST(cdshooks::review_step(knowledge) == "partly approved");
}

BOOST_AUTO_TEST_CASE(when_all_is_approved_nothing_is_called_a_draft) {
    fhir::Knowledge knowledge = real_knowledge();
    for (auto& recommendation : knowledge.recommendations) approve(recommendation);
    BOOST_TEST(cdshooks::review_status(knowledge) == "all 70 recommendations approved");
    BOOST_TEST(!says(cdshooks::discovery(knowledge).body, "draft"));
    const json::Value request = golden_request(knowledge, "drug-known-by-text-only");
    BOOST_TEST(says(card_of(judged_with(knowledge, request, "2026-03-12"), "notAssessed")["source"]["label"].text(), "(approved)"));
}

BOOST_AUTO_TEST_CASE(discovery_says_it_in_every_description) {
    const auto parsed = json::Document::parse(cdshooks::discovery(real_knowledge()).body);
    BOOST_TEST_REQUIRE(parsed.ok());
    for (const json::Value service : parsed.value().root()["services"].elements()) {
        BOOST_TEST(says(service["description"].text(), "Content 0.1.0 of 2026-02-24, draft: not reviewed by a clinician."));
    }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(approved_only)

BOOST_AUTO_TEST_CASE(what_is_not_approved_is_not_judged_and_the_explanation_lists_it) {
    fhir::Knowledge knowledge = real_knowledge();
    approve(recommendation_of(knowledge, "data-unavailable"));
    approve(recommendation_of(knowledge, "anti-egfr-ras-unknown"));
    fhir::keep_approved(knowledge);
    const auto answer = cetuximab_signed(knowledge, true);
    BOOST_TEST(answer.root()["cards"].size() == 0U);
    const json::Value explanation = answer.root()["extension"]["org.rectal-cds.explanation"];
    BOOST_TEST(explanation["recommendations"].size() == 2U);
    bool is_listed = false;
    for (const json::Value one : explanation["notApproved"].elements()) {
        is_listed = is_listed || (one["id"].text() == "anti-egfr-ras-mutant" && one["reviewStatus"].text() == draft);
    }
    BOOST_TEST(is_listed);
    BOOST_TEST(says(cdshooks::content_description(knowledge), "68 recommendations not judged for want of approval"));
}

BOOST_AUTO_TEST_CASE(an_approved_recommendation_appears_as_always) {
    fhir::Knowledge knowledge = real_knowledge();
    approve(recommendation_of(knowledge, "data-unavailable"));
    approve(recommendation_of(knowledge, "anti-egfr-ras-mutant"));
    fhir::keep_approved(knowledge);
    const auto answer = cetuximab_signed(knowledge);
    BOOST_TEST(card_of(answer, "antiEgfrRasMutant")["indicator"].text() == "critical");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(what_is_due)

BOOST_AUTO_TEST_CASE(nothing_is_while_the_content_is_fresh) {
    BOOST_TEST(cdshooks::content_warnings(real_knowledge(), day("2026-08-23")).empty());
}

BOOST_AUTO_TEST_CASE(a_review_is_once_its_day_has_passed) {
    const auto warnings = cdshooks::content_warnings(real_knowledge(), day("2026-08-24"));
    BOOST_TEST_REQUIRE(warnings.size() == 1U);
    BOOST_TEST(warnings[0] == "70 recommendations (the first is data-unavailable): the review was due; the cards say so.");
}

BOOST_AUTO_TEST_CASE(a_pending_decision_is_on_its_day) {
    BOOST_TEST(cdshooks::content_warnings(real_knowledge(), day("2026-12-02")).size() == 1U);
    const auto warnings = cdshooks::content_warnings(real_knowledge(), day("2026-12-03"));
    BOOST_TEST_REQUIRE(warnings.size() == 2U);
    BOOST_TEST(says(warnings[1], "Watch list: the decision of the FDA on zanzalintinib with atezolizumab"));
    BOOST_TEST(says(warnings[1], "was expected on 2026-12-03."));
}

BOOST_AUTO_TEST_CASE(expired_content_is_told_once) {
    const auto warnings = cdshooks::content_warnings(real_knowledge(), day("2027-02-24"));
    BOOST_TEST_REQUIRE(warnings.size() == 2U);
    BOOST_TEST(says(warnings[0], "70 recommendations (the first is data-unavailable): EXPIRED, past the expiry date, so not judged"));
}

BOOST_AUTO_TEST_CASE(an_approval_dated_in_the_future_is_told) {
    fhir::Knowledge knowledge = real_knowledge();
    approve(recommendation_of(knowledge, "mdt-discussion"));
    BOOST_TEST(cdshooks::content_warnings(knowledge, day("2026-03-10")).empty());
    const auto warnings = cdshooks::content_warnings(knowledge, day("2026-03-09"));
    BOOST_TEST_REQUIRE(warnings.size() == 1U);
    BOOST_TEST(warnings[0] == "1 recommendation (mdt-discussion): a review or approval is dated in the future.");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(golden_cases_of_the_content)

BOOST_AUTO_TEST_CASE(all_hold) {
    for (const auto& fault : cdshooks::golden_faults(real_knowledge())) BOOST_TEST(false, fault.where << ": " << fault.what);
    std::set<std::string_view> hooks;
    for (const auto& golden : real_knowledge().governance.golden_cases) hooks.insert(golden.request["hook"].text());
    BOOST_TEST(hooks.size() == 3U);
}

BOOST_AUTO_TEST_CASE(a_rule_that_died_is_found) {
    fhir::Knowledge knowledge = real_knowledge();
    auto& conditions = recommendation_of(knowledge, "anti-egfr-ras-mutant").conditions;
    conditions.push_back(domain::find_fact("RAS wild-type").value());
    const auto faults = cdshooks::golden_faults(knowledge);
    BOOST_TEST_REQUIRE(faults.size() == 1U);
    BOOST_TEST(faults[0].where == "hooks/golden/cetuximab-with-kras-mutation.json: expect");
    BOOST_TEST(says(faults[0].what, "expected are anti-egfr-ras-mutant (critical); the cards are no card."));
}

BOOST_AUTO_TEST_CASE(a_rule_that_fires_where_it_should_not_is_found) {
    fhir::Knowledge knowledge = real_knowledge();
    auto& conditions = recommendation_of(knowledge, "anti-egfr-ras-mutant").conditions;
    std::erase(conditions, domain::find_fact("RAS mutant").value());
    const auto faults = cdshooks::golden_faults(knowledge);
    BOOST_TEST(faults.size() >= 1U);
}

BOOST_AUTO_TEST_CASE(another_severity_is_found) {
    fhir::Knowledge knowledge = real_knowledge();
    recommendation_of(knowledge, "upfront-long-course-crt").indicator = guideline::Indicator::info;
    const auto faults = cdshooks::golden_faults(knowledge);
    BOOST_TEST_REQUIRE(faults.size() == 1U);
    BOOST_TEST(says(faults[0].what, "the cards are upfront-long-course-crt (info)"));
}

BOOST_AUTO_TEST_SUITE_END()
