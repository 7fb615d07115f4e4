// The key of the pseudonyms: made once, readable by its owner alone.
#include "store/key_file.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "auth/pseudonym.hpp"
#include "support/child_process.hpp"

using namespace rectal_cds;
using namespace rectal_cds::store;
namespace fs = std::filesystem;

namespace {

struct KeyFile {
    testing::TemporaryFolder folder;
    std::string file = (folder.path() / "pseudonyms.key").string();

    void write(const std::string& bytes) const {
        std::ofstream(file, std::ios::binary) << bytes;
        fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(the_key_file, KeyFile)

BOOST_AUTO_TEST_CASE(is_created_for_its_owner_alone_and_read_again) {
    const auto created = read_or_create_key(file), read = read_or_create_key(file);
    BOOST_TEST_REQUIRE(created.ok());
    BOOST_TEST_REQUIRE(read.ok());
    BOOST_TEST((created.value().reveal() == read.value().reveal()));
    BOOST_TEST(created.value().reveal().size() == 32U);
    BOOST_TEST((fs::status(file).permissions() == (fs::perms::owner_read | fs::perms::owner_write)));
    BOOST_TEST(std::distance(fs::directory_iterator(folder.path()), {}) == 1);
}

BOOST_AUTO_TEST_CASE(is_created_with_a_new_store_and_not_beside_what_is_none) {
    BOOST_TEST(key_of_store(file, (folder.path() / "store.sqlite").string()).ok());
    const std::string other = (folder.path() / "letter.txt").string();
    std::ofstream(other) << "This is no database, and long enough to be seen as none. " << std::string(4096, '.');
    const auto refused = key_of_store(file + "2", other);
    BOOST_TEST_REQUIRE(!refused.ok());
    BOOST_TEST(refused.error().where == other);
    BOOST_TEST(!fs::exists(file + "2"));
}

BOOST_AUTO_TEST_CASE(is_another_one_in_another_place) {
    const auto one = read_or_create_key(file), other = read_or_create_key(file + "2");
    BOOST_TEST((one.value().reveal() != other.value().reveal()));
}

BOOST_AUTO_TEST_CASE(of_ones_own_is_taken_whole) {
    write(std::string(40, 'k'));
    const auto key = read_or_create_key(file);
    BOOST_TEST_REQUIRE(key.ok());
    BOOST_TEST((key.value().reveal() == std::string(40, 'k')));
}

BOOST_AUTO_TEST_CASE(is_refused_when_short) {
    write(std::string(31, 'k'));
    BOOST_TEST(read_or_create_key(file).error().what == "At least 32 bytes are expected as the key of the pseudonyms.");
}

BOOST_AUTO_TEST_CASE(is_refused_when_others_may_read_it) {
    for (const fs::perms too_much : {fs::perms::others_read, fs::perms::group_write}) {
        write(std::string(32, 'k'));
        fs::permissions(file, too_much, fs::perm_options::add);
        BOOST_TEST(read_or_create_key(file).error().what ==
                   "Others than the owner and the group may not read the key of the pseudonyms (mode 0600 or 0440).");
        fs::remove(file);
    }
}

// As Kubernetes mounts a secret for a user that is not root.
BOOST_AUTO_TEST_CASE(may_be_read_by_the_group) {
    write(std::string(32, 'k'));
    fs::permissions(file, fs::perms::owner_read | fs::perms::group_read);
    BOOST_TEST(read_or_create_key(file).ok());
}

BOOST_AUTO_TEST_CASE(with_a_further_key_gives_each_patient_the_pseudonym_of_the_pseudonym) {
    write(std::string(32, 'k'));
    const auth::Pseudonyms before(std::move(read_key(file)).value());
    BOOST_TEST_REQUIRE(write_next_key(file, file + ".next").ok());
    const auth::Pseudonyms after(std::move(read_key(file + ".next")).value());
    BOOST_TEST(before.of("ehr", "1") != after.of("ehr", "1"));
    BOOST_TEST(after.renewed(before.of("ehr", "1")) == after.of("ehr", "1"));
    BOOST_TEST(before.fingerprint() != after.fingerprint());
    BOOST_TEST_REQUIRE(write_next_key(file + ".next", file + ".third").ok());
    const auth::Pseudonyms third(std::move(read_key(file + ".third")).value());
    BOOST_TEST(third.renewed(after.of("ehr", "1")) == third.of("ehr", "1"));
    BOOST_TEST((fs::status(file + ".next").permissions() == (fs::perms::owner_read | fs::perms::owner_write)));
}

BOOST_AUTO_TEST_CASE(is_refused_when_one_of_several_keys_is_not_one) {
    const std::string first = std::string(auth::Pseudonyms::several_keys) + "\n";
    write(first + std::string(64, 'a') + "\n" + std::string(64, 'g') + "\n");
    BOOST_TEST(!read_key(file).ok());
    fs::remove(file);
    write(first);
    BOOST_TEST(!read_key(file).ok());
    fs::remove(file);
    write(first + std::string(64, 'a') + "\n");
    BOOST_TEST(read_key(file).ok());
}

BOOST_AUTO_TEST_CASE(is_refused_when_it_is_a_folder_or_has_none) {
    BOOST_TEST(!read_or_create_key(folder.path().string()).ok());
    BOOST_TEST(!read_or_create_key((folder.path() / "none" / "key").string()).ok());
}

BOOST_AUTO_TEST_SUITE_END()
