// Cross-origin headers (conformance rows X01 to X04; T71).
#include "service/cors.hpp"

#include <boost/test/unit_test.hpp>

using namespace rectal_cds;

namespace {

auth::ClientRegistry registry() {
    auto client = std::make_shared<auth::Client>();
    client->name = "north", client->iss = "https://ehr.test";
    client->cors_origins = {"https://ehr.test", "http://localhost:8080"};
    return auth::ClientRegistry({client});
}

http::Response answer_to(const std::string& origin, const auth::ClientRegistry* clients) {
    http::Request request;
    if (!origin.empty()) request.headers.emplace_back("Origin", origin);
    http::Response response;
    service::add_cors(request, clients, response);
    return response;
}

std::string header(const http::Response& response, const char* name) { return std::string(response.header(name).value_or("")); }

}  // namespace

BOOST_AUTO_TEST_SUITE(cross_origin_calls)

BOOST_AUTO_TEST_CASE(are_open_to_any_origin_in_sandbox_mode_and_never_with_credentials) {
    const http::Response response = answer_to("https://anything.test", nullptr);
    BOOST_TEST(header(response, "Access-Control-Allow-Origin") == "*");
    BOOST_TEST(header(response, "Access-Control-Allow-Headers").find("Authorization") != std::string::npos);
    BOOST_TEST(header(response, "Access-Control-Allow-Credentials").empty());
}

BOOST_AUTO_TEST_CASE(are_answered_with_the_origin_that_the_registry_lists) {
    const auth::ClientRegistry clients = registry();
    for (const char* origin : {"https://ehr.test", "http://localhost:8080"}) {
        const http::Response response = answer_to(origin, &clients);
        BOOST_TEST(header(response, "Access-Control-Allow-Origin") == origin);
        BOOST_TEST(header(response, "Vary") == "Origin");
        BOOST_TEST(header(response, "Access-Control-Allow-Credentials").empty());
    }
}

BOOST_AUTO_TEST_CASE(are_answered_without_leave_for_any_other_origin) {
    const auth::ClientRegistry clients = registry();
    for (const char* origin : {"", "null", "*", "https://evil.test", "https://ehr.test.evil.test", "http://ehr.test", "https://ehr.test:443"}) {
        const http::Response response = answer_to(origin, &clients);
        BOOST_TEST(header(response, "Access-Control-Allow-Origin").empty(), origin);
        BOOST_TEST(header(response, "Vary") == "Origin");
    }
}

BOOST_AUTO_TEST_SUITE_END()
