// The HTTP server over the loopback: what a well-behaved client gets.
#include "http/loopback.hpp"

#include <boost/test/unit_test.hpp>

#include <set>
#include <string>

using namespace rectal_cds::http;
using namespace rectal_cds::http::test;

BOOST_AUTO_TEST_SUITE(the_http_server)

BOOST_AUTO_TEST_CASE(hands_a_request_to_the_handler_and_sends_its_answer) {
    TestServer server;
    const Answer answer = server.connect().send(post("/echo?a=1&b=%20", "12345", "X-Other: x\r\n")).answer();
    BOOST_TEST(answer.status == 200);
    BOOST_TEST(answer.body == "POST /echo?a=1&b=%20 5 127.0.0.1");
    BOOST_TEST(answer.header("Content-Type") == "text/plain");
    BOOST_TEST(answer.header("X-Seen") == "Host Content-Length X-Other ");
    BOOST_TEST(answer.head.find("HTTP/1.1 200 OK\r\n") == 0U);
}

BOOST_AUTO_TEST_CASE(leaves_percent_encoding_in_the_path) {
    TestServer server;
    BOOST_TEST(server.connect().send(get("/a%2fb/..%2e//c;d")).answer().body == "GET /a%2fb/..%2e//c;d? 0 127.0.0.1");
}

BOOST_AUTO_TEST_CASE(puts_its_own_headers_on_every_answer) {
    TestServer server;
    const Answer answer = server.connect().send(get("/echo", "X-Correlation-Id: mine\r\n")).answer();
    BOOST_TEST(answer.has("X-Content-Type-Options: nosniff"));
    BOOST_TEST(answer.header("X-Correlation-Id").size() == 32U);
    BOOST_TEST(answer.header("X-Correlation-Id") == answer.header("X-Request-Id"));
    BOOST_TEST(answer.header("Date").size() == 29U);
    const Answer refusal = server.connect().send("nonsense\r\n\r\n").answer();
    BOOST_TEST(refusal.has("X-Content-Type-Options: nosniff"));
    BOOST_TEST(refusal.header("X-Correlation-Id").size() == 32U);
}

BOOST_AUTO_TEST_CASE(gives_every_answer_another_correlation_id) {
    TestServer server;
    Client client = server.connect();
    std::set<std::string> ids;
    for (int i = 0; i < 20; ++i) ids.insert(client.send(get("/echo")).answer().header("X-Correlation-Id"));
    BOOST_TEST(ids.size() == 20U);
}

BOOST_AUTO_TEST_CASE(lets_no_cache_store_the_answer_to_a_post) {
    TestServer server;
    BOOST_TEST(server.connect().send(post("/echo", "")).answer().has("Cache-Control: no-store"));
    BOOST_TEST(server.connect().send(post("/store", "")).answer().header("Cache-Control") == "max-age=60");
    BOOST_TEST(server.connect().send(get("/echo")).answer().header("Cache-Control") == "");
}

BOOST_AUTO_TEST_CASE(keeps_the_connection_for_the_next_request) {
    TestServer server;
    Client client = server.connect();
    for (int i = 0; i < 1000; ++i) {
        const Answer answer = client.send(i % 2 == 0 ? get("/echo") : post("/echo", "body")).answer();
        BOOST_TEST_REQUIRE(answer.status == 200);
        BOOST_TEST_REQUIRE(answer.header("Connection") == "");
    }
    BOOST_TEST(server.server().open_connections() == 1U);
}

BOOST_AUTO_TEST_CASE(closes_the_connection_when_the_client_asks_for_it) {
    TestServer server;
    Client client = server.connect();
    BOOST_TEST(client.send(get("/echo", "Connection: foo, close\r\n")).answer().has("Connection: close"));
    BOOST_TEST(client.is_closed_by_server());
}

BOOST_AUTO_TEST_CASE(speaks_http_1_0_and_keeps_such_a_connection_only_if_asked) {
    TestServer server;
    Client once = server.connect();
    BOOST_TEST(once.send("GET /echo HTTP/1.0\r\n\r\n").answer().status == 200);
    BOOST_TEST(once.is_closed_by_server());
    Client again = server.connect();
    const std::string request = "GET /echo HTTP/1.0\r\nConnection: keep-alive\r\n\r\n";
    BOOST_TEST(again.send(request).answer().has("Connection: keep-alive"));
    BOOST_TEST(again.send(request).answer().status == 200);
}

BOOST_AUTO_TEST_CASE(answers_fifty_pipelined_requests_in_order) {
    TestServer server;
    std::string requests;
    for (int i = 0; i < 50; ++i) {
        const std::string target = "/echo?" + std::to_string(i);
        requests += i % 3 == 0 ? post(target, std::string(static_cast<std::size_t>(i), 'x')) : get(target);
    }
    Client client = server.connect();
    client.send(requests);
    for (int i = 0; i < 50; ++i) {
        const std::string expected = (i % 3 == 0 ? "POST" : "GET") + (" /echo?" + std::to_string(i)) + ' ' +
                                     std::to_string(i % 3 == 0 ? i : 0) + " 127.0.0.1";
        BOOST_TEST_REQUIRE(client.answer().body == expected);
    }
}

