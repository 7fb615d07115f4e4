#include "conformance/answers.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>

#include "support/example_requests.hpp"

namespace rectal_cds::conformance {

using json::Document;
using json::Value;
using testing::HttpAnswer;

namespace {

std::string of_card(const HttpAnswer& answer, std::string_view topic, std::string_view member) {
    const Document document = parsed(answer);
    for (const Value card : document.root()["cards"].elements()) {
        if (card["source"]["topic"]["code"].text() == topic) return std::string(card[member].text());
    }
    return "";
}

}  // namespace

Document parsed(const HttpAnswer& answer) {
    auto document = Document::parse(answer.body);
    BOOST_TEST_REQUIRE(document.ok(), answer.status << " with a body that is no JSON: " << answer.body);
    return std::move(document).value();
}

Outcome outcome_of(const HttpAnswer& answer) {
    const Document document = parsed(answer);
    const Value root = document.root(), issue = root["issue"].at(0);
    BOOST_TEST_REQUIRE(root["resourceType"].text() == "OperationOutcome", answer.status << ' ' << answer.body);
    return {std::string(issue["code"].text()), std::string(issue["expression"].at(0).text()),
            std::string(issue["details"]["text"].text())};
}

void expect_refused(const HttpAnswer& answer, int status, std::string_view place) {
    BOOST_TEST(answer.status == status,
               answer.status << " instead of " << status << ": " << answer.body.substr(0, 400));
    if (answer.status < 400) return;
    const Outcome outcome = outcome_of(answer);
    BOOST_TEST(outcome.place.starts_with(place), outcome.place << " is not at " << place);
}

std::vector<std::string> topics(const HttpAnswer& answer) {
    BOOST_TEST_REQUIRE(answer.status == 200, "200 was expected and " << answer.status << " came: " << answer.body);
    const Document document = parsed(answer);
    BOOST_TEST_REQUIRE(document.root()["cards"].is_array());
    std::vector<std::string> codes;
    for (const Value card : document.root()["cards"].elements())
        codes.emplace_back(card["source"]["topic"]["code"].text());
    return codes;
}

bool has_topic(const HttpAnswer& answer, std::string_view topic) {
    const auto codes = topics(answer);
    return std::find(codes.begin(), codes.end(), topic) != codes.end();
}

std::string detail_of(const HttpAnswer& answer, std::string_view topic) { return of_card(answer, topic, "detail"); }
std::string indicator_of(const HttpAnswer& answer, std::string_view topic) {
    return of_card(answer, topic, "indicator");
}

bool same_advice(const HttpAnswer& one, const HttpAnswer& other) {
    return one.status == 200 && other.status == 200 &&
           testing::without_uuids(one.body) == testing::without_uuids(other.body);
}

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

}  // namespace rectal_cds::conformance
