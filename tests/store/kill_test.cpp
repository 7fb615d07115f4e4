// kill -9 at any instant. After a kill every acknowledged batch is there
// exactly once, and no batch in part (T73, reliability.md 2.4).
//
// RECTAL_CDS_KILL_CYCLES: how often (20). tests/store/kill-cycles runs 1,000.
#include <boost/test/unit_test.hpp>

#include <atomic>
#include <cstdlib>
#include <random>
#include <set>
#include <sstream>
#include <thread>

#include "store/audit_chain.hpp"
#include "store/forked.hpp"
#include "store/place.hpp"
#include "store/samples.hpp"
#include "store/token_store.hpp"

using namespace rectal_cds;
using namespace rectal_cds::store;
using namespace rectal_cds::store::test;
using namespace std::chrono_literals;

namespace {

unsigned cycles() {
    const char* const wish = std::getenv("RECTAL_CDS_KILL_CYCLES");
    return wish ? static_cast<unsigned>(std::stoul(wish)) : 20;
}

// Does not touch Boost.Test: it runs in a child.
Saved saved_in_child(Store& store, FeedbackBatch batch) { return saving(store, std::move(batch)).get(); }

// Stores batches of three items from four threads until it is killed, and tells the name of each acknowledged one.
void store_until_killed(const StoreOptions& options, const std::string& prefix, const Forked::Tell& tell) {
    auto store = open_store(options);
    if (!store) throw std::runtime_error(store.error().what);
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 4; ++thread) {
        threads.emplace_back([&, thread] {
            for (unsigned i = 0;; ++i) {
                const std::string name = prefix + "-" + std::to_string(thread) + "-" + std::to_string(i);
                store.value()->record_issued(answer({i % 1000}));
                const auto items = {overridden(name + "/0"), overridden(name + "/1"), overridden(name + "/2")};
                if (saved_in_child(*store.value(), batch(items)) == Saved::ok) tell(name);
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(killed_at_any_moment)

BOOST_AUTO_TEST_CASE(the_store_holds_every_acknowledged_batch_once_and_none_in_part) {
    testing::TemporaryFolder folder;
    StoreOptions options = in(folder);
    options.quarantine_per_client = 100'000'000;
    std::mt19937 random(20260302);
    std::set<std::string> acknowledged;
    for (unsigned cycle = 0; cycle < cycles(); ++cycle) {
        Forked child([&](const Forked::Tell& tell) { store_until_killed(options, std::to_string(cycle), tell); });
        if (cycle % 2 == 1) child.await_first_line();  // otherwise it may die while it opens the store
        std::this_thread::sleep_for(std::chrono::microseconds(random() % 60'000));
        child.kill();
        std::istringstream lines(child.told());
        for (std::string name; std::getline(lines, name);) acknowledged.insert(name);
    }
    BOOST_TEST_MESSAGE(cycles() << " kills, " << acknowledged.size() << " batches acknowledged");
    BOOST_TEST(acknowledged.size() > 0U);
    opened(options);
    if (!is_postgresql(options.place)) BOOST_TEST(text(options.place, "PRAGMA integrity_check") == "ok");
    const auto chain = verify_audit(options.place);
    BOOST_TEST_REQUIRE(chain.ok());
    BOOST_TEST(!chain.value().broken_at.has_value());
    execute(options.place, "CREATE TABLE acknowledged (name TEXT PRIMARY KEY)");
    std::string rows;
    for (const std::string& name : acknowledged) rows += (rows.empty() ? "('" : ",('") + name + "')";
    execute(options.place, "INSERT INTO acknowledged VALUES " + rows);
    const std::string stored =
        "SELECT substr(card, 1, length(card) - 2) AS name, count(*) AS items FROM feedback GROUP BY name";
    BOOST_TEST(number(options.place, "SELECT count(*) FROM (" + stored + ") AS stored WHERE items <> 3") == 0,
               "A batch is there in part.");
    BOOST_TEST(number(options.place, "SELECT count(*) FROM acknowledged WHERE name NOT IN (SELECT name FROM (" +
                                         stored + ") AS stored)") == 0,
               "An acknowledged batch is lost.");
}

// T70
BOOST_AUTO_TEST_CASE(the_token_store_refuses_every_token_it_had_accepted) {
    testing::TemporaryFolder folder;
    const TokenStoreOptions options{place_in(folder), 1000ms};
    const auth::Time now = std::chrono::floor<std::chrono::milliseconds>(at(noon));
    const auto use = [&](const std::string& jti) { return auth::TokenUse{"https://ehr.test", jti, now + 300s, 1}; };
    unsigned accepted = 0;
    for (unsigned cycle = 0; cycle < 3; ++cycle) {
        Forked child([&](const Forked::Tell& tell) {
            const auto tokens = open_token_store(options);
            for (unsigned i = 0;; ++i) {
                const std::string jti = std::to_string(cycle) + "-" + std::to_string(i);
                if (tokens->spend(use(jti), now) == auth::Spent::yes) tell(jti);
            }
        });
        child.await_first_line();
        std::this_thread::sleep_for(10ms);
        child.kill();
        std::istringstream lines(child.told());
        const auto tokens = open_token_store(options);
        for (std::string jti; std::getline(lines, jti); ++accepted) {
            BOOST_TEST((tokens->spend(use(jti), now) == auth::Spent::used_up), jti);
        }
    }
    BOOST_TEST(accepted > 0U);
}

BOOST_AUTO_TEST_SUITE_END()
