// The pages of the whole program where clients are registered: what is open, and what opens how.
#include <boost/test/unit_test.hpp>

#include "conformance/answers.hpp"
#include "conformance/clients.hpp"
#include "json/document.hpp"

using namespace rectal_cds;
using namespace rectal_cds::conformance;

namespace {

HttpAnswer page(const std::string& target) {
    HttpConnection connection = registered().connect();
    connection.send(testing::request_bytes("GET", target));
    return connection.receive();
}

// The link to the explanation of the first card, without the public address.
std::string why_path(const HttpAnswer& answer) {
    const auto document = json::Document::parse(answer.body);
    BOOST_TEST_REQUIRE(document.ok());
    const std::string url(document.value().root()["cards"].at(0)["links"].at(0)["url"].text());
    BOOST_TEST_REQUIRE(url.find(std::string(public_url) + "/why/") == 0U, url);
    return url.substr(std::string(public_url).size());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(pages, *boost::unit_test::fixture<StopsServices>())

BOOST_AUTO_TEST_CASE(an_explanation_opens_by_the_link_of_its_card_and_by_nothing_less) {
    const std::string path = why_path(registered().sign(testing::order_sign()));
    const HttpAnswer explained = page(path);
    BOOST_TEST(explained.status == 200);
    BOOST_TEST(explained.header("Cache-Control") == "no-store");
    BOOST_TEST(contains(explained.body, "RAS mutant"));
    BOOST_TEST(page(path.substr(0, path.find('?'))).status == 404);
    BOOST_TEST(page(path.substr(0, path.size() - 1)).status == 404);
}

BOOST_AUTO_TEST_CASE(the_content_is_open_and_simulator_and_feedback_are_not_there) {
    for (const char* target : {"/", "/recommendations", "/recommendations/anti-egfr-ras-mutant", "/about"})
        BOOST_TEST(page(target).status == 200, target);
    for (const char* target : {"/simulator", "/api/samples", "/feedback", "/feedback/export.csv"})
        BOOST_TEST(page(target).status == 404, target);
    const std::string recommendation = page("/recommendations/anti-egfr-ras-mutant").body;
    BOOST_TEST(contains(recommendation, "is shown to those who govern the content"));
    BOOST_TEST(!contains(recommendation, "unanswered"));
}

BOOST_AUTO_TEST_SUITE_END()
