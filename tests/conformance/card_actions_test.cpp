// Rows K12 to K19: suggested actions, and that answers are stable (cds-hooks.md 8.3 to 8.7; decisions.md 49 to 56).
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <thread>

#include "conformance/answers.hpp"
#include "conformance/corpus.hpp"

using namespace rectal_cds;
using namespace rectal_cds::conformance;
using namespace rectal_cds::testing;
using json::Value;

namespace {

// "Type/id" of every draft of a request.
std::set<std::string> drafts_of(const Asked& asked) {
    std::set<std::string> drafts;
    for (const Value entry : asked.request.root()["context"]["draftOrders"]["entry"].elements())
        drafts.insert(std::string(entry["resource"]["resourceType"].text()) + '/' +
                      std::string(entry["resource"]["id"].text()));
    return drafts;
}

Service& for_epic() {
    return running("epic", [] {
        Configuration configuration;
        configuration.flags = {"--today", example_day, "--card-profile", "epic"};
        configuration.caller.form.is_epic = true;
        return configuration;
    });
}

int rank(std::string_view indicator) { return indicator == "critical" ? 0 : indicator == "warning" ? 1 : 2; }

}  // namespace

BOOST_AUTO_TEST_SUITE(cards, *boost::unit_test::fixture<StopsServices>())

BOOST_AUTO_TEST_CASE(K12_a_created_resource_is_a_draft_for_the_patient_without_an_id) {
    std::map<std::string, int> created;
    each_action(corpus(), [&](const Asked& asked, Value action) {
        if (action["type"].text() != "create") return;
        const Value resource = action["resource"];
        BOOST_TEST(!action["description"].text().empty());
        BOOST_TEST(resource["subject"]["reference"].text() ==
                   "Patient/" + std::string(asked.request.root()["context"]["patientId"].text()));
        BOOST_TEST(resource["status"].text() == "draft");
        BOOST_TEST(!resource["id"].exists());
        ++created[std::string(resource["resourceType"].text())];
    });
    BOOST_TEST(created.size() == 2U);
    BOOST_TEST((created["MedicationRequest"] > 50 && created["ServiceRequest"] > 50));
}

BOOST_AUTO_TEST_CASE(K13_no_order_is_changed_by_an_update) {  // decisions.md 55: such advice is text
    std::size_t updates = 0;
    const std::size_t actions = each_action(
        corpus(), [&](const Asked&, Value action) { updates += action["type"].text() == "update" ? 1 : 0; });
    BOOST_TEST(actions > 200U);
    BOOST_TEST(updates == 0U);
}

BOOST_AUTO_TEST_CASE(K14_a_deletion_names_a_draft_and_a_replacement_comes_with_a_deletion) {
    std::size_t deletions = 0, replacements = 0;
    each_action(corpus(), [&](const Asked& asked, Value action) {
        if (action["type"].text() != "delete") return;
        BOOST_TEST(drafts_of(asked).count(std::string(action["resourceId"].text())) == 1U, action["resourceId"].text());
        BOOST_TEST(!action["resource"].exists());
        ++deletions;
    });
    // What stands in place of a draft deletes it in the same suggestion: taking it cannot leave both.
    each_suggestion(corpus(), [&](const Asked& asked, Value, Value suggestion) {
        const std::string_view label = suggestion["label"].text();
        if (!contains(label, " instead") && !contains(label, " meanwhile")) return;
        bool creates = false, deletes = false;
        for (const Value action : suggestion["actions"].elements()) {
            creates = creates || action["type"].text() == "create";
            deletes = deletes || action["type"].text() == "delete";
        }
        BOOST_TEST((creates && deletes), asked.name << ' ' << label);
        ++replacements;
    });
    BOOST_TEST((deletions > 10U && replacements > 3U));
}

BOOST_AUTO_TEST_CASE(K15_epic_gets_one_action_a_suggestion_any_and_labels) {
    const std::vector<Asked> asked = ask_all(for_epic());
    const std::size_t suggestions = each_suggestion(asked, [](const Asked&, Value card, Value suggestion) {
        BOOST_TEST(suggestion["actions"].size() <= 1U);
        BOOST_TEST(card["selectionBehavior"].text() == "any");
        BOOST_TEST(!suggestion["label"].text().empty());
        for (const Value action : suggestion["actions"].elements()) BOOST_TEST(!action["description"].text().empty());
    });
    each_card(asked, [](const Asked&, Value card) {
        for (const Value link : card["links"].elements()) BOOST_TEST(!link["label"].text().empty());
    });
    BOOST_TEST(suggestions > 50U);
}

BOOST_AUTO_TEST_CASE(K16_there_are_no_system_actions) {  // they are not enabled, so the member is absent
    for (const Asked& asked : corpus()) BOOST_TEST(!asked.cards.root()["systemActions"].exists(), asked.name);
}

BOOST_AUTO_TEST_CASE(K18_nothing_is_launched_by_itself) {
    for (const Asked& asked : corpus()) BOOST_TEST(!contains(asked.answer.body, "autolaunchable"), asked.name);
}

BOOST_AUTO_TEST_CASE(K19_the_same_call_gets_the_same_cards_in_the_same_order_from_every_thread) {
    each_card(corpus(), [last = std::string(), at = 0](const Asked& asked, Value card) mutable {
        const int here = rank(card["indicator"].text());
        if (card["source"]["topic"]["code"].text() != "moreRecommendations")
            BOOST_TEST((asked.name != last || here >= at), "a more urgent card stands below");
        last = asked.name;
        at = here;
    });
    const std::string expected = without_uuids(sandbox().view(patient_view()).body);
    std::vector<std::string> answers(104);
    std::vector<std::thread> threads;
    const std::uint16_t port = sandbox().process().port();
    const std::string request =
        request_bytes("POST", sandbox().path("patient-view"), {{"Content-Type", "application/json"}}, patient_view());
    for (std::size_t thread = 0; thread < 8; ++thread) {
        threads.emplace_back([&, thread] {
            HttpConnection connection(port);
            for (std::size_t i = thread; i < answers.size(); i += 8)
                answers[i] = without_uuids(connection.send(request).receive().body);
        });
    }
    for (std::thread& thread : threads) thread.join();
    for (const std::string& answer : answers) BOOST_TEST((answer == expected));
}

BOOST_AUTO_TEST_SUITE_END()
