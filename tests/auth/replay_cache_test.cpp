// One token, one call: decisions.md 27; reliability.md test T70.
#include "auth/replay_cache.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <string>
#include <thread>

using namespace rectal_cds::auth;
using std::chrono::seconds;

namespace {

const Time start{seconds(1'700'000'000)};

Spent spend(ReplayStore& store, const std::string& iss, const std::string& jti, seconds lives = seconds(300),
            Time now = start, int uses = 1) {
    return store.spend({iss, jti, start + lives, uses}, now);
}

class DownStore final : public ReplayStore {
public:
    Spent spend(const TokenUse&, Time) override { return Spent::unavailable; }
};

bool is(Spent actual, Spent expected) { return actual == expected; }

}  // namespace

BOOST_AUTO_TEST_SUITE(a_replay_cache)

BOOST_AUTO_TEST_CASE(counts_the_uses_of_each_issuers_tokens) {
    ReplayCache cache;
    BOOST_TEST(is(spend(cache, "a", "1"), Spent::yes));
    BOOST_TEST(is(spend(cache, "a", "1"), Spent::used_up));
    BOOST_TEST(is(spend(cache, "b", "1"), Spent::yes));
    BOOST_TEST(is(spend(cache, "a", "2"), Spent::yes));
    BOOST_TEST(is(spend(cache, "ab", "c"), Spent::yes));
    BOOST_TEST(is(spend(cache, "a", "bc"), Spent::yes));
    for (int use = 0; use < 3; ++use) BOOST_TEST(is(spend(cache, "c", "1", seconds(300), start, 3), Spent::yes));
    BOOST_TEST(is(spend(cache, "c", "1", seconds(300), start, 3), Spent::used_up));
}

BOOST_AUTO_TEST_CASE(forgets_a_token_only_when_it_would_be_refused_as_expired) {
    ReplayCache cache;
    spend(cache, "a", "1", seconds(300));
    spend(cache, "a", "2", seconds(100));
    BOOST_TEST(is(spend(cache, "a", "1", seconds(300), start + seconds(299)), Spent::used_up));
    BOOST_TEST(cache.size() == 1u);
    spend(cache, "a", "3", seconds(900), start + seconds(300));
    BOOST_TEST(cache.size() == 1u);
}

BOOST_AUTO_TEST_CASE(says_unavailable_rather_than_forget_and_keeps_room_for_other_issuers) {
    ReplayCache cache(4);
    BOOST_TEST(is(spend(cache, "a", "1"), Spent::yes));
    BOOST_TEST(is(spend(cache, "a", "2"), Spent::yes));
    BOOST_TEST(is(spend(cache, "a", "3"), Spent::unavailable));
    BOOST_TEST(is(spend(cache, "a", "1"), Spent::used_up));
    BOOST_TEST(is(spend(cache, "b", "1"), Spent::yes));
    BOOST_TEST(is(spend(cache, "b", "2"), Spent::yes));
    BOOST_TEST(is(spend(cache, "c", "1"), Spent::unavailable));
    BOOST_TEST(is(spend(cache, "c", "1", seconds(900), start + seconds(300)), Spent::yes));
}

BOOST_AUTO_TEST_CASE(tells_exactly_one_of_a_hundred_calls_at_one_time_yes) {
    ReplayCache cache;
    std::atomic<int> accepted = 0;
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 10; ++thread) {
        threads.emplace_back([&] {
            for (int call = 0; call < 10; ++call) accepted += is(spend(cache, "a", "1"), Spent::yes) ? 1 : 0;
        });
    }
    for (std::thread& thread : threads) thread.join();
    BOOST_TEST(accepted == 1);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(two_nodes_with_a_shared_replay_store)

BOOST_AUTO_TEST_CASE(accept_a_token_once_between_them) {
    ReplayCache shared;
    ReplayCache first_own;
    ReplayCache second_own;
    int alarms = 0;
    GuardedReplays first(first_own, shared, false, [&] { ++alarms; });
    GuardedReplays second(second_own, shared, false, [&] { ++alarms; });
    BOOST_TEST(is(spend(first, "a", "1"), Spent::yes));
    BOOST_TEST(is(spend(second, "a", "1"), Spent::used_up));
    BOOST_TEST(is(spend(first, "a", "1"), Spent::used_up));
    BOOST_TEST(alarms == 0);
}

BOOST_AUTO_TEST_CASE(go_on_with_their_own_caches_and_an_alarm_when_it_is_down) {
    DownStore shared;
    ReplayCache own;
    int alarms = 0;
    GuardedReplays guarded(own, shared, false, [&] { ++alarms; });
    BOOST_TEST(is(spend(guarded, "a", "1"), Spent::yes));
    BOOST_TEST(is(spend(guarded, "a", "1"), Spent::used_up));
    BOOST_TEST(alarms == 2);
}

BOOST_AUTO_TEST_CASE(refuse_service_when_it_is_down_and_strictness_was_chosen) {
    DownStore shared;
    ReplayCache own;
    int alarms = 0;
    GuardedReplays guarded(own, shared, true, [&] { ++alarms; });
    BOOST_TEST(is(spend(guarded, "a", "1"), Spent::unavailable));
    BOOST_TEST(own.size() == 0u);
    BOOST_TEST(alarms == 1);
}

BOOST_AUTO_TEST_CASE(remember_what_was_spent_while_it_was_down) {
    DownStore down;
    ReplayCache shared;
    ReplayCache own;
    GuardedReplays while_down(own, down, false, [] {});
    GuardedReplays afterwards(own, shared, false, [] {});
    BOOST_TEST(is(spend(while_down, "a", "1"), Spent::yes));
    BOOST_TEST(is(spend(afterwards, "a", "1"), Spent::used_up));
}

BOOST_AUTO_TEST_SUITE_END()
