// A store that is brought back, and the key of its pseudonyms (deploy/README.md, Looking after the store).
#include "blackbox/service_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>

using namespace rectal_cds;
using namespace rectal_cds::blackbox;
namespace fs = std::filesystem;

namespace {

struct RestoredStore {
    testing::TemporaryFolder folder;
    const std::string first = (folder.path() / "first.sqlite").string(), copy = (folder.path() / "copy").string();
    const std::string store = (folder.path() / "restored.sqlite").string();

    RestoredStore() {
        BOOST_TEST(testing::RunningService(with(first)).stop() == 0);
        run_store({"backup", "--store", first, "--to", copy});
        run_store({"restore", "--store", store, "--from", copy});
    }
    static std::vector<std::string> with(const std::string& place) { return test_flags({"--store", place}); }
    static void run_store(std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), {testing::program().string(), "store"});
        const testing::Finished done = testing::run(arguments);
        BOOST_TEST_REQUIRE(done.exit_code == 0, done.err);
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(a_restored_store, RestoredStore)

BOOST_AUTO_TEST_CASE(is_served_with_the_key_it_was_made_with) {
    fs::copy_file(first + ".key", store + ".key");
    BOOST_TEST(testing::RunningService(with(store)).stop() == 0);
}

BOOST_AUTO_TEST_CASE(is_not_served_without_it_and_no_other_key_is_made) {
    std::vector<std::string> command{testing::program().string(), "serve"};
    for (const std::string& flag : with(store)) command.push_back(flag);
    const testing::Finished refused = testing::run(command);
    BOOST_TEST(refused.exit_code == 2);
    BOOST_TEST(refused.err.find(store + ".key: This key file is missing") != std::string::npos, refused.err);
    for (const auto& entry : fs::directory_iterator(folder.path()))
        BOOST_TEST(!entry.path().filename().string().starts_with("restored.sqlite."), entry.path());
}

BOOST_AUTO_TEST_CASE(keeps_its_key_while_it_is_served) {
    fs::copy_file(first + ".key", store + ".key");
    testing::RunningService service(with(store));
    const testing::Finished refused =
        testing::run({testing::program().string(), "store", "rotate-key", "--store", store});
    BOOST_TEST(refused.exit_code == 2);
    BOOST_TEST(refused.err.find("Another program has this store open") != std::string::npos, refused.err);
    BOOST_TEST(service.stop() == 0);
    run_store({"rotate-key", "--store", store});
}

BOOST_AUTO_TEST_SUITE_END()

// An erasure that found nothing for a misspelt id would be believed.
BOOST_FIXTURE_TEST_CASE(a_line_that_is_no_id_erases_nothing, RestoredStore) {
    const auto erase = [&](const std::string& ids) {
        const std::string file = (folder.path() / "ids").string();
        std::ofstream(file) << ids;
        return testing::run({testing::program().string(), "store", "erase", "--store", first, "--client", "sandbox",
                             "--patients", file});
    };
    BOOST_TEST(erase("pat-002\r\n\npat-003\n").exit_code == 0);
    for (const char* line : {"Patient/pat-002", "pat-002 ", " pat-002"}) {
        const testing::Finished refused = erase(std::string("pat-001\n") + line + "\n");
        BOOST_TEST(refused.exit_code == 2, line);
        BOOST_TEST(refused.err.find("line 2: ") != std::string::npos, refused.err);
        BOOST_TEST(refused.err.find("pat-00") == std::string::npos, refused.err);
    }
}
