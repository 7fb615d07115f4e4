// The HTTP server over TLS: what is spoken, what is refused, and that HTTP holds as it does over plain connections
// (conformance X05; decisions.md 29).
#include "http/tls_loopback.hpp"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <chrono>
#include <string>
#include <thread>
#include <vector>

using namespace rectal_cds::http;
using namespace rectal_cds::http::test;
using namespace std::chrono_literals;
namespace data = boost::unit_test::data;

namespace {

const char* const modern_suites[] = {"ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-ECDSA-AES256-GCM-SHA384",
                                     "ECDHE-ECDSA-CHACHA20-POLY1305"};
const char* const old_suites[] = {"ECDHE-ECDSA-AES128-SHA", "ECDHE-ECDSA-AES256-SHA384",
                                  "AES128-GCM-SHA256",      "AES256-SHA",
                                  "ECDHE-ECDSA-NULL-SHA",   "AECDH-AES128-SHA"};

}  // namespace

BOOST_AUTO_TEST_SUITE(the_https_server)

BOOST_DATA_TEST_CASE(speaks_tls_1_2_and_1_3, data::make({TLS1_2_VERSION, TLS1_3_VERSION}), version) {
    TlsServer server;
    TlsClient client = server.connect({version, version, "", {}, server.certificate});
    BOOST_TEST_REQUIRE(client.has_shaken_hands());
    BOOST_TEST(client.version() == (version == TLS1_3_VERSION ? "TLSv1.3" : "TLSv1.2"));
    BOOST_TEST(client.send(post("/echo?a=1", "12345")).answer().body == "POST /echo?a=1 5 127.0.0.1");
    BOOST_TEST(client.send(get("/echo")).answer().body == "GET /echo? 0 127.0.0.1");
}

BOOST_DATA_TEST_CASE(refuses_tls_1_0_and_1_1, data::make({TLS1_VERSION, TLS1_1_VERSION}), version) {
    TlsServer server;
    const TlsClient client = server.connect({version, version, "", {}, nullptr});
    BOOST_TEST(!client.has_shaken_hands());
    BOOST_TEST(client.alert() == TLS1_AD_PROTOCOL_VERSION);
    BOOST_TEST(server.connect({TLS1_VERSION, TLS1_2_VERSION, "", {}, nullptr}).version() == "TLSv1.2");
    server.server.await_connections(0);
}

BOOST_DATA_TEST_CASE(takes_suites_with_forward_secrecy_and_authenticated_encryption, data::make(modern_suites), suite) {
    TlsServer server;
    BOOST_TEST(server.connect({TLS1_2_VERSION, TLS1_2_VERSION, suite, {}, nullptr}).has_shaken_hands());
}

BOOST_DATA_TEST_CASE(refuses_suites_without_them, data::make(old_suites), suite) {
    TlsServer server;
    const TlsClient client =
        server.connect({TLS1_2_VERSION, TLS1_2_VERSION, std::string(suite) + "@SECLEVEL=0", {}, nullptr});
    BOOST_TEST(!client.has_shaken_hands());
    BOOST_TEST(client.alert() == SSL_AD_HANDSHAKE_FAILURE);
}

BOOST_AUTO_TEST_CASE(has_rsa_certificates_too) {
    TlsServer server(TestServer::quick(), rsa_key());
    for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
        TlsClient client = server.connect({version, version, "", {}, server.certificate});
        BOOST_TEST_REQUIRE(client.has_shaken_hands());
        BOOST_TEST(client.send(get("/echo")).answer().status == 200);
    }
}

BOOST_AUTO_TEST_CASE(sends_the_chain_that_leads_to_the_root) {
    const Issuer root{ec_key(), nullptr};
    Issuer root_of = root;
    root_of.certificate = certificate_of(root.key, {.name = "root", .is_authority = true});
    Issuer between{ec_key(), nullptr};
    between.certificate = certificate_of(between.key, {.name = "between", .is_authority = true, .issuer = &root_of});
    const Key key = ec_key();
    const Certificate own = certificate_of(key, {.issuer = &between});
    const Folder folder;
    ServerOptions options = TestServer::quick();
    options.tls_key_file = folder.write("key.pem", pem(key));
    options.tls_certificate_file = folder.write("chain.pem", pem(own) + pem(between.certificate));
    TestServer server(options);
    const TlsClient client(server.port(), {.trusted = root_of.certificate});
    BOOST_TEST(client.has_shaken_hands());
    BOOST_TEST(same(client.certificate(), own));
    BOOST_TEST(!TlsClient(server.port(), {.trusted = certificate_of(ec_key())}).has_shaken_hands());
}

BOOST_AUTO_TEST_CASE(chooses_http_1_1_for_a_client_that_offers_protocols_and_refuses_one_that_offers_none_of_ours) {
    TlsServer server;
    BOOST_TEST(server.connect({.protocols = {"h2", "http/1.1"}}).protocol() == "http/1.1");
    const TlsClient other = server.connect({.protocols = {"h2"}});
    BOOST_TEST(!other.has_shaken_hands());
    BOOST_TEST(other.alert() == SSL_AD_NO_APPLICATION_PROTOCOL);
}

BOOST_AUTO_TEST_CASE(lets_no_client_renegotiate) {
    TlsServer server;
    TlsClient client = server.connect({TLS1_2_VERSION, TLS1_2_VERSION, "", {}, nullptr});
    BOOST_TEST(client.send(get("/echo")).answer().status == 200);
    BOOST_TEST(!client.renegotiates());
}

