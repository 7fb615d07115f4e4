// Rows D: what an EHR learns before its first call (cds-hooks.md 3; decisions.md 20, 28, 31).
#include <boost/test/unit_test.hpp>

#include <map>
#include <regex>
#include <set>

#include "conformance/answers.hpp"
#include "conformance/service.hpp"

using namespace rectal_cds;
using namespace rectal_cds::conformance;
using namespace rectal_cds::testing;

namespace {

constexpr const char* address = "/cds-services";

HttpAnswer discover() { return sandbox().ask("GET", address, {{"Accept", "application/json"}}); }

// What stands between {{ and }}.
std::set<std::string> tokens_in(std::string_view text) {
    static const std::regex token(R"(\{\{([^}]*)\}\})");
    std::set<std::string> tokens;
    for (std::cregex_iterator found(text.begin(), text.end(), token), end; found != end; ++found)
        tokens.insert((*found)[1]);
    return tokens;
}

// The restricted subset of cds-hooks.md 6.1: an instance read, or a search by reference, token, date, _count, _sort.
bool is_in_subset(std::string_view filled_template) {
    static const std::regex read(R"([A-Z][A-Za-z]+/ID)");
    static const std::regex search(
        R"([A-Z][A-Za-z]+\?patient=ID(&(_count=[0-9]+|_sort=-?[a-z]+|[a-z-]+(:in)?=[A-Za-z0-9.:/|,_-]+))*)");
    return std::regex_match(filled_template.begin(), filled_template.end(), read) ||
           std::regex_match(filled_template.begin(), filled_template.end(), search);
}

const std::map<std::string_view, std::string>& request_of_hook() {
    static const std::map<std::string_view, std::string> requests{
        {"patient-view", patient_view()}, {"order-select", order_select()}, {"order-sign", order_sign()}};
    return requests;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(discovery, *boost::unit_test::fixture<StopsServices>())

BOOST_AUTO_TEST_CASE(D01_discovery_is_json_with_services) {
    const HttpAnswer answer = discover();
    BOOST_TEST(answer.status == 200);
    BOOST_TEST(answer.header("Content-Type") == "application/json");
    const json::Document document = parsed(answer);
    BOOST_TEST(document.root()["services"].is_array());
    BOOST_TEST(document.root()["services"].size() == 3U);
}

BOOST_AUTO_TEST_CASE(D02_every_service_has_hook_id_description_and_title) {
    const json::Document document = parsed(discover());
    std::set<std::string> hooks;
    for (const json::Value service : document.root()["services"].elements()) {
        for (const char* member : {"hook", "id", "description", "title"})
            BOOST_TEST(service[member].text().find_first_not_of(' ') != std::string_view::npos, member);
        hooks.emplace(service["hook"].text());
    }
    BOOST_TEST((hooks == std::set<std::string>{"patient-view", "order-select", "order-sign"}));
}

BOOST_AUTO_TEST_CASE(D03_nothing_is_null_blank_or_empty) {
    const json::Document document = parsed(discover());
    for (const std::string& breach : discovery_breaches(document.root(), Wire::v2_0)) BOOST_ERROR(breach);
    for (const json::Value service : document.root()["services"].elements())
        BOOST_TEST(service["prefetch"].size() == 8U);
}

BOOST_AUTO_TEST_CASE(D05_ids_fit_into_a_path_and_each_answers_a_call) {
    static const std::regex safe("[A-Za-z0-9._-]+");
    const json::Document document = parsed(discover());
    std::set<std::pair<std::string, std::string>> pairs;
    for (const json::Value service : document.root()["services"].elements()) {
        const std::string id(service["id"].text()), hook(service["hook"].text());
        BOOST_TEST(std::regex_match(id, safe), id);
        BOOST_TEST(pairs.emplace(id, hook).second, id << " stands twice for " << hook);
        BOOST_TEST(sandbox().post(std::string(address) + '/' + id, request_of_hook().at(hook)).status == 200, id);
    }
}

BOOST_AUTO_TEST_CASE(D07_prefetch_keeps_to_the_subset_and_the_tokens_of_2_0) {
    static const std::set<std::string> allowed{"context.userId",     "context.patientId",      "context.encounterId",
                                               "userPractitionerId", "userPractitionerRoleId", "userPatientId",
                                               "userRelatedPersonId"};
    const json::Document document = parsed(discover());
    std::size_t templates = 0;
    for (const json::Value service : document.root()["services"].elements()) {
        for (const json::Member member : service["prefetch"].members()) {
            for (const std::string& token : tokens_in(member.value.text()))
                BOOST_TEST(allowed.count(token) == 1U, token);
            static const std::regex token(R"(\{\{[^}]*\}\})");
            BOOST_TEST(is_in_subset(std::regex_replace(std::string(member.value.text()), token, "ID")),
                       member.value.text());
            ++templates;
        }
    }
    BOOST_TEST(templates == 24U);
}

BOOST_AUTO_TEST_CASE(D10_a_trailing_slash_is_another_address_and_head_has_no_body) {
    const HttpAnswer slash = sandbox().get("/cds-services/");
    BOOST_TEST(slash.status == 404);
    BOOST_TEST(outcome_of(slash).code == "not-found");
    const HttpAnswer head = sandbox().ask("HEAD", address);
    BOOST_TEST(head.status == 200);
    BOOST_TEST(head.body.empty());
    BOOST_TEST(head.header("Content-Length") == std::to_string(discover().body.size()));
    for (const char* method : {"POST", "PUT", "DELETE"}) {
        const HttpAnswer refused = sandbox().ask(method, address);
        BOOST_TEST(refused.status == 405, method);
        BOOST_TEST(refused.header("Allow") == "GET, HEAD, OPTIONS");
    }
}

BOOST_AUTO_TEST_SUITE_END()
