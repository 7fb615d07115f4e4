// What is decided before a body is read, what bodies may take together, and who hears of a refusal.
#include "http/loopback.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <mutex>
#include <stdexcept>

using namespace rectal_cds::http;
using namespace rectal_cds::http::test;
using namespace std::chrono_literals;

namespace {

std::string head_of(std::string_view target, std::size_t length, std::string_view headers = "") {
    return "POST " + std::string(target) + " HTTP/1.1\r\nHost: test\r\nContent-Length: " + std::to_string(length) +
           "\r\n" + std::string(headers) + "\r\n";
}

// Admits what has a header X-Pass.
ServerOptions with_doorkeeper(std::atomic<int>& asked) {
    ServerOptions options = TestServer::quick();
    options.admit = [&asked](const Request& head, const Load&) {
        ++asked;
        Admission admission;
        if (!head.header("X-Pass")) admission.refusal = Response{401, {{"X-By", "door"}}, "no"};
        if (head.header("X-Least")) admission.percent_of_bodies = 50;
        return admission;
    };
    return options;
}

// What on_refusal was told.
struct Told {
    std::mutex mutex;
    std::vector<std::string> refusals;  // "413 POST /echo https://app.test"

    ServerOptions options() {
        ServerOptions options = TestServer::quick();
        options.on_refusal = [this](const Request& head, Response& response) {
            const std::lock_guard lock(mutex);
            BOOST_TEST(head.correlation_id.size() == 32U);
            BOOST_TEST(head.headers.size() <= 1U);
            refusals.push_back(std::to_string(response.status) + ' ' + head.method + ' ' + head.path + ' ' +
                               std::string(head.header("Origin").value_or("")));
            response.headers.emplace_back("X-Told", "yes");
        };
        return options;
    }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(a_request_with_a_body)

BOOST_AUTO_TEST_CASE(may_be_refused_when_only_its_head_has_come_and_nothing_behind_it_is_read) {
    std::atomic<int> asked = 0;
    TestServer server(with_doorkeeper(asked));
    Client client = server.connect();
    const Answer answer = client.send(head_of("/echo", 4'000'000)).answer();
    BOOST_TEST(answer.status == 401);
    BOOST_TEST(answer.has("X-By: door"));
    BOOST_TEST(answer.has("Connection: close"));
    client.send(get("/echo"));
    BOOST_TEST(client.rest().empty());
    BOOST_TEST(server.requests == 0);
    BOOST_TEST(asked == 1);
}

BOOST_AUTO_TEST_CASE(that_is_admitted_is_read_and_one_without_a_body_is_not_asked) {
    std::atomic<int> asked = 0;
    TestServer server(with_doorkeeper(asked));
    Client client = server.connect();
    BOOST_TEST(client.send(post("/echo", "body", "X-Pass: 1\r\n")).answer().body == "POST /echo? 4 127.0.0.1");
    BOOST_TEST(client.send(get("/echo")).answer().status == 200);
    BOOST_TEST(client.send(head_of("/echo", 0)).answer().status == 200);
    BOOST_TEST(asked == 1);
}

BOOST_AUTO_TEST_CASE(is_admitted_when_the_doorkeeper_fails) {
    ServerOptions options = TestServer::quick();
    options.admit = [](const Request&, const Load&) -> Admission { throw std::runtime_error("a fault"); };
    TestServer server(options);
    BOOST_TEST(server.connect().send(post("/echo", "body")).answer().status == 200);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(bodies_together)

BOOST_AUTO_TEST_CASE(take_no_more_than_their_budget_until_some_are_answered) {
    ServerOptions options = TestServer::quick();
    options.max_buffered_bytes = 300'000;
    TestServer server(options);
    std::vector<Client> waiting;
    for (int i = 0; i < 2; ++i) {
        waiting.push_back(server.connect());
        waiting.back().send(post("/gate", std::string(140'000, 'x')));
    }
    server.await_gate(2);
    Client third = server.connect();
    const Answer refused = third.send(post("/echo", std::string(140'000, 'x'))).answer();
    BOOST_TEST(refused.status == 503);
    BOOST_TEST(refused.header("Retry-After") == "1");
    BOOST_TEST(refused.outcome("code") == "throttled");
    BOOST_TEST(third.is_closed_by_server());
    BOOST_TEST(server.connect().send(post("/echo", std::string(10'000, 'x'))).answer().status == 200);
    server.open_gate();
    for (auto& client : waiting) BOOST_TEST(client.answer().status == 200);
    BOOST_TEST(server.connect().send(post("/echo", std::string(280'000, 'x'))).answer().status == 200);
}

BOOST_AUTO_TEST_CASE(are_counted_as_they_arrive_and_not_as_they_are_announced) {
    ServerOptions options = TestServer::quick();
    options.max_buffered_bytes = 300'000;
    TestServer server(options);
    std::vector<Client> announced;
    for (int i = 0; i < 20; ++i) {
        announced.push_back(server.connect());
        announced.back().send(head_of("/echo", 290'000) + "x");
    }
    BOOST_TEST(server.connect().send(post("/echo", std::string(200'000, 'x'))).answer().status == 200);
    const std::string chunk = "C350\r\n" + std::string(50'000, 'x') + "\r\n";
    std::string chunked = "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (int i = 0; i < 8; ++i) chunked += chunk;
    BOOST_TEST(server.connect().send(chunked).answer().status == 503);
}

BOOST_AUTO_TEST_CASE(leave_room_for_those_that_may_take_all_of_it) {
    std::atomic<int> asked = 0;
    ServerOptions options = with_doorkeeper(asked);
    options.max_buffered_bytes = 400'000;
    TestServer server(options);
    Client waiting = server.connect();
    waiting.send(post("/gate", std::string(150'000, 'x'), "X-Pass: 1\r\n"));
    server.await_gate(1);
    const std::string body(100'000, 'x');
    BOOST_TEST(server.connect().send(post("/echo", body, "X-Pass: 1\r\nX-Least: 1\r\n")).answer().status == 503);
    BOOST_TEST(server.connect().send(post("/echo", body, "X-Pass: 1\r\n")).answer().status == 200);
    server.open_gate();
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(a_refusal, Told)

BOOST_AUTO_TEST_CASE(is_told_with_what_is_known_of_the_request_and_may_be_given_headers) {
    ServerOptions limits = options();
    limits.body_deadline = 100ms;
    limits.handler_deadline = 100ms;
    TestServer server(limits);
    const std::string origin = "Origin: https://app.test\r\nAuthorization: Bearer secret\r\n";
    const std::vector<std::string> requests{head_of("/echo?a=b", 5'000'000, origin),
                                            head_of("/echo", 10, origin),
                                            "nonsense\r\n\r\n",
                                            get("/gate", origin),
                                            get("/throw", origin),
                                            get("/echo", origin)};
    for (const std::string& request : requests) {
        const Answer answer = server.connect().send(request).answer();
        BOOST_TEST(answer.has("X-Told: yes") == (answer.status != 200));
    }
    const std::vector<std::string> expected{"413 POST /echo https://app.test", "408 POST /echo https://app.test",
                                            "400   ", "503 GET /gate https://app.test",
                                            "500 GET /throw https://app.test"};
    BOOST_TEST(refusals == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(is_told_of_a_connection_too_many) {
    ServerOptions one = options();
    one.max_connections = 1;
    TestServer server(one);
    Client first = server.connect();
    BOOST_TEST(first.send(get("/echo")).answer().status == 200);
    BOOST_TEST(server.connect().send(get("/echo")).answer().has("X-Told: yes"));
    BOOST_TEST(refusals == std::vector<std::string>{"503   "}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(is_sent_also_when_who_is_told_fails) {
    ServerOptions failing = TestServer::quick();
    failing.on_refusal = [](const Request&, Response&) { throw std::runtime_error("a fault"); };
    TestServer server(failing);
    BOOST_TEST(server.connect().send("nonsense\r\n\r\n").answer().status == 400);
}

BOOST_AUTO_TEST_SUITE_END()
