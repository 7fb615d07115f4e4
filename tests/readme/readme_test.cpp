// README.md is true: its commands run, its answers come back, its files exist.
#include "readme/readme.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>

#include "readme/reader.hpp"
#include "support/child_process.hpp"
#include "support/real_knowledge.hpp"

using namespace rectal_cds;
using namespace rectal_cds::readme;
using testing::Finished;
namespace fs = std::filesystem;

namespace {

std::string readme_text() { return testing::read_text(testing::source_folder() / "README.md"); }

std::vector<std::string> topics(json::Value answer) {
    std::vector<std::string> codes;
    for (const json::Value card : answer["cards"].elements())
        codes.emplace_back(card["source"]["topic"]["code"].text());
    std::sort(codes.begin(), codes.end());
    return codes;
}

// The outputs of the commands that hold `part`.
std::vector<std::string> outputs(const std::vector<std::pair<std::string, std::string>>& typed, std::string_view part) {
    std::vector<std::string> found;
    for (const auto& [command, output] : typed) {
        if (says(command, part)) found.push_back(output);
    }
    return found;
}

json::Document parsed(const std::string& text) {
    auto document = json::Document::parse(text);
    BOOST_TEST_REQUIRE(document.ok(), "this is no JSON: " << text);
    return std::move(document).value();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(the_readme)

BOOST_AUTO_TEST_CASE(its_commands_run_and_its_cards_come_back) {
    Reader reader;
    std::vector<std::pair<std::string, std::string>> typed;
    for (const std::string& command : commands(readme_text())) {
        const Finished finished = reader.type(command);
        BOOST_TEST(finished.exit_code == 0, command << "\n" << finished.out << finished.err);
        typed.emplace_back(command, finished.out);
    }
    BOOST_TEST(reader.leave() == 0);

    BOOST_TEST_REQUIRE(outputs(typed, "curl").size() == 2U);
    const json::Document chart = parsed(outputs(typed, "curl")[0]), signing = parsed(outputs(typed, "curl")[1]);
    BOOST_TEST((topics(chart.root()) ==
                std::vector<std::string>{"deferLocoregionalAsymptomatic", "firstLineDoubletBevacizumab"}));
    BOOST_TEST((topics(signing.root()) == std::vector<std::string>{"antiEgfrRasMutant"}));
    BOOST_TEST(signing.root()["cards"].at(0)["indicator"].text() == "critical");
    for (const Block& block : blocks(readme_text())) {
        if (block.language != "json") continue;
        for (const std::string& difference : differences(parsed(block.text).root(), chart.root()))
            BOOST_ERROR(difference);
    }

    BOOST_TEST_REQUIRE(outputs(typed, "evaluate").size() == 3U);
    BOOST_TEST(parsed(outputs(typed, "evaluate")[0]).root()["cards"].size() > 0U);
    BOOST_TEST(
        parsed(outputs(typed, "--explain")[0]).root()["extension"]["org.rectal-cds.explanation"]["facts"].size() > 0U);
    BOOST_TEST(says(outputs(typed, "rectal-cds check")[0], "no errors"));
    BOOST_TEST(says(outputs(typed, "--help")[0], "evaluate"));
    BOOST_TEST(says(outputs(typed, "./dev serve")[0], "TEST CLOCK"));
}

BOOST_AUTO_TEST_CASE(its_first_two_commands_are_serve_and_test) {
    const auto typed = commands(readme_text());
    BOOST_TEST_REQUIRE(typed.size() >= 2U);
    BOOST_TEST(begins(typed[0], "./dev serve"));
    BOOST_TEST(typed[1] == "./dev test");
}

BOOST_AUTO_TEST_CASE(the_verbs_it_names_are_listed_by_dev) {
    const Finished usage = testing::run({(testing::source_folder() / "dev").string()});
    BOOST_TEST(usage.exit_code == 0);
    const auto verbs = dev_verbs(readme_text());
    BOOST_TEST(verbs.size() >= 4U);
    for (const std::string& verb : verbs)
        BOOST_TEST(says(usage.out, "\n  " + verb + ' '), "./dev " << verb << " is not listed by ./dev");
    for (const char* verb : {"serve", "test", "build", "check", "fmt", "lint", "bench"})
        BOOST_TEST(says(usage.out, std::string("\n  ") + verb + ' '), verb);
}

BOOST_AUTO_TEST_CASE(the_files_it_names_exist) {
    const auto paths = paths_below(readme_text(), testing::source_folder());
    BOOST_TEST(paths.size() > 8U);
    for (const std::string& path : paths) BOOST_TEST(exists(testing::source_folder(), path), path << " does not exist");
    for (const char* file : {"README.md", "LICENSE", ".packages"})
        BOOST_TEST(fs::exists(testing::source_folder() / file), file);
}

BOOST_AUTO_TEST_CASE(the_folders_of_its_table_exist_and_hold_what_it_says) {
    const auto rows = folder_table(readme_text());
    BOOST_TEST(rows.size() >= 5U);
    for (const FolderRow& row : rows) {
        for (const std::string& folder : row.folders)
            BOOST_TEST(exists(testing::source_folder(), folder), folder << " does not exist");
        for (const std::string& name : row.contents) {
            const bool is_there =
                exists(testing::source_folder() / row.folders[0], name) || exists(testing::source_folder(), name);
            BOOST_TEST(is_there, row.folders[0] << " does not hold " << name);
        }
    }
}

BOOST_AUTO_TEST_CASE(the_numbers_it_tells_are_those_of_the_knowledge) {
    const std::string text = readme_text();
    BOOST_TEST(
        says(text, "the " + std::to_string(testing::real_knowledge().recommendations.size()) + " recommendations"));
    BOOST_TEST(testing::real_knowledge().services.size() == 3U);
    BOOST_TEST(says(text, "three services"));
}

BOOST_AUTO_TEST_CASE(every_package_it_explains_is_installed_by_dev) {
    const std::string packages = testing::read_text(testing::source_folder() / ".packages");
    for (const char* package : {"libboost1.74-dev", "rapidjson-dev", "libsimdjson-dev", "libkainjow-mustache-dev",
                                "libcli11-dev", "libspdlog-dev", "libfmt-dev", "libboost-test1.74-dev", "curl"}) {
        BOOST_TEST(says(packages, package), package);
    }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(reading_a_readme)

BOOST_AUTO_TEST_CASE(finds_commands_and_joins_continued_lines) {
    const auto found = commands("text\n```sh\n# remark\nfirst \\\n  --flag\n\nsecond\n```\n```json\n{}\n```\n");
    BOOST_TEST((found == std::vector<std::string>{"first --flag", "second"}));
}

BOOST_AUTO_TEST_CASE(an_answer_that_differs_is_noticed) {
    const auto differ = [](const char* shown, const char* actual) {
        return differences(parsed(shown).root(), parsed(actual).root()).size();
    };
    BOOST_TEST(differ(R"({"a": "x…z", "b": ["…"], "…": "…"})", R"({"a": "xyz", "b": [1], "c": 2})") == 0U);
    BOOST_TEST(differ(R"({"a": [{"b": 1}]})", R"({"a": [{"b": 2}, {"b": 1, "c": 0}]})") == 0U);
    BOOST_TEST(differ(R"({"a": "x … y …"})", R"({"a": "x\n\ny, z"})") == 0U);
    BOOST_TEST(differ(R"({"a": "x…z"})", R"({"a": "xy"})") == 1U);
    BOOST_TEST(differ(R"({"a": "x…y…z"})", R"({"a": "xz"})") == 1U);
    BOOST_TEST(differ(R"({"a": "y…"})", R"({"a": "xy"})") == 1U);
    BOOST_TEST(differ(R"({"a": "xy…yz"})", R"({"a": "xyz"})") == 1U);
    BOOST_TEST(differ(R"({"a": "1"})", R"({"b": "1"})") == 1U);
    BOOST_TEST(differ(R"({"a": [1]})", R"({"a": []})") == 1U);
    BOOST_TEST(differ(R"({"a": true})", R"({"a": false})") == 1U);
}

BOOST_AUTO_TEST_CASE(a_path_with_a_placeholder_needs_one_file_that_fits) {
    testing::TemporaryFolder folder;
    fs::create_directories(folder.path() / "plans" / "one");
    BOOST_TEST(exists(folder.path(), "plans/"));
    BOOST_TEST(exists(folder.path(), "plans/<id>/"));
    BOOST_TEST(!exists(folder.path(), "plans/<id>.json"));
    BOOST_TEST(!exists(folder.path(), "plans/one/*"));
}

BOOST_AUTO_TEST_SUITE_END()
