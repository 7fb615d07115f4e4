// The key of the pseudonyms and the store that was made with it: none other is made, and a further one renames
// everybody.
#include <boost/test/unit_test.hpp>

#include <filesystem>

#include "store/maintenance.hpp"
#include "store/place.hpp"
#include "store/stored_patients.hpp"

using namespace rectal_cds;
using namespace rectal_cds::store;
using namespace rectal_cds::store::test;
namespace fs = std::filesystem;

BOOST_FIXTURE_TEST_SUITE(the_key_of_a_store, StoreWithPatients)

BOOST_AUTO_TEST_CASE(is_not_made_anew_where_pseudonyms_were_made_with_one_that_is_missing) {
    BOOST_TEST(key_of_store(key, options.place).ok());
    const std::string missing = (folder.path() / "missing").string();
    for (const char* without : {"", "DELETE FROM pseudonym_key"}) {
        if (*without != '\0') execute(options.place, without);
        const auto refused = key_of_store(missing, options.place);
        BOOST_TEST_REQUIRE(!refused.ok());
        BOOST_TEST(refused.error().where == missing);
        BOOST_TEST(refused.error().what == "This key file is missing, and the pseudonyms in the store " +
                                               options.place +
                                               " were made with it. Put it back, or name its place with "
                                               "--pseudonym-key; no other key fits.");
        BOOST_TEST(!fs::exists(missing));
    }
}

BOOST_AUTO_TEST_CASE(is_made_for_a_store_that_holds_no_pseudonyms) {
    for (const char* table : {"pseudonym_key", "issued_card"})
        execute(options.place, std::string("DELETE FROM ") + table);
    const std::string made = (folder.path() / "made").string();
    BOOST_TEST(key_of_store(made, options.place).ok());
    BOOST_TEST(fs::exists(made));
}

BOOST_AUTO_TEST_CASE(is_not_made_where_it_cannot_be_seen_whether_one_is_needed) {
    const std::string missing = (folder.path() / "missing").string();
    const auto refused = key_of_store(missing, "postgresql://nobody@127.0.0.1:1/none");
    BOOST_TEST_REQUIRE(!refused.ok());
    BOOST_TEST(refused.error().where == missing);
    BOOST_TEST(!fs::exists(missing));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(another_key, StoreWithPatients)

BOOST_AUTO_TEST_CASE(renames_every_patient_and_recognises_them) {
    BOOST_TEST_REQUIRE(erase_patients(options.place, {second}, now).ok());
    const std::string head = chain().head;
    const auto changed = rotate_key(options.place, key, now);
    BOOST_TEST_REQUIRE(changed.ok(), (changed ? "" : changed.error().what));
    BOOST_TEST(changed.value() == 1U);
    const std::string renamed = pseudonyms_in(key).of(client, "1");
    BOOST_TEST(renamed != first);
    BOOST_TEST(rows("issued_card WHERE patient = '" + renamed + "'") == 1);
    BOOST_TEST(rows("audit WHERE record LIKE '%" + renamed + "%'") == 1);
    BOOST_TEST(rows("audit WHERE record LIKE '%" + first + "%'") == 0);
    BOOST_TEST(rows("audit WHERE record LIKE '%\"digestBefore\":\"" + head + "\"%'") == 1);
    BOOST_TEST(chain().erased == 1U);
    BOOST_TEST(!open_store(options).ok(), "A node with the old key is refused.");
    options.key_fingerprint = pseudonyms_in(key).fingerprint();
    BOOST_TEST(saved(*opened(options), batch({overridden(uuid(1), "goes on")})) == Saved::ok);
    BOOST_TEST_REQUIRE(rotate_key(options.place, key, now).ok());
    BOOST_TEST(erase_patients(options.place, {pseudonyms_in(key).of(client, "1")}, now).value().cards == 1U);
    BOOST_TEST(chain().erased == 2U);
}

// After the commit, before the file took its place.
BOOST_AUTO_TEST_CASE(is_taken_up_again_where_it_was_cut_short) {
    fs::copy_file(key, key + ".before");
    BOOST_TEST_REQUIRE(rotate_key(options.place, key, now).ok());
    fs::rename(key, key + ".next");
    fs::rename(key + ".before", key);
    const auto again = rotate_key(options.place, key, now);
    BOOST_TEST_REQUIRE(again.ok(), (again ? "" : again.error().what));
    BOOST_TEST(again.value() == 0U);
    BOOST_TEST(rows("issued_card WHERE patient = '" + pseudonyms_in(key).of(client, "1") + "'") == 1);
    BOOST_TEST(!fs::exists(key + ".next"));
}

// As after a restore of store and key to what they were before a rotation that was broken off.
BOOST_AUTO_TEST_CASE(is_refused_beside_a_next_key_of_another_file) {
    const std::string other = (folder.path() / "other").string();
    const auto made = pseudonyms_in(other);
    fs::copy_file(other, key + ".next");
    const auto refused = rotate_key(options.place, key, now);
    BOOST_TEST_REQUIRE(!refused.ok());
    BOOST_TEST(refused.error().where == key + ".next");
    BOOST_TEST(pseudonyms_in(key).of(client, "1") == first);
    fs::remove(key + ".next");
    BOOST_TEST(rotate_key(options.place, key, now).ok());
}

BOOST_AUTO_TEST_CASE(is_refused_while_a_service_runs_and_changes_nothing) {
    const auto running = opened(options);
    const auto refused = rotate_key(options.place, key, now);
    BOOST_TEST_REQUIRE(!refused.ok());
    BOOST_TEST(refused.error().what ==
               "Another program has this store open, as a running service does; stop it first. Nothing was changed.");
    BOOST_TEST(!fs::exists(key + ".next"));
    BOOST_TEST(rows("issued_card WHERE patient = '" + first + "'") == 1);
    BOOST_TEST(saved(*running, batch({overridden(uuid(1), "goes on")})) == Saved::ok);
}

BOOST_AUTO_TEST_CASE(is_refused_for_a_store_of_other_pseudonyms) {
    execute(options.place, "UPDATE pseudonym_key SET fingerprint = 'x'");
    BOOST_TEST(!rotate_key(options.place, key, now).ok());
    BOOST_TEST(rows("issued_card WHERE patient = '" + first + "'") == 1);
}

BOOST_AUTO_TEST_SUITE_END()
