// One jti, one call, beyond a restart and across processes (decisions.md 27; T70).
#include "store/token_store.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <ostream>
#include <thread>
#include <vector>

#include "store/samples.hpp"

using namespace rectal_cds;
using namespace rectal_cds::store;
using auth::Spent;
using namespace std::chrono_literals;
using test::place_in;

namespace {

const auth::Time now = std::chrono::floor<std::chrono::milliseconds>(test::at(test::noon));

struct TokenFile {
    testing::TemporaryFolder folder;
    TokenStoreOptions options{place_in(folder), 1000ms};
    std::unique_ptr<auth::ReplayStore> tokens = open_token_store(options);
    auth::TokenUse use{"https://ehr.test", "jti-1", now + 300s, 1};
};

bool is(Spent found, Spent expected) { return found == expected; }

}  // namespace

BOOST_FIXTURE_TEST_SUITE(a_used_token, TokenFile)

BOOST_AUTO_TEST_CASE(is_refused_the_second_time) {
    BOOST_TEST(is(tokens->spend(use, now), Spent::yes));
    BOOST_TEST(is(tokens->spend(use, now), Spent::used_up));
}

BOOST_AUTO_TEST_CASE(of_another_issuer_is_another_token) {
    auto other = use;
    other.iss = "https://other.test";
    BOOST_TEST(is(tokens->spend(use, now), Spent::yes));
    BOOST_TEST(is(tokens->spend(other, now), Spent::yes));
}

BOOST_AUTO_TEST_CASE(may_be_used_as_often_as_the_client_is_allowed) {
    use.allowed_uses = 3;
    for (int i = 0; i < 3; ++i) BOOST_TEST(is(tokens->spend(use, now), Spent::yes));
    BOOST_TEST(is(tokens->spend(use, now), Spent::used_up));
}

BOOST_AUTO_TEST_CASE(is_still_refused_after_a_restart) {
    BOOST_TEST(is(tokens->spend(use, now), Spent::yes));
    tokens.reset();
    tokens = open_token_store(options);
    BOOST_TEST(is(tokens->spend(use, now), Spent::used_up));
}

BOOST_AUTO_TEST_CASE(is_accepted_exactly_once_by_two_nodes_at_one_time) {
    options.patience = 5000ms;
    const auto first = open_token_store(options), second = open_token_store(options);
    std::atomic<int> accepted{0}, refused{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < 100; ++i) {
        threads.emplace_back([&, i] {
            const Spent spent = (i % 2 ? *first : *second).spend(use, now);
            accepted += spent == Spent::yes;
            refused += spent == Spent::used_up;
        });
    }
    for (std::thread& thread : threads) thread.join();
    BOOST_TEST(accepted == 1);
    BOOST_TEST(refused == 99);
}

BOOST_AUTO_TEST_CASE(is_forgotten_once_it_has_expired_and_not_before) {
    use.until = now + 300500ms;
    BOOST_TEST(is(tokens->spend(use, now), Spent::yes));
    open_token_store(options)->spend({"https://ehr.test", "jti-2", now + 900s, 1}, now + 300s);
    BOOST_TEST(test::number(options.place, "SELECT count(*) FROM used_token") == 2);
    open_token_store(options)->spend({"https://ehr.test", "jti-3", now + 900s, 1}, now + 301s);
    BOOST_TEST(test::number(options.place, "SELECT count(*) FROM used_token") == 2);
}

// The token, its jti and its issuer are not kept.
BOOST_AUTO_TEST_CASE(leaves_only_a_digest) {
    tokens->spend(use, now);
    BOOST_TEST(test::text(options.place, "SELECT token FROM used_token").find("jti") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(cannot_be_counted_without_a_file_and_can_again_when_it_is_there) {
    options.place = (folder.path() / "later" / "tokens.sqlite").string();
    tokens = open_token_store(options);
    BOOST_TEST(is(tokens->spend(use, now), Spent::unavailable));
    std::filesystem::create_directory(folder.path() / "later");
    BOOST_TEST(is(tokens->spend(use, now + 100ms), Spent::unavailable), "It is not tried at every call.");
    BOOST_TEST(is(tokens->spend(use, now + 2s), Spent::yes));
}

BOOST_AUTO_TEST_CASE(goes_through_the_guard_beside_the_cache) {
    auth::ReplayCache cache;
    int alarms = 0;
    auth::GuardedReplays guarded(cache, *tokens, false, [&] { ++alarms; });
    BOOST_TEST(is(guarded.spend(use, now), Spent::yes));
    BOOST_TEST(is(guarded.spend(use, now), Spent::used_up));
    BOOST_TEST(alarms == 0);
}

BOOST_AUTO_TEST_SUITE_END()