BOOST_AUTO_TEST_CASE(keeps_the_order_of_pipelined_requests_when_an_early_answer_is_late) {
    TestServer server;
    Client client = server.connect();
    client.send(get("/gate") + get("/echo"));
    server.await_gate(1);
    server.open_gate();
    BOOST_TEST(client.answer().body == "through");
    BOOST_TEST(client.answer().body == "GET /echo? 0 127.0.0.1");
}

BOOST_AUTO_TEST_CASE(reads_a_request_that_arrives_byte_by_byte) {
    TestServer server;
    Client client = server.connect();
    for (const char byte : post("/echo", "0123456789")) client.send({&byte, 1});
    BOOST_TEST(client.answer().body == "POST /echo? 10 127.0.0.1");
}

BOOST_AUTO_TEST_CASE(forgives_one_empty_line_ahead_of_a_request) {
    TestServer server;
    Client client = server.connect();
    BOOST_TEST(client.send("\r\n" + get("/echo") + "\r\n" + get("/echo")).answer().status == 200);
    BOOST_TEST(client.answer().status == 200);
    BOOST_TEST(server.connect().send("\r\n\r\n" + get("/echo")).answer().status == 400);
}

BOOST_AUTO_TEST_CASE(reads_a_chunked_body_with_extensions_and_drops_its_trailers) {
    TestServer server;
    Client client = server.connect();
    client.send("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: Chunked\r\n\r\n"
                "5;name=value\r\n01234\r\n3\r\n567\r\n0\r\nAuthorization: Bearer x\r\n\r\n" +
                get("/echo"));
    const Answer answer = client.answer();
    BOOST_TEST(answer.body == "POST /echo? 8 127.0.0.1");
    BOOST_TEST(answer.header("X-Seen") == "Host Transfer-Encoding ");
    BOOST_TEST(client.answer().body == "GET /echo? 0 127.0.0.1");
}

BOOST_AUTO_TEST_CASE(reads_a_body_of_exactly_the_greatest_length) {
    TestServer server;
    const Answer answer = server.connect().send(post("/echo", std::string(4'194'304, ' '))).answer();
    BOOST_TEST(answer.body == "POST /echo? 4194304 127.0.0.1");
}

BOOST_AUTO_TEST_CASE(says_100_continue_to_a_client_that_waits_for_it) {
    TestServer server;
    Client client = server.connect();
    client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nExpect: 100-Continue\r\n\r\n");
    BOOST_TEST(client.answer().status == 100);
    BOOST_TEST(client.send("body").answer().status == 200);
}

BOOST_AUTO_TEST_CASE(refuses_a_body_before_it_is_sent_if_the_client_waits) {
    TestServer server;
    Client client = server.connect();
    client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 4194305\r\nExpect: 100-continue\r\n\r\n");
    BOOST_TEST(client.answer().status == 413);
}

BOOST_AUTO_TEST_CASE(sends_no_body_to_head_but_the_headers_of_get) {
    TestServer server;
    Client client = server.connect();
    client.send("HEAD /echo HTTP/1.1\r\nHost: x\r\n\r\n");
    const Answer answer = client.answer(true);
    BOOST_TEST(answer.status == 200);
    BOOST_TEST(answer.header("Content-Length") == "23");
    BOOST_TEST(client.send(get("/echo")).answer().body == "GET /echo? 0 127.0.0.1");
}

BOOST_AUTO_TEST_CASE(sends_no_body_and_no_length_with_204) {
    TestServer server;
    Client client = server.connect();
    const Answer answer = client.send(get("/none")).answer();
    BOOST_TEST(answer.status == 204);
    BOOST_TEST(answer.header("Content-Length") == "");
    BOOST_TEST(client.send(get("/echo")).answer().status == 200);
}

BOOST_AUTO_TEST_CASE(sends_an_answer_that_fits_no_socket_buffer) {
    TestServer server;
    BOOST_TEST(server.connect().send(get("/large")).answer().body.size() == 8u * 1024 * 1024);
}

BOOST_AUTO_TEST_CASE(serves_two_hundred_connections) {
    TestServer server;
    std::vector<Client> clients;
    for (int i = 0; i < 200; ++i) clients.push_back(server.connect());
    for (int round = 0; round < 2; ++round) {
        for (auto& client : clients) client.send(post("/echo", "x"));
        for (auto& client : clients) BOOST_TEST_REQUIRE(client.answer().status == 200);
    }
    BOOST_TEST(server.server().open_connections() == 200U);
    clients.clear();
    server.await_connections(0);
}

BOOST_AUTO_TEST_CASE(listens_on_ipv6) {
    ServerOptions options = TestServer::quick();
    options.address = "::1";
    TestServer server(options);
    Client client(server.port(), "::1");
    BOOST_TEST_REQUIRE(client.is_connected());
    BOOST_TEST(client.send(get("/echo")).answer().body == "GET /echo? 0 ::1");
}

BOOST_AUTO_TEST_CASE(says_in_words_why_it_cannot_listen) {
    TestServer first;
    ServerOptions options = TestServer::quick();
    options.port = first.port();
    Server second(options, [](Request, Respond) {});
    const auto listening = second.listen();
    BOOST_TEST_REQUIRE(!listening.ok());
    BOOST_TEST(listening.error().what ==
               "Cannot listen on 127.0.0.1:" + std::to_string(first.port()) + ": Address already in use.");
    options.address = "no address";
    BOOST_TEST(!Server(options, [](Request, Respond) {}).listen().ok());
}

BOOST_AUTO_TEST_SUITE_END()
