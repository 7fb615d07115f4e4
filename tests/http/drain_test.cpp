// How the HTTP server stops: nothing that has begun is lost, nothing new is begun.
#include "http/loopback.hpp"

#include <signal.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <vector>

using namespace rectal_cds::http;
using namespace rectal_cds::http::test;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(the_http_server_that_stops)

BOOST_AUTO_TEST_CASE(answers_what_is_in_flight_closes_what_is_idle_and_takes_nothing_new) {
    TestServer server;
    Client idle = server.connect();
    BOOST_TEST(idle.send(get("/echo")).answer().status == 200);
    std::vector<Client> in_flight;
    for (int i = 0; i < 4; ++i) {
        in_flight.push_back(server.connect());
        in_flight.back().send(get("/gate"));
    }
    server.await_gate(4);
    server.server().stop();
    BOOST_TEST(idle.is_closed_by_server());
    BOOST_TEST(server.server().is_draining());
    BOOST_TEST(!server.connect().is_connected());
    BOOST_TEST(!server.has_ended());
    server.open_gate();
    for (auto& client : in_flight) {
        const Answer answer = client.answer();
        BOOST_TEST(answer.body == "through");
        BOOST_TEST(answer.has("Connection: close"));
        BOOST_TEST(client.is_closed_by_server());
    }
    in_flight.clear();
    server.await_end();
}

BOOST_AUTO_TEST_CASE(answers_one_more_request_on_a_connection_that_was_idle) {
    ServerOptions options = TestServer::quick();
    options.drain_idle = 5s;
    TestServer server(options);
    Client client = server.connect();
    BOOST_TEST(client.send(get("/echo")).answer().status == 200);
    server.server().stop();
    while (!server.server().is_draining()) std::this_thread::yield();
    const Answer last = client.send(get("/echo")).answer();
    BOOST_TEST(last.status == 200);
    BOOST_TEST(last.has("Connection: close"));
    BOOST_TEST(client.is_closed_by_server());
    server.await_end();
}

BOOST_AUTO_TEST_CASE(reads_a_request_to_its_end_that_has_begun) {
    TestServer server;
    Client client = server.connect();
    Client idle = server.connect();
    client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n");
    BOOST_TEST(client.answer().status == 100);
    server.server().stop();
    BOOST_TEST(idle.is_closed_by_server());
    BOOST_TEST(client.send("body").answer().body == "POST /echo? 4 127.0.0.1");
    BOOST_TEST(client.is_closed_by_server());
}

BOOST_AUTO_TEST_CASE(waits_no_longer_than_its_deadline) {
    ServerOptions options = TestServer::quick();
    options.drain_deadline = 100ms;
    TestServer server(options);
    Client client = server.connect();
    client.send(get("/gate"));
    server.await_gate(1);
    server.server().stop();
    server.await_end();
}

BOOST_AUTO_TEST_CASE(ends_at_once_when_nobody_is_there) {
    TestServer server;
    server.server().stop();
    server.server().stop();
    server.await_end();
}

BOOST_AUTO_TEST_CASE(may_have_been_stopped_before_it_ran) {
    Server server(TestServer::quick(), [](Request, Respond) {});
    BOOST_TEST(server.listen().ok());
    server.stop();
    server.run();
    BOOST_TEST(server.open_connections() == 0U);
}

BOOST_AUTO_TEST_CASE(may_never_have_run) {
    Server server(TestServer::quick(), [](Request, Respond) {});
    BOOST_TEST(server.listen().ok());
    BOOST_TEST(server.port() != 0);
}

BOOST_AUTO_TEST_CASE(does_so_on_sigterm_and_cuts_what_is_open_on_the_second) {
    ServerOptions options = TestServer::quick();
    options.stops_on_signals = true;
    TestServer server(options);
    Client idle = server.connect();
    Client in_flight = server.connect();
    in_flight.send(get("/gate"));
    server.await_gate(1);
    server.await_connections(2);
    kill(getpid(), SIGTERM);
    BOOST_TEST(idle.is_closed_by_server());
    BOOST_TEST(!server.has_ended());
    kill(getpid(), SIGINT);
    server.await_end();
}

BOOST_AUTO_TEST_SUITE_END()
