// Rows B: what clients report about cards (cds-hooks.md 9; decisions.md 57 to 60). What was stored is read back with
// the export of the store, beside the running service.
#include <boost/test/unit_test.hpp>

#include <algorithm>

#include "conformance/answers.hpp"
#include "conformance/feedback_calls.hpp"

using namespace rectal_cds::conformance;
using namespace rectal_cds::testing;
using rectal_cds::store::ExportedFeedback;

namespace {

constexpr const char* reason =
    R"({"reason":{"code":"OR-TRIAL","system":"https://rectal-cds.example/fhir/CodeSystem/override-reason"},"userComment":"comment-1"})";

void expect_stored(const std::string& body, const Caller& caller = ehr_caller) {
    const HttpAnswer answer = report(body, caller);
    BOOST_TEST(answer.status == 200, answer.status << ' ' << answer.body);
    BOOST_TEST(answer.body.empty());
}

// 400 that names the place, and nothing of it is stored.
void expect_400(const std::string& body, std::string_view place) {
    const std::size_t before = stored().size();
    expect_refused(report(body), 400, place);
    BOOST_TEST(stored().size() == before);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(feedback, *boost::unit_test::fixture<StopsServices>())

BOOST_AUTO_TEST_CASE(B01_acceptance_of_a_card_just_issued_is_stored_and_joined_to_it) {
    const IssuedCard card = issue_card();
    expect_stored(batch(accepted(card.uuid, card.suggestion)));
    const ExportedFeedback found = stored_about(card.uuid);
    BOOST_TEST(found.action == "accepted");
    BOOST_TEST(found.recommendation_id == "anti-egfr-ras-mutant");
    BOOST_TEST(found.suggestions.size() == 1U);
    BOOST_TEST(found.hook_instance == card.hook_instance);
    BOOST_TEST(found.client == "ehr");
    BOOST_TEST(found.user_id == "Practitioner/onc-1");
    BOOST_TEST(found.encounter_id == "enc-022");
    BOOST_TEST(!contains(found.patient, "pat-022"));
}

BOOST_AUTO_TEST_CASE(B02_an_override_without_reason_is_taken) {
    const IssuedCard card = issue_card();
    expect_stored(batch(overridden(card.uuid)));
    BOOST_TEST(stored_about(card.uuid).action == "overridden");
    BOOST_TEST(stored_about(card.uuid).is_reason_missing);  // of a critical card
}

BOOST_AUTO_TEST_CASE(B03_the_reason_and_the_comment_of_an_override_are_stored) {
    const IssuedCard card = issue_card();
    expect_stored(batch(overridden(card.uuid, reason)));
    const ExportedFeedback found = stored_about(card.uuid);
    BOOST_TEST(found.reason.code == "OR-TRIAL");
    BOOST_TEST(found.reason.system == "https://rectal-cds.example/fhir/CodeSystem/override-reason");
    BOOST_TEST(found.reason.comment == "comment-1");
    BOOST_TEST(!found.is_reason_missing);
}

BOOST_AUTO_TEST_CASE(B04_an_override_with_a_comment_alone_is_taken) {
    const IssuedCard card = issue_card();
    expect_stored(batch(overridden(card.uuid, R"({"userComment":"comment-2"})")));
    BOOST_TEST(stored_about(card.uuid).reason.comment == "comment-2");
    BOOST_TEST(stored_about(card.uuid).reason.code.empty());
}

BOOST_AUTO_TEST_CASE(B05_acceptance_without_suggestions_is_400) {
    const IssuedCard card = issue_card();
    const std::string whole = batch(accepted(card.uuid, card.suggestion));
    expect_400(without(whole, "/feedback/0/acceptedSuggestions"), "feedback[0]");
    expect_400(with(whole, "/feedback/0/acceptedSuggestions", "[]"), "feedback[0]");
    expect_400(with(whole, "/feedback/0/acceptedSuggestions", "[{}]"), "feedback[0]");
}

BOOST_AUTO_TEST_CASE(B06_an_unknown_outcome_a_missing_card_and_a_bad_timestamp_are_400) {
    const std::string whole = batch(overridden(issue_card().uuid));
    for (const char* outcome : {"\"ignored\"", "\"Accepted\"", "null", "\"\""})
        expect_400(with(whole, "/feedback/0/outcome", outcome), "feedback[0].outcome");
    expect_400(without(whole, "/feedback/0/outcome"), "feedback[0].outcome");
    expect_400(without(whole, "/feedback/0/card"), "feedback[0].card");
    expect_400(without(whole, "/feedback/0/outcomeTimestamp"), "feedback[0].outcomeTimestamp");
    for (const char* time :
         {"\"2026-03-02\"", "\"yesterday\"", "\"2026-02-30T10:00:00Z\"", "\"2026-03-02T10:00:00\"", "1772445600"})
        expect_400(with(whole, "/feedback/0/outcomeTimestamp", time), "feedback[0].outcomeTimestamp");
}

BOOST_AUTO_TEST_CASE(B07_timestamps_are_normalised_to_utc) {
    const rectal_cds::cdshooks::Instant expected = *rectal_cds::cdshooks::parse_instant("2026-03-02T10:11:12Z");
    for (const char* time :
         {"\"2026-03-02T10:11:12Z\"", "\"2026-03-02T12:11:12+02:00\"", "\"2026-03-02T04:41:12-05:30\""}) {
        const IssuedCard card = issue_card();
        expect_stored(with(batch(overridden(card.uuid)), "/feedback/0/outcomeTimestamp", time));
        BOOST_TEST((stored_about(card.uuid).at == expected), time);
    }
    const IssuedCard card = issue_card();
    expect_stored(with(batch(overridden(card.uuid)), "/feedback/0/outcomeTimestamp", "\"2026-03-02T10:11:12.52Z\""));
    BOOST_TEST(
        (stored_about(card.uuid).at >= expected && stored_about(card.uuid).at < expected + std::chrono::seconds(1)));
}

BOOST_AUTO_TEST_CASE(B08_a_batch_with_one_wrong_item_is_refused_whole) {
    std::string items;
    std::vector<IssuedCard> cards;
    for (int i = 0; i < 50; ++i) {
        cards.push_back(issue_card());
        items += (i == 0 ? "" : ",") + overridden(cards.back().uuid);
    }
    const std::string whole = R"({"feedback":[)" + items + "]}";
    expect_400(with(whole, "/feedback/37/outcome", "\"ignored\""), "feedback[37].outcome");
    expect_stored(whole);
    for (const IssuedCard& card : cards) BOOST_TEST(stored_about(card.uuid).action == "overridden");
    std::string many = items;
    many += "," + items + "," + overridden(cards[0].uuid);
    BOOST_TEST(report(R"({"feedback":[)" + many + "]}").status == 413);
}

BOOST_AUTO_TEST_CASE(B09_the_same_feedback_twice_counts_once) {
    const IssuedCard card = issue_card();
    expect_stored(batch(overridden(card.uuid, reason)));
    expect_stored(batch(overridden(card.uuid, reason)));
    BOOST_TEST(all_stored_about(card.uuid, 1).size() == 1U);
}

BOOST_AUTO_TEST_CASE(B10_a_later_outcome_is_kept_beside_the_first_in_order) {
    const IssuedCard card = issue_card();
    expect_stored(
        with(batch(accepted(card.uuid, card.suggestion)), "/feedback/0/outcomeTimestamp", "\"2026-03-02T10:30:00Z\""));
    expect_stored(with(batch(overridden(card.uuid)), "/feedback/0/outcomeTimestamp", "\"2026-03-02T10:00:00Z\""));
    const auto found = all_stored_about(card.uuid, 2);
    BOOST_TEST_REQUIRE(found.size() == 2U);
    BOOST_TEST(found[0].action == "overridden");
    BOOST_TEST(found[1].action == "accepted");
}

BOOST_AUTO_TEST_CASE(B11_a_card_that_is_not_ours_is_200_and_outside_the_statistics) {
    const IssuedCard card = issue_card();
    expect_stored(batch(overridden(card.uuid)));
    const std::size_t before = all_stored_about(card.uuid, 1).size(), all = stored().size();
    expect_stored(batch(overridden("123456")));
    expect_stored(batch(overridden("7c1f6a52-6a0e-4b36-9d0e-2f6f5a1d9c11")));
    expect_stored(batch(accepted(card.uuid, card.suggestion)), other_caller);  // another client's card
    expect_stored(batch(overridden("123456")));  // sent again
    BOOST_TEST(stored().size() == all);
    const auto apart = unmatched();  // nothing that was acknowledged is lost
    const auto times = [&](const std::string& id) {
        return std::count_if(apart.begin(), apart.end(), [&](const ExportedFeedback& each) { return each.card == id; });
    };
    for (const std::string& id : {std::string("123456"), std::string("7c1f6a52-6a0e-4b36-9d0e-2f6f5a1d9c11"), card.uuid})
        BOOST_TEST(times(id) == 1, id);
    for (const ExportedFeedback& each : apart) BOOST_TEST((each.patient.empty() && each.recommendation_id.empty()));
    BOOST_TEST(all_stored_about(card.uuid, 1).size() == before);
    BOOST_TEST(contains(feedback_service().get("/metrics").body, "feedback"));
}

BOOST_AUTO_TEST_CASE(B12_the_reasons_of_epic_are_understood) {
    const IssuedCard card = issue_card();
    const std::string epic = R"({"card":")" + card.uuid +
                             R"(","outcome":"overridden","outcomeTimestamp":"2026-03-02T10:00:00Z","overrideReasons":)";
    expect_stored(batch(epic + R"({"reason":{"code":"OR-WRONG","system":"urn:oid:1.2.3"}}})"));
    BOOST_TEST(stored_about(card.uuid).reason.code == "OR-WRONG");
    const IssuedCard second = issue_card();
    const std::string local =
        R"({"card":")" + second.uuid +
        R"(","outcome":"overridden","outcomeTimestamp":"2026-03-02T10:00:00Z","overrideReasons":)";
    expect_stored(
        batch(local + R"({"extension":{"com.epic.cdshooks.feedback.overrideReason.reasonCategory":"category-1",
        "com.epic.cdshooks.feedback.overrideReason.reasonTitle":"title-1"}}})"));
    BOOST_TEST(stored_about(second.uuid).reason.category == "category-1");
    BOOST_TEST(stored_about(second.uuid).reason.title == "title-1");
}

