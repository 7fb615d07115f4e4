// TLS clients that are slow, silent or too many, and how the server stops: as over plain connections.
#include "http/tls_loopback.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <thread>
#include <vector>

using namespace rectal_cds::http;
using namespace rectal_cds::http::test;
using namespace std::chrono_literals;

namespace {

// The first bytes of a TLS 1.2 ClientHello that says it is 512 bytes long.
const std::string begun_hello("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11);

}  // namespace

BOOST_AUTO_TEST_SUITE(the_https_server_ends)

BOOST_AUTO_TEST_CASE(a_connection_that_does_not_begin_a_handshake_although_idle_ones_may_stay_longer) {
    ServerOptions options = TestServer::quick();
    options.handshake_deadline = 150ms;
    options.idle_deadline = 60'000ms;  // beyond the tests' patience
    TlsServer server(options);
    TlsClient idle = server.connect();
    BOOST_TEST(server.server.connect().is_closed_by_server());
    std::this_thread::sleep_for(300ms);
    BOOST_TEST(idle.send(get("/echo")).answer().status == 200);
}

BOOST_AUTO_TEST_CASE(a_handshake_that_stops_half_way) {
    ServerOptions options = TestServer::quick();
    options.handshake_deadline = 150ms;
    TlsServer server(options);
    BOOST_TEST(server.server.connect().send(begun_hello).is_closed_by_server());
}

// Each byte comes in time, the whole handshake does not.
BOOST_AUTO_TEST_CASE(a_handshake_that_trickles) {
    ServerOptions options = TestServer::quick();
    options.handshake_deadline = 200ms;
    TlsServer server(options);
    Client client = server.server.connect();
    server.server.await_connections(1);
    client.send(begun_hello);
    for (int i = 0; i < 400 && server.server.server().open_connections() > 0; ++i) {
        client.send("a");
        std::this_thread::sleep_for(20ms);
    }
    BOOST_TEST(server.server.server().open_connections() == 0U);
}

BOOST_AUTO_TEST_CASE(a_client_that_has_shaken_hands_and_says_nothing_with_a_goodbye) {
    ServerOptions options = TestServer::quick();
    options.idle_deadline = 100ms;
    TlsServer server(options);
    TlsClient client = server.connect();
    BOOST_TEST_REQUIRE(client.has_shaken_hands());
    BOOST_TEST(client.is_closed_by_server());
    BOOST_TEST(client.was_told_goodbye());
    server.server.await_connections(0);
}

BOOST_AUTO_TEST_CASE(a_head_that_does_not_end) {
    ServerOptions options = TestServer::quick();
    options.header_deadline = 150ms;
    TlsServer server(options);
    TlsClient client = server.connect();
    BOOST_TEST(client.send("GET /echo HTTP/1.1\r\nHost: x\r\nX-").is_closed_by_server());
}

BOOST_AUTO_TEST_CASE(a_body_that_does_not_come_with_408) {
    ServerOptions options = TestServer::quick();
    options.body_deadline = 150ms;
    TlsServer server(options);
    TlsClient client = server.connect();
    client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nhalf");
    BOOST_TEST(client.answer().status == 408);
    BOOST_TEST(client.is_closed_by_server());
}

BOOST_AUTO_TEST_CASE(a_client_that_does_not_read_its_answer) {
    ServerOptions options = TestServer::quick();
    options.write_deadline = 150ms;
    options.linger_deadline = 100ms;
    TlsServer server(options);
    TlsClient client = server.connect();
    client.send(get("/large") + get("/large") + get("/large"));
    server.server.await_connections(1);
    server.server.await_connections(0);
}

BOOST_AUTO_TEST_CASE(a_client_that_does_not_answer_its_goodbye) {
    ServerOptions options = TestServer::quick();
    options.linger_deadline = 100ms;
    TlsServer server(options);
    TlsClient client = server.connect();
    BOOST_TEST(client.send(get("/echo", "Connection: close\r\n")).answer().status == 200);
    server.server.await_connections(0);
}

BOOST_AUTO_TEST_CASE(connections_above_the_limit_with_503) {
    ServerOptions options = TestServer::quick();
    options.max_connections = 1;
    TlsServer server(options);
    TlsClient first = server.connect();
    BOOST_TEST(first.send(get("/echo")).answer().status == 200);
    BOOST_TEST(server.connect().send(get("/echo")).answer().status == 503);
    BOOST_TEST(first.send(get("/echo")).answer().status == 200);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(the_https_server_that_stops)

BOOST_AUTO_TEST_CASE(answers_what_is_in_flight_closes_what_is_idle_or_shakes_hands_and_takes_nothing_new) {
    TlsServer server;
    Client silent = server.server.connect();
    TlsClient idle = server.connect();
    BOOST_TEST(idle.send(get("/echo")).answer().status == 200);
    TlsClient in_flight = server.connect();
    in_flight.send(get("/gate"));
    server.server.await_gate(1);
    server.server.server().stop();
    BOOST_TEST(silent.is_closed_by_server());
    BOOST_TEST(idle.is_closed_by_server());
    BOOST_TEST(idle.was_told_goodbye());
    BOOST_TEST(!server.server.connect().is_connected());
    BOOST_TEST(!server.server.has_ended());
    server.server.open_gate();
    const Answer answer = in_flight.answer();
    BOOST_TEST(answer.body == "through");
    BOOST_TEST(answer.has("Connection: close"));
    BOOST_TEST(in_flight.is_closed_by_server());
    server.server.await_end();
}

BOOST_AUTO_TEST_CASE(waits_no_longer_than_its_deadline) {
    ServerOptions options = TestServer::quick();
    options.drain_deadline = 100ms;
    TlsServer server(options);
    TlsClient client = server.connect();
    client.send(get("/gate"));
    server.server.await_gate(1);
    server.server.server().stop();
    server.server.await_end();
}

BOOST_AUTO_TEST_SUITE_END()
