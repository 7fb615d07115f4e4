// Rows about clients that differ: a call in the shape of Epic (R19), details as HTML (K11), and members that only a
// client that is known to understand them gets (K17) (cds-hooks.md 5.1 and 13).
#include <boost/test/unit_test.hpp>

#include <regex>
#include <set>

#include "conformance/answers.hpp"
#include "conformance/clients.hpp"
#include "support/real_knowledge.hpp"
#include "json/document.hpp"
#include "json/writer.hpp"

using namespace rectal_cds;
using namespace rectal_cds::conformance;
using namespace rectal_cds::testing;
using json::Value;

namespace {

constexpr const char* order = "/context/draftOrders/entry/0/resource";

std::string scenario(const char* name) {
    const auto document = json::Document::parse(
        read_text(source_folder() / "tests" / "scenarios" / "files" / (std::string(name) + ".json")));
    json::Writer writer;
    return writer.value(document.value().root()["request"]).take();
}

// As captured calls look: an extension block, long ids with dots, members in place of lists, what is absent said by an
// extension. The scenario has absolute references and OIDs for systems already.
std::string epic_shaped() {
    std::string long_id = "eUz7.";
    while (long_id.size() < 190) long_id += "aBc-4.";
    std::string request = scenario("169-epic");
    request = with(
        request, "/extension",
        R"({"com.epic.cdshooks.request.bpa-trigger-action": "23", "com.epic.cdshooks.request.criteria-id": "900123",
        "com.epic.cdshooks.request.fhir-version": "R4", "com.epic.cdshooks.request.epic-version": "10.8",
        "com.epic.cdshooks.request.cds-hooks-specification-version": "1.1", "com.epic.cdshooks.request.cds-hooks-implementation-version": "1.3",
        "internal": {"deeper": [1, 2, {"a": null}]}})");
    request = with(request, std::string(order) + "/id", as_json(long_id));
    request = with(
        request, std::string(order) + "/category",
        R"({"coding": [{"system": "http://terminology.hl7.org/CodeSystem/medicationrequest-category", "code": "outpatient"}]})");
    request = with(
        request, std::string(order) + "/requester",
        R"({"extension": [{"url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": "unknown"}]})");
    return with(request, "/hookInstance", "\"2C5EA62E-0A30-11EF-9262-0242AC120002\"");
}

// Every tag of an HTML text, lower case: "<a href=…>" and "</a>".
std::vector<std::string> tags_of(const std::string& html) {
    static const std::regex tag("<[^>]*>");
    std::vector<std::string> tags;
    for (std::sregex_iterator found(html.begin(), html.end(), tag), end; found != end; ++found)
        tags.push_back(found->str());
    return tags;
}

void expect_clean(const std::string& html) {
    static const std::regex plain(
        R"(</?(p|ul|ol|li|strong|em|b|i|h[1-6]|br|hr|div|span|code|blockquote) ?/?>|<ol start="\d+">)");
    static const std::regex link(R"re(<a href="https://[^"<>\s]*"( target="_blank"| rel="[a-z ]+")*>|</a>)re");
    for (const std::string& tag : tags_of(html))
        BOOST_TEST((std::regex_match(tag, plain) || std::regex_match(tag, link)), tag);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(requests, *boost::unit_test::fixture<StopsServices>())

BOOST_AUTO_TEST_CASE(R19_a_call_in_the_shape_of_epic_is_answered) {
    const Caller epic{"", {Wire::v1_1, true}};
    const HttpAnswer answer = sandbox().call_as(epic, "order-sign", epic_shaped());
    BOOST_TEST(answer.status == 200, answer.body.substr(0, 300));
    BOOST_TEST(indicator_of(answer, "antiEgfrRasMutant") == "critical");
    const Caller known{epic_caller.iss, {Wire::v1_1, true}};
    BOOST_TEST(indicator_of(registered().call_as(known, "order-sign", epic_shaped()), "antiEgfrRasMutant") ==
               "critical");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(cards, *boost::unit_test::fixture<StopsServices>())

BOOST_AUTO_TEST_CASE(K11_epics_html_detail_says_so_and_is_clean) {
    const char* content_type = "com.epic.cdshooks.card.detail.content-type";
    for (const char* text : {"usual", "<img src=x onerror=alert(1)>", "</p><script>alert(1)</script>",
                             "\\\" onmouseover=\\\"alert(1)", "[x](javascript:alert(1))"}) {
        const std::string request = with(order_sign(), "/prefetch/conditions/entry/0/resource/code/coding/0/display",
                                         '"' + std::string(text) + '"');
        const json::Document document = parsed(registered().call_as(epic_html_caller, "order-sign", request));
        BOOST_TEST_REQUIRE(document.root()["cards"].size() > 0U);
        for (const Value card : document.root()["cards"].elements()) {
            BOOST_TEST(card["extension"][content_type].text() == "text/html");
            const std::string detail(card["detail"].text());
            BOOST_TEST(contains(detail, "<p>"), detail);
            expect_clean(detail);
        }
    }
    const json::Document plain = parsed(registered().call_as(epic_caller, "order-sign", order_sign()));
    for (const Value card : plain.root()["cards"].elements()) BOOST_TEST(!card["extension"][content_type].exists());
}

BOOST_AUTO_TEST_CASE(K17_action_selection_behavior_is_for_clients_that_know_it) {
    for (const auto& [hook, request] :
         {std::pair{"patient-view", patient_view()}, std::pair{"order-sign", order_sign()}}) {
        for (const Caller& caller : {ehr_caller, v3_0_caller, v1_0_caller, v1_1_caller, epic_caller})
            BOOST_TEST(!contains(registered().call_as(caller, hook, request).body, "actionSelectionBehavior"),
                       caller.iss);
    }
    BOOST_TEST(contains(registered().call_as(v3_0_choosing_caller, "patient-view", patient_view()).body,
                        "\"actionSelectionBehavior\":\"all\""));
}

BOOST_AUTO_TEST_SUITE_END()
