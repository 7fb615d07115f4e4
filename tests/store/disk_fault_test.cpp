// Nothing is acknowledged that is not stored, whatever the disk does; and the store recovers by itself (T75,
// reliability.md 2.4).
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <sqlite3.h>

#include <chrono>
#include <thread>

#include "store/audit_chain.hpp"
#include "store/faulty_disk.hpp"
#include "store/samples.hpp"

using namespace rectal_cds;
using namespace rectal_cds::store;
using namespace rectal_cds::store::test;
using namespace std::chrono_literals;
namespace data = boost::unit_test::data;

namespace {

struct Failure {
    const char* name;
    Fault fault;
    const char* error_class;
};

std::ostream& operator<<(std::ostream& out, const Failure& failure) { return out << failure.name; }

const Failure failures[] = {
    {"a full disk", Fault::full, "full"},
    {"errors on writing", Fault::write_error, "io"},
    {"errors on syncing", Fault::sync_error, "io"},
};

struct StoreOnFaultyDisk {
    FaultyDisk disk;
    testing::TemporaryFolder folder;
    StoreOptions options = in(folder);

    // Waits for the store to have come back by itself.
    void check_recovers(Store& store) {
        BOOST_TEST(saved(store, batch({overridden(uuid(1), "again")})) == Saved::ok);
        BOOST_TEST(store.health().up);
        const auto chain = verify_audit(options.place);
        BOOST_TEST_REQUIRE(chain.ok());
        BOOST_TEST(!chain.value().broken_at.has_value());
        BOOST_TEST(text(options.place, "PRAGMA integrity_check") == "ok");
    }
};

// Another program that holds the lock for writing.
class Lock {
public:
    explicit Lock(const std::string& file) {
        sqlite3_open(file.c_str(), &connection_);
        BOOST_TEST_REQUIRE(sqlite3_exec(connection_, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr) == SQLITE_OK);
    }
    ~Lock() { sqlite3_close(connection_); }

private:
    sqlite3* connection_ = nullptr;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(a_store_on_a_failing_disk, StoreOnFaultyDisk)

BOOST_DATA_TEST_CASE_F(StoreOnFaultyDisk, acknowledges_nothing_and_recovers, data::make(failures)) {
    const auto store = opened(options);
    store->record_issued(answer({1}));
    await_recorded(*store, 1);
    BOOST_TEST(saved(*store, batch({overridden(uuid(1), "before")})) == Saved::ok);
    disk.fail(sample.fault);
    for (int i = 0; i < 3; ++i) BOOST_TEST(saved(*store, batch({overridden(uuid(1), "again")})) == Saved::unavailable);
    BOOST_TEST(!store->health().up);
    BOOST_TEST(store->health().last_error == sample.error_class);
    disk.fail(Fault::none);
    check_recovers(*store);
    BOOST_TEST(number(options.place, "SELECT count(*) FROM feedback") == 2);
}

BOOST_AUTO_TEST_CASE(writes_the_answers_it_could_not_write_before) {
    const auto store = opened(options);
    disk.fail(Fault::full);
    store->record_issued(answer({1, 2}));
    store->record_issued(answer({3}));
    while (store->health().failures == 0) std::this_thread::sleep_for(1ms);
    BOOST_TEST(!store->health().up);
    disk.fail(Fault::none);
    await_recorded(*store, 2);
    BOOST_TEST(number(options.place, "SELECT count(*) FROM issued_card") == 3);
    BOOST_TEST(store->health().answers_dropped == 0U);
}

BOOST_AUTO_TEST_CASE(that_hangs_answers_within_its_patience) {
    options.patience = 200ms;
    const auto store = opened(options);
    disk.fail(Fault::hang);
    const auto begin = std::chrono::steady_clock::now();
    BOOST_TEST(saved(*store, batch({overridden("a")})) == Saved::unavailable);
    BOOST_TEST(saved(*store, batch({overridden("b")})) == Saved::unavailable);
    const auto waited = std::chrono::steady_clock::now() - begin;
    BOOST_TEST((waited >= 400ms));
    BOOST_TEST(store->health().feedback_unavailable == 2U);
    disk.fail(Fault::none);
    const auto end = std::chrono::steady_clock::now() + 10s;
    while (saved(*store, batch({overridden("b")})) != Saved::ok)
        BOOST_TEST_REQUIRE((std::chrono::steady_clock::now() < end));
    BOOST_TEST(number(options.place, "SELECT count(*) FROM feedback WHERE card = 'b'") == 1);
}

// What is committed together is told apart again: the batch that cannot be written, and no other, is refused.
BOOST_AUTO_TEST_CASE(loses_no_batch_to_another_that_cannot_be_written) {
    const auto store = opened(options);
    execute(
        options.place,
        "CREATE TRIGGER refuse BEFORE INSERT ON feedback WHEN new.card = 'refused' BEGIN SELECT RAISE(ABORT, ''); END");
    disk.fail(Fault::hang);
    auto first = saving(*store, batch({overridden("first")}));
    auto refused = saving(*store, batch({overridden("one"), overridden("refused")}));
    auto good = saving(*store, batch({overridden("good")}));
    store->record_issued(answer({1}));
    disk.fail(Fault::none);
    BOOST_TEST(first.get() == Saved::ok);
    BOOST_TEST(refused.get() == Saved::unavailable);
    BOOST_TEST(good.get() == Saved::ok);
    await_recorded(*store, 1);
    BOOST_TEST(text(options.place, "SELECT group_concat(card) FROM (SELECT card FROM feedback ORDER BY card)") ==
               "first,good");
}

BOOST_AUTO_TEST_CASE(that_became_read_only_acknowledges_nothing_and_recovers) {
    const auto store = opened(options);
    disk.fail(Fault::write_error);  // the connection is given up
    BOOST_TEST(saved(*store, batch({overridden("a")})) == Saved::unavailable);
    disk.fail(Fault::read_only);
    BOOST_TEST(saved(*store, batch({overridden("a")})) == Saved::unavailable);
    BOOST_TEST(store->health().last_error == "read_only");
    disk.fail(Fault::none);
    check_recovers(*store);
}

BOOST_AUTO_TEST_CASE(that_is_read_only_from_the_start_is_down_until_it_can_be_written) {
    opened(options);
    disk.fail(Fault::read_only);
    const auto store = opened(options);
    BOOST_TEST(!store->health().up);
    BOOST_TEST(saved(*store, batch({overridden("a")})) == Saved::unavailable);
    disk.fail(Fault::none);
    check_recovers(*store);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_locked_store)

BOOST_AUTO_TEST_CASE(answers_in_time_acknowledges_nothing_and_recovers) {
    testing::TemporaryFolder folder;
    StoreOptions options = in(folder);
    options.patience = 2000ms;
    options.busy_wait = 1000ms;
    const auto store = opened(options);
    {
        const Lock lock(options.place);
        const auto begin = std::chrono::steady_clock::now();
        store->record_issued(answer({1}));
        std::vector<std::future<Saved>> answers;
        for (int i = 0; i < 5; ++i) answers.push_back(saving(*store, batch({overridden(uuid(1), std::to_string(i))})));
        for (auto& answer : answers) {
            BOOST_TEST_REQUIRE((answer.wait_for(10s) == std::future_status::ready));
            BOOST_TEST(answer.get() == Saved::unavailable);
        }
        BOOST_TEST((std::chrono::steady_clock::now() - begin < 4s), "An answer must come within the patience.");
        BOOST_TEST(store->health().last_error == "locked");
        std::this_thread::sleep_until(begin + 5s);
    }
    BOOST_TEST(saved(*store, batch({overridden(uuid(1), "0")})) == Saved::ok);
    await_recorded(*store, 1);
    BOOST_TEST(number(options.place, "SELECT count(*) FROM feedback") == 1);
    BOOST_TEST(number(options.place, "SELECT count(*) FROM issued_card") == 1);
}

BOOST_AUTO_TEST_CASE(opens_down_and_comes_up_by_itself) {
    testing::TemporaryFolder folder;
    const StoreOptions options = in(folder);
    opened(options);
    std::unique_ptr<Store> store;
    {
        const Lock lock(options.place);
        store = opened(options);
        BOOST_TEST(!store->health().up);
    }
    BOOST_TEST(saved(*store, batch({overridden("a")})) == Saved::ok);
    BOOST_TEST(store->health().up);
}

BOOST_AUTO_TEST_CASE(refuses_at_once_what_finds_no_room_in_the_queue) {
    testing::TemporaryFolder folder;
    StoreOptions options = in(folder);
    options.feedback_capacity = 2;
    options.busy_wait = 20s;  // for all of this test the writer waits with the first it has taken
    options.patience = 1000ms;
    const auto store = opened(options);
    const Lock lock(options.place);
    std::vector<std::future<Saved>> answers;
    for (int i = 0; i < 50; ++i) answers.push_back(saving(*store, batch({overridden(std::to_string(i))})));
    std::size_t at_once = 0;
    for (const auto& answer : answers) at_once += answer.wait_for(0s) == std::future_status::ready ? 1 : 0;
    BOOST_TEST(at_once >= 40U, "The writer has a few, two are in the queue, the rest is told at once.");
    for (auto& answer : answers) BOOST_TEST(answer.get() == Saved::unavailable);
    BOOST_TEST(store->health().feedback_unavailable == 50U);
}

BOOST_AUTO_TEST_SUITE_END()
