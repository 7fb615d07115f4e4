#include "fetch/alarm.hpp"

#include <mutex>

#include "fetch/fetching.hpp"

using namespace rectal_cds::fetch;
using namespace rectal_cds::fetch::test;

BOOST_AUTO_TEST_SUITE(an_alarm)

BOOST_AUTO_TEST_CASE(runs_functions_in_the_order_of_their_times_and_not_before) {
    std::mutex mutex;
    std::vector<int> order;
    const auto begin = Clock::now();
    Alarm alarm;
    const auto note = [&](int number) {
        return [&, number] {
            const std::lock_guard lock(mutex);
            order.push_back(number);
        };
    };
    alarm.at(begin + 60ms, note(3));
    alarm.at(begin + 30ms, note(2));
    alarm.at(begin - 1s, note(1));
    await("all have run", [&] {
        const std::lock_guard lock(mutex);
        return order.size() == 3;
    });
    BOOST_TEST((Clock::now() - begin >= 60ms));
    BOOST_TEST((order == std::vector<int>{1, 2, 3}));
}

BOOST_AUTO_TEST_CASE(does_not_run_what_is_forgotten) {
    std::atomic<int> runs = 0;
    Alarm alarm;
    const auto soon = Clock::now() + 50ms;
    const auto forgotten = alarm.at(soon, [&runs] { runs += 100; });
    alarm.at(soon, [&runs] { ++runs; });
    alarm.forget(forgotten);
    alarm.forget({});
    await("the other has run", [&] { return runs != 0; });
    BOOST_TEST(runs == 1);
}

BOOST_AUTO_TEST_CASE(may_end_with_functions_waiting_or_inside_one) {
    auto held = std::make_shared<int>();
    {
        Alarm().at(Clock::now() + 1h, [held] {});
    }
    BOOST_TEST(held.use_count() == 1);
    std::atomic<bool> has_run = false;
    auto alarm = std::make_shared<Alarm>();
    const auto raw = alarm.get();
    raw->at(Clock::now() + 20ms, [last = std::move(alarm), &has_run]() mutable {
        last.reset();
        has_run = true;
    });
    await("it has run", [&] { return has_run.load(); });
}

BOOST_AUTO_TEST_SUITE_END()
