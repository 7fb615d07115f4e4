// That the oracle of row K00 can fail: a sound card of each version, and one fault at a time.
#include "conformance/wire_form.hpp"

#include <boost/test/unit_test.hpp>

#include "support/example_requests.hpp"

using namespace rectal_cds;
using namespace rectal_cds::conformance;
using namespace rectal_cds::testing;

namespace {

constexpr const char* sound =
    R"({"cards": [{"uuid": "7c1f6a52-6a0e-4b36-9d0e-2f6f5a1d9c11", "summary": "One line", "indicator": "info", "detail": "Text",
  "source": {"label": "Source", "url": "https://source.example/", "topic": {"code": "topicOne", "system": "https://topics.example"}},
  "suggestions": [{"label": "One", "uuid": "7c1f6a52-6a0e-4b36-9d0e-2f6f5a1d9c12", "isRecommended": true, "actions": [
    {"type": "create", "description": "Order", "resource": {"resourceType": "ServiceRequest", "status": "draft"}}]},
    {"label": "Two", "actions": [{"type": "delete", "description": "Delete", "resourceId": "ServiceRequest/1"}]}],
  "selectionBehavior": "at-most-one", "overrideReasons": [{"code": "a", "system": "https://reasons.example", "display": "A"}],
  "links": [{"label": "Link", "url": "https://link.example/", "type": "absolute"}]}]})";

std::vector<std::string> breaches_of(const std::string& answer, const WireForm& form) {
    const auto document = json::Document::parse(answer);
    BOOST_TEST_REQUIRE(document.ok());
    return card_breaches(document.value().root(), form);
}

void expect_breach(const std::string& pointer, const char* value, const WireForm& form = {}) {
    const std::string spoilt = value ? with(sound, pointer, value) : without(sound, pointer);
    BOOST_TEST(!breaches_of(spoilt, form).empty(), pointer << " = " << (value ? value : "(absent)"));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(the_oracle_of_K00)

BOOST_AUTO_TEST_CASE(finds_nothing_in_a_sound_answer) {
    for (const std::string& breach : breaches_of(sound, {})) BOOST_ERROR(breach);
    for (const std::string& breach : breaches_of(sound, {Wire::v3_0})) BOOST_ERROR(breach);
    BOOST_TEST(breaches_of(R"({"cards": []})", {}).empty());
}

BOOST_AUTO_TEST_CASE(finds_each_fault_of_a_card) {
    const std::string card = "/cards/0";
    for (const char* member : {"/uuid", "/summary", "/indicator", "/source", "/source/label", "/source/topic",
                               "/source/topic/code", "/source/topic/system", "/selectionBehavior"})
        expect_breach(card + member, nullptr);
    for (const char* empty : {"null", "\"\"", "\" \"", "[]", "{}"}) expect_breach(card + "/detail", empty);
    const std::string long_summary = '"' + std::string(140, 'x') + '"';
    expect_breach(card + "/summary", long_summary.c_str());
    expect_breach(card + "/summary", "\"two\\nlines\"");
    expect_breach(card + "/indicator", "\"hard-stop\"");
    expect_breach(card + "/uuid", "\"7C1F6A52-6A0E-4B36-9D0E-2F6F5A1D9C11\"");
    expect_breach(card + "/unknown", "\"x\"");
    expect_breach(card + "/source/topic/code", "\"topic-one\"");
    expect_breach(card + "/source/url", "\"relative\"");
    expect_breach(card + "/selectionBehavior", "\"all\"");
    expect_breach(card + "/suggestions/1/isRecommended", "true");
    expect_breach(card + "/suggestions/1/uuid", "\"7c1f6a52-6a0e-4b36-9d0e-2f6f5a1d9c12\"");
    expect_breach(card + "/suggestions", nullptr);
    expect_breach(card + "/overrideReasons/0/display", nullptr);
    expect_breach(card + "/links/0/appContext", "\"x\"");
    expect_breach(card + "/links/0/type", "\"relative\"");
    expect_breach("/systemActions", "[]");
    expect_breach("/decisions", "[1]");
}

BOOST_AUTO_TEST_CASE(finds_each_fault_of_an_action) {
    const std::string create = "/cards/0/suggestions/0/actions/0", deletion = "/cards/0/suggestions/1/actions/0";
    expect_breach(create + "/description", nullptr);
    expect_breach(create + "/type", "\"CREATE\"");
    expect_breach(create + "/resource", "\"{}\"");
    expect_breach(create + "/resource/status", "null");
    expect_breach(create + "/resourceId", "\"ServiceRequest/1\"");
    expect_breach(deletion + "/resource", R"({"resourceType": "ServiceRequest"})");
    expect_breach(deletion + "/resourceId", "\"1\"");
    expect_breach("/cards/0/suggestions/0/actionSelectionBehavior", "\"any\"");
    expect_breach("/cards/0/suggestions/0/actionSelectionBehavior", "\"some\"", {Wire::v3_0});
}

BOOST_AUTO_TEST_CASE(knows_what_each_version_and_epic_lack) {
    BOOST_TEST(!breaches_of(sound, {Wire::v1_0}).empty());
    BOOST_TEST(!breaches_of(sound, {Wire::v1_1}).empty());
    const std::string deleted_as_in_1_1 = with(without(sound, "/cards/0/suggestions/1/actions/0/resourceId"),
                                               "/cards/0/suggestions/1/actions/0/resource", "\"ServiceRequest/1\"");
    for (const std::string& breach : breaches_of(deleted_as_in_1_1, {Wire::v1_1})) BOOST_ERROR(breach);
    BOOST_TEST(!breaches_of(deleted_as_in_1_1, {Wire::v2_0}).empty());
    std::string as_in_1_0 = deleted_as_in_1_1;
    for (const char* member : {"/uuid", "/overrideReasons", "/source/topic", "/suggestions/0/isRecommended"})
        as_in_1_0 = without(as_in_1_0, std::string("/cards/0") + member);
    for (const std::string& breach : breaches_of(as_in_1_0, {Wire::v1_0})) BOOST_ERROR(breach);
    BOOST_TEST(!breaches_of(with(as_in_1_0, "/cards/0/selectionBehavior", "\"any\""), {Wire::v1_0}).empty());
    BOOST_TEST(!breaches_of(sound, {Wire::v2_0, true}).empty());
    BOOST_TEST(breaches_of(with(sound, "/cards/0/selectionBehavior", "\"any\""), {Wire::v2_0, true}).empty());
}

BOOST_AUTO_TEST_SUITE_END()
