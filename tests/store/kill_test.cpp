// kill -9 at any instant, and real limits of the operating system. After a kill every acknowledged batch is there
// exactly once, and no batch in part (T73, reliability.md 2.4).
//
// RECTAL_CDS_KILL_CYCLES: how often (20). tests/store/kill-cycles runs 1,000.
#include <boost/test/unit_test.hpp>

#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <random>
#include <set>
#include <sstream>
#include <thread>

#include "store/audit_chain.hpp"
#include "store/forked.hpp"
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
    auto store = open_sqlite_store(options);
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
    BOOST_TEST(text(options.file, "PRAGMA integrity_check") == "ok");
    const auto chain = verify_audit(options.file);
    BOOST_TEST_REQUIRE(chain.ok());
    BOOST_TEST(!chain.value().broken_at.has_value());
    execute(options.file, "CREATE TABLE acknowledged (name TEXT PRIMARY KEY)");
    std::string rows;
    for (const std::string& name : acknowledged) rows += (rows.empty() ? "('" : ",('") + name + "')";
    execute(options.file, "INSERT INTO acknowledged VALUES " + rows);
    const std::string stored =
        "SELECT substr(card, 1, length(card) - 2) AS name, count(*) AS items FROM feedback GROUP BY name";
    BOOST_TEST(number(options.file, "SELECT count(*) FROM (" + stored + ") WHERE items <> 3") == 0,
               "A batch is there in part.");
    BOOST_TEST(number(options.file,
                      "SELECT count(*) FROM acknowledged WHERE name NOT IN (SELECT name FROM (" + stored + "))") == 0,
               "An acknowledged batch is lost.");
}

// T70
BOOST_AUTO_TEST_CASE(the_token_store_refuses_every_token_it_had_accepted) {
    testing::TemporaryFolder folder;
    const TokenStoreOptions options{(folder.path() / "tokens.sqlite").string(), 100ms};
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

BOOST_AUTO_TEST_SUITE(limits_of_the_system)

// A real refusal by the kernel: files may not grow any more.
BOOST_AUTO_TEST_CASE(a_file_that_may_not_grow_costs_feedback_alone_until_it_may_again) {
    testing::TemporaryFolder folder;
    const StoreOptions options = in(folder);
    Forked child([&](const Forked::Tell& tell) {
        std::signal(SIGXFSZ, SIG_IGN);
        auto store = open_sqlite_store(options);
        if (!store) throw std::runtime_error(store.error().what);
        unsigned stored = 0;
        const auto save = [&](const std::string& card) {
            return saved_in_child(*store.value(), batch({overridden(card, std::string(4000, 'c'))}));
        };
        rlimit limit{};
        getrlimit(RLIMIT_FSIZE, &limit);
        const rlim_t before = limit.rlim_cur;
        limit.rlim_cur = 400 * 1024;
        setrlimit(RLIMIT_FSIZE, &limit);
        for (int i = 0; i < 300; ++i) stored += save("a" + std::to_string(i)) == Saved::ok ? 1 : 0;
        tell("stored " + std::to_string(stored));
        for (int i = 0; i < 3; ++i) tell(save("b") == Saved::unavailable ? "unavailable" : "stored?");
        tell(store.value()->health().last_error);
        limit.rlim_cur = before;
        setrlimit(RLIMIT_FSIZE, &limit);
        tell(save("b") == Saved::ok ? "recovered" : "still down");
    });
    std::istringstream lines(child.told());
    std::string word;
    unsigned stored = 0;
    lines >> word >> stored;
    BOOST_TEST(stored > 0U);
    BOOST_TEST(stored < 300U);
    std::vector<std::string> rest;
    while (lines >> word) rest.push_back(word);
    BOOST_TEST((rest == std::vector<std::string>{"unavailable", "unavailable", "unavailable", "io", "recovered"}));
    BOOST_TEST(number(options.file, "SELECT count(*) FROM feedback") == stored + 1);
    BOOST_TEST(text(options.file, "PRAGMA integrity_check") == "ok");
}

// The file and its folder belong to somebody else: root gives up its rights for this.
BOOST_AUTO_TEST_CASE(a_folder_that_may_not_be_written_leaves_the_store_down) {
    namespace fs = std::filesystem;
    constexpr unsigned nobody = 65534;
    testing::TemporaryFolder folder;
    const StoreOptions options = in(folder);
    opened(options);
    fs::permissions(options.file, fs::perms::owner_read | fs::perms::group_read | fs::perms::others_read);
    const auto before = fs::status(folder.path()).permissions();
    fs::permissions(folder.path(), fs::perms(0555));
    Forked child([&](const Forked::Tell& tell) {
        if (geteuid() == 0 && (setgid(nobody) != 0 || setuid(nobody) != 0))
            throw std::runtime_error("rights were not given up");
        const auto store = open_sqlite_store(options);
        tell(store ? "opened" : store.error().what);
        if (store) tell(store.value()->health().up ? "up" : "down");
        if (store)
            tell(saved_in_child(*store.value(), batch({overridden("a")})) == Saved::unavailable ? "unavailable"
                                                                                                : "stored?");
        StoreOptions other = options;
        other.file += "-new";
        const auto created = open_sqlite_store(other);
        tell(created ? "created?" : created.error().what);
    });
    const std::string told = child.told();
    fs::permissions(folder.path(), before);
    BOOST_TEST(told == "opened\ndown\nunavailable\nThe file cannot be created.\n");
}

BOOST_AUTO_TEST_SUITE_END()
