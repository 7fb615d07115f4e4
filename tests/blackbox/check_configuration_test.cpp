// serve --check-config: a start that stops before it opens or makes anything.
#include "blackbox/service_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "http/certificates.hpp"
#include "support/real_knowledge.hpp"

using namespace rectal_cds;
using namespace rectal_cds::blackbox;
namespace fs = std::filesystem;

namespace {

struct Checked {
    http::test::Folder folder;
    const std::string store = folder.path("store.sqlite");

    testing::Finished check(std::vector<std::string> flags) const {
        flags.insert(flags.end(), {"--knowledge", testing::source_folder().string(), "--check-config"});
        if (std::find(flags.begin(), flags.end(), "--store") == flags.end())
            flags.insert(flags.end(), {"--store", store});
        flags.insert(flags.begin(), {testing::program().string(), "serve"});
        return testing::run(flags);
    }
    void refuses(const std::vector<std::string>& flags, const std::string& told) const {
        const testing::Finished finished = check(flags);
        BOOST_TEST(finished.exit_code == 2);
        BOOST_TEST(finished.err.find(told) != std::string::npos, finished.err);
        BOOST_TEST(finished.out.empty(), finished.out);
    }
    std::size_t files() const {
        const fs::path parent = fs::path(store).parent_path();
        return static_cast<std::size_t>(std::distance(fs::directory_iterator(parent), {}));
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(a_checked_configuration, Checked)

BOOST_AUTO_TEST_CASE(is_well_and_nothing_was_opened_or_made) {
    testing::RunningService running(test_flags());  // whose port is taken
    const testing::Finished finished = check({"--listen", "127.0.0.1:" + std::to_string(running.port())});
    BOOST_TEST(finished.exit_code == 0, finished.err);
    BOOST_TEST(finished.out.starts_with("All is well: content "), finished.out);
    BOOST_TEST(files() == 0U);
    BOOST_TEST(running.stop() == 0);
}

BOOST_AUTO_TEST_CASE(is_well_beside_the_service_that_runs_with_it) {
    testing::RunningService running(test_flags({"--store", store}));
    BOOST_TEST(check({}).exit_code == 0);
    BOOST_TEST(running.stop() == 0);
    BOOST_TEST(check({}).exit_code == 0);
}

BOOST_AUTO_TEST_CASE(names_every_fault_at_once) {
    const std::string token = folder.write("token", "short\n");
    const std::vector<std::string> flags{"--pages-token",  token,        "--clients",      "/nowhere/clients.json",
                                         "--why-url",      "http://x/",  "--decision-log", "/nowhere/decisions",
                                         "--admin-listen", "everywhere", "--public-url",   "cds.example.org"};
    for (const char* told : {"at least 32 letters", "The client registry could not be read", "--why-url: ",
                             "--public-url: ", "/nowhere/decisions: This file cannot be written", "--admin-listen: "})
        refuses(flags, told);
    BOOST_TEST(files() == 1U);
}

BOOST_AUTO_TEST_CASE(names_a_certificate_or_knowledge_that_cannot_be_used) {
    const auto key = http::test::ec_key();
    const std::string chain = folder.write("chain.pem", http::test::pem(http::test::certificate_of(key)));
    const std::string other = folder.write("key.pem", http::test::pem(http::test::ec_key()));
    refuses({"--tls-certificate", chain, "--tls-key", other}, "The key does not belong to the certificate");
    refuses({"--site", "/nowhere"}, "/nowhere");
}

BOOST_AUTO_TEST_CASE(names_a_store_that_cannot_be_served_from) {
    refuses({"--store", "/nowhere/store.sqlite"}, "The folder of this file does not exist.");
    refuses({"--store", "postgresql://nobody@127.0.0.1:1/none", "--pseudonym-key", folder.path("key")},
            "cannot be seen: The store cannot be reached now");
    refuses({"--store", "postgresql://nobody@127.0.0.1:1/none"}, "--pseudonym-key: With PostgreSQL");
    testing::RunningService(test_flags({"--store", store})).stop();
    fs::rename(store + ".key", store + ".kept");
    refuses({}, store + ".key: This key file is missing");
    folder.write("store.sqlite.key", std::string(32, 'k'));
    refuses({}, "were made with another key");
}

BOOST_AUTO_TEST_SUITE_END()
