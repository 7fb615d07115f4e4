// Which cards a user is shown again (clinical.md 3.1, decisions.md 41 and 42; T102). Every window has its two sides.
#include <boost/test/unit_test.hpp>

#include "store/remembering.hpp"

using namespace rectal_cds;
using namespace rectal_cds::store;
using namespace rectal_cds::store::test;

BOOST_FIXTURE_TEST_SUITE(at_patient_view, Memory)

BOOST_AUTO_TEST_CASE(info_comes_again_after_thirty_days) {
    const auto card = planned(Hook::patient_view, Indicator::info);
    BOOST_TEST(is_shown(card, 0s));
    shown(card);
    BOOST_TEST((ask(card, 1s) == Decision::suppress));
    BOOST_TEST((ask(card, days(30) - 1s) == Decision::suppress));
    BOOST_TEST(is_shown(card, days(30)));
}

BOOST_AUTO_TEST_CASE(a_warning_comes_again_after_seven_days) {
    const auto card = planned(Hook::patient_view, Indicator::warning);
    shown(card);
    BOOST_TEST((ask(card, days(7) - 1s) == Decision::suppress));
    BOOST_TEST(is_shown(card, days(7)));
}

BOOST_AUTO_TEST_CASE(critical_comes_every_time) {
    const auto card = planned(Hook::patient_view, Indicator::critical);
    shown(card);
    BOOST_TEST(is_shown(card, 1s));
}

BOOST_AUTO_TEST_CASE(what_could_not_be_read_comes_again_after_a_day) {
    auto card = planned(Hook::patient_view, Indicator::info);
    card.recommendation_id = "data-unavailable";
    shown(card);
    BOOST_TEST((ask(card, days(1) - 1s) == Decision::suppress));
    BOOST_TEST(is_shown(card, days(1)));
}

BOOST_AUTO_TEST_CASE(another_user_patient_client_recommendation_or_evidence_is_another_card) {
    const auto card = planned(Hook::patient_view, Indicator::info);
    shown(card);
    auto other = card;
    other.user_id = "Practitioner/onc-2";
    BOOST_TEST(is_shown(other, 1s));
    other = card, other.patient_id = "pat-2";
    BOOST_TEST(is_shown(other, 1s));
    other = card, other.recommendation_id = "another-recommendation";
    BOOST_TEST(is_shown(other, 1s));
    other = card, other.evidence = "ffffffffffffffffffffffffffffffff";
    BOOST_TEST(is_shown(other, 1s), "New data show the card again.");
    BOOST_TEST(is_shown(card, 1s, "ehr-b"));
    BOOST_TEST(!is_shown(card, 1s));
}

BOOST_AUTO_TEST_CASE(a_card_shown_at_an_order_hook_was_not_shown_here) {
    auto card = planned(Hook::order_sign, Indicator::info);
    shown(card);
    BOOST_TEST(is_shown(planned(Hook::patient_view, Indicator::info), 1s));
}

// The clock of the machine was set back: a card that lies in the future was not shown before.
BOOST_AUTO_TEST_CASE(a_card_from_the_future_suppresses_nothing) {
    const auto card = planned(Hook::patient_view, Indicator::info);
    shown(card);
    BOOST_TEST(is_shown(card, -1h));
}

BOOST_AUTO_TEST_CASE(a_silent_answer_showed_nothing) {
    const auto card = planned(Hook::patient_view, Indicator::info);
    shown(card, 1, true);
    BOOST_TEST(is_shown(card, 1s));
}

BOOST_AUTO_TEST_CASE(a_card_without_evidence_is_not_remembered) {
    auto card = planned(Hook::patient_view, Indicator::info);
    card.evidence.clear();
    shown(card);
    BOOST_TEST(memory.size() == 0U);
    BOOST_TEST(is_shown(card, 1s));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(the_memory_of_cards)

BOOST_AUTO_TEST_CASE(forgets_the_oldest_first_and_then_shows_them) {
    CardMemoryLimits limits;
    limits.max_cards = 100;
    CardMemory memory(limits);
    for (unsigned i = 0; i < 250; ++i) {
        IssuedAnswer answer = test::answer({i});
        answer.hook = "patient-view";
        answer.cards[0].indicator = Indicator::info;
        answer.cards[0].evidence = "evidence " + std::to_string(i % 200);
        answer.patient = "p";
        memory.note_issued(answer);
    }
    BOOST_TEST(memory.size() == 100U);
    const auto history = memory.history(
        client, [](const std::string&) { return std::string("p"); }, at(noon) + 1s);
    const auto decision = [&](unsigned i) {
        return history({"p", user, Hook::patient_view, "anti-egfr-ras-mutant", Indicator::info,
                        "evidence " + std::to_string(i), ""})
            .decision;
    };
    BOOST_TEST((decision(149) == Decision::show));
    BOOST_TEST((decision(150) == Decision::suppress));
    BOOST_TEST((decision(49) == Decision::suppress), "It was shown a second time.");
}

// A card that is selected again and again is one card, and feedback on any of its newest copies is recognised.
BOOST_AUTO_TEST_CASE(holds_a_card_once_however_often_it_is_shown) {
    CardMemory memory;
    for (unsigned i = 0; i < 10'000; ++i) {
        IssuedAnswer selecting = answer({i});
        selecting.hook = "order-select";
        memory.note_issued(selecting);
    }
    BOOST_TEST(memory.size() == 1U);
    const auto decision = [&] {
        const auto history = memory.history(
            client, [](const std::string&) { return answer({}).patient; }, at(noon) + 60s);
        const auto card = test::card(1);
        return history(
                   {"p", user, Hook::order_sign, card.recommendation_id, Indicator::warning, card.evidence, card.order})
            .decision;
    };
    memory.note_feedback(client, {overridden(uuid(1), "too old to be known")});
    BOOST_TEST((decision() == Decision::show));
    memory.note_feedback(client, {overridden(uuid(9990), "x")});
    BOOST_TEST((decision() == Decision::suppress));
}

BOOST_AUTO_TEST_CASE(is_filled_from_the_store_at_the_start) {
    testing::TemporaryFolder folder;
    const auto store = opened(in(folder));
    IssuedAnswer view = answer({1}), select = answer({2});
    view.hook = "patient-view", select.hook = "order-select";
    view.cards[0].indicator = select.cards[0].indicator = Indicator::warning;
    store->record_issued(view);
    store->record_issued(select);
    await_recorded(*store, 2);
    BOOST_TEST(saved(*store, batch({overridden(uuid(2), "x")})) == Saved::ok);
    CardMemory memory;
    memory.load(store->cards_since(at(noon) - memory.limits().info, memory.limits().max_cards).value());
    BOOST_TEST(memory.size() == 2U);
    const auto history = memory.history(
        client, [&](const std::string&) { return view.patient; }, at(noon) + 60s);
    const PlannedCard card{
        "pat-1", view.user_id, Hook::patient_view, "anti-egfr-ras-mutant", Indicator::warning, view.cards[0].evidence,
        ""};
    BOOST_TEST((history(card).decision == Decision::suppress));
    PlannedCard signing = card;
    signing.hook = Hook::order_sign;
    signing.order = select.cards[0].order;
    BOOST_TEST((history(signing).decision == Decision::suppress));
}

BOOST_AUTO_TEST_SUITE_END()
