// Clients that are slow, silent or too many: each has its deadline or its limit, and nobody else notices.
#include "http/loopback.hpp"

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <chrono>
#include <vector>

using namespace rectal_cds::http;
using namespace rectal_cds::http::test;
using namespace std::chrono_literals;

namespace {

// Leaves this process one file to open, for as long as it lives.
class OneFileLeft {
public:
    OneFileLeft() {
        getrlimit(RLIMIT_NOFILE, &before_);
        const rlimit lowered{std::min<rlim_t>(before_.rlim_cur, 256), before_.rlim_max};
        setrlimit(RLIMIT_NOFILE, &lowered);
        for (int file = open("/dev/null", O_RDONLY); file >= 0; file = open("/dev/null", O_RDONLY)) {
            files_.push_back(file);
        }
        if (!files_.empty()) close(files_.back());
        if (!files_.empty()) files_.pop_back();
    }
    ~OneFileLeft() {
        for (const int file : files_) close(file);
        setrlimit(RLIMIT_NOFILE, &before_);
    }
    OneFileLeft(const OneFileLeft&) = delete;
    OneFileLeft& operator=(const OneFileLeft&) = delete;

private:
    rlimit before_{};
    std::vector<int> files_;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(the_http_server_ends)

BOOST_AUTO_TEST_CASE(a_connection_that_says_nothing_without_a_word) {
    ServerOptions options = TestServer::quick();
    options.idle_deadline = 100ms;
    TestServer server(options);
    BOOST_TEST(server.connect().is_closed_by_server());
}

BOOST_AUTO_TEST_CASE(a_kept_connection_that_asks_nothing_more) {
    ServerOptions options = TestServer::quick();
    options.idle_deadline = 100ms;
    TestServer server(options);
    Client client = server.connect();
    BOOST_TEST(client.send(get("/echo")).answer().status == 200);
    BOOST_TEST(client.is_closed_by_server());
}

BOOST_AUTO_TEST_CASE(a_head_that_does_not_end_without_a_word) {
    ServerOptions options = TestServer::quick();
    options.header_deadline = 150ms;
    TestServer server(options);
    Client client = server.connect();
    client.send("GET /echo HTTP/1.1\r\nHost: x\r\nX-");
    BOOST_TEST(client.is_closed_by_server());
    BOOST_TEST(server.requests == 0);
}

// Each byte comes in time, the whole head does not.
BOOST_AUTO_TEST_CASE(a_head_that_trickles) {
    ServerOptions options = TestServer::quick();
    options.header_deadline = 200ms;
    TestServer server(options);
    Client client = server.connect();
    server.await_connections(1);
    for (int i = 0; i < 400 && server.server().open_connections() > 0; ++i) {
        client.send("a");
        std::this_thread::sleep_for(20ms);
    }
    BOOST_TEST(server.server().open_connections() == 0U);
}

BOOST_AUTO_TEST_CASE(a_body_that_does_not_come_with_408) {
    ServerOptions options = TestServer::quick();
    options.idle_deadline = options.header_deadline = 60'000ms;  // beyond the tests' patience
    options.body_deadline = 150ms;
    TestServer server(options);
    Client client = server.connect();
    const Answer answer = client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nhalf").answer();
    BOOST_TEST(answer.status == 408);
    BOOST_TEST(answer.outcome("code") == "timeout");
    BOOST_TEST(answer.outcome("expression") == "http.body");
    BOOST_TEST(answer.has("Connection: close"));
    BOOST_TEST(client.is_closed_by_server());
    Client chunked = server.connect();
    chunked.send("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n");
    BOOST_TEST(chunked.answer().status == 408);
    BOOST_TEST(server.requests == 0);
}

BOOST_AUTO_TEST_CASE(a_client_that_does_not_read_its_answer) {
    ServerOptions options = TestServer::quick();
    options.write_deadline = 150ms;
    TestServer server(options);
    Client client = server.connect();
    client.send(get("/large") + get("/large") + get("/large"));
    server.await_connections(1);
    server.await_connections(0);
}

BOOST_AUTO_TEST_CASE(a_client_that_does_not_close_after_the_last_answer) {
    ServerOptions options = TestServer::quick();
    options.linger_deadline = 100ms;
    TestServer server(options);
    Client client = server.connect();
    BOOST_TEST(client.send("nonsense\r\n\r\n").answer().status == 400);
    server.await_connections(0);
}

BOOST_AUTO_TEST_CASE(no_connection_while_the_handler_works) {
    ServerOptions options = TestServer::quick();
    options.idle_deadline = options.header_deadline = options.body_deadline = options.write_deadline = 50ms;
    TestServer server(options);
    Client client = server.connect();
    client.send(post("/gate", "x"));
    server.await_gate(1);
    std::this_thread::sleep_for(200ms);
    server.open_gate();
    BOOST_TEST(client.answer().body == "through");
}

BOOST_AUTO_TEST_CASE(connections_above_the_limit_with_503_and_serves_again_when_one_has_gone) {
    ServerOptions options = TestServer::quick();
    options.max_connections = 2;
    TestServer server(options);
    Client first = server.connect();
    {
        Client second = server.connect();
        BOOST_TEST(first.send(get("/echo")).answer().status == 200);
        BOOST_TEST(second.send(get("/echo")).answer().status == 200);
        Client third = server.connect();
        const Answer answer = third.send(get("/echo")).answer();
        BOOST_TEST(answer.status == 503);
        BOOST_TEST(answer.header("Retry-After") == "1");
        BOOST_TEST(answer.outcome("code") == "throttled");
        BOOST_TEST(third.is_closed_by_server());
    }
    server.await_connections(1);
    BOOST_TEST(server.connect().send(get("/echo")).answer().status == 200);
    BOOST_TEST(first.send(get("/echo")).answer().status == 200);
}

BOOST_AUTO_TEST_CASE(heads_that_do_not_end_for_whoever_comes_above_the_limit) {
    ServerOptions options = TestServer::quick();
    options.threads = 1, options.max_connections = 4, options.makes_room = true;
    options.header_deadline = options.idle_deadline = options.body_deadline = 60s;
    TestServer server(options);
    std::vector<Client> unfinished;
    for (int i = 0; i < 70; ++i) {
        unfinished.push_back(server.connect());
        unfinished.back().send(i % 2 == 0 ? "GET /echo HTTP/1.1\r\nHost: x"
                                          : "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nhalf");
        if (i % 10 == 9) BOOST_TEST(server.connect().send(get("/echo")).answer().status == 200, i);
    }
    BOOST_TEST(unfinished.front().is_closed_by_server());
    int served = 0;  // no more of them make room than have to
    for (std::size_t i = unfinished.size() - 3; i < unfinished.size(); ++i)
        served += unfinished[i].send(i % 2 == 0 ? "\r\n\r\n" : "whole").answer().status == 200 ? 1 : 0;
    BOOST_TEST(served >= 1);
    server.await_connections_at_most(options.max_connections);
}

BOOST_AUTO_TEST_CASE(far_more_connections_than_the_limit_at_once) {
    ServerOptions options = TestServer::quick();
    options.max_connections = 1;
    options.linger_deadline = 5000ms;
    TestServer server(options);
    Client first = server.connect();
    BOOST_TEST(first.send(get("/echo")).answer().status == 200);
    std::vector<Client> others;
    for (int i = 0; i < 200; ++i) others.push_back(server.connect());
    BOOST_TEST(others.back().is_closed_by_server());
    BOOST_TEST(server.server().open_connections() <= 65U);
    BOOST_TEST(first.send(get("/echo")).answer().status == 200);
}

BOOST_AUTO_TEST_CASE(nothing_when_the_process_has_no_file_left_and_serves_when_it_has_again) {
    TestServer server;
    Client first = server.connect();
    BOOST_TEST(first.send(get("/echo")).answer().status == 200);
    std::vector<Client> waiting;
    {
        const OneFileLeft limit;
        waiting.push_back(server.connect());  // takes the last file; the server has none to accept with
        BOOST_TEST_REQUIRE(waiting.back().is_connected());
        waiting.back().send(get("/echo"));
        std::this_thread::sleep_for(150ms);
        BOOST_TEST(server.server().open_connections() == 1U);
        BOOST_TEST(first.send(get("/echo")).answer().status == 200);
    }
    BOOST_TEST(waiting.back().answer().status == 200);
}

BOOST_AUTO_TEST_SUITE_END()
