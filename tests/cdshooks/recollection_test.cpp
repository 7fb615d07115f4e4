// What was shown and overridden before, inside an answer (clinical.md 3.1, decisions.md 41 and 42; T102). The history
// is a function here: what it remembers is tested in tests/store.
#include "cdshooks/recollection.hpp"

#include <boost/test/unit_test.hpp>

#include <map>
#include <set>
#include <stdexcept>

#include "cdshooks/wording_calls.hpp"
#include "support/real_knowledge.hpp"

using namespace rectal_cds;
using namespace rectal_cds::cdshooks;
using namespace rectal_cds::testing;
using Decision = Remembered::Decision;
using guideline::Indicator;

namespace {

Answer answered(const HookCall& call, CardHistory history, const WireProfile& profile = standard_profile) {
    Call made;
    made.body = call.body;
    made.today = call.today;
    made.seed_from_hook_instance = true;
    made.wire = pinned(profile);
    made.history = std::move(history);
    return respond(real_knowledge(), std::move(made));
}

Remembered suppress(const PlannedCard&) { return {Decision::suppress, "shown before"}; }

// The evidence hashes of all recommendations that fire, and what else the history was asked.
std::map<std::string, PlannedCard> asked(const HookCall& call) {
    std::map<std::string, PlannedCard> cards;
    answered(call, [&](const PlannedCard& card) {
        cards.emplace(card.recommendation_id, card);
        return Remembered{};
    });
    return cards;
}

// The first `text` after `anchor` becomes `replacement`.
HookCall with(HookCall call, const std::string& anchor, const std::string& text, const std::string& replacement) {
    const auto from = call.body.find(anchor);
    BOOST_TEST_REQUIRE(from != std::string::npos, call.name << " does not hold " << anchor);
    const auto at = call.body.find(text, from + anchor.size());
    BOOST_TEST_REQUIRE(at != std::string::npos, call.name << " does not hold " << text << " after " << anchor);
    call.body.replace(at, text.size(), replacement);
    return call;
}

HookCall cetuximab_with_kras_g12d() {
    return {"kras", read_text(source_folder() / "tests/examples/cetuximab-kras-g12d-order-sign.json"), "order-sign",
            base::parse_day("2026-03-02").value()};
}

std::string evidence_of_mutation(const HookCall& call) {
    const auto cards = asked(call);
    BOOST_TEST_REQUIRE(cards.count("anti-egfr-ras-mutant") == 1U);
    return cards.at("anti-egfr-ras-mutant").evidence;
}

std::set<std::string> ids(const std::vector<Recommended>& recommended) {
    std::set<std::string> result;
    for (const Recommended& one : recommended) result.insert(one.id);
    return result;
}

// The first scenario on `hook` that shows such a card.
HookCall scenario_with(const std::string& hook, Indicator indicator) {
    for (const HookCall& call : scenario_calls()) {
        if (call.hook != hook) continue;
        for (const Recommended& one : answered(call, {}).shown) {
            if (one.indicator == indicator) return call;
        }
    }
    BOOST_FAIL("No scenario shows such a card on " << hook);
    return {};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(a_history)

BOOST_AUTO_TEST_CASE(that_knows_nothing_changes_no_byte) {
    for (const HookCall& call : scenario_calls()) {
        const Answer without = answered(call, {}),
                     with_one = answered(call, [](const PlannedCard&) { return Remembered{}; });
        BOOST_TEST(without.body == with_one.body, call.name);
    }
}

BOOST_AUTO_TEST_CASE(suppresses_at_the_opening_of_a_chart_and_the_answer_lists_what) {
    const HookCall call = scenario_with("patient-view", Indicator::info);
    const Answer before = answered(call, {}), after = answered(call, suppress);
    BOOST_TEST(before.suppressed.empty());
    BOOST_TEST(!after.suppressed.empty());
    const auto document = parsed(after.body);
    const json::Value listed = document.root()["extension"]["org.rectal-cds.suppressed"];
    BOOST_TEST(listed.size() == after.suppressed.size());
    BOOST_TEST(listed.at(0).text() == after.suppressed[0].id);
    BOOST_TEST(!parsed(before.body).root()["extension"].exists());
}

// Whatever a history answers: over all scenarios no critical card is lost, and none at order hooks that says what was
// not checked.
BOOST_AUTO_TEST_CASE(never_suppresses_a_critical_card_or_what_was_not_checked) {
    std::size_t critical = 0;
    for (const HookCall& call : scenario_calls()) {
        const Answer before = answered(call, {}), after = answered(call, suppress);
        const auto kept = ids(after.shown);
        for (const Recommended& one : before.shown) {
            const bool must_stay =
                one.indicator == Indicator::critical || (call.hook != "patient-view" && one.id == "data-unavailable");
            critical += one.indicator == Indicator::critical ? 1 : 0;
            BOOST_TEST((!must_stay || kept.count(one.id) == 1), call.name << " lost " << one.id);
        }
        BOOST_TEST(after.status == before.status, call.name);
    }
    BOOST_TEST(critical > 0U);
}

BOOST_AUTO_TEST_CASE(that_fails_suppresses_nothing) {
    for (const HookCall& call : scenario_calls()) {
        const Answer failed =
            answered(call, [](const PlannedCard&) -> Remembered { throw std::runtime_error("down"); });
        BOOST_TEST(failed.body == answered(call, {}).body, call.name);
    }
}

BOOST_AUTO_TEST_CASE(lets_a_critical_card_show_the_recorded_override) {
    const HookCall call = scenario_with("order-sign", Indicator::critical);
    const Answer answer = answered(call, [](const PlannedCard& card) {
        return card.indicator == Indicator::critical ? Remembered{Decision::show_with_override, "by <b>you</b> *now*"}
                                                     : Remembered{};
    });
    const auto document = parsed(answer.body);
    bool found = false;
    for (const json::Value card : document.root()["cards"].elements()) {
        const std::string detail(card["detail"].text());
        const bool shows = detail.rfind("**Recorded override:** by &lt;b&gt;you&lt;/b&gt; \\*now\\*\n\n", 0) == 0;
        BOOST_TEST(shows == (card["indicator"].text() == "critical"), detail.substr(0, 80));
        found = found || shows;
    }
    BOOST_TEST(found);
}

// A client of 1.0 gets no ids of cards, so nothing can be remembered for it.
BOOST_AUTO_TEST_CASE(is_not_asked_for_a_client_of_1_0) {
    const HookCall call = scenario_with("patient-view", Indicator::info);
    BOOST_TEST(answered(call, suppress, profile_1_0).suppressed.empty());
}

BOOST_AUTO_TEST_CASE(leaves_room_for_cards_that_were_folded) {
    for (const HookCall& call : scenario_calls()) {
        const Answer before = answered(call, {});
        if (before.folded.empty() || call.hook != "patient-view") continue;
        const std::string first = before.shown.back().id;
        const Answer after = answered(call, [&](const PlannedCard& card) {
            return card.recommendation_id == first ? Remembered{Decision::suppress, "shown before"} : Remembered{};
        });
        if (after.suppressed.empty()) continue;
        BOOST_TEST(after.shown.size() == before.shown.size(), call.name);
        BOOST_TEST(after.folded.size() + 1 == before.folded.size(), call.name);
    }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(the_evidence_of_a_card)

BOOST_AUTO_TEST_CASE(is_the_same_for_the_same_record) {
    for (const HookCall& call : scenario_calls()) {
        const auto once = asked(call), again = asked(call);
        BOOST_TEST_REQUIRE(once.size() == again.size());
        for (const auto& [id, card] : once) BOOST_TEST(card.evidence == again.at(id).evidence, call.name << " " << id);
    }
}

// The next day the same record says the same, although "days ago" on the card counts on.
BOOST_AUTO_TEST_CASE(is_mostly_the_same_a_day_later) {
    std::size_t same = 0, all = 0;
    for (HookCall call : scenario_calls()) {
        const auto today = asked(call);
        call.today += std::chrono::days(1);
        const auto tomorrow = asked(call);
        for (const auto& [id, card] : today) {
            const auto found = tomorrow.find(id);
            if (found == tomorrow.end()) continue;
            ++all;
            same += found->second.evidence == card.evidence ? 1 : 0;
        }
    }
    BOOST_TEST(all > 0U);
    BOOST_TEST(same * 10 >= all * 9, same << " of " << all);
}

BOOST_AUTO_TEST_CASE(changes_with_the_value_the_date_the_status_and_the_source_of_a_result_and_with_the_order) {
    const HookCall call = cetuximab_with_kras_g12d();
    const std::string before = evidence_of_mutation(call), kras = "Observation/obs-022-5\"";
    BOOST_TEST(evidence_of_mutation(with(call, kras, "p.Gly12Asp", "p.Gly12Val")) != before);
    BOOST_TEST(evidence_of_mutation(with(call, kras, "2026-02-24", "2026-01-24")) != before);
    BOOST_TEST(evidence_of_mutation(with(call, kras, "\"final\"", "\"corrected\"")) != before);
    BOOST_TEST(evidence_of_mutation(with(call, kras, "obs-022-5", "obs-022-99")) != before);
    BOOST_TEST(evidence_of_mutation(with(call, "\"draft-022-1\"", "318341", "263034")) != before, "panitumumab");
}

BOOST_AUTO_TEST_CASE(does_not_change_with_what_the_card_does_not_rest_on) {
    const HookCall call = cetuximab_with_kras_g12d();
    const std::string before = evidence_of_mutation(call);
    BOOST_TEST(evidence_of_mutation(with(call, "Observation/obs-022-11\"", "24.6", "31.5")) == before, "CEA");
    BOOST_TEST(evidence_of_mutation(with(call, "\"draft-022-3\"", "180 mg/m2", "150 mg/m2")) == before, "irinotecan");
}

BOOST_AUTO_TEST_CASE(comes_with_the_order_it_is_about_at_order_hooks_alone) {
    for (const auto& [id, card] : asked(scenario_with("order-sign", Indicator::critical))) {
        BOOST_TEST(card.user_id.find("Practitioner") == 0U);
        if (card.indicator == Indicator::critical) BOOST_TEST(!card.order.empty(), id);
    }
    for (const auto& [id, card] : asked(scenario_with("patient-view", Indicator::info)))
        BOOST_TEST(card.order.empty(), id);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(the_cards_of_an_answer)

BOOST_AUTO_TEST_CASE(are_told_with_the_ids_that_were_written) {
    for (const HookCall& call : scenario_calls()) {
        const Answer answer = answered(call, [](const PlannedCard&) { return Remembered{}; });
        if (answer.status != 200) continue;
        const auto document = parsed(answer.body);
        const json::Value cards = document.root()["cards"];
        BOOST_TEST_REQUIRE(cards.size() == answer.cards.size());
        for (std::size_t i = 0; i < cards.size(); ++i) {
            const json::Value card = cards.at(i);
            const WrittenCard& written = answer.cards[i];
            BOOST_TEST(card["uuid"].text() == written.uuid);
            const bool is_service_card = card["source"]["topic"]["code"].text() == "moreRecommendations" ||
                                         card["source"]["topic"]["code"].text() == "notAssessed";
            BOOST_TEST(written.evidence.size() == (is_service_card ? 0U : 32U));
            BOOST_TEST(card["source"]["topic"]["display"].text() == written.title);
            BOOST_TEST(written.evidence.size() ==
                       (card["source"]["topic"]["code"].text() == written.recommendation_id && written.evidence.empty()
                            ? 0U
                            : 32U));
            BOOST_TEST_REQUIRE(card["suggestions"].size() == written.suggestions.size());
            for (std::size_t j = 0; j < written.suggestions.size(); ++j) {
                BOOST_TEST(card["suggestions"].at(j)["uuid"].text() == written.suggestions[j].uuid);
                BOOST_TEST(card["suggestions"].at(j)["label"].text() == written.suggestions[j].label);
            }
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
