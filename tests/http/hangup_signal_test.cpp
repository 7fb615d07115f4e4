// SIGHUP: an operator's wish to have the files read again.
#include "http/hangup_signal.hpp"

#include "http/loopback.hpp"

#include <signal.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <thread>

using namespace rectal_cds::http;
using namespace rectal_cds::http::test;
using namespace std::chrono_literals;

namespace {

bool becomes(const std::atomic<int>& count, int wanted) {
    for (int i = 0; i < 2000 && count < wanted; ++i) std::this_thread::sleep_for(5ms);
    return count >= wanted;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(the_hangup_signal)

BOOST_AUTO_TEST_CASE(calls_back_each_time_on_a_thread_of_its_own) {
    std::atomic<int> calls = 0;
    std::atomic<bool> is_elsewhere = false;
    const auto here = std::this_thread::get_id();
    const HangupSignal signal([&] {
        is_elsewhere = std::this_thread::get_id() != here;
        ++calls;
    });
    kill(getpid(), SIGHUP);
    BOOST_TEST(becomes(calls, 1));
    kill(getpid(), SIGHUP);
    BOOST_TEST(becomes(calls, 2));
    BOOST_TEST(is_elsewhere);
}

BOOST_AUTO_TEST_CASE(is_not_lost_while_a_call_works_and_calls_do_not_overlap) {
    std::atomic<int> calls = 0, at_once = 0;
    std::atomic<bool> overlap = false, may_go_on = false;
    const HangupSignal signal([&] {
        overlap = overlap || ++at_once > 1;
        ++calls;
        while (!may_go_on) std::this_thread::sleep_for(1ms);
        --at_once;
    });
    kill(getpid(), SIGHUP);
    BOOST_TEST(becomes(calls, 1));
    kill(getpid(), SIGHUP);
    may_go_on = true;
    BOOST_TEST(becomes(calls, 2));
    BOOST_TEST(!overlap);
}

BOOST_AUTO_TEST_CASE(survives_a_call_that_throws) {
    std::atomic<int> calls = 0;
    const HangupSignal signal([&] {
        ++calls;
        throw std::runtime_error("a fault of the callback");
    });
    kill(getpid(), SIGHUP);
    BOOST_TEST(becomes(calls, 1));
    kill(getpid(), SIGHUP);
    BOOST_TEST(becomes(calls, 2));
}

BOOST_AUTO_TEST_CASE(leaves_the_server_and_its_other_signals_alone) {
    ServerOptions options = TestServer::quick();
    options.stops_on_signals = true;
    TestServer server(options);
    std::atomic<int> calls = 0;
    const HangupSignal signal([&] { ++calls; });
    BOOST_TEST(server.connect().send(get("/echo")).answer().status == 200);
    kill(getpid(), SIGHUP);
    BOOST_TEST(becomes(calls, 1));
    BOOST_TEST(server.connect().send(get("/echo")).answer().status == 200);
    kill(getpid(), SIGTERM);
    server.await_end();
    BOOST_TEST(calls == 1);
}

BOOST_AUTO_TEST_SUITE_END()
