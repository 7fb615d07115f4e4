// Suggestions as a client can take them: one action each (Epic), at most one (CDS Hooks 1.0); decisions.md 52 and 53.
#include "cdshooks/wire_profile.hpp"

#include <boost/test/unit_test.hpp>

#include <set>

#include "cdshooks/wording_calls.hpp"

using namespace rectal_cds;
using namespace rectal_cds::testing;
using cdshooks::epic_profile;
using cdshooks::profile_1_0;
using cdshooks::WireProfile;

namespace {

using Visit = void (*)(json::Value card, const std::string& name);

// Visits every card with suggestions of every scenario; returns how many there were.
std::size_t each_card(const WireProfile& profile, Visit visit) {
    std::size_t cards = 0;
    for (const HookCall& call : scenario_calls()) {
        const json::Document document = parsed(answer(call, {}, profile).body);
        for (const json::Value card : document.root()["cards"].elements()) {
            if (!card["suggestions"].exists()) continue;
            visit(card, call.name + " " + std::string(card["source"]["topic"]["code"].text()));
            ++cards;
        }
    }
    return cards;
}

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

// The card of one recommendation, told by its detail: version 1.0 has no topic. Its document must outlive it.
json::Value card_of(const json::Document& document, const std::string& id) {
    for (const json::Value card : document.root()["cards"].elements()) {
        if (contains(card["detail"].text(), "\n\nRecommendation " + id + ", content version ")) return card;
    }
    BOOST_FAIL("There is no card " << id);
    return {};
}

std::vector<std::string> labels(json::Value card) {
    std::vector<std::string> found;
    for (const json::Value suggestion : card["suggestions"].elements()) found.emplace_back(suggestion["label"].text());
    return found;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(cards_are_the_same_for_every_client)

BOOST_AUTO_TEST_CASE(the_same_recommendations_are_shown_and_folded) {
    for (const HookCall& call : scenario_calls()) {
        const cdshooks::Answer standard = answer(call);
        for (const WireProfile& profile : {epic_profile, profile_1_0}) {
            const cdshooks::Answer found = answer(call, {}, profile);
            BOOST_TEST(found.shown == standard.shown, call.name);
            BOOST_TEST(found.folded == standard.folded, call.name);
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(one_action_for_each_suggestion)

BOOST_AUTO_TEST_CASE(every_suggestion_has_exactly_one_action_and_every_card_the_behaviour_any) {
    const std::size_t cards = each_card(epic_profile, [](json::Value card, const std::string& name) {
        BOOST_TEST(card["selectionBehavior"].text() == "any", name);
        std::set<std::string> seen;
        for (const json::Value suggestion : card["suggestions"].elements()) {
            BOOST_TEST(suggestion["actions"].size() == 1U, name);
            BOOST_TEST(seen.emplace(suggestion["label"].text()).second, name << ": a label twice");
        }
    });
    BOOST_TEST(cards > 100U);
}

// Whatever is chosen of a card, it cannot add up to more than one regimen: all drugs share one group, or there is one.
BOOST_AUTO_TEST_CASE(no_card_mixes_two_regimens) {
    each_card(epic_profile, [](json::Value card, const std::string& name) {
        std::set<std::string> groups, drugs;
        std::size_t orders = 0;
        for (const json::Value suggestion : card["suggestions"].elements()) {
            const json::Value order = suggestion["actions"].at(0)["resource"];
            if (order["resourceType"].text() != "MedicationRequest") continue;
            ++orders;
            groups.emplace(order["groupIdentifier"]["value"].text());
            drugs.emplace(order["medicationCodeableConcept"]["text"].text());
        }
        BOOST_TEST(groups.size() <= 1U, name);
        BOOST_TEST(drugs.size() == orders, name << ": a drug twice");
        BOOST_TEST((orders < 2U || !groups.begin()->empty()), name << ": the drugs of a regimen share no group");
    });
}

BOOST_AUTO_TEST_CASE(orders_are_proposals) {
    each_card(epic_profile, [](json::Value card, const std::string& name) {
        for (const json::Value suggestion : card["suggestions"].elements()) {
            const json::Value action = suggestion["actions"].at(0);
            if (action["type"].text() == "create") BOOST_TEST(action["resource"]["intent"].text() == "proposal", name);
        }
    });
}

BOOST_AUTO_TEST_CASE(the_first_regimen_is_offered_where_none_is_recommended_and_the_others_are_text) {
    const json::Document document = parsed(answer(case_call("named/seed-case-kras-g12d-mss"), {}, epic_profile).body);
    const json::Value card = card_of(document, "first-line-doublet-bevacizumab");
    const std::vector<std::string> found = labels(card);
    BOOST_TEST_REQUIRE(found.size() == 4U);
    for (const std::string& label : found)
        BOOST_TEST(contains(label, "mFOLFOX6 with bevacizumab (preferred): "), label);
    BOOST_TEST(contains(card["detail"].text(), "FOLFIRI with bevacizumab (preferred)"));
    BOOST_TEST(contains(card["detail"].text(), "complete only with all 4"));
}

BOOST_AUTO_TEST_CASE(the_recommended_regimen_is_offered_where_there_is_one) {
    const json::Document document =
        parsed(answer(case_call("first-line-backbone-choice/fires-bilirubin-1-6-uln"), {}, epic_profile).body);
    for (const json::Value card : document.root()["cards"].elements()) {
        if (card["source"]["topic"]["code"].text() == "firstLineBackboneChoice") continue;
        for (const json::Value suggestion : card["suggestions"].elements()) {
            if (suggestion["actions"].at(0)["resource"]["resourceType"].text() != "MedicationRequest") continue;
            BOOST_TEST(suggestion["isRecommended"].boolean().value_or(false), suggestion["label"].text());
        }
    }
}

BOOST_AUTO_TEST_CASE(tests_remain_separate_suggestions) {
    const json::Document document = parsed(answer(case_call("named/seed-case-nothing-tested"), {}, epic_profile).body);
    const json::Document standard = parsed(answer(case_call("named/seed-case-nothing-tested")).body);
    BOOST_TEST(labels(card_of(document, "biomarker-testing-needed")) ==
               labels(card_of(standard, "biomarker-testing-needed")));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(cds_hooks_1_0)

BOOST_AUTO_TEST_CASE(every_card_is_at_most_one_and_recommends_nothing) {
    const std::size_t cards = each_card(profile_1_0, [](json::Value card, const std::string& name) {
        BOOST_TEST(card["selectionBehavior"].text() == "at-most-one", name);
        for (const json::Value suggestion : card["suggestions"].elements())
            BOOST_TEST(!suggestion["isRecommended"].exists(), name);
    });
    BOOST_TEST(cards > 100U);
}

BOOST_AUTO_TEST_CASE(missing_tests_come_together_first_and_then_singly) {
    const HookCall call = case_call("named/seed-case-nothing-tested");
    const json::Document document = parsed(answer(call, {}, profile_1_0).body), standard = parsed(answer(call).body);
    const json::Value card = card_of(document, "biomarker-testing-needed"),
                      usual = card_of(standard, "biomarker-testing-needed");
    BOOST_TEST(card["suggestions"].size() == usual["suggestions"].size() + 1);
    BOOST_TEST(contains(card["suggestions"].at(0)["label"].text(), "All together: "));
    BOOST_TEST(card["suggestions"].at(0)["actions"].size() ==
               3U);  // RAS, BRAF, MMR/MSI; HER2 and genetics are optional
    for (std::size_t i = 1; i < card["suggestions"].size(); ++i)
        BOOST_TEST(card["suggestions"].at(i)["actions"].size() == 1U);
}

// Chosen alone, a replacement that left the drafted antibody in place would order both.
BOOST_AUTO_TEST_CASE(a_replacement_takes_the_deletions_of_its_card_along) {
    const json::Document document =
        parsed(answer(case_call("named/cetuximab-drafted-with-kras-g12d"), {}, profile_1_0).body);
    const json::Value card = card_of(document, "anti-egfr-ras-mutant");
    std::size_t replacements = 0;
    for (const json::Value suggestion : card["suggestions"].elements()) {
        const json::Value first = suggestion["actions"].at(0),
                          last = suggestion["actions"].at(suggestion["actions"].size() - 1);
        BOOST_TEST(first["type"].text() == "delete");
        BOOST_TEST(!first["resource"].text().empty());
        BOOST_TEST(!first["resourceId"].exists());
        replacements += last["type"].text() == "create" ? 1U : 0U;
    }
    BOOST_TEST(replacements > 0U);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(whole_answers_of_other_clients)

BOOST_AUTO_TEST_CASE(epic) {
    check_golden(answer(case_call("named/seed-case-kras-g12d-mss"), {}, epic_profile), "kras-g12d-mss-epic");
    check_golden(answer(case_call("named/cetuximab-drafted-with-kras-g12d"), {}, epic_profile), "cetuximab-epic");
}

BOOST_AUTO_TEST_CASE(version_1_0) {
    check_golden(answer(case_call("named/seed-case-nothing-tested"), {}, profile_1_0), "nothing-tested-1-0");
    check_golden(answer(case_call("named/cetuximab-drafted-with-kras-g12d"), {}, profile_1_0), "cetuximab-1-0");
}

BOOST_AUTO_TEST_SUITE_END()
