// What --store may name, and where a password may stand.
#include "store/place.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>

#include "store/samples.hpp"

using namespace rectal_cds;
using namespace rectal_cds::store;
namespace fs = std::filesystem;

namespace {

struct AddressFile {
    testing::TemporaryFolder folder;
    std::string file = (folder.path() / "address").string();

    std::string holding(const std::string& text, fs::perms mode = fs::perms::owner_read) {
        std::ofstream(file) << text;
        fs::permissions(file, mode);
        return "@" + file;
    }
};

std::string fault(const std::string& place) {
    const auto checked = check_place(place);
    if (checked) return "";
    return checked.error().where + " " + checked.error().what;
}

bool holds(const std::string& text, const char* part) { return text.find(part) != std::string::npos; }

}  // namespace

BOOST_FIXTURE_TEST_SUITE(the_place_of_a_store, AddressFile)

BOOST_AUTO_TEST_CASE(is_a_file_unless_it_is_an_address) {
    BOOST_TEST(!is_postgresql("rectal-cds.sqlite"));
    BOOST_TEST(!is_postgresql("/var/lib/postgresql://x"));
    BOOST_TEST(is_postgresql("postgresql://cds@db.test/cds"));
    BOOST_TEST(is_postgresql("postgres://cds@db.test/cds"));
    BOOST_TEST(is_postgresql("@/run/secrets/store"));
}

BOOST_AUTO_TEST_CASE(takes_an_address_without_a_password) {
    BOOST_TEST(fault("postgresql://cds@db.test:5432/cds") == "");
    BOOST_TEST(fault("postgresql://cds@a.test,b.test/cds?target_session_attrs=read-write&sslmode=verify-full") == "");
}

BOOST_AUTO_TEST_CASE(refuses_a_password_on_the_command_line_and_does_not_repeat_it) {
    for (const char* place :
         {"postgresql://cds:s3cret@db.test/cds", "postgresql://cds@db.test/cds?password=s3cret",
          "postgresql://cds@db.test/cds?p%61ssword=s3cret", "postgresql://db.test/cds?sslpassword=s3cret",
          "postgresql://cds:s3cret@db.test/cds?x=y"}) {
        BOOST_TEST(!fault(place).empty(), place);
        BOOST_TEST(!holds(fault(place), "s3cret"), fault(place));
    }
}

BOOST_AUTO_TEST_CASE(takes_a_file_with_an_address_and_its_password) {
    const std::string place = holding("postgresql://cds:s3cret@db.test/cds\n");
    BOOST_TEST(fault(place) == "");
    BOOST_TEST(holds(connection_text(place), "s3cret"));
    BOOST_TEST(holds(connection_text(place), "connect_timeout="));
}

BOOST_AUTO_TEST_CASE(refuses_a_file_that_others_may_read_or_that_holds_no_address) {
    const auto mode = fs::perms::owner_read | fs::perms::owner_write;
    BOOST_TEST(
        holds(fault(holding("postgresql://cds:s3cret@db.test/cds", mode | fs::perms::others_read)), "may not read the address of the store"));
    fs::permissions(file, mode);
    BOOST_TEST(holds(fault(holding("postgresql://cds:s3cret@db.test:x%/cds", mode)), "One line"));
    BOOST_TEST(!holds(fault("@" + file), "s3cret"));
    BOOST_TEST(holds(fault(holding("", mode)), "cannot be read"));
    BOOST_TEST(holds(fault("@" + file + "-none"), "cannot be read"));
}

BOOST_AUTO_TEST_CASE(lets_what_the_operator_writes_count_over_our_time_limits) {
    const std::string text = connection_text("postgresql://cds@db.test/cds?connect_timeout=9");
    BOOST_TEST(text.find("connect_timeout=2") < text.find("connect_timeout=9"));
    BOOST_TEST(holds(connection_text("postgresql://cds@db.test/cds"), "/cds?connect_timeout=2"));
}

BOOST_AUTO_TEST_SUITE_END()
