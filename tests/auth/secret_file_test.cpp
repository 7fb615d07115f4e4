// Files with secrets are their user's alone.
#include "auth/secret_file.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>

#include "support/child_process.hpp"

using namespace rectal_cds;
namespace fs = std::filesystem;

namespace {

bool is_taken(fs::perms permissions) {
    const testing::TemporaryFolder folder;
    const fs::path file = folder.path() / "token";
    std::ofstream(file) << "secret\n";
    fs::permissions(file, permissions);
    return auth::check_secret_file(file.string(), "the token").ok();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(a_file_with_a_secret)

BOOST_AUTO_TEST_CASE(may_be_read_by_its_owner_and_its_group) {
    for (const unsigned mode : {0400U, 0600U, 0440U, 0640U}) BOOST_TEST(is_taken(static_cast<fs::perms>(mode)), mode);
}

BOOST_AUTO_TEST_CASE(is_refused_when_others_reach_it_or_the_group_writes_it) {
    for (const unsigned mode : {0604U, 0602U, 0601U, 0660U, 0644U, 0620U})
        BOOST_TEST(!is_taken(static_cast<fs::perms>(mode)), mode);
}

BOOST_AUTO_TEST_CASE(is_named_with_what_it_holds) {
    const testing::TemporaryFolder folder;
    const std::string file = (folder.path() / "token").string();
    BOOST_TEST(auth::check_secret_file(file, "the token").ok(), "Who reads it finds that it is absent.");
    std::ofstream(file) << "secret\n";
    fs::permissions(file, static_cast<fs::perms>(0644));
    const auto refused = auth::check_secret_file(file, "the token");
    BOOST_TEST_REQUIRE(!refused.ok());
    BOOST_TEST(refused.error().where == file);
    BOOST_TEST(refused.error().what ==
               "Others than the owner and the group may not read the token (mode 0600 or 0440).");
}

BOOST_AUTO_TEST_SUITE_END()
