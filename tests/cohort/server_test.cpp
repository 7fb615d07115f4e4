// A FHIR server as the input: the same results as over an export of the same patients, and what is not read is told.
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "cdshooks/input_pages.hpp"
#include "cohort/served.hpp"
#include "support/example_requests.hpp"
#include "support/real_knowledge.hpp"
#include "json/writer.hpp"

namespace fs = std::filesystem;
using namespace rectal_cds;
using namespace rectal_cds::cohort_tests;

namespace {

// Everything that a scenario was sent, as a server would hold it; empty when a key failed or is missing.
std::vector<std::string> resources_of(json::Value request) {
    std::vector<std::string> all;
    for (const auto [key, value] : request["prefetch"].members()) {
        const bool is_read = value.is_null() || value["resourceType"].text() == "Bundle" || key == "patient";
        if (!is_read || value["link"].exists()) return {};
        if (value["resourceType"].text() == "Patient") all.push_back(json::Writer().value(value).take());
        for (const json::Value entry : value["entry"].elements()) {
            if (entry["resource"]["resourceType"].text() == "OperationOutcome") return {};
            all.push_back(json::Writer().value(entry["resource"]).take());
        }
    }
    for (const json::Value entry : request["context"]["draftOrders"]["entry"].elements())
        all.push_back(json::Writer().value(entry["resource"]).take());
    return all;
}

std::vector<std::string> every_type() {
    std::vector<std::string> types;
    for (int i = 0; i < domain::input_count; ++i)
        types.emplace_back(cdshooks::resource_type(static_cast<domain::Input>(i)));
    return types;
}

// As an export of the same server has them.
Judged exported(const std::vector<std::string>& resources, const cohort::JudgeRules& judging) {
    Export folder;
    folder.write("all.ndjson", resources);
    cohort::CohortOptions options = folder.options();
    options.exported = every_type();
    Judged judged = folder.judge(options, judging);
    std::sort(judged.lines.begin(), judged.lines.end());
    return judged;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(a_fhir_server_as_the_input)

BOOST_AUTO_TEST_CASE(gives_the_results_that_an_export_of_its_patients_gives) {
    const auto all = patients(7);
    const Judged by_export = exported(all, rules());
    const Served served(all);
    const Judged by_server = served.over();
    BOOST_TEST_REQUIRE(by_server.outcome.has_value(), by_server.error);
    BOOST_TEST_REQUIRE(by_server.lines.size() == 7U);
    for (std::size_t i = 0; i < 7; ++i) BOOST_TEST(by_server.lines[i] == by_export.lines[i]);
    BOOST_TEST(by_server.outcome->all_well());
    BOOST_TEST(served.server.count("Patient?_elements=id&_count=500") == 3U, "two further pages");
    for (const std::string& sent : served.server.authorizations()) BOOST_TEST(sent.empty());
}

BOOST_AUTO_TEST_CASE(gives_the_results_of_an_export_for_scenarios) {
    std::size_t count = 0, number = 0;
    for (const auto& entry : fs::directory_iterator(testing::source_folder() / "tests" / "scenarios" / "files")) {
        if (++number % 4 != 0) continue;  // all of them take half a minute on a busy machine
        const auto scenario = json::Document::parse(testing::read_text(entry.path()));
        const json::Value request = scenario.value().root()["request"];
        const auto resources = resources_of(request);
        if (resources.empty() || request["hook"].text() == "order-select" || request["fhirServer"].exists()) continue;
        cohort::JudgeRules judging = rules();
        judging.today = base::parse_day(scenario.value().root()["today"].text()).value();
        judging.call.hook =
            request["hook"].text() == "order-sign" ? domain::Hook::order_sign : domain::Hook::patient_view;
        const Judged by_export = exported(resources, judging);
        if (!by_export.faults.empty() || by_export.lines.size() != 1) continue;
        ++count;
        const Served served(resources);
        const Judged judged = served.over(served.options(), judging);
        BOOST_TEST_CONTEXT(entry.path().filename().string()) {
            BOOST_TEST_REQUIRE(judged.lines.size() == 1U);
            BOOST_TEST(judged.lines.front() == by_export.lines.front());
        }
    }
    BOOST_TEST(count > 30U);
}

BOOST_AUTO_TEST_CASE(judges_those_that_a_search_or_a_list_of_ids_names_and_each_once) {
    auto all = patients(3);
    all.push_back(R"({"resourceType":"Patient","id":"healthy","birthDate":"1970-01-01"})");
    Served served(all);
    cohort::CohortOptions options = served.options();
    options.server->lists = {"Condition?code=C20,254582000,363351006&_elements=subject", "Patient?_count=1"};
    BOOST_TEST(served.over(options, rules()).lines.size() == 4U);
    options.server->lists = {"Condition?code=C20,254582000,363351006&_elements=subject"};
    const Judged diagnosed = served.over(options, rules());
    BOOST_TEST(diagnosed.lines.size() == 3U);
    BOOST_TEST(diagnosed.of("healthy").empty());
    options.server->lists.clear();
    served.write("ids", {"p1", "Patient/healthy", "", "two words"});
    options.input.files = {{(served.path() / "ids").string(), false, 10, 0}};
    const Judged listed = served.over(options, rules());
    BOOST_TEST(listed.lines.size() == 2U);
    BOOST_TEST_REQUIRE(listed.faults.size() == 1U);
    BOOST_TEST(listed.faults.front() == "ids:4: This is no id of a patient.");
}

BOOST_AUTO_TEST_CASE(that_fails_in_a_part_is_told_as_unread_and_never_as_absent) {
    Served served(patients(2));
    served.server.script = [](const std::string& target) {
        return says(target, "Observation?patient=p1") ? failure(500) : http::Response{0, {}, ""};
    };
    const Judged judged = served.over();
    BOOST_TEST(says(judged.of("p1"), R"("observations":"unreadable")"), judged.of("p1"));
    BOOST_TEST(says(judged.of("p1"), R"("unread":{"observations":"overloaded"})"), judged.of("p1"));
    BOOST_TEST(says(judged.of("p1"), R"("id":"data-unavailable")"), judged.of("p1"));
    BOOST_TEST(!says(judged.of("p1"), "first-line-doublet-bevacizumab\",\"indicator"));
    BOOST_TEST(says(judged.of("p0"), R"("id":"first-line-doublet-bevacizumab")"), judged.of("p0"));
    BOOST_TEST(!says(judged.of("p0"), "unread\""));
    BOOST_TEST(!judged.outcome->all_well());
    BOOST_TEST(says(cohort::summary_json(*judged.outcome), R"("observations: overloaded": 1)"));
}

BOOST_AUTO_TEST_CASE(whose_patient_cannot_be_read_is_an_error_of_that_patient) {
    Served served(patients(2));
    served.server.script = [](const std::string& target) {
        return target == "Patient/p1" ? failure(404) : http::Response{0, {}, ""};
    };
    const Judged judged = served.over();
    BOOST_TEST(says(judged.of("p1"), R"("status":412)"), judged.of("p1"));
    BOOST_TEST(says(judged.of("p0"), R"("status":200)"));
    BOOST_TEST(judged.outcome->tally.refused() == 1U);
}

BOOST_AUTO_TEST_CASE(that_answers_with_another_patients_data_is_believed_for_nobody) {
    Served served(patients(2));
    served.server.script = [&](const std::string& target) {
        if (!says(target, "Condition?patient=p1")) return http::Response{0, {}, ""};
        http::Response other{200, {{"Content-Type", "application/fhir+json"}}, ""};
        other.body = R"({"resourceType":"Bundle","type":"searchset","entry":[{"resource":{"resourceType":"Condition",)"
                     R"("id":"c","subject":{"reference":"Patient/p0"},"code":{"text":"x"}}}]})";
        return other;
    };
    const Judged judged = served.over();
    BOOST_TEST(says(judged.of("p1"), R"("status":400)"), judged.of("p1"));
    BOOST_TEST(says(judged.of("p0"), R"("status":200)"));
}

BOOST_AUTO_TEST_CASE(gets_the_token_with_every_request_and_the_renewed_one_when_there_is_one) {
    const Served served(patients(2));
    cohort::CohortOptions options = served.options();
    std::atomic<int> asked{0};
    options.server->walk.token = [&asked] {
        return base::Result<std::shared_ptr<const auth::Secret>>(
            std::make_shared<const auth::Secret>("token-" + std::to_string(++asked)));
    };
    BOOST_TEST(served.over(options, rules()).lines.size() == 2U);
    const auto sent = served.server.authorizations();
    BOOST_TEST(std::count_if(sent.begin(), sent.end(), [](const auto& one) {
                   return one.rfind("Bearer token-", 0) == 0;
               }) == static_cast<std::ptrdiff_t>(sent.size()));
    BOOST_TEST(asked > 2);
}

BOOST_AUTO_TEST_CASE(that_is_gone_ends_the_run_which_goes_on_when_it_is_back) {
    Served served(patients(40));
    std::atomic<bool> is_gone{false};
    std::atomic<int> patients_read{0};
    served.server.script = [&](const std::string& target) {
        if (says(target, "Patient/") && ++patients_read == 15) is_gone = true;
        return is_gone ? failure(503) : http::Response{0, {}, ""};
    };
    cohort::CohortOptions options = served.options();
    options.results = served.outside("results").string();
    options.server->most_lost = 3;
    options.resume = true;
    const Judged first = served.over(options, rules());
    BOOST_TEST(says(first.error, "several patients in a row"), first.error);
    BOOST_TEST(fs::exists(options.results + ".patients"));
    is_gone = false;
    const Judged second = served.over(options, rules());
    BOOST_TEST_REQUIRE(second.outcome.has_value(), second.error);
    BOOST_TEST(second.lines.size() == 40U);
    BOOST_TEST(second.outcome->resumed > 0U);
    BOOST_TEST(second.outcome->resumed < 40U);
    BOOST_TEST(served.server.count("Patient?") == 14U, "the list is not asked for again");
    BOOST_TEST(!fs::exists(options.results + ".patients"));
    const Served again(patients(40));
    const Judged whole = again.over();
    for (std::size_t i = 0; i < 40; ++i) {
        if (!says(second.lines[i], "unread")) BOOST_TEST(second.lines[i] == whole.lines[i]);
    }
}

BOOST_AUTO_TEST_SUITE_END()
