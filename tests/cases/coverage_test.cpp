// What the golden cases must cover, so that none of it can be lost unnoticed.
#include <boost/test/unit_test.hpp>

#include <map>
#include <set>

#include "cases/golden_case.hpp"
#include "support/real_knowledge.hpp"

using namespace rectal_cds;
using namespace rectal_cds::testing;

namespace {

// Keys that an `unknown` case shows as unreadable: absent, or answered by an OperationOutcome.
std::set<std::string> unreadable_keys(json::Value prefetch) {
    std::set<std::string> keys;
    for (const char* key : {"observations", "procedures", "medicationRequests", "medicationAdministrations",
                            "serviceRequests", "allergies"}) {
        if (!prefetch[key].exists() || prefetch[key]["resourceType"].text() == "OperationOutcome") keys.insert(key);
    }
    return keys;
}

json::Document case_of(const GoldenCase& golden) {
    auto document = json::Document::parse(read_text(golden.folder / "case.json"));
    BOOST_TEST_REQUIRE(document.ok(), golden.folder.string());
    return std::move(document).value();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(coverage)

BOOST_AUTO_TEST_CASE(every_recommendation_has_a_case_that_fires_and_its_silent_twin) {
    std::map<std::string, std::set<std::string>> verdicts;
    for (const GoldenCase& golden : golden_cases()) verdicts[golden.recommendation].insert(golden.verdict());
    BOOST_TEST(real_knowledge().recommendations.size() == 70U);
    for (const auto& recommendation : real_knowledge().recommendations) {
        BOOST_TEST(verdicts[recommendation.id].count("fires") == 1U, recommendation.id);
        BOOST_TEST(verdicts[recommendation.id].count("silent") == 1U, recommendation.id);
    }
}

BOOST_AUTO_TEST_CASE(all_three_hooks_occur) {
    std::set<std::string> hooks;
    for (const GoldenCase& golden : golden_cases()) hooks.emplace(case_of(golden).root()["request"]["hook"].text());
    BOOST_TEST((hooks == std::set<std::string>{"order-select", "order-sign", "patient-view"}));
}

BOOST_AUTO_TEST_CASE(every_input_is_unreadable_in_some_case_that_stays_open) {
    std::set<std::string> keys;
    for (const GoldenCase& golden : golden_cases()) {
        if (golden.verdict() != "unknown") continue;
        keys.merge(unreadable_keys(case_of(golden).root()["request"]["prefetch"]));
    }
    for (const char* key : {"observations", "procedures", "medicationRequests", "medicationAdministrations",
                            "serviceRequests", "allergies"}) {
        BOOST_TEST(keys.count(key) == 1U, key);
    }
}

BOOST_AUTO_TEST_CASE(no_two_calls_share_an_instance) {
    std::map<std::string, std::string> owners;
    for (const GoldenCase& golden : golden_cases()) {
        const json::Document document = case_of(golden);
        const auto [place, is_new] =
            owners.emplace(document.root()["request"]["hookInstance"].text(), golden.folder.string());
        BOOST_TEST(is_new, golden.folder.string() << " has the hookInstance of " << place->second);
    }
}

BOOST_AUTO_TEST_SUITE_END()
