// The key of the pseudonyms: made once, readable by its owner alone.
#include "store/key_file.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "support/child_process.hpp"

using namespace rectal_cds;
using store::read_or_create_key;
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
    write(std::string(32, 'k'));
    fs::permissions(file, fs::perms::group_read, fs::perm_options::add);
    BOOST_TEST(read_or_create_key(file).error().what ==
               "Only the owner may have access to the key of the pseudonyms (mode 0600).");
}

BOOST_AUTO_TEST_CASE(is_refused_when_it_is_a_folder_or_has_none) {
    BOOST_TEST(!read_or_create_key(folder.path().string()).ok());
    BOOST_TEST(!read_or_create_key((folder.path() / "none" / "key").string()).ok());
}

BOOST_AUTO_TEST_SUITE_END()
