// GET /cds-services from outside: what an EHR learns before its first call (conformance-cases.md, rows D).
#include "blackbox/service_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <map>
#include <regex>

#include "json/document.hpp"

using namespace rectal_cds;
using namespace rectal_cds::blackbox;

namespace {

using Templates = std::vector<std::pair<std::string, std::string>>;

// local-codes.md, 1: eight keys for each hook; reports are read at patient-view, allergies when orders are made.
Templates expected_prefetch(std::string_view hook) {
    Templates templates{
        {"patient", "Patient/{{context.patientId}}"},
        {"conditions", "Condition?patient={{context.patientId}}&_count=200"},
        {"observations", "Observation?patient={{context.patientId}}&_sort=-date&_count=500"},
        {"procedures", "Procedure?patient={{context.patientId}}&_count=200"},
        {"medicationRequests", "MedicationRequest?patient={{context.patientId}}&_count=500"},
        {"medicationAdministrations", "MedicationAdministration?patient={{context.patientId}}&_count=500"},
        {"serviceRequests", "ServiceRequest?patient={{context.patientId}}&_count=200"},
    };
    if (hook == "patient-view")
        templates.emplace_back("diagnosticReports",
                               "DiagnosticReport?patient={{context.patientId}}&_sort=-date&_count=200");
    else
        templates.emplace_back("allergies", "AllergyIntolerance?patient={{context.patientId}}&_count=200");
    return templates;
}

void expect_nothing_empty(json::Value value) {
    BOOST_TEST(!value.is_null());
    if (value.is_string()) BOOST_TEST(value.text().find_first_not_of(" \t\n") != std::string_view::npos);
    if (value.is_object() || value.is_array()) BOOST_TEST(value.size() > 0U);
    for (const json::Member member : value.members()) expect_nothing_empty(member.value);
    for (const json::Value element : value.elements()) expect_nothing_empty(element);
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(discovery, ServiceFixture)

BOOST_AUTO_TEST_CASE(D01_D02_lists_one_service_for_each_hook_with_its_exact_prefetch) {
    const HttpAnswer answer = ask("GET", "/cds-services", {{"Accept", "application/json"}});
    BOOST_TEST(answer.status == 200);
    BOOST_TEST(answer.header("Content-Type") == "application/json");
    const auto document = json::Document::parse(answer.body);
    BOOST_TEST_REQUIRE(document.ok());
    const json::Value services = document.value().root()["services"];
    BOOST_TEST_REQUIRE(services.size() == 3U);
    std::set<std::string> hooks;
    for (const json::Value entry : services.elements()) {
        const std::string hook(entry["hook"].text());
        hooks.insert(hook);
        BOOST_TEST(entry["id"].text() == "rectal-cancer-" + hook);
        BOOST_TEST(!entry["title"].text().empty());
        BOOST_TEST(!entry["description"].text().empty());
        BOOST_TEST(!entry["usageRequirements"].text().empty());
        Templates templates;
        for (const json::Member member : entry["prefetch"].members())
            templates.emplace_back(member.name, member.value.text());
        BOOST_TEST((templates == expected_prefetch(hook)), "the prefetch of " << hook << " is not the agreed one");
    }
    BOOST_TEST((hooks == std::set<std::string>{"patient-view", "order-select", "order-sign"}));
}

BOOST_AUTO_TEST_CASE(D03_holds_no_null_and_nothing_empty) {
    const auto document = json::Document::parse(get("/cds-services").body);
    BOOST_TEST_REQUIRE(document.ok());
    expect_nothing_empty(document.value().root());
}

BOOST_AUTO_TEST_CASE(D05_every_listed_id_answers_a_post) {
    const auto document = json::Document::parse(get("/cds-services").body);
    BOOST_TEST_REQUIRE(document.ok());
    const std::map<std::string_view, std::string> bodies{
        {"patient-view", patient_view()}, {"order-select", order_select()}, {"order-sign", order_sign()}};
    static const std::regex safe_id("[A-Za-z0-9._-]+");
    for (const json::Value entry : document.value().root()["services"].elements()) {
        const std::string id(entry["id"].text());
        BOOST_TEST(std::regex_match(id, safe_id));
        BOOST_TEST(
            ask("POST", "/cds-services/" + id, {{"Content-Type", "application/json"}}, bodies.at(entry["hook"].text()))
                .status == 200);
    }
}

// D07: no token but those of CDS Hooks 2.0, none that an optional context member could leave empty.
BOOST_AUTO_TEST_CASE(D07_prefetch_uses_no_token_but_the_patient_id) {
    static const std::regex token(R"(\{\{([^}]*)\}\})");
    const std::string body = get("/cds-services").body;
    std::size_t tokens = 0;
    for (std::sregex_iterator found(body.begin(), body.end(), token), end; found != end; ++found, ++tokens)
        BOOST_TEST((*found)[1] == "context.patientId");
    BOOST_TEST(tokens == 24U);
}

BOOST_AUTO_TEST_CASE(D09_is_the_same_bytes_each_time) {
    BOOST_TEST(get("/cds-services").body == get("/cds-services?unused=1").body);
}

BOOST_AUTO_TEST_CASE(D10_answers_head_without_body_and_no_other_method) {
    const HttpAnswer whole = get("/cds-services"), head = ask("HEAD", "/cds-services");
    BOOST_TEST(head.status == 200);
    BOOST_TEST(head.body.empty());
    BOOST_TEST(head.header("Content-Length") == std::to_string(whole.body.size()));
    BOOST_TEST(head.header("Content-Type") == "application/json");
    for (const char* method : {"POST", "PUT", "PATCH", "DELETE", "TRACE", "get"}) {
        const HttpAnswer refused = ask(method, "/cds-services");
        BOOST_TEST(refused.status == 405, method);
        BOOST_TEST(refused.header("Allow") == "GET, HEAD, OPTIONS");
        BOOST_TEST(outcome_of(refused).place == "http.method");
    }
}

BOOST_AUTO_TEST_CASE(D10_a_trailing_slash_is_another_address) {
    const HttpAnswer answer = get("/cds-services/");
    BOOST_TEST(answer.status == 404);
    BOOST_TEST(outcome_of(answer).place == "http.path");
}

BOOST_AUTO_TEST_SUITE_END()
