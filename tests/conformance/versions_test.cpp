// Rows V: one model of a card in the form of each version (cds-hooks.md 12). The oracle of K00 judges every answer by
// its version; the rows add what members and contents must be there.
#include <boost/test/unit_test.hpp>

#include <map>
#include <set>

#include "conformance/answers.hpp"
#include "conformance/corpus.hpp"
#include "json/writer.hpp"

using namespace rectal_cds;
using namespace rectal_cds::conformance;
using namespace rectal_cds::testing;
using json::Value;

namespace {

// The sandbox under the base path of a version.
Service& at(const std::string& base, Wire version) {
    return running(base, [&] {
        Configuration configuration;
        configuration.flags = {"--today", example_day};
        configuration.caller.form.version = version;
        configuration.base_path = base + "/cds-services";
        return configuration;
    });
}

// What a clinician learns from an answer, whatever it is written in.
std::vector<std::string> content_of(const Asked& asked) {
    std::vector<std::string> lines;
    for (const Value card : asked.cards.root()["cards"].elements()) {
        lines.push_back(std::string(card["indicator"].text()) + ' ' + std::string(card["summary"].text()));
        lines.emplace_back(card["detail"].text());
        for (const Value suggestion : card["suggestions"].elements()) lines.emplace_back(suggestion["label"].text());
        for (const Value link : card["links"].elements()) lines.emplace_back(link["url"].text());
    }
    return lines;
}

void members_of(Value value, std::set<std::string>& names) {
    if (value["resourceType"].exists()) return;  // FHIR has its own
    for (const json::Member member : value.members()) {
        names.emplace(member.name);
        members_of(member.value, names);
    }
    for (const Value element : value.elements()) members_of(element, names);
}

std::set<std::string> members_of(const std::vector<Asked>& asked) {
    std::set<std::string> names;
    for (const Asked& one : asked) members_of(one.cards.root(), names);
    return names;
}

std::string drafts_of_example() {
    const auto document = json::Document::parse(order_sign());
    json::Writer writer;
    return writer.value(document.value().root()["context"]["draftOrders"]).take();
}

std::map<std::string, int> deletions_by_member(const std::vector<Asked>& asked) {
    std::map<std::string, int> members;
    each_action(asked, [&](const Asked& one, Value action) {
        if (action["type"].text() != "delete") return;
        const Value named = action["resource"].exists() ? action["resource"] : action["resourceId"];
        BOOST_TEST(named.text().starts_with("MedicationRequest/") + named.text().starts_with("ServiceRequest/") == 1,
                   one.name);
        ++members[action["resource"].exists() ? "resource" : "resourceId"];
    });
    return members;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(versions, *boost::unit_test::fixture<StopsServices>())

BOOST_AUTO_TEST_CASE(V01_1_0_has_only_the_members_of_1_0_and_at_most_one) {
    const std::vector<Asked> asked = ask_all(at("/v1", Wire::v1_0));
    const std::set<std::string> members = members_of(asked);
    for (const char* later : {"topic", "overrideReasons", "isRecommended", "systemActions", "resourceId",
                              "autolaunchable", "actionSelectionBehavior"})
        BOOST_TEST(members.count(later) == 0U, later);
    std::size_t choices = 0;
    each_card(asked, [&](const Asked&, Value card) {
        BOOST_TEST(!card["uuid"].exists());
        if (!card["suggestions"].exists()) return;
        BOOST_TEST(card["selectionBehavior"].text() == "at-most-one");
        ++choices;
    });
    BOOST_TEST(choices > 50U);
}

BOOST_AUTO_TEST_CASE(V02_1_0_deletes_by_the_id_in_resource) {
    const auto members = deletions_by_member(ask_all(at("/v1", Wire::v1_0), "order-sign"));
    BOOST_TEST(members.count("resourceId") == 0U);
    BOOST_TEST(members.at("resource") > 5);
}

BOOST_AUTO_TEST_CASE(V03_1_1_has_any_and_override_reasons_and_no_resource_id) {
    const std::vector<Asked> asked = ask_all(at("/v1.1", Wire::v1_1));
    const std::set<std::string> members = members_of(asked);
    for (const char* known : {"uuid", "topic", "overrideReasons", "isRecommended"})
        BOOST_TEST(members.count(known) == 1U, known);
    for (const char* later : {"resourceId", "autolaunchable", "actionSelectionBehavior"})
        BOOST_TEST(members.count(later) == 0U, later);
    std::size_t any = 0;
    each_card(asked, [&](const Asked&, Value card) { any += card["selectionBehavior"].text() == "any" ? 1 : 0; });
    BOOST_TEST(any > 0U);
    BOOST_TEST(deletions_by_member(asked).at("resource") > 5);
}

BOOST_AUTO_TEST_CASE(V04_2_0_1_and_3_0_say_the_same) {
    const std::vector<Asked> old = ask_all(at("/v2", Wire::v2_0)), ballot = ask_all(at("/v3", Wire::v3_0));
    BOOST_TEST_REQUIRE(old.size() == ballot.size());
    for (std::size_t i = 0; i < old.size(); ++i) BOOST_TEST((content_of(old[i]) == content_of(ballot[i])), old[i].name);
    std::set<std::string> added = members_of(ballot);
    for (const std::string& name : members_of(old)) added.erase(name);
    added.erase("actionSelectionBehavior");  // all that 3.0 may add to an answer
    BOOST_TEST(added.empty());
    const std::vector<Asked>& usual = corpus();  // without a version in the path it is 2.0.1
    for (std::size_t i = 0; i < old.size(); ++i) BOOST_TEST((content_of(old[i]) == content_of(usual[i])), old[i].name);
}

BOOST_AUTO_TEST_CASE(V05_the_hint_of_epic_chooses_its_dialect) {
    const Caller epic{"", {Wire::v1_1, true}};
    std::size_t suggestions = 0;
    for (const char* version : {"1.0", "1.1"}) {
        const std::string hint =
            std::string(R"({"com.epic.cdshooks.request.cds-hooks-specification-version": ")") + version + "\"}";
        for (const auto& [hook, request] :
             {std::pair{"patient-view", patient_view()}, std::pair{"order-sign", order_sign()}}) {
            const HttpAnswer answer = sandbox().call_as(epic, hook, with(request, "/extension", hint));
            const json::Document document = parsed(answer);
            BOOST_TEST(document.root()["cards"].size() > 0U);
            for (const Value card : document.root()["cards"].elements()) {
                BOOST_TEST(!card["uuid"].text().empty());
                BOOST_TEST(!card["source"]["topic"]["code"].text().empty());
                for (const Value suggestion : card["suggestions"].elements()) {
                    BOOST_TEST(suggestion["actions"].size() == 1U);
                    const Value resource = suggestion["actions"].at(0)["resource"];
                    if (resource.is_object()) BOOST_TEST(resource["intent"].text() == "proposal");
                    ++suggestions;
                }
            }
        }
    }
    BOOST_TEST(suggestions > 4U);
    BOOST_TEST(same_advice(sandbox().sign(with(order_sign(), "/extension", "{}")), sandbox().sign(order_sign())));
}

BOOST_AUTO_TEST_CASE(V06_deprecated_hooks_are_mapped_where_enabled_and_400_elsewhere) {
    const std::string review = with(without(with(order_sign(), "/hook", "\"order-review\""), "/context/draftOrders"),
                                    "/context/orders", drafts_of_example());
    const std::string prescribe =
        with(without(with(order_sign(), "/hook", "\"medication-prescribe\""), "/context/draftOrders"),
             "/context/medications", drafts_of_example());
    expect_refused(sandbox().sign(review), 400, "hook");
    expect_refused(sandbox().select(prescribe), 400, "hook");
    Service& old = running("deprecated hooks", [] {
        Configuration configuration;
        configuration.flags = {"--today", example_day, "--deprecated-hooks"};
        return configuration;
    });
    BOOST_TEST(indicator_of(old.sign(review), "antiEgfrRasMutant") == "critical");
    BOOST_TEST(indicator_of(old.select(prescribe), "antiEgfrRasMutant") == "critical");
    BOOST_TEST(indicator_of(old.sign(order_sign()), "antiEgfrRasMutant") == "critical");
    std::set<std::string> hooks;
    const json::Document document = parsed(old.get("/cds-services"));
    for (const Value service : document.root()["services"].elements()) hooks.emplace(service["hook"].text());
    BOOST_TEST((hooks == std::set<std::string>{"patient-view", "order-select", "order-sign", "medication-prescribe",
                                               "order-review"}));
}

BOOST_AUTO_TEST_SUITE_END()
