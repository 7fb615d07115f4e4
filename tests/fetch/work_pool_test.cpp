// Work that waits for a thread: bounded, and in turns.
#include "fetch/work_pool.hpp"

#include <boost/test/unit_test.hpp>

#include <condition_variable>
#include <mutex>
#include <stdexcept>
#include <string>
#include <vector>

using namespace rectal_cds::fetch;

namespace {

// Notes who ran, one after the other; the first piece of work holds the one thread until it is let go.
struct OneThread {
    std::mutex mutex;
    std::condition_variable changed;
    bool is_held = true, has_begun = false;
    std::string ran;
    WorkPool pool{{1, 10, 5, 1000}};

    OneThread() {
        pool.post("holder", 100, [this] {
            std::unique_lock lock(mutex);
            has_begun = true;
            changed.notify_all();
            changed.wait(lock, [this] { return !is_held; });
        });
        std::unique_lock lock(mutex);
        changed.wait(lock, [this] { return has_begun; });
    }
    ~OneThread() { let_go(); }

    void let_go() {
        const std::lock_guard lock(mutex);
        is_held = false;
        changed.notify_all();
    }
    bool post(const std::string& client, unsigned percent = 100) {
        return pool.post(client, percent, [this, client] {
            const std::lock_guard lock(mutex);
            ran += client;
            changed.notify_all();
        });
    }
    std::string when_run(std::size_t count) {
        let_go();
        std::unique_lock lock(mutex);
        BOOST_TEST(changed.wait_for(lock, std::chrono::seconds(10), [&] { return ran.size() >= count; }));
        return ran;
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(a_work_pool, OneThread)

BOOST_AUTO_TEST_CASE(lets_clients_take_turns_so_that_one_with_much_to_do_delays_nobody_else) {
    for (int i = 0; i < 4; ++i) BOOST_TEST(post("a"));
    BOOST_TEST(post("b"));
    BOOST_TEST(post("c"));
    BOOST_TEST(post("b"));
    BOOST_TEST(when_run(7) == "abcabaa");
}

BOOST_AUTO_TEST_CASE(takes_no_more_of_one_client_than_its_share_and_still_some_of_another) {
    for (int i = 0; i < 5; ++i) BOOST_TEST(post("a"));
    BOOST_TEST(!post("a"));
    BOOST_TEST(post("b"));
    BOOST_TEST(when_run(6) == "abaaaa");
    BOOST_TEST(pool.waiting() == 0U);
}

BOOST_AUTO_TEST_CASE(takes_no_more_than_its_bound_and_the_less_urgent_not_so_many) {
    for (const char* client : {"a", "b", "c", "d", "e"}) BOOST_TEST(post(client));
    BOOST_TEST(!post("f", 50));
    BOOST_TEST(pool.is_full(50));
    BOOST_TEST(post("f", 70));
    BOOST_TEST(!pool.is_full(70));
    for (const char* client : {"g", "h", "i", "j"}) BOOST_TEST(post(client));
    BOOST_TEST(!post("k"));
    BOOST_TEST(when_run(10) == "abcdefghij");
}

// As calls whose data are fetched are queued: four times what the door allows.
BOOST_AUTO_TEST_CASE(takes_as_many_times_its_bounds_as_it_is_told_to) {
    int taken = 0;
    for (int i = 0; i < 60; ++i) taken += post(std::string(1, static_cast<char>('a' + i % 10)), 400) ? 1 : 0;
    BOOST_TEST(taken == 40);
    BOOST_TEST(pool.is_full(100));
    BOOST_TEST(pool.is_full(400));
    BOOST_TEST(!post("z", 400));
    let_go();
}

BOOST_AUTO_TEST_CASE(takes_no_more_bytes_than_its_bound_but_anything_when_nothing_waits) {
    const auto hold = [&](std::size_t bytes, unsigned percent) {
        return pool.post(
            "a", percent, [] {}, bytes);
    };
    BOOST_TEST(hold(5000, 100), "more than the bound, and alone");
    BOOST_TEST(!hold(1, 100));
    BOOST_TEST(hold(0, 100));
    BOOST_TEST(pool.waiting_bytes() == 5000U);
    let_go();
}

BOOST_AUTO_TEST_CASE(takes_four_times_the_bytes_for_what_was_fetched) {
    const auto hold = [&](unsigned percent) {
        return pool.post(
            "a", percent, [] {}, 1000);
    };
    BOOST_TEST(hold(100));
    BOOST_TEST(!hold(100));
    for (int i = 0; i < 3; ++i) BOOST_TEST(hold(400));
    BOOST_TEST(!hold(400));
    BOOST_TEST(pool.waiting_bytes() == 4000U);
    let_go();
}

BOOST_AUTO_TEST_CASE(goes_on_after_work_that_throws) {
    BOOST_TEST(pool.post("a", 100, [] { throw std::runtime_error("a fault"); }));
    BOOST_TEST(post("b"));
    BOOST_TEST(when_run(1) == "b");
}

BOOST_AUTO_TEST_CASE(drops_what_waits_when_it_ends) {
    auto held = std::make_shared<int>(0);
    {
        WorkPool other({1, 10, 10, 1000});
        for (int i = 0; i < 5; ++i) other.post("a", 100, [held] { ++*held; });
    }
    BOOST_TEST(held.use_count() == 1);
}

BOOST_AUTO_TEST_SUITE_END()
