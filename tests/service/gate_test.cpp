// Callbacks and the end of what they use.
#include "service/gate.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <chrono>
#include <thread>
#include <vector>

using namespace rectal_cds::service;

BOOST_AUTO_TEST_SUITE(a_gate)

BOOST_AUTO_TEST_CASE(lets_callbacks_in_until_it_is_closed_and_nobody_after_that) {
    const auto gate = std::make_shared<Gate>();
    int calls = 0;
    auto callback = gated(gate, [&calls](int given) { calls += given; });
    callback(2);
    gate->close();
    callback(40);
    BOOST_TEST(calls == 2);
}

BOOST_AUTO_TEST_CASE(lets_a_callback_call_another) {
    Gate gate;
    int calls = 0;
    gate.run([&] { gate.run([&] { ++calls; }); });
    gate.close();
    BOOST_TEST(calls == 1);
}

BOOST_AUTO_TEST_CASE(lets_go_of_a_callback_that_throws) {
    Gate gate;
    BOOST_CHECK_THROW(gate.run([] { throw 1; }), int);
    gate.close();
}

BOOST_AUTO_TEST_CASE(is_closed_only_when_everybody_has_left) {
    for (int round = 0; round < 50; ++round) {
        const auto gate = std::make_shared<Gate>();
        auto part = std::make_unique<std::atomic<int>>(0);
        std::vector<std::thread> callers;
        std::atomic<bool> goes_on = true;
        for (int i = 0; i < 3; ++i) {
            callers.emplace_back([&goes_on, callback = gated(gate, [used = part.get()] { ++*used; })]() mutable {
                while (goes_on) callback();
            });
        }
        std::this_thread::sleep_for(std::chrono::microseconds(200));
        gate->close();
        part.reset();  // whoever came in now would be seen by a sanitizer
        goes_on = false;
        for (auto& caller : callers) caller.join();
    }
}

BOOST_AUTO_TEST_SUITE_END()
