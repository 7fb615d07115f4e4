// Addresses, methods, media types, sizes and CORS, from outside (rows R13-R15, R17, X; decisions.md 18-20, 28).
#include "blackbox/service_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include "json/document.hpp"

using namespace rectal_cds;
using namespace rectal_cds::blackbox;

namespace {

constexpr const char* sign_target = "/cds-services/rectal-cancer-order-sign";
constexpr const char* view_target = "/cds-services/rectal-cancer-patient-view";
constexpr std::size_t max_body = 4'194'304;

// Blank after the JSON text: still the same JSON.
std::string padded(std::string request, std::size_t bytes) { return request.append(bytes - request.size(), ' '); }

struct SmallBody : ServiceFixture {
    SmallBody() : ServiceFixture({"--max-body", "1000"}) {}
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(addresses, ServiceFixture)

BOOST_AUTO_TEST_CASE(health_readiness_and_version_answer_in_json) {
    BOOST_TEST(get("/healthz").body == R"({"status":"alive"})");
    const std::string ready = get("/readyz").body;
    BOOST_TEST(ready.starts_with(R"({"status":"ready","store":"up","content":")"), ready);
    BOOST_TEST(ready.ends_with(R"(","services":3})"), ready);
    const HttpAnswer version = get("/version");
    const auto document = json::Document::parse(version.body);
    BOOST_TEST_REQUIRE(document.ok());
    BOOST_TEST(document.value().root()["program"].text() == "rectal-cds");
    BOOST_TEST(document.value().root()["content"]["recommendations"].integer().value_or(0) == 70);
    BOOST_TEST(document.value().root()["content"]["reviewStatus"].text() == "draft: not reviewed by a clinician");
    for (const char* target : {"/healthz", "/readyz", "/version"}) {
        BOOST_TEST(get(target).status == 200);
        BOOST_TEST(get(target).header("Content-Type") == "application/json");
        BOOST_TEST(ask("HEAD", target).status == 200);
        BOOST_TEST(ask("POST", target).status == 405);
        BOOST_TEST(ask("POST", target).header("Allow") == "GET, HEAD, OPTIONS");
    }
}

BOOST_AUTO_TEST_CASE(pages_for_people_are_served_beside_the_service) {
    HttpConnection connection = connect();
    connection.send(request_bytes("GET", "/recommendations/anti-egfr-ras-mutant"));
    const HttpAnswer page = connection.receive();
    BOOST_TEST(page.status == 200);
    BOOST_TEST(page.header("Content-Type") == "text/html; charset=utf-8");
    BOOST_TEST(page.header("X-Content-Type-Options") == "nosniff");
    BOOST_TEST(page.header("Access-Control-Allow-Origin") == "");
    BOOST_TEST(page.body.find("EGFR antibody ordered in RAS-mutant disease") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(R13_an_unknown_service_is_404) {
    const HttpAnswer answer =
        ask("POST", "/cds-services/unknown", {{"Content-Type", "application/json"}}, order_sign());
    BOOST_TEST(answer.status == 404);
    BOOST_TEST(outcome_of(answer).code == "not-found");
    BOOST_TEST(outcome_of(answer).place == "http.path");
    for (const char* target : {"/cds-service", "/CDS-SERVICES", "//cds-services", "/v4/cds-services"}) {
        BOOST_TEST(get(target).status == 404, target);
    }
}

BOOST_AUTO_TEST_CASE(R14_a_service_answers_post_and_options_only) {
    for (const char* method : {"GET", "HEAD", "PUT", "PATCH", "DELETE"}) {
        const HttpAnswer answer = ask(method, sign_target);
        BOOST_TEST(answer.status == 405, method);
        BOOST_TEST(answer.header("Allow") == "POST, OPTIONS");
    }
}

BOOST_AUTO_TEST_CASE(R15_takes_json_in_utf_8_without_content_coding) {
    const std::string body = order_sign();
    const std::vector<HeaderLines> taken{
        {{"Content-Type", "application/json"}},
        {{"Content-Type", "application/fhir+json"}},
        {{"content-type", "Application/JSON ; Charset=UTF-8"}},
        {{"Content-Type", "application/json; charset=\"utf-8\""}},
        {{"Content-Type", "application/fhir+json; fhirVersion=4.0; charset=utf-8"}},
        {{"Content-Type", "application/json"}, {"Content-Encoding", "identity"}},
        {{"Content-Type", "application/json"}, {"Accept", "text/html"}},
    };
    for (const HeaderLines& headers : taken)
        BOOST_TEST(ask("POST", sign_target, headers, body).status == 200, headers.front().second);
}

BOOST_AUTO_TEST_CASE(R15_refuses_every_other_media_type_and_coding) {
    const std::vector<std::pair<HeaderLines, std::string>> refused{
        {{}, "Content-Type"},
        {{{"Content-Type", ""}}, "Content-Type"},
        {{{"Content-Type", "text/plain"}}, "Content-Type"},
        {{{"Content-Type", "application/xml"}}, "Content-Type"},
        {{{"Content-Type", "application/jsonx"}}, "Content-Type"},
        {{{"Content-Type", "application/json; charset=iso-8859-1"}}, "Content-Type"},
        {{{"Content-Type", "application/json; charset=utf-80"}}, "Content-Type"},
        {{{"Content-Type", "application/json; x=charset=utf-8; charset=utf-16"}}, "Content-Type"},
        {{{"Content-Type", "application/json, text/plain"}}, "Content-Type"},
        {{{"Content-Type", "application/json"}, {"Content-Type", "text/plain"}}, "Content-Type"},
        {{{"Content-Type", "application/json"}, {"Content-Encoding", "gzip"}}, "Content-Encoding"},
        {{{"Content-Type", "application/json"}, {"Content-Encoding", "identity, gzip"}}, "Content-Encoding"},
        {{{"Content-Type", "application/json"}, {"Content-Encoding", "identity"}, {"Content-Encoding", "br"}},
         "Content-Encoding"},
    };
    const std::string body = order_sign();
    for (const auto& [headers, name] : refused) {
        BOOST_TEST_CONTEXT((headers.empty() ? "no header" : headers.back().second)) {
            const HttpAnswer answer = ask("POST", sign_target, headers, body);
            BOOST_TEST(answer.status == 415);
            BOOST_TEST(outcome_of(answer).place == "http.header." + name);
        }
    }
}

BOOST_AUTO_TEST_CASE(R17_a_body_of_4_mib_is_read_and_one_byte_more_is_413) {
    BOOST_TEST(sign(padded(order_sign(), max_body)).status == 200);
    const HttpAnswer answer = sign(padded(order_sign(), max_body + 1));
    BOOST_TEST(answer.status == 413);
    BOOST_TEST(outcome_of(answer).code == "too-long");
    BOOST_TEST(outcome_of(answer).place == "http.body");
}

BOOST_AUTO_TEST_CASE(R17_a_header_above_16_kib_is_431) {
    const HttpAnswer answer = ask("GET", "/cds-services", {{"X-Filler", std::string(17 * 1024, 'x')}});
    BOOST_TEST(answer.status == 431);
    BOOST_TEST(outcome_of(answer).place == "http.header");
    BOOST_TEST(get("/cds-services").status == 200);
}

BOOST_AUTO_TEST_CASE(X01_preflight_is_answered_for_discovery_and_services) {
    for (const char* target : {"/cds-services", view_target, sign_target, "/cds-services/rectal-cancer-order-select"}) {
        const HttpAnswer answer = ask("OPTIONS", target,
                                      {{"Origin", "https://sandbox.cds-hooks.org"},
                                       {"Access-Control-Request-Method", "POST"},
                                       {"Access-Control-Request-Headers", "authorization,content-type"}});
        BOOST_TEST(answer.status == 204, target);
        BOOST_TEST(answer.body.empty());
        BOOST_TEST(answer.header("Access-Control-Allow-Methods") == "GET, POST, OPTIONS");
        BOOST_TEST(answer.header("Access-Control-Allow-Headers") == "Authorization, Content-Type, Accept");
        BOOST_TEST(!answer.header("Access-Control-Max-Age").empty());
    }
}

// X02-X04: the fixture asserts CORS on each of these, whether the endpoints or the transport answered.
BOOST_AUTO_TEST_CASE(X04_errors_of_every_kind_carry_cors_and_an_operation_outcome) {
    const HeaderLines from_browser{{"Origin", "https://sandbox.cds-hooks.org"}, {"Content-Type", "application/json"}};
    BOOST_TEST(ask("POST", sign_target, from_browser, order_sign()).status == 200);
    BOOST_TEST(ask("POST", sign_target, from_browser, "{").status == 400);
    BOOST_TEST(ask("POST", sign_target, from_browser, without(order_sign(), "/prefetch/patient")).status == 412);
    BOOST_TEST(ask("POST", "/nowhere", from_browser, "{}").status == 404);
    BOOST_TEST(judged(connect().send("GET /cds-services HTTP/1.1\r\n\r\n").receive()).status == 400);
    BOOST_TEST(judged(connect().send("GET /cds-services HTTP/9.9\r\nHost: x\r\n\r\n").receive()).status == 505);
}

BOOST_AUTO_TEST_CASE(X06_one_connection_carries_many_requests_also_pipelined) {
    HttpConnection connection = connect();
    const std::string request =
        request_bytes("POST", sign_target, {{"Content-Type", "application/json"}}, order_sign());
    for (int i = 0; i < 20; ++i) BOOST_TEST(topics(judged(connection.send(request).receive())).size() == 1U);
    connection.send(request + request_bytes("GET", "/healthz") + request);
    BOOST_TEST(judged(connection.receive()).status == 200);
    BOOST_TEST(judged(connection.receive()).body == R"({"status":"alive"})");
    BOOST_TEST(judged(connection.receive()).status == 200);
}

BOOST_AUTO_TEST_CASE(X08_tricks_in_the_path_are_404_and_reveal_nothing) {
    const std::vector<std::string> tricks{"/cds-services/../healthz",
                                          "/cds-services/%2e%2e",
                                          "/cds-services/rectal-cancer-order-sign%00",
                                          "/cds-services/rectal-cancer-order-sign/",
                                          "/cds-services/" + std::string(8000, 'a'),
                                          "/cds-services/pat-022"};
    for (const std::string& trick : tricks) {
        const HttpAnswer answer = ask("POST", trick, {{"Content-Type", "application/json"}}, order_sign());
        BOOST_TEST(answer.status == 404, trick.substr(0, 60));
    }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_CASE(max_body_lowers_the_limit, SmallBody) { BOOST_TEST(sign(order_sign()).status == 413); }
