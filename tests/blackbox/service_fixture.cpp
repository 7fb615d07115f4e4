#include "blackbox/service_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <sstream>

#include "support/answer_form.hpp"
#include "support/real_knowledge.hpp"
#include "json/document.hpp"

namespace rectal_cds::blackbox {

using json::Document;
using json::Value;

namespace {

void expect_no_patient(const std::string& all, const char* where) {
    const std::string text = without_random_ids(all);
    for (const std::string& string : patient_strings()) {
        BOOST_TEST(text.find(string) == std::string::npos,
                   where << " tells of the patient: " << string << " in " << text);
    }
}

void expect_error_form(const HttpAnswer& answer) {
    BOOST_TEST(answer.header("Content-Type") == "application/json");
    BOOST_TEST(!outcome_of(answer).text.empty());
    expect_no_patient(answer.body, "the body of the error");
}

void expect_log_form(const std::string& log) {
    std::istringstream lines(log);
    for (std::string line; std::getline(lines, line);) {
        const auto document = Document::parse(line);
        BOOST_TEST(document.ok(), "this log line is no JSON: " << line);
        if (document.ok()) BOOST_TEST(document.value().root()["time"].text().size() == 24U, line);
    }
    expect_no_patient(log, "the log");
}

void expect_card_form(const HttpAnswer& answer, const std::string& request) {
    const auto cards = Document::parse(answer.body), asked = Document::parse(request);
    BOOST_TEST_REQUIRE((cards.ok() && asked.ok()));
    for (const std::string& breach : testing::form_breaches(cards.value().root(), asked.value().root(), test_day))
        BOOST_ERROR(breach);
}

}  // namespace

std::vector<std::string> test_flags(const std::vector<std::string>& more) {
    std::vector<std::string> flags{"--listen", "127.0.0.1:0", "--knowledge", testing::source_folder().string(),
                                   "--today",  test_day,      "--log-level", "debug"};
    flags.insert(flags.end(), more.begin(), more.end());
    return flags;
}

Outcome outcome_of(const HttpAnswer& answer) {
    const auto document = Document::parse(answer.body);
    BOOST_TEST_REQUIRE(document.ok(), "the body of an error is no JSON: " << answer.body);
    const Value root = document.value().root(), issue = root["issue"].at(0);
    BOOST_TEST_REQUIRE(root["resourceType"].text() == "OperationOutcome");
    BOOST_TEST(root["issue"].size() == 1U);
    BOOST_TEST(issue["severity"].text() == "error");
    return {std::string(issue["code"].text()), std::string(issue["expression"].at(0).text()),
            std::string(issue["details"]["text"].text())};
}

std::vector<std::string> topics(const HttpAnswer& answer) {
    BOOST_TEST_REQUIRE(answer.status == 200, "200 was expected and " << answer.status << " came: " << answer.body);
    const auto document = Document::parse(answer.body);
    BOOST_TEST_REQUIRE((document.ok() && document.value().root()["cards"].is_array()));
    std::vector<std::string> codes;
    for (const Value card : document.value().root()["cards"].elements())
        codes.emplace_back(card["source"]["topic"]["code"].text());
    return codes;
}

std::string detail_of(const HttpAnswer& answer, std::string_view topic) {
    const auto document = Document::parse(answer.body);
    BOOST_TEST_REQUIRE(document.ok());
    for (const Value card : document.value().root()["cards"].elements()) {
        if (card["source"]["topic"]["code"].text() == topic) return std::string(card["detail"].text());
    }
    return "";
}

ServiceFixture::ServiceFixture(const std::vector<std::string>& more_flags) : service_(test_flags(more_flags)) {}

ServiceFixture::~ServiceFixture() {
    BOOST_TEST(service_.stop() == 0, service_.err());
    expect_log_form(service_.err());
    expect_no_patient(service_.out(), "the standard output");
}

HttpAnswer ServiceFixture::judged(HttpAnswer answer) {
    const std::string id = answer.header("X-Correlation-Id");
    BOOST_TEST(id.size() == 32U);
    BOOST_TEST(correlation_ids_.insert(id).second, "two answers share a correlation id");
    BOOST_TEST(answer.header("X-Content-Type-Options") == "nosniff");
    BOOST_TEST(answer.header("Access-Control-Allow-Origin") == "*");
    BOOST_TEST(answer.header("Access-Control-Allow-Credentials").empty());
    BOOST_TEST(answer.header("Access-Control-Expose-Headers") == "X-Correlation-Id");
    if (answer.status >= 400 && !answer.body.empty()) expect_error_form(answer);
    return answer;
}

HttpAnswer ServiceFixture::ask(std::string_view method, std::string_view target, const HeaderLines& headers,
                               std::string_view body) {
    return judged(connect().send(request_bytes(method, target, headers, body)).receive(method == "HEAD"));
}

HttpAnswer ServiceFixture::call(std::string_view hook, const std::string& body) {
    const std::string target = "/cds-services/rectal-cancer-" + std::string(hook);
    HttpAnswer answer = ask("POST", target, {{"Content-Type", "application/json"}}, body);
    BOOST_TEST(answer.header("Cache-Control") == "no-store");
    BOOST_TEST(answer.header("Content-Type") == "application/json");
    if (answer.status == 200) expect_card_form(answer, body);
    return answer;
}

}  // namespace rectal_cds::blackbox
