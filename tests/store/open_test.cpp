// Opening a file: what is refused at the start.
#include <boost/test/unit_test.hpp>

#include <fstream>

#include "store/samples.hpp"
#include "store/schema.hpp"

using namespace rectal_cds;
using namespace rectal_cds::store;
using namespace rectal_cds::store::test;

BOOST_FIXTURE_TEST_SUITE(opening_a_store, StorePlace)

BOOST_AUTO_TEST_CASE(creates_it_with_the_newest_schema) {
    const auto store = opened(options);
    BOOST_TEST(store->health().up);
    BOOST_TEST(number(options.place, "SELECT max(version) FROM schema_version") == newest_schema());
    BOOST_TEST(text(options.place, "PRAGMA journal_mode") == "wal");
}

BOOST_AUTO_TEST_CASE(takes_a_file_name_with_spaces_and_quotes) {
    options.place = (folder.path() / "it's a store; db=x.sqlite").string();
    opened(options);
    BOOST_TEST(number(options.place, "SELECT max(version) FROM schema_version") == newest_schema());
    options.place = (folder.path() / "a\"b").string();
    BOOST_TEST(!open_store(options).ok());
}

BOOST_AUTO_TEST_CASE(refuses_a_folder_that_does_not_exist) {
    options.place = (folder.path() / "none" / "store.sqlite").string();
    BOOST_TEST(refused() == "The folder of this file does not exist.");
}

BOOST_AUTO_TEST_CASE(refuses_a_file_that_is_no_database) {
    std::ofstream(options.place) << std::string(5000, 'x');
    BOOST_TEST(refused() == "This file is no store, or it is damaged.");
}

// Prepared statements that are not run to their end would hold it back for ever.
BOOST_AUTO_TEST_CASE(keeps_no_snapshot_that_would_hold_back_the_write_ahead_log) {
    const auto store = opened(options);
    store->record_issued(answer({1}));
    store->record_issued(answer({2}));
    await_recorded(*store, 2);
    BOOST_TEST(number(options.place, "PRAGMA wal_checkpoint(TRUNCATE)") == 0);  // 1: a reader is in the way
    store->record_issued(answer({3}));
    await_recorded(*store, 3);
    BOOST_TEST(number(options.place, "SELECT count(*) FROM issued_card") == 3);
}

BOOST_AUTO_TEST_CASE(refuses_a_damaged_database) {
    opened(options)->record_issued(answer({1, 2, 3}));
    execute(options.place, "PRAGMA wal_checkpoint(TRUNCATE)");
    std::fstream file(options.place, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(4096);  // the second page, from its header on
    file << std::string(3000, 'Z');
    file.close();
    BOOST_TEST(refused() == "This file is no store, or it is damaged.");
}

BOOST_AUTO_TEST_SUITE_END()
