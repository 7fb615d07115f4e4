// How the program starts and stops (row N04; decisions.md 30): it says what it is, drains, and ends with 0.
#include "blackbox/service_fixture.hpp"

#include <signal.h>

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <chrono>
#include <fstream>
#include <thread>

#include "support/real_knowledge.hpp"

using namespace rectal_cds;
using namespace rectal_cds::blackbox;
using testing::RunningService;

namespace {

bool says(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

void await_refused_connections(std::uint16_t port) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (accepts_connections(port)) {
        BOOST_TEST_REQUIRE((std::chrono::steady_clock::now() < end), "the service goes on taking connections");
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(lifecycle, ServiceFixture)

BOOST_AUTO_TEST_CASE(says_at_start_what_it_is_and_loudly_that_its_clock_is_fixed) {
    const std::string said = service().out();
    BOOST_TEST(says(said, "draft: not reviewed by a clinician. Not a medical device."));
    BOOST_TEST(says(said, "SANDBOX MODE: no caller is authenticated."));
    BOOST_TEST(says(said, "TEST CLOCK: today is 2026-03-02"));
    for (const char* hook : {"patient-view", "order-select", "order-sign"}) {
        BOOST_TEST(says(said, "POST " + service().base_url() + "/cds-services/rectal-cancer-" + hook));
    }
}

BOOST_AUTO_TEST_CASE(N04_on_sigterm_a_request_in_flight_is_answered_and_nothing_new_is_taken) {
    const std::string body = order_sign();
    HttpConnection idle = connect(), in_flight = connect();
    BOOST_TEST(judged(idle.send(request_bytes("GET", "/healthz")).receive()).status == 200);
    in_flight.send("POST /cds-services/rectal-cancer-order-sign HTTP/1.1\r\nHost: x\r\nContent-Type: "
                   "application/json\r\nExpect: 100-continue\r\nContent-Length: " +
                   std::to_string(body.size()) + "\r\n\r\n");
    BOOST_TEST(in_flight.receive(true).status == 100);
    service().signal(SIGTERM);
    await_refused_connections(service().port());
    BOOST_TEST(idle.is_closed_by_service());
    BOOST_TEST(!service().has_ended());
    const HttpAnswer answer = judged(in_flight.send(body).receive());
    BOOST_TEST(topics(answer).front() == "antiEgfrRasMutant");
    BOOST_TEST(answer.header("Connection") == "close");
    BOOST_TEST(in_flight.is_closed_by_service());
    BOOST_TEST(service().wait() == 0);
    BOOST_TEST(says(service().out(), "Stopped: every request that had begun was answered."));
}

// Clients that call without a pause, each on its connection, until they are told that an answer is the last.
BOOST_AUTO_TEST_CASE(on_sigterm_no_request_is_lost_of_clients_that_go_on_calling) {
    constexpr int clients = 6;
    const std::string bytes = request_bytes("POST", "/cds-services/rectal-cancer-order-sign",
                                            {{"Content-Type", "application/json"}}, order_sign());
    std::atomic<int> answered = 0, lost = 0, told = 0;
    std::vector<std::thread> callers;
    for (int i = 0; i < clients; ++i) {
        callers.emplace_back([&, connection = connect()]() mutable {
            try {
                for (bool goes_on = true; goes_on;) {
                    const HttpAnswer answer = connection.send(bytes).receive();
                    answer.status == 200 ? ++answered : ++lost;
                    goes_on = answer.header("Connection") != "close";
                }
                ++told;
            } catch (const std::exception&) {
                ++lost;
            }
        });
    }
    while (answered < 10 * clients && lost == 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    service().signal(SIGTERM);
    for (auto& caller : callers) caller.join();
    BOOST_TEST(lost == 0);
    BOOST_TEST(told == clients);
    BOOST_TEST(service().wait() == 0);
}

BOOST_AUTO_TEST_CASE(control_c_stops_it_too) {
    service().signal(SIGINT);
    BOOST_TEST(service().wait() == 0);
}

BOOST_AUTO_TEST_CASE(a_second_service_cannot_take_the_same_port_and_says_so) {
    const testing::TemporaryFolder folder;
    const auto second = testing::run(
        {testing::program().string(), "serve", "--knowledge", testing::source_folder().string(), "--store",
         (folder.path() / "store.sqlite").string(), "--listen", "127.0.0.1:" + std::to_string(service().port())});
    BOOST_TEST(second.exit_code == 2);
    BOOST_TEST(says(second.err, "in use"), second.err);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(start)

BOOST_AUTO_TEST_CASE(without_today_no_test_clock_is_announced) {
    RunningService service({"--listen", "127.0.0.1:0", "--knowledge", testing::source_folder().string()});
    BOOST_TEST(!says(service.out(), "TEST CLOCK"));
    BOOST_TEST(service.stop() == 0);
}

BOOST_AUTO_TEST_CASE(leaves_no_core_dump_unless_they_are_allowed) {
    const auto limit_of = [](const std::string& process) {
        std::ifstream limits("/proc/" + process + "/limits");
        const std::string text(std::istreambuf_iterator<char>(limits), {});
        const auto begin = text.find("Max core file size");
        return text.substr(begin, text.find('\n', begin) - begin);
    };
    for (const bool allowed : {false, true}) {
        std::vector<std::string> flags{"--listen", "127.0.0.1:0", "--knowledge", testing::source_folder().string()};
        if (allowed) flags.push_back("--allow-core-dumps");
        RunningService service(flags);
        const std::string limit = limit_of(std::to_string(service.process_id()));
        if (allowed)
            BOOST_TEST(limit == limit_of("self"));
        else
            BOOST_TEST(limit.find("0                    0 ") != std::string::npos, limit);
        BOOST_TEST(service.stop() == 0);
    }
}

BOOST_AUTO_TEST_CASE(now_fixes_the_clock_as_today_does) {
    RunningService service(
        {"--listen", "127.0.0.1:0", "--knowledge", testing::source_folder().string(), "--now", "2026-03-02T23:30:00Z"});
    BOOST_TEST(says(service.out(), "TEST CLOCK: today is 2026-03-02"));
    BOOST_TEST(service.stop() == 0);
}

BOOST_AUTO_TEST_CASE(other_machines_are_let_in_by_sandbox_only_and_that_is_announced) {
    RunningService service({"--listen", "0.0.0.0:0", "--sandbox", "--knowledge", testing::source_folder().string()});
    BOOST_TEST(says(service.out(), "Calls from other machines are accepted."));
    BOOST_TEST(HttpConnection(service.port()).send(request_bytes("GET", "/healthz")).receive().status == 200);
    BOOST_TEST(service.stop() == 0);
}

BOOST_AUTO_TEST_CASE(a_fhir_server_is_named_as_the_one_that_is_asked) {
    RunningService service({"--listen", "localhost:0", "--fhir-server", "https://fhir.example.org/r4", "--knowledge",
                            testing::source_folder().string()});
    BOOST_TEST(says(service.out(), "is asked for what a call does not bring"));
    BOOST_TEST(service.stop() == 0);
}

BOOST_AUTO_TEST_SUITE_END()
