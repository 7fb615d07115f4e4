// rows.json is the table of the conformance rows; this holds it to the tests of this program, and requirements.json to
// both. That the rows ran and passed is for tests/conformance/summary to say.
#include <boost/test/tree/traverse.hpp>
#include <boost/test/tree/visitor.hpp>
#include <boost/test/unit_test.hpp>

#include <map>
#include <regex>
#include <set>

#include "support/real_knowledge.hpp"
#include "support/running_service.hpp"
#include "json/document.hpp"

using namespace rectal_cds;
namespace ut = boost::unit_test;
namespace fs = std::filesystem;

namespace {

const std::regex row_name("[A-Z][0-9][0-9]");

json::Document conformance_file(const char* name) {
    auto document =
        json::Document::parse(testing::read_text(testing::source_folder() / "tests" / "conformance" / name));
    BOOST_TEST_REQUIRE(document.ok(), name);
    return std::move(document).value();
}

// "K00" to "cards/K00_every_answer…" for each case that is named like a row.
std::map<std::string, std::string> tests_of_rows() {
    struct Visitor : ut::test_tree_visitor {
        bool visit(const ut::test_unit& unit) override {
            const std::string name = unit.p_name.get(), row = name.substr(0, name.find('_'));
            if (unit.p_type == ut::TUT_CASE && std::regex_match(row, row_name))
                BOOST_TEST(tests.emplace(row, unit.full_name()).second, row << " has two tests");
            return true;
        }
        std::map<std::string, std::string> tests;
    } visitor;
    ut::traverse_test_tree(ut::framework::master_test_suite(), visitor, true);
    return visitor.tests;
}

// The names of all CTest tests of this build.
std::set<std::string> ctest_names() {
    static const std::regex line(R"(add_test\(\[==\[([^\]]+)\]==\])");
    std::set<std::string> names;
    for (const auto& entry : fs::directory_iterator(testing::program().parent_path() / "tests")) {
        if (!entry.path().string().ends_with(".ctest.cmake")) continue;
        const std::string text = testing::read_text(entry.path());
        for (std::sregex_iterator found(text.begin(), text.end(), line), end; found != end; ++found)
            names.insert((*found)[1]);
    }
    return names;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(the_rows)

BOOST_AUTO_TEST_CASE(are_160_in_three_tiers) {
    const json::Document document = conformance_file("rows.json");
    std::map<std::int64_t, int> tiers;
    std::set<std::string> ids;
    for (const json::Value row : document.root()["rows"].elements()) {
        BOOST_TEST(std::regex_match(std::string(row["id"].text()), row_name));
        BOOST_TEST(ids.emplace(row["id"].text()).second, row["id"].text() << " stands there twice");
        BOOST_TEST(!row["title"].text().empty());
        ++tiers[row["tier"].integer().value_or(0)];
    }
    BOOST_TEST((tiers == std::map<std::int64_t, int>{{1, 63}, {2, 55}, {3, 42}}));
}

BOOST_AUTO_TEST_CASE(name_their_tests_and_every_test_is_named) {
    const json::Document document = conformance_file("rows.json");
    auto tests = tests_of_rows();
    for (const json::Value row : document.root()["rows"].elements()) {
        const std::string id(row["id"].text());
        BOOST_TEST(row["test"].text() == tests[id], id);
        const bool is_shown = row["test"].exists() || (row["tier"].integer() == 3 && row["shownBy"].exists());
        BOOST_TEST(is_shown, id << " has no test");
        tests.erase(id);
    }
    BOOST_TEST(tests.empty());
}

// A requirement of the specification is shown by rows, by CTest tests, or does not apply; nothing is named that is not
// there.
BOOST_AUTO_TEST_CASE(and_tests_that_requirements_name_exist) {
    if (!fs::exists(testing::source_folder() / "tests" / "conformance" / "requirements.json")) return;
    const json::Document requirements = conformance_file("requirements.json");
    const json::Document table = conformance_file("rows.json");
    std::set<std::string> rows;
    for (const json::Value row : table.root()["rows"].elements()) rows.emplace(row["id"].text());
    const auto names = ctest_names();
    BOOST_TEST(requirements.root()["requirements"].size() > 0U);
    for (const json::Value requirement : requirements.root()["requirements"].elements()) {
        BOOST_TEST_CONTEXT(requirement["id"].text()) {
            BOOST_TEST((requirement["shown_by"].size() > 0 || !requirement["not_applicable"].text().empty()));
            for (const json::Value shown : requirement["shown_by"].elements()) {
                const std::string name(shown.text());
                BOOST_TEST((rows.count(name) == 1 || names.count(name) == 1),
                           name << " is neither a row nor a CTest test");
            }
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
