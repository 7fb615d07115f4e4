// Feedback from the hook call to the export, and cards that are not repeated (B01, T102, T108; decisions.md 41, 58).
#include <boost/test/unit_test.hpp>

#include "blackbox/service_fixture.hpp"
#include "support/real_knowledge.hpp"
#include "json/document.hpp"

using namespace rectal_cds;
using namespace rectal_cds::blackbox;
using testing::Finished;
using testing::RunningService;

namespace {

const char* const noon = "2026-03-02T12:00:00Z";

// On one connection, so that an answer has been sent, and is remembered, when the next call is read.
HttpAnswer post(testing::HttpConnection& connection, const std::string& target, const std::string& body) {
    connection.send(testing::request_bytes("POST", target, {{"Content-Type", "application/json"}}, body));
    return connection.receive();
}

std::string hook(testing::HttpConnection& connection, const std::string& id, const std::string& body) {
    const HttpAnswer answer = post(connection, "/cds-services/" + id, body);
    BOOST_TEST_REQUIRE(answer.status == 200, answer.body);
    return answer.body;
}

// One member of the first card: "uuid".
std::string of_first_card(const std::string& answer, const char* member) {
    const auto document = json::Document::parse(answer);
    BOOST_TEST_REQUIRE(document.ok());
    return std::string(document.value().root()["cards"].at(0)[member].text());
}

std::size_t count_of(const std::string& answer, const char* extension) {
    const auto document = json::Document::parse(answer);
    BOOST_TEST_REQUIRE(document.ok());
    const json::Value root = document.value().root();
    return extension ? root["extension"][extension].size() : root["cards"].size();
}

std::string overridden(const std::string& card) {
    return R"({"feedback":[{"card":")" + card +
           R"(","outcome":"overridden","outcomeTimestamp":"2026-03-02T12:00:05Z",)" +
           R"("overrideReason":{"reason":{"code":"OR-MDT"},"userComment":"agreed on 1 March"}}]})";
}

std::vector<std::string> flags(std::vector<std::string> more) {
    more.insert(more.begin(), {"--listen", "127.0.0.1:0", "--knowledge", testing::source_folder().string(), "--now",
                               noon, "--location", "Site North"});
    return more;
}

// Ends the service, so that what it has queued is written, and exports.
json::Document exported(RunningService& service, const std::string& store) {
    service.stop();
    const Finished finished =
        testing::run({testing::program().string(), "feedback", "export", "--store", store, "--format", "json"});
    auto document = json::Document::parse(finished.out);
    BOOST_TEST_REQUIRE(document.ok(), finished.err);
    return std::move(document).value();
}

struct StoreFile {
    testing::TemporaryFolder folder;
    std::string store = (folder.path() / "store.sqlite").string();
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(feedback, StoreFile)

BOOST_AUTO_TEST_CASE(on_an_issued_card_is_exported_with_the_call_it_came_from) {
    for (const char* id : {"rectal-cancer-order-sign", "rectal-cancer"}) {
        const bool shared = id == std::string("rectal-cancer");
        const std::string file = store + id;
        RunningService service(flags(shared ? std::vector<std::string>{"--store", file, "--shared-service-id", id}
                                            : std::vector<std::string>{"--store", file}));
        testing::HttpConnection connection(service.port());
        const std::string card = of_first_card(hook(connection, id, order_sign()), "uuid");
        BOOST_TEST(post(connection, std::string("/cds-services/") + id + "/feedback", overridden(card)).status == 200);
        const json::Document document = exported(service, file);
        BOOST_TEST_REQUIRE(document.root().size() == 1U, id);
        const json::Value row = document.root().at(0);
        BOOST_TEST(row["intervention"].text() == "anti-egfr-ras-mutant");
        BOOST_TEST(row["action"].text() == "overridden");
        BOOST_TEST(row["reason_code"].text() == "OR-MDT");
        BOOST_TEST(row["comment"].text() == "agreed on 1 March");
        BOOST_TEST(row["user"].text() == "Practitioner/onc-1");
        BOOST_TEST(row["location"].text() == "Site North");
        BOOST_TEST(row["patient_pseudonym"].text().size() == 32U);
        BOOST_TEST(row["remark"].text() == "test clock");  // --now
    }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(remembered_cards, StoreFile)

BOOST_AUTO_TEST_CASE(are_not_repeated_when_the_chart_is_opened_again_also_after_a_restart) {
    {
        RunningService service(flags({"--store", store, "--remember"}));
        testing::HttpConnection connection(service.port());
        const std::string first = hook(connection, "rectal-cancer-patient-view", patient_view());
        BOOST_TEST(count_of(first, nullptr) == 2U);
        const std::string again = hook(connection, "rectal-cancer-patient-view", patient_view());
        BOOST_TEST(count_of(again, nullptr) == 0U);
        BOOST_TEST(count_of(again, "org.rectal-cds.suppressed") == 2U);
        const std::string other_user = with(patient_view(), "/context/userId", "\"Practitioner/onc-2\"");
        BOOST_TEST(count_of(hook(connection, "rectal-cancer-patient-view", other_user), nullptr) == 2U);
        service.stop();
    }
    RunningService service(flags({"--store", store, "--remember"}));
    testing::HttpConnection connection(service.port());
    BOOST_TEST(count_of(hook(connection, "rectal-cancer-patient-view", patient_view()), nullptr) == 0U);
}

BOOST_AUTO_TEST_CASE(are_off_in_sandbox_mode) {
    RunningService service(flags({"--store", store}));
    testing::HttpConnection connection(service.port());
    for (int i = 0; i < 2; ++i)
        BOOST_TEST(count_of(hook(connection, "rectal-cancer-patient-view", patient_view()), nullptr) == 2U);
}

BOOST_AUTO_TEST_CASE(come_critical_at_signing_with_the_override_given_at_selection) {
    RunningService service(flags({"--store", store, "--remember"}));
    testing::HttpConnection connection(service.port());
    const std::string selecting = hook(connection, "rectal-cancer-order-select", order_select());
    const std::string before = hook(connection, "rectal-cancer-order-sign", order_sign());
    BOOST_TEST(of_first_card(before, "detail").find("Recorded override") == std::string::npos);
    BOOST_TEST(
        post(connection, "/cds-services/rectal-cancer-order-select/feedback", overridden(of_first_card(selecting, "uuid")))
            .status == 200);
    const std::string after = hook(connection, "rectal-cancer-order-sign", order_sign());
    BOOST_TEST(of_first_card(after, "indicator") == "critical");
    BOOST_TEST(of_first_card(after, "detail")
                   .find("**Recorded override:** overridden at order selection, 2026-03-02 12:00 UTC: "
                         "OR-MDT: \"agreed on 1 March\"\n\n") == 0U);
}

BOOST_AUTO_TEST_SUITE_END()
