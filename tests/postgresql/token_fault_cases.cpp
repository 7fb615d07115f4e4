// Used tokens on a server that fails: nobody waits long, the node's own cache decides, or with jti.strict nobody does
// (reliability.md 5, decisions.md 27).
#include <boost/test/unit_test.hpp>

#include <chrono>
#include <thread>

#include "postgresql/server.hpp"
#include "store/samples.hpp"
#include "store/token_store.hpp"

using namespace rectal_cds;
using namespace rectal_cds::store;
using namespace rectal_cds::store::test;
using auth::Spent;
using namespace std::chrono_literals;

namespace {

const auth::Time now = std::chrono::floor<std::chrono::milliseconds>(at(noon));

struct Node {
    explicit Node(const TokenStoreOptions& options, bool strict = false)
        : shared(open_token_store(options)), guarded(own, *shared, strict, [this] { ++alarms; }) {}
    bool takes(const std::string& jti) { return spend(jti) == Spent::yes; }
    Spent spend(const std::string& jti) { return guarded.spend({"https://ehr.test", jti, now + 300s, 1}, now); }

    int alarms = 0;
    auth::ReplayCache own;
    std::unique_ptr<auth::ReplayStore> shared;
    auth::GuardedReplays guarded;
};

struct Nodes {
    testing::TemporaryFolder folder;
    TokenStoreOptions options{place_in(folder), 500ms};
};

void await_shared(Node& node) {
    const auto end = std::chrono::steady_clock::now() + 20s;
    for (int i = 0;; ++i) {
        const int before = node.alarms;
        node.spend("probe-" + std::to_string(i) + std::to_string(reinterpret_cast<std::uintptr_t>(&node)));
        if (node.alarms == before) return;
        BOOST_TEST_REQUIRE((std::chrono::steady_clock::now() < end));
        std::this_thread::sleep_for(100ms);
    }
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(tokens_of_two_nodes, Nodes)

BOOST_AUTO_TEST_CASE(are_refused_on_the_one_after_the_other) {
    Node first(options), second(options);
    BOOST_TEST(first.takes("a"));
    BOOST_TEST(!second.takes("a"));
    BOOST_TEST(second.takes("b"));
    BOOST_TEST(!first.takes("b"));
    BOOST_TEST(first.alarms + second.alarms == 0);
}

BOOST_AUTO_TEST_CASE(are_judged_by_each_alone_with_an_alarm_while_the_server_is_gone) {
    Node first(options), strict(options, true);
    BOOST_TEST(first.takes("a"));
    Server::crash();
    BOOST_TEST(first.takes("b"));
    BOOST_TEST(!first.takes("b"), "Its own cache still refuses a replay.");
    BOOST_TEST(!first.takes("a"));
    BOOST_TEST(first.alarms > 0);
    BOOST_TEST((strict.spend("c") == Spent::unavailable));
    Server::start();
    await_shared(first);
    await_shared(strict);
    BOOST_TEST(first.takes("d"));
    BOOST_TEST(!strict.takes("d"));
}

BOOST_AUTO_TEST_CASE(keep_nobody_waiting_on_a_server_that_hangs) {
    options.patience = 200ms;
    Node node(options);
    await_shared(node);
    Server::freeze();
    auto begin = std::chrono::steady_clock::now();
    BOOST_TEST(node.takes("a"));
    begin = std::chrono::steady_clock::now();
    for (int i = 0; i < 100; ++i) BOOST_TEST(node.takes(std::to_string(i)));
    const auto waited = std::chrono::steady_clock::now() - begin;
    Server::thaw();
    BOOST_TEST((waited < 2s), "At most one call a second waits.");
    BOOST_TEST(node.alarms >= 101);
    await_shared(node);
}

BOOST_AUTO_TEST_SUITE_END()
