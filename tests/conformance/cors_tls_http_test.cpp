// Rows X: CORS, TLS and HTTP itself (cds-hooks.md 10.2 and 10.3; decisions.md 18, 20, 28, 29; RFC 9112).
#include <boost/test/unit_test.hpp>

#include "conformance/answers.hpp"
#include "conformance/clients.hpp"
#include "http/tls_loopback.hpp"

using namespace rectal_cds::conformance;
using namespace rectal_cds::testing;

namespace {

constexpr const char* browser = "https://sandbox.cds-hooks.org";

std::string sign_request(const HeaderLines& more = {}) {
    HeaderLines headers{{"Content-Type", "application/json"}};
    headers.insert(headers.end(), more.begin(), more.end());
    return request_bytes("POST", sandbox().path("order-sign"), headers, order_sign());
}

// Bytes that could be read in two ways, and a second request behind them that nobody may answer.
void expect_refused_and_closed(const std::string& head, const std::string& body = "") {
    BOOST_TEST_CONTEXT(head) {
        HttpConnection connection = sandbox().connect();
        connection.send("POST " + sandbox().path("order-sign") +
                        " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n" + head + "\r\n" + body +
                        request_bytes("GET", "/healthz"));
        const HttpAnswer answer = sandbox().judged(connection.receive());
        BOOST_TEST(answer.status == 400);
        BOOST_TEST(answer.header("Connection") == "close");
        BOOST_TEST(connection.is_closed_by_service());
    }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(cors_tls_http, *boost::unit_test::fixture<StopsServices>())

BOOST_AUTO_TEST_CASE(X01_preflight_of_discovery_service_and_feedback_needs_no_token) {
    for (Service* service : {&sandbox(), &registered()}) {
        const std::string origin = service == &sandbox() ? browser : browser_origin;
        for (const std::string& path :
             {std::string("/cds-services"), service->path("order-sign"), service->path("patient-view") + "/feedback"}) {
            const HttpAnswer answer = service->ask("OPTIONS", path,
                                                   {{"Origin", origin},
                                                    {"Access-Control-Request-Method", "POST"},
                                                    {"Access-Control-Request-Headers", "authorization,content-type"}});
            BOOST_TEST(answer.status == 204, path);
            BOOST_TEST(answer.body.empty());
            BOOST_TEST((answer.header("Access-Control-Allow-Origin") == origin || service == &sandbox()), path);
            for (const char* method : {"GET", "POST"})
                BOOST_TEST(contains(answer.header("Access-Control-Allow-Methods"), method));
            for (const char* header : {"Authorization", "Content-Type"})
                BOOST_TEST(contains(answer.header("Access-Control-Allow-Headers"), header));
        }
    }
}

BOOST_AUTO_TEST_CASE(X02_an_allowed_origin_is_echoed_and_another_gets_nothing) {
    const std::string path = registered().path("order-sign");
    const HttpAnswer allowed = registered().post(path, order_sign(), {{"Origin", browser_origin}});
    BOOST_TEST(allowed.status == 200);
    BOOST_TEST(allowed.header("Access-Control-Allow-Origin") == browser_origin);
    BOOST_TEST(contains(allowed.header("Vary"), "Origin"));
    for (const char* origin : {"https://evil.example", "null", "http://ehr.test", "https://ehr.test.evil.example",
                               "https://ehr.test:8443"}) {
        const HttpAnswer other = registered().post(path, order_sign(), {{"Origin", origin}});
        BOOST_TEST(other.header("Access-Control-Allow-Origin").empty(), origin);
        BOOST_TEST(contains(other.header("Vary"), "Origin"));
    }
}

BOOST_AUTO_TEST_CASE(X03_any_origin_never_goes_with_credentials) {
    for (const char* origin : {browser, "null", "https://evil.example"}) {
        const HttpAnswer answer =
            sandbox().post(sandbox().path("order-sign"), order_sign(), {{"Origin", origin}, {"Cookie", "a=b"}});
        BOOST_TEST(answer.header("Access-Control-Allow-Origin") == "*");
        BOOST_TEST(answer.header("Access-Control-Allow-Credentials").empty());
    }
}

BOOST_AUTO_TEST_CASE(X04_errors_carry_cors_headers_too) {
    for (const auto& [status, body] :
         {std::pair{400, std::string("{")}, std::pair{412, without(order_sign(), "/prefetch/patient")}}) {
        const HttpAnswer answer = sandbox().post(sandbox().path("order-sign"), body, {{"Origin", browser}});
        BOOST_TEST(answer.status == status);
        BOOST_TEST(answer.header("Access-Control-Allow-Origin") == "*");
    }
    const std::string path = registered().path("order-sign");
    const HeaderLines from_browser{{"Content-Type", "application/json"}, {"Origin", browser_origin}};
    for (const HttpAnswer& answer :
         {registered().ask("POST", path, from_browser, order_sign()), registered().ask("PUT", path, from_browser),
          registered().ask("GET", "/nowhere", from_browser),
          registered().post(path, without(order_sign(), "/prefetch/patient"), {{"Origin", browser_origin}})}) {
        BOOST_TEST((answer.status == 401 || answer.status == 405 || answer.status == 404 || answer.status == 412));
        BOOST_TEST(answer.header("Access-Control-Allow-Origin") == browser_origin);
    }
}

BOOST_AUTO_TEST_CASE(X05_tls_1_2_and_1_3_are_spoken_and_nothing_older) {
    namespace tls = rectal_cds::http::test;
    Service& service = running("tls", [] {
        const tls::Key key = tls::ec_key();
        Configuration configuration;
        configuration.files = {{"chain.pem", tls::pem(tls::certificate_of(key))}, {"key.pem", tls::pem(key)}};
        configuration.flags = {"--tls-certificate", "{folder}/chain.pem", "--tls-key", "{folder}/key.pem",
                               "--today",           example_day};
        return configuration;
    });
    const auto connect = [&](int least, int greatest) {
        return tls::TlsClient(service.process().port(), {least, greatest, "", {}, nullptr});
    };
    for (const int old : {TLS1_VERSION, TLS1_1_VERSION}) {
        BOOST_TEST(!connect(old, old).has_shaken_hands());
        BOOST_TEST(connect(old, old).alert() == TLS1_AD_PROTOCOL_VERSION);
    }
    for (const int spoken : {TLS1_2_VERSION, TLS1_3_VERSION}) {
        tls::TlsClient client = connect(spoken, spoken);
        BOOST_TEST(client.has_shaken_hands());
        client.send(request_bytes("GET", "/cds-services"));
        const auto answer = client.answer();
        BOOST_TEST(answer.status == 200);
        BOOST_TEST(contains(answer.body, "rectal-cancer-order-sign"));
    }
}

BOOST_AUTO_TEST_CASE(X06_http_1_1_is_spoken_as_it_is_written) {
    HttpConnection connection = sandbox().connect();
    for (int i = 0; i < 1000; ++i)
        BOOST_TEST(connection.send(request_bytes("GET", "/healthz")).receive().status == 200);
    connection.send(sign_request() + request_bytes("GET", "/healthz") + sign_request());
    BOOST_TEST(topics(sandbox().judged_cards(connection.receive())).size() == 1U);
    BOOST_TEST(connection.receive().body == R"({"status":"alive"})");
    BOOST_TEST(topics(sandbox().judged_cards(connection.receive())).size() == 1U);

    HttpConnection old = sandbox().connect();
    BOOST_TEST(old.send("GET /healthz HTTP/1.0\r\n\r\n").receive().status == 200);
    BOOST_TEST(old.is_closed_by_service());

    HttpConnection waiting = sandbox().connect();
    const std::string whole = sign_request({{"Expect", "100-continue"}});
    const auto body = whole.find("\r\n\r\n") + 4;
    BOOST_TEST(waiting.send(whole.substr(0, body)).receive(true).status == 100);
    BOOST_TEST(topics(sandbox().judged_cards(waiting.send(whole.substr(body)).receive())).size() == 1U);
}

BOOST_AUTO_TEST_CASE(X07_what_could_smuggle_a_request_is_400_and_closes) {
    expect_refused_and_closed("Content-Length: 4\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n");
    expect_refused_and_closed("Content-Length: 4\r\nContent-Length: 5\r\n", "12345");
    expect_refused_and_closed("Content-Length: +4\r\n", "1234");
    expect_refused_and_closed("Content-Length: 0x4\r\n", "1234");
    expect_refused_and_closed("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n");
    expect_refused_and_closed("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n", "0\r\n\r\n");
    expect_refused_and_closed("Content-Length : 4\r\n", "1234");
    expect_refused_and_closed("X-Folded: a\r\n b\r\nContent-Length: 0\r\n");
    expect_refused_and_closed("Host: y\r\nContent-Length: 0\r\n");
    BOOST_TEST(sandbox().get("/healthz").status == 200);
}

BOOST_AUTO_TEST_CASE(X08_tricks_in_the_path_find_nothing) {
    for (const std::string& trick :
         {std::string("/cds-services/../healthz"), std::string("/cds-services/%2e%2e"),
          std::string("/cds-services/rectal-cancer-order-sign%00"), std::string("//cds-services"),
          std::string("/cds-services/rectal-cancer-order-sign;x"), "/cds-services/" + std::string(8192, 'a'),
          std::string("/cds-services/..%2fhealthz"), std::string("/cds-services/rectal-cancer-order-sign/../x")}) {
        const HttpAnswer answer = sandbox().post(trick, order_sign());
        BOOST_TEST((answer.status == 404 || answer.status == 400), trick.substr(0, 60) << ' ' << answer.status);
    }
}

BOOST_AUTO_TEST_SUITE_END()
