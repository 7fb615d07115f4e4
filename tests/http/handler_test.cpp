// The HTTP server and its handler: whatever the handler does, the client gets one answer.
#include "http/loopback.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <optional>

using namespace rectal_cds::http;
using namespace rectal_cds::http::test;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(an_http_handler)

BOOST_AUTO_TEST_CASE(may_answer_later_and_from_another_thread) {
    TestServer server;
    Client client = server.connect();
    for (int i = 0; i < 20; ++i) BOOST_TEST_REQUIRE(client.send(get("/later")).answer().body == "later");
}

BOOST_AUTO_TEST_CASE(that_throws_gives_500_without_its_words_and_the_connection_lives_on) {
    TestServer server;
    Client client = server.connect();
    const Answer answer = client.send(get("/throw")).answer();
    BOOST_TEST(answer.status == 500);
    BOOST_TEST(answer.outcome("code") == "exception");
    BOOST_TEST(answer.body.find("a fault of the handler") == std::string::npos);
    BOOST_TEST(answer.header("Content-Type") == "application/json");
    BOOST_TEST(server.failures == 1);
    BOOST_TEST(client.send(get("/echo")).answer().status == 200);
}

BOOST_AUTO_TEST_CASE(that_forgets_to_answer_gives_500) {
    TestServer server;
    BOOST_TEST(server.connect().send(get("/drop")).answer().status == 500);
    BOOST_TEST(server.failures == 1);
}

BOOST_AUTO_TEST_CASE(that_gives_a_header_with_a_line_break_gives_500_and_no_such_header) {
    TestServer server;
    const Answer answer = server.connect().send(get("/split")).answer();
    BOOST_TEST(answer.status == 500);
    BOOST_TEST(answer.head.find("X-Injected") == std::string::npos);
    BOOST_TEST(server.failures == 1);
}

BOOST_AUTO_TEST_CASE(cannot_set_the_headers_that_frame_and_name_an_answer) {
    TestServer server;
    const Answer answer = server.connect().send(get("/owned")).answer();
    BOOST_TEST(answer.body == "body");
    BOOST_TEST(answer.head.find("content-length") == std::string::npos);
    BOOST_TEST(answer.header("Connection") == "");
    BOOST_TEST(answer.header("X-Correlation-Id").size() == 32U);
}

BOOST_AUTO_TEST_CASE(may_end_the_connection_with_its_answer) {
    TestServer server;
    Client client = server.connect();
    const Answer answer = client.send(get("/last") + get("/echo")).answer();
    BOOST_TEST(answer.body == "last");
    BOOST_TEST(answer.has("Connection: close"));
    BOOST_TEST(client.is_closed_by_server());
    BOOST_TEST(server.requests == 1);
}

BOOST_AUTO_TEST_CASE(that_answers_twice_is_heard_once) {
    TestServer server;
    Client client = server.connect();
    BOOST_TEST(client.send(get("/twice")).answer().status == 200);
    BOOST_TEST(client.send(get("/echo")).answer().status == 200);
    BOOST_TEST(server.failures == 0);
}

BOOST_AUTO_TEST_CASE(that_is_too_slow_gives_503_and_its_late_answer_is_dropped) {
    ServerOptions options = TestServer::quick();
    options.handler_deadline = 100ms;
    TestServer server(options);
    Client client = server.connect();
    const Answer answer = client.send(get("/gate")).answer();
    BOOST_TEST(answer.status == 503);
    BOOST_TEST(answer.header("Retry-After") == "1");
    BOOST_TEST(answer.outcome("code") == "timeout");
    server.open_gate();
    BOOST_TEST(client.send(get("/echo")).answer().body == "GET /echo? 0 127.0.0.1");
}

BOOST_AUTO_TEST_CASE(may_answer_a_client_that_has_gone) {
    TestServer server;
    Client client = server.connect();
    client.send(get("/gate"));
    server.await_gate(1);
    client.reset();
    server.open_gate();
    server.await_connections(0);
    BOOST_TEST(server.connect().send(get("/echo")).answer().status == 200);
}

BOOST_AUTO_TEST_CASE(may_answer_when_the_server_is_no_more) {
    ServerOptions options = TestServer::quick();
    options.drain_deadline = 50ms;
    std::optional<TestServer> server(options);
    Client client = server->connect();
    client.send(get("/gate"));
    server->await_gate(1);
    server->end();
    server->open_gate();
    server.reset();
    BOOST_TEST(client.is_closed_by_server());
}

BOOST_AUTO_TEST_CASE(learns_that_its_answer_was_sent_when_the_last_byte_has_gone) {
    TestServer server;
    Client client = server.connect();
    BOOST_TEST(client.send(get("/large")).answer().status == 200);
    BOOST_TEST(client.send(get("/echo")).answer().status == 200);  // so the writing of the first has ended
    BOOST_TEST(server.sent == 1);
}

BOOST_AUTO_TEST_CASE(does_not_learn_so_when_the_client_goes_before_the_end_or_takes_too_long) {
    ServerOptions options = TestServer::quick();
    options.write_deadline = 100ms;
    TestServer server(options);
    Client goes = server.connect();
    goes.send(get("/gate"));
    server.await_gate(1);
    goes.reset();
    server.open_gate();
    server.await_connections(0);
    Client reads_nothing = server.connect();
    reads_nothing.send(get("/large"));
    server.await_connections(0);
    BOOST_TEST(server.sent == 0);
}

BOOST_AUTO_TEST_CASE(does_not_learn_so_of_an_answer_that_came_too_late) {
    ServerOptions options = TestServer::quick();
    options.handler_deadline = 50ms;
    TestServer server(options);
    Client client = server.connect();
    BOOST_TEST(client.send(get("/gate")).answer().status == 503);
    server.open_gate();
    BOOST_TEST(client.send(get("/echo")).answer().status == 200);
    BOOST_TEST(server.sent == 0);
}

BOOST_AUTO_TEST_CASE(that_fails_leaves_the_headers_a_browser_needs_on_the_answer) {
    ServerOptions options = TestServer::quick();
    options.on_refusal = [](const Request&, Response& response) {
        response.headers.emplace_back("Access-Control-Allow-Origin", "*");
    };
    TestServer server(options);
    BOOST_TEST(server.connect().send(get("/throw")).answer().has("Access-Control-Allow-Origin: *"));
    BOOST_TEST(server.connect().send("nonsense\r\n\r\n").answer().has("Access-Control-Allow-Origin: *"));
    BOOST_TEST(!server.connect().send(get("/echo")).answer().has("Access-Control-Allow-Origin: *"));
}

BOOST_AUTO_TEST_SUITE_END()
