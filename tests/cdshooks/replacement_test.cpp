// An order offered in place of a drafted one takes that draft away in the same suggestion (decisions.md 55;
// conformance-cases.md K14): otherwise choosing it would double the treatment.
#include <boost/test/unit_test.hpp>

#include <filesystem>

#include "cdshooks/wording_calls.hpp"

using namespace rectal_cds;
using namespace rectal_cds::testing;

namespace {

const char* const cetuximab = "named/cetuximab-drafted-with-kras-g12d";
const std::string label =
    "Bevacizumab 5 mg/kg every 14 days in place of the drafted antibody, with a two-weekly backbone";

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

// The suggestion with this label on any card; missing when there is none.
json::Value suggestion_of(const json::Document& document, std::string_view wanted) {
    for (const json::Value card : document.root()["cards"].elements()) {
        for (const json::Value suggestion : card["suggestions"].elements())
            if (suggestion["label"].text() == wanted) return suggestion;
    }
    return {};
}

std::string all_details(const json::Document& document) {
    std::string text;
    for (const json::Value card : document.root()["cards"].elements()) text += card["detail"].text();
    return text;
}

// The call with one text of its body replaced.
HookCall changed(const std::string& folder, const std::string& old_text, const std::string& new_text) {
    HookCall call = case_call(folder);
    const auto at = call.body.find(old_text);
    BOOST_TEST_REQUIRE(at != std::string::npos, folder << " does not hold " << old_text);
    call.body.replace(at, old_text.size(), new_text);
    return call;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(replacements_of_drafts)

BOOST_AUTO_TEST_CASE(delete_the_draft_and_create_the_order_in_one_suggestion) {
    const json::Document document = parsed(answer(case_call(cetuximab)).body);
    const json::Value actions = suggestion_of(document, label)["actions"];
    BOOST_TEST_REQUIRE(actions.size() == 2U);
    BOOST_TEST(actions.at(0)["type"].text() == "delete");
    BOOST_TEST(actions.at(0)["resourceId"].text() == "MedicationRequest/draft-1");
    BOOST_TEST(actions.at(1)["type"].text() == "create");
    BOOST_TEST(actions.at(1)["resource"]["resourceType"].text() == "MedicationRequest");
}

BOOST_AUTO_TEST_CASE(every_suggestion_in_place_of_a_draft_deletes_one_in_every_golden_case) {
    std::size_t found = 0;
    for (const HookCall& call : golden_calls()) {
        const json::Document document = parsed(answer(call).body);
        for (const json::Value card : document.root()["cards"].elements()) {
            for (const json::Value suggestion : card["suggestions"].elements()) {
                if (!contains(suggestion["label"].text(), "in place of the drafted")) continue;
                const json::Value actions = suggestion["actions"];
                BOOST_TEST(actions.at(0)["type"].text() == "delete", call.name);
                BOOST_TEST(actions.at(actions.size() - 1)["type"].text() == "create", call.name);
                ++found;
            }
        }
    }
    BOOST_TEST(found > 10U);
}

BOOST_AUTO_TEST_CASE(no_label_promises_something_instead_without_a_deletion) {
    for (const HookCall& call : golden_calls()) {
        const json::Document document = parsed(answer(call).body);
        for (const json::Value card : document.root()["cards"].elements()) {
            for (const json::Value suggestion : card["suggestions"].elements())
                BOOST_TEST(!contains(suggestion["label"].text(), "instead"), call.name);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_draft_that_is_no_longer_a_draft_is_not_replaced_and_the_card_says_why) {
    const json::Document document =
        parsed(answer(changed(cetuximab, R"("status":"draft")", R"("status":"active")")).body);
    BOOST_TEST(!suggestion_of(document, label).exists());
    BOOST_TEST(!suggestion_of(document, "Drafted EGFR antibody deleted").exists());
    BOOST_TEST(contains(all_details(document), "that order has to be deleted first"));
}

BOOST_AUTO_TEST_CASE(a_draft_without_an_id_is_not_replaced) {
    HookCall call = changed(cetuximab, R"("id":"draft-1",)", "");
    const json::Document document = parsed(answer(call).body);
    BOOST_TEST(!suggestion_of(document, label).exists());
    BOOST_TEST(document.root()["cards"].size() > 0U);
}

BOOST_AUTO_TEST_CASE(radiotherapy_with_a_full_prescription_is_not_replaced_by_the_same) {
    const std::string replaced =
        "Pelvic radiotherapy, 25 Gy in 5 fractions, in place of the drafted order without a dose";
    const json::Document full =
        parsed(answer(case_call("concurrent-fluoropyrimidine-rt/fires-capecitabine-with-5x5-gy")).body);
    BOOST_TEST(!suggestion_of(full, replaced).exists());
    const json::Document bare = parsed(
        answer(case_call("concurrent-fluoropyrimidine-rt/fires-capecitabine-with-radiotherapy-without-a-dose")).body);
    const json::Value actions = suggestion_of(bare, replaced)["actions"];
    BOOST_TEST_REQUIRE(actions.size() == 2U);
    BOOST_TEST(actions.at(0)["resourceId"].text() == "ServiceRequest/draft-1");
}

BOOST_AUTO_TEST_CASE(with_one_action_a_suggestion_the_deletion_is_offered_once_and_the_card_says_they_go_together) {
    const json::Document document = parsed(answer(case_call(cetuximab), {}, cdshooks::epic_profile).body);
    std::size_t deletions = 0;
    for (const json::Value card : document.root()["cards"].elements()) {
        for (const json::Value suggestion : card["suggestions"].elements()) {
            BOOST_TEST(suggestion["actions"].size() == 1U);
            const json::Value action = suggestion["actions"].at(0);
            deletions += action["type"].text() == "delete" ? 1U : 0U;
            if (action["type"].text() == "create" && contains(suggestion["label"].text(), "in place of"))
                BOOST_TEST(contains(action["description"].text(), "goes with the deletion of what it replaces"));
        }
    }
    BOOST_TEST(deletions == 1U);
    BOOST_TEST(contains(all_details(document), "it goes with the deletion of what it replaces"));
}

BOOST_AUTO_TEST_SUITE_END()
