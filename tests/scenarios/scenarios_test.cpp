// Every scenario through the whole pipeline, exactly: the recommendations that fire and their indicators, over all 70,
// and the form of every answer. One suite a dialect, so that a broken encoding shows at once.
#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <set>
#include <sstream>

#include "support/answer_form.hpp"
#include "support/hook_call.hpp"
#include "support/real_knowledge.hpp"

namespace fs = std::filesystem;
using namespace rectal_cds;
using rectal_cds::testing::source_folder;

namespace {

std::set<fs::path> files_of(const std::string& dialect) {
    std::set<fs::path> files;
    for (const auto& entry : fs::directory_iterator(source_folder() / "tests" / "scenarios" / "files")) {
        // "022-mcode-loinc.json": the number, a dash, the dialect.
        if (entry.path().stem().string().substr(4) == dialect) files.insert(entry.path());
    }
    return files;
}

std::string in_words(const std::map<std::string, std::string>& indicators) {
    std::string text;
    for (const auto& [id, indicator] : indicators) text += "\n  " + id + " " + indicator;
    return text.empty() ? "\n  nothing" : text;
}

std::map<std::string, std::string> expected_of(json::Value expect) {
    std::map<std::string, std::string> expected;
    for (const json::Member member : expect["indicators"].members()) expected.emplace(member.name, member.value.text());
    return expected;
}

// What could not be assessed is told on a card of its own, which is no recommendation.
enum class Judged { recommendations_only, also_what_was_not_assessed };

void check_scenario(json::Value scenario, Judged judged) {
    const std::string_view today = scenario["today"].text();
    const testing::CallResult result = testing::call(scenario["request"], today);
    BOOST_TEST(result.status == 200, result.body);
    auto answer = json::Document::parse(result.body);
    BOOST_TEST_REQUIRE(answer.ok(), "The answer is not JSON.");
    auto found = testing::indicators(answer.value().root());
    if (judged == Judged::recommendations_only) found.erase("notAssessed");
    const auto expected = expected_of(scenario["expect"]);
    BOOST_TEST((found == expected), "expected:" << in_words(expected) << "\nfound:" << in_words(found));
    for (const json::Value id : scenario["expect"]["mustNotFire"].elements())
        BOOST_TEST(found.count(std::string(id.text())) == 0U, id.text());
    for (const std::string& breach : testing::form_breaches(answer.value().root(), scenario["request"], today))
        BOOST_ERROR(breach);
}

// `count` keeps a scenario from being lost with its file.
void check_dialect(const std::string& dialect, std::size_t count) {
    const std::set<fs::path> files = files_of(dialect);
    BOOST_TEST(files.size() == count);
    for (const fs::path& file : files) {
        BOOST_TEST_CONTEXT(file.filename().string()) {
            auto scenario = json::Document::parse(testing::read_text(file));
            BOOST_TEST_REQUIRE(scenario.ok(), "The scenario is not JSON.");
            check_scenario(scenario.value().root(), Judged::recommendations_only);
        }
    }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(mcode)
BOOST_AUTO_TEST_CASE(snomed_staging_and_variant_observations_with_components) { check_dialect("mcode", 119); }
BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(mcode_loinc)
BOOST_AUTO_TEST_CASE(loinc_staging_single_gene_tests_and_absent_keys) { check_dialect("mcode-loinc", 39); }
BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(plain_us)
BOOST_AUTO_TEST_CASE(icd_10_cm_cpt_product_codes_and_results_as_text) { check_dialect("plain-us", 40); }
BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(epic)
BOOST_AUTO_TEST_CASE(oids_absolute_references_and_medications_by_reference) { check_dialect("epic", 40); }
BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(odd_forms)
BOOST_AUTO_TEST_CASE(one_patient_with_one_odd_entry_each) {
    std::size_t count = 0;
    for (const auto& entry : fs::directory_iterator(source_folder() / "tests" / "scenarios" / "odd")) {
        std::istringstream lines(testing::read_text(entry.path()));
        for (std::string line; std::getline(lines, line); ++count) {
            auto scenario = json::Document::parse(line);
            BOOST_TEST_REQUIRE(scenario.ok(), "The scenario is not JSON.");
            const json::Value root = scenario.value().root();
            BOOST_TEST_CONTEXT(root["name"].text()) { check_scenario(root, Judged::also_what_was_not_assessed); }
        }
    }
    BOOST_TEST(count == 437U);
}
BOOST_AUTO_TEST_SUITE_END()
