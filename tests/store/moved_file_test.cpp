// The file of a store is moved, removed or replaced while it is open: nothing is acknowledged that the place does not
// hold.
#include <boost/test/unit_test.hpp>

#include <filesystem>

#include "store/samples.hpp"

using namespace rectal_cds;
using namespace rectal_cds::store;
using namespace rectal_cds::store::test;

BOOST_AUTO_TEST_SUITE(a_file_under_a_running_store)

// A connection goes on writing to a file that has no name any more.
BOOST_AUTO_TEST_CASE(that_was_removed_acknowledges_nothing_and_is_not_made_anew) {
    testing::TemporaryFolder folder;
    const StoreOptions options = in(folder);
    const auto store = opened(options);
    BOOST_TEST(saved(*store, batch({overridden(uuid(1), "before")})) == Saved::ok);
    for (const char* part : {"", "-wal", "-shm"}) std::filesystem::remove(options.place + part);
    for (int i = 0; i < 3; ++i) BOOST_TEST(saved(*store, batch({overridden(uuid(1), "again")})) == Saved::unavailable);
    BOOST_TEST(store->health().last_error == "gone");
    BOOST_TEST(!store->health().up);
    BOOST_TEST(!std::filesystem::exists(options.place));
}

BOOST_AUTO_TEST_CASE(that_was_moved_away_acknowledges_nothing_until_it_is_back) {
    testing::TemporaryFolder folder, other;
    const StoreOptions options = in(folder);
    const std::string elsewhere = (other.path() / "moved.sqlite").string();
    const auto store = opened(options);
    BOOST_TEST(saved(*store, batch({overridden(uuid(1), "before")})) == Saved::ok);
    for (const char* part : {"", "-wal", "-shm"}) std::filesystem::rename(options.place + part, elsewhere + part);
    BOOST_TEST(saved(*store, batch({overridden(uuid(1), "away")})) == Saved::unavailable);
    for (const char* part : {"", "-wal", "-shm"}) {
        if (std::filesystem::exists(elsewhere + part)) std::filesystem::rename(elsewhere + part, options.place + part);
    }
    BOOST_TEST(saved(*store, batch({overridden(uuid(1), "back")})) == Saved::ok);
    BOOST_TEST(store->health().up);
    BOOST_TEST(number(options.place, "SELECT count(*) FROM feedback") == 2);
}

// As a restore beside the running service does.
BOOST_AUTO_TEST_CASE(that_was_replaced_takes_what_comes_then) {
    testing::TemporaryFolder folder, other;
    const StoreOptions options = in(folder), replacement = in(other);
    opened(replacement);
    const auto store = opened(options);
    BOOST_TEST(saved(*store, batch({overridden(uuid(1), "before")})) == Saved::ok);
    for (const char* part : {"", "-wal", "-shm"}) std::filesystem::remove(options.place + part);
    std::filesystem::copy_file(replacement.place, options.place);
    BOOST_TEST(saved(*store, batch({overridden(uuid(1), "after")})) == Saved::ok);
    BOOST_TEST(text(options.place, "SELECT reason_comment FROM feedback") == "after");
    BOOST_TEST(number(options.place, "SELECT count(*) FROM feedback") == 1);
}

BOOST_AUTO_TEST_SUITE_END()
