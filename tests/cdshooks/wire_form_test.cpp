// Every answer of the scenarios and golden cases in every version and dialect, held to a closed table of members
// (conformance-cases.md K00, K02, K04-K09, K15, K17, K18, V01-V04).
#include "support/wire_form.hpp"

#include <boost/test/unit_test.hpp>

#include <map>
#include <set>

#include "cdshooks/wording_calls.hpp"

using namespace rectal_cds;
using namespace rectal_cds::testing;
using cdshooks::Dialect;
using cdshooks::OrderIntent;
using cdshooks::WireProfile;
using cdshooks::WireVersion;

namespace {

const std::map<std::string, WireProfile>& profiles() {
    static const std::map<std::string, WireProfile> all{
        {"1.0", cdshooks::profile_1_0},
        {"1.1", cdshooks::profile_1_1},
        {"2.0.1", cdshooks::standard_profile},
        {"2.0.1 with proposals", {WireVersion::v2_0, Dialect::standard, OrderIntent::proposal}},
        {"3.0-ballot", cdshooks::profile_3_0},
        {"3.0-ballot with actionSelectionBehavior",
         {WireVersion::v3_0_ballot, Dialect::standard, OrderIntent::order, cdshooks::LinkType::absolute, false, true}},
        {"Epic, 1.1", {WireVersion::v1_1, Dialect::epic, OrderIntent::proposal}},
        {"Epic", cdshooks::epic_profile},
        {"Epic with HTML",
         {WireVersion::v2_0, Dialect::epic, OrderIntent::proposal, cdshooks::LinkType::absolute, true}},
    };
    return all;
}

std::vector<HookCall> all_calls() {
    std::vector<HookCall> calls = scenario_calls();
    calls.insert(calls.end(), golden_calls().begin(), golden_calls().end());
    return calls;
}

// What a card tells whoever reads it: the summaries with their indicators, in order.
std::vector<std::string> told(json::Value answer) {
    std::vector<std::string> lines;
    for (const json::Value card : answer["cards"].elements())
        lines.push_back(std::string(card["indicator"].text()) + " " + std::string(card["summary"].text()));
    return lines;
}

std::string without(std::string text, const std::string& part) {
    for (std::size_t at = 0; (at = text.find(part, at)) != std::string::npos;) text.erase(at, part.size());
    return text;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(answers_in_every_version)

BOOST_AUTO_TEST_CASE(K00_V01_V02_V03_have_the_members_of_their_version_and_no_others_at_every_hook) {
    for (const auto& [name, profile] : profiles()) {
        std::map<std::string, std::size_t> cards;
        for (const HookCall& call : all_calls()) {
            const cdshooks::Answer found = answer(call, {}, profile);
            if (found.status != 200) continue;
            const json::Document document = parsed(found.body);
            for (const std::string& breach : wire_breaches(document.root(), profile))
                BOOST_ERROR(name << ", " << call.name << ", " << breach);
            cards[call.hook] += document.root()["cards"].size();
        }
        for (const char* hook : {"patient-view", "order-select", "order-sign"})
            BOOST_TEST(cards[hook] > 20U, name << " " << hook);
    }
}

BOOST_AUTO_TEST_CASE(V04_tell_the_same_in_every_version_and_dialect) {
    for (const HookCall& call : all_calls()) {
        const cdshooks::Answer standard = answer(call);
        const json::Document usual = parsed(standard.body);
        for (const auto& [name, profile] : profiles()) {
            const cdshooks::Answer found = answer(call, {}, profile);
            BOOST_TEST(found.status == standard.status, name << ", " << call.name);
            BOOST_TEST((found.shown == standard.shown && found.folded == standard.folded), name << ", " << call.name);
            const json::Document document = parsed(found.body);
            BOOST_TEST(told(document.root()) == told(usual.root()), name << ", " << call.name);
        }
    }
}

BOOST_AUTO_TEST_CASE(V04_of_3_0_add_nothing_but_actionSelectionBehavior_and_only_when_asked) {
    const WireProfile& asked = profiles().at("3.0-ballot with actionSelectionBehavior");
    std::size_t added = 0;
    for (const HookCall& call : all_calls()) {
        const std::string standard = answer(call).body, ballot = answer(call, {}, cdshooks::profile_3_0).body,
                          with = answer(call, {}, asked).body;
        BOOST_TEST((standard == ballot), call.name);
        BOOST_TEST((standard == without(with, R"(,"actionSelectionBehavior":"all")")), call.name);
        added += with == standard ? 0U : 1U;
    }
    BOOST_TEST(added > 50U);
}

BOOST_AUTO_TEST_CASE(K01_without_guidance_are_the_same_bytes_in_every_version) {
    std::size_t silent = 0;
    for (const HookCall& call : all_calls()) {
        const cdshooks::Answer standard = answer(call);
        if (standard.status != 200 || parsed(standard.body).root()["cards"].size() > 0) continue;
        for (const auto& [name, profile] : profiles())
            BOOST_TEST(answer(call, {}, profile).body == R"({"cards":[]})", name << ", " << call.name);
        ++silent;
    }
    BOOST_TEST(silent > 5U);
}

BOOST_AUTO_TEST_CASE(K06_K07_K09_topics_and_reasons_are_the_same_in_two_runs_and_at_both_order_hooks) {
    std::map<std::string, std::set<std::string>> topics_of;  // by summary
    for (const HookCall& call : all_calls()) {
        const json::Document document = parsed(answer(call).body);
        for (const json::Value card : document.root()["cards"].elements()) {
            if (card["source"]["topic"]["code"].text() == "moreRecommendations") continue;
            topics_of[std::string(card["summary"].text())].emplace(card["source"]["topic"]["code"].text());
        }
    }
    BOOST_TEST(topics_of.size() > 60U);
    for (const auto& [summary, topics] : topics_of) BOOST_TEST(topics.size() == 1U, summary);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(the_check_of_the_form_can_fail)

namespace {

// The breaches of an answer of the standard profile with the first `old_text` replaced, judged as `version`.
std::string breaches_of(const std::string& old_text, const std::string& new_text, WireProfile profile = {}) {
    std::string body = answer(case_call("named/cetuximab-drafted-with-kras-g12d")).body;
    const auto at = body.find(old_text);
    BOOST_TEST_REQUIRE(at != std::string::npos, "The answer does not hold " << old_text);
    body.replace(at, old_text.size(), new_text);
    std::string all;
    const json::Document document = parsed(body);
    for (const std::string& breach : wire_breaches(document.root(), profile)) all += breach + "\n";
    return all;
}

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

BOOST_AUTO_TEST_CASE(on_one_spoilt_member) {
    BOOST_TEST(breaches_of("\"cards\"", "\"cards\"").empty());
    BOOST_TEST(contains(breaches_of("{\"cards\"", "{\"systemActions\":[],\"cards\""), "systemActions"));
    BOOST_TEST(contains(breaches_of("\"indicator\":\"critical\"", "\"indicator\":\"hard-stop\""), "indicator"));
    BOOST_TEST(contains(breaches_of("\"selectionBehavior\":\"at-most-one\"", "\"selectionBehavior\":\"all\""),
                        "is unknown in this version"));
    BOOST_TEST(contains(breaches_of("\"code\":\"antiEgfrRasMutant\"", "\"code\":\"anti-egfr\""), "not alphanumeric"));
    BOOST_TEST(contains(breaches_of("\"resourceId\"", "\"resource\""), "does not know"));
    BOOST_TEST(
        contains(breaches_of("\"type\":\"absolute\"", "\"type\":\"absolute\",\"appContext\":\"x\""), "appContext"));
    BOOST_TEST(contains(breaches_of("\"type\":\"absolute\"", "\"type\":\"absolute\",\"autolaunchable\":true"),
                        "autolaunchable"));
    BOOST_TEST(contains(breaches_of("\"uuid\":\"", "\"uuid\":\"X"), "no lower-case UUID"));
    BOOST_TEST(contains(breaches_of("\"detail\":\"", "\"detail\":null,\"d\":\""), "is null or blank"));
}

BOOST_AUTO_TEST_CASE(on_an_answer_of_2_0_where_another_version_is_expected) {
    const std::string as_1_0 = breaches_of("\"cards\"", "\"cards\"", cdshooks::profile_1_0);
    for (const char* member : {"uuid", "topic", "overrideReasons", "resourceId", "extension"})
        BOOST_TEST(contains(as_1_0, std::string("member ") + member), member);
    BOOST_TEST(contains(breaches_of("\"cards\"", "\"cards\"", cdshooks::profile_1_1), "resourceId"));
    const std::string as_epic = breaches_of("\"cards\"", "\"cards\"", cdshooks::epic_profile);
    BOOST_TEST(contains(as_epic, "is unknown to Epic"));
    BOOST_TEST(contains(as_epic, "more than the one that Epic takes"));
}

BOOST_AUTO_TEST_SUITE_END()
