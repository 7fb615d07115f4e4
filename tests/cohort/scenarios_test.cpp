// Every scenario, taken apart into single resources as a bulk export has them: the answer is the one that the request
// gets when an EHR sends it.
#include <boost/test/unit_test.hpp>

#include <set>

#include "cdshooks/input_pages.hpp"
#include "cdshooks/prefetch.hpp"
#include "cohort/export.hpp"
#include "support/example_requests.hpp"
#include "support/hook_call.hpp"
#include "support/real_knowledge.hpp"
#include "json/writer.hpp"

namespace fs = std::filesystem;
using namespace rectal_cds;
using namespace rectal_cds::cohort_tests;

namespace {

struct Apart {
    std::vector<std::string> lines;
    std::vector<std::string> exported;
};

// What was delivered, empty searches included, was exported; what failed or is missing was not.
Apart apart(json::Value request) {
    Apart result;
    const auto add = [&](json::Value resource) { result.lines.push_back(json::Writer().value(resource).take()); };
    for (const auto [key, value] : request["prefetch"].members()) {
        const auto input = cdshooks::input_of(key);
        const bool is_read = value.is_null() || value["resourceType"].text() == "Bundle";
        if (is_read && input) result.exported.emplace_back(cdshooks::resource_type(*input));
        if (value["resourceType"].text() == "Patient") add(value);
        for (const json::Value entry : value["entry"].elements()) add(entry["resource"]);
    }
    for (const json::Value entry : request["context"]["draftOrders"]["entry"].elements()) add(entry["resource"]);
    return result;
}

std::map<std::string, std::string> of_answer(const std::string& result) {
    const auto document = json::Document::parse(result);
    BOOST_TEST_REQUIRE(document.ok(), result);
    return testing::indicators(document.value().root()["answer"]);
}

void check(json::Value scenario) {
    const json::Value request = scenario["request"];
    const std::string_view today = scenario["today"].text();
    const auto expected = json::Document::parse(testing::call(request, today).body);
    const Apart parts = apart(request);
    Export folder;
    folder.write("all.ndjson", parts.lines);
    cohort::JudgeRules judging = rules();
    judging.today = base::parse_day(today).value();
    judging.call.hook = request["hook"].text() == "order-sign" ? domain::Hook::order_sign : domain::Hook::patient_view;
    judging.call.fhir_base = request["fhirServer"].text();
    judging.with_answers = true;
    cohort::CohortOptions options = folder.options();
    options.exported = parts.exported;
    const Judged judged = folder.judge(options, judging);
    BOOST_TEST_REQUIRE(judged.lines.size() == 1U);
    BOOST_TEST(judged.faults.empty());
    const std::string result = judged.of(request["context"]["patientId"].text());
    BOOST_TEST((of_answer(result) == testing::indicators(expected.value().root())), result);
}

std::size_t check_all(std::string_view hook) {
    std::set<fs::path> files;
    for (const auto& entry : fs::directory_iterator(testing::source_folder() / "tests" / "scenarios" / "files")) {
        files.insert(entry.path());
    }
    std::size_t count = 0;
    for (const fs::path& file : files) {
        const auto scenario = json::Document::parse(testing::read_text(file));
        BOOST_TEST_REQUIRE(scenario.ok());
        if (scenario.value().root()["request"]["hook"].text() != hook) continue;
        ++count;
        BOOST_TEST_CONTEXT(file.filename().string()) { check(scenario.value().root()); }
    }
    return count;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(the_scenarios_as_an_export)

BOOST_AUTO_TEST_CASE(patients_are_judged_as_evaluate_judges_them) { BOOST_TEST(check_all("patient-view") == 124U); }
BOOST_AUTO_TEST_CASE(draft_orders_are_judged_as_evaluate_judges_them) { BOOST_TEST(check_all("order-sign") == 110U); }

BOOST_AUTO_TEST_SUITE_END()
