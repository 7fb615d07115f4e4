// What is refused before a body is read, and what the log and the metrics say of refusals below the service.
#include <boost/test/unit_test.hpp>

#include <fstream>

#include "blackbox/service_fixture.hpp"

using namespace rectal_cds;
using namespace rectal_cds::blackbox;

namespace {

constexpr const char* sign_path = "/cds-services/rectal-cancer-order-sign";

// One client, whose keys nobody asks for: no token of these tests gets so far.
struct Registered {
    testing::TemporaryFolder folder;
    testing::RunningService service{flags()};

    std::vector<std::string> flags() const {
        const std::string file = (folder.path() / "clients.json").string();
        std::ofstream(file)
            << R"({"clients":[{"name":"ehr","iss":"https://ehr.test","jku":"https://ehr.test/jwks.json",)"
               R"("corsOrigins":["https://app.test"]}]})";
        return test_flags({"--clients", file, "--public-url", "https://cds.test"});
    }
    HttpAnswer head(const std::string& target, const std::string& headers, std::size_t length = 4'000'000) const {
        HttpConnection connection(service.port());
        connection.send("POST " + target + " HTTP/1.1\r\nHost: cds.test\r\nContent-Length: " + std::to_string(length) +
                        "\r\n" + headers + "\r\n");
        return connection.receive();
    }
    std::string metrics() const {
        HttpConnection connection(service.port());
        return connection.send(request_bytes("GET", "/metrics")).receive().body;
    }
};

constexpr const char* json = "Content-Type: application/json\r\n";
const std::string of_app = "Origin: https://app.test\r\n";

}  // namespace

BOOST_FIXTURE_TEST_SUITE(before_its_body_is_read, Registered)

BOOST_AUTO_TEST_CASE(a_call_without_a_bearer_token_is_answered_401_as_any_other) {
    HttpConnection whole(service.port());
    const HttpAnswer full =
        whole
            .send(request_bytes("POST", sign_path,
                                {{"Content-Type", "application/json"}, {"Authorization", "Bearer a.b.c"}}, "{}"))
            .receive();
    for (const std::string headers : {json, "Content-Type: application/json\r\nAuthorization: Basic YTpi\r\n"}) {
        for (const std::string& path :
             {std::string(sign_path), sign_path + std::string("/feedback"), "/v1" + std::string(sign_path)}) {
            const HttpAnswer early = head(path, headers);
            BOOST_TEST(early.status == 401);
            BOOST_TEST(early.body == full.body);
            BOOST_TEST(early.header("WWW-Authenticate") == "Bearer");
            BOOST_TEST(early.header("Connection") == "close");
        }
    }
    BOOST_TEST(full.header("Connection") == "close");
    BOOST_TEST(metrics().find("cds_auth_failures_total{reason=\"no_token\"} 3") != std::string::npos);
    BOOST_TEST(service.err().find("\"reason\":\"not_bearer\"") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_call_in_another_form_is_answered_415) {
    BOOST_TEST(head(sign_path, "Content-Type: text/plain\r\n").status == 415);
    BOOST_TEST(head(sign_path, std::string(json) + "Content-Encoding: gzip\r\n").status == 415);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(a_refusal_below_the_service, Registered)

BOOST_AUTO_TEST_CASE(is_logged_counted_and_readable_for_an_allowed_origin_only) {
    const HttpAnswer too_large = head(sign_path, json + of_app, 5'000'000);
    BOOST_TEST(too_large.status == 413);
    BOOST_TEST(too_large.header("Access-Control-Allow-Origin") == "https://app.test");
    BOOST_TEST(too_large.header("Vary") == "Origin");
    const HttpAnswer other = head("/patients/7", "Origin: https://evil.test\r\n", 5'000'000);
    BOOST_TEST(other.status == 413);
    BOOST_TEST(other.header("Access-Control-Allow-Origin") == "");
    HttpConnection connection(service.port());
    BOOST_TEST(connection.send("nonsense\r\n\r\n").receive().status == 400);
    const std::string text = metrics();
    BOOST_TEST(
        text.find(
            R"(http_server_request_duration_seconds_count{method="POST",route="/cds-services/rectal-cancer-order-sign",status="413"} 1)") !=
            std::string::npos,
        text);
    BOOST_TEST(text.find(R"(method="POST",route="unknown",status="413"} 1)") != std::string::npos);
    BOOST_TEST(text.find(R"(method="other",route="unknown",status="400"} 1)") != std::string::npos);
    const std::string log = service.err();
    BOOST_TEST(log.find("\"event\":\"body_too_large\"") != std::string::npos);
    BOOST_TEST(log.find(too_large.header("X-Correlation-Id")) != std::string::npos);
    BOOST_TEST(log.find("/patients/7") == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