BOOST_AUTO_TEST_CASE(closes_when_plain_http_is_spoken_to_it) {
    TlsServer server;
    Client client = server.server.connect();
    BOOST_TEST(client.send(get("/echo")).rest().find("HTTP/") == std::string::npos);
    BOOST_TEST(server.server.requests == 0);
    server.server.await_connections(0);
    BOOST_TEST(server.connect().send(get("/echo")).answer().status == 200);
}

BOOST_AUTO_TEST_CASE(keeps_the_connection_for_the_next_request) {
    TlsServer server;
    TlsClient client = server.connect();
    for (int i = 0; i < 1000; ++i) {
        const Answer answer = client.send(i % 2 == 0 ? get("/echo") : post("/echo", "body")).answer();
        BOOST_TEST_REQUIRE(answer.status == 200);
        BOOST_TEST_REQUIRE(answer.header("Connection") == "");
    }
    BOOST_TEST(server.server.server().open_connections() == 1U);
}

BOOST_AUTO_TEST_CASE(answers_fifty_pipelined_requests_in_order) {
    TlsServer server;
    std::string requests;
    for (int i = 0; i < 50; ++i) requests += post("/echo?" + std::to_string(i), std::string(1000, 'x'));
    TlsClient client = server.connect();
    client.send(requests);
    for (int i = 0; i < 50; ++i) {
        BOOST_TEST_REQUIRE(client.answer().body == "POST /echo?" + std::to_string(i) + " 1000 127.0.0.1");
    }
}

BOOST_AUTO_TEST_CASE(says_100_continue_to_a_client_that_waits_for_it) {
    TlsServer server;
    TlsClient client = server.connect();
    client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n");
    BOOST_TEST(client.answer().status == 100);
    BOOST_TEST(client.send("body").answer().status == 200);
}

BOOST_AUTO_TEST_CASE(closes_after_the_last_answer_and_says_so) {
    TlsServer server;
    TlsClient client = server.connect();
    BOOST_TEST(client.send(get("/echo", "Connection: close\r\n")).answer().status == 200);
    BOOST_TEST(client.is_closed_by_server());
    BOOST_TEST(client.was_told_goodbye());
}

BOOST_AUTO_TEST_CASE(answers_a_client_that_has_said_goodbye_after_its_request) {
    TlsServer server;
    TlsClient client = server.connect();
    BOOST_TEST(client.send(get("/echo")).finish_sending().answer().status == 200);
    BOOST_TEST(client.is_closed_by_server());
    BOOST_TEST(client.was_told_goodbye());
}

BOOST_AUTO_TEST_CASE(answers_400_when_the_goodbye_comes_in_the_middle_of_a_body) {
    TlsServer server;
    TlsClient client = server.connect();
    client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nhalf").finish_sending();
    BOOST_TEST(client.answer().status == 400);
    BOOST_TEST(server.server.requests == 0);
}

BOOST_AUTO_TEST_CASE(drops_a_request_whose_connection_is_cut_without_a_goodbye) {
    TlsServer server;
    {
        TlsClient client = server.connect();
        client.send("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n");
    }
    {
        TlsClient client = server.connect();
        client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nhalf");
        client.reset();
    }
    server.server.await_connections(0);
    BOOST_TEST(server.server.requests == 0);
}

BOOST_AUTO_TEST_CASE(reads_a_body_of_exactly_the_greatest_length_and_refuses_a_longer_one) {
    TlsServer server;
    BOOST_TEST(server.connect().send(post("/echo", std::string(4'194'304, ' '))).answer().body ==
               "POST /echo? 4194304 127.0.0.1");
    BOOST_TEST(server.connect().send(post("/echo", std::string(4'194'305, ' '))).answer().status == 413);
    BOOST_TEST(server.connect().send(get("/echo", "X: " + std::string(17'000, 'a') + "\r\n")).answer().status == 431);
    BOOST_TEST(server.server.requests == 1);
}

BOOST_AUTO_TEST_CASE(refuses_so_politely_that_a_client_in_the_middle_of_20_mb_reads_the_answer) {
    TlsServer server;
    for (int i = 0; i < 5; ++i) {
        TlsClient client = server.connect();
        client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 20000000\r\n\r\n");
        client.send(std::string(20'000'000, 'x'));
        BOOST_TEST(client.answer().status == 413);
        BOOST_TEST(client.is_closed_by_server());
        BOOST_TEST(client.was_told_goodbye());
    }
}

BOOST_AUTO_TEST_CASE(refuses_a_request_that_can_be_read_in_two_ways_and_reads_nothing_behind_it) {
    TlsServer server;
    TlsClient client = server.connect();
    client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" +
                get("/echo"));
    BOOST_TEST(client.answer().status == 400);
    BOOST_TEST(client.is_closed_by_server());
    BOOST_TEST(server.server.requests == 0);
}

BOOST_AUTO_TEST_CASE(sends_answers_of_every_size) {
    TlsServer server;
    TlsClient client = server.connect();
    BOOST_TEST(client.send(get("/none")).answer().status == 204);
    BOOST_TEST(client.send(get("/large")).answer().body == std::string(8u * 1024 * 1024, 'x'));
    BOOST_TEST(client.send(get("/later")).answer().body == "later");
}

BOOST_AUTO_TEST_CASE(serves_a_hundred_connections) {
    TlsServer server;
    std::vector<TlsClient> clients;
    for (int i = 0; i < 100; ++i) clients.push_back(server.connect());
    for (auto& client : clients) client.send(post("/echo", "x"));
    for (auto& client : clients) BOOST_TEST_REQUIRE(client.answer().status == 200);
    clients.clear();
    server.server.await_connections(0);
}

BOOST_AUTO_TEST_SUITE_END()