BOOST_AUTO_TEST_CASE(B13_the_reason_of_the_2020_sandbox_is_understood) {
    const IssuedCard card = issue_card();
    expect_stored(batch(overridden(
        card.uuid, R"({"code":"OR-TRIAL","system":"https://rectal-cds.example/fhir/CodeSystem/override-reason"})")));
    BOOST_TEST(stored_about(card.uuid).reason.code == "OR-TRIAL");
}

BOOST_AUTO_TEST_CASE(B14_what_is_no_batch_is_400_and_an_empty_one_is_200) {
    for (const char* body : {"[]", "\"x\"", "{}", R"({"feedback":{}})", R"({"feedback":null})", "{", ""})
        expect_400(body, "");
    expect_stored(R"({"feedback":[]})");
}

BOOST_AUTO_TEST_CASE(B15_feedback_for_an_unknown_service_is_404_and_get_is_405) {
    BOOST_TEST(feedback_service().post("/cds-services/unknown/feedback", R"({"feedback":[]})").status == 404);
    const HttpAnswer get = feedback_service().get(feedback_path());
    BOOST_TEST(get.status == 405);
    BOOST_TEST(get.header("Allow") == "POST, OPTIONS");
}

BOOST_AUTO_TEST_CASE(B16_feedback_has_an_audience_of_its_own) {
    const auto with_audience = [](const std::string& path, const Caller& caller = ehr_caller) {
        const HeaderLines headers{{"Content-Type", "application/json"}, {"Authorization", bearer(caller, path)}};
        return feedback_service().ask("POST", feedback_path(), headers, R"({"feedback":[]})").status;
    };
    const std::string service = feedback_service().path("order-sign");
    BOOST_TEST(with_audience(feedback_path()) == 200);
    BOOST_TEST(with_audience(service) == 401);
    BOOST_TEST(with_audience("/cds-services") == 401);
    BOOST_TEST(with_audience(service, one_audience_caller) == 200);  // as its registry entry allows
    BOOST_TEST(with_audience("/cds-services", one_audience_caller) == 401);
    const HeaderLines no_token{{"Content-Type", "application/json"}};
    BOOST_TEST(feedback_service().ask("POST", feedback_path(), no_token, R"({"feedback":[]})").status == 401);
}

BOOST_AUTO_TEST_SUITE_END()
