// Overrides at order selection, and what of them holds at signing (clinical.md 3.1, decisions.md 41; T102).
#include <boost/test/unit_test.hpp>

#include "store/remembering.hpp"

using namespace rectal_cds;
using namespace rectal_cds::store;
using namespace rectal_cds::store::test;

BOOST_FIXTURE_TEST_SUITE(at_order_hooks, Memory)

BOOST_AUTO_TEST_CASE(nothing_is_suppressed_by_time) {
    for (const Hook hook : {Hook::order_select, Hook::order_sign}) {
        for (const Indicator indicator : {Indicator::info, Indicator::warning, Indicator::critical}) {
            shown(planned(hook, indicator));
            BOOST_TEST(is_shown(planned(Hook::order_select, indicator), 1s));
            BOOST_TEST(is_shown(planned(Hook::order_sign, indicator), 1s));
        }
    }
}

BOOST_AUTO_TEST_CASE(an_override_at_selection_holds_at_signing_for_a_day) {
    shown(planned(Hook::order_select, Indicator::warning));
    const auto signing = planned(Hook::order_sign, Indicator::warning);
    BOOST_TEST(is_shown(signing, 60s));
    override_it("agreed with the tumour board");
    const auto remembered = memory.history(client, pseudonym, shown_at + 60s)(signing);
    BOOST_TEST((remembered.decision == Decision::suppress));
    BOOST_TEST(remembered.why ==
               "overridden at order selection, 2026-03-02 12:00 UTC: \"agreed with the tumour board\"");
    BOOST_TEST((ask(signing, days(1) - 1s) == Decision::suppress));
    BOOST_TEST(is_shown(signing, days(1)));
    BOOST_TEST(is_shown(planned(Hook::order_select, Indicator::warning), 60s), "Selecting again shows it again.");
}

BOOST_AUTO_TEST_CASE(a_critical_card_is_shown_with_the_recorded_override) {
    shown(planned(Hook::order_select, Indicator::critical));
    auto item = overridden(uuid(1), "see note");
    item.reason.code = "OR-MDT";
    item.reason.display = "Agreed exception";
    memory.note_feedback(client, {item});
    const auto remembered =
        memory.history(client, pseudonym, shown_at + 60s)(planned(Hook::order_sign, Indicator::critical));
    BOOST_TEST((remembered.decision == Decision::show_with_override));
    BOOST_TEST(remembered.why ==
               "overridden at order selection, 2026-03-02 12:00 UTC: Agreed exception (OR-MDT): \"see note\"");
}

BOOST_AUTO_TEST_CASE(another_order_user_or_evidence_shows_it_again) {
    shown(planned(Hook::order_select, Indicator::warning));
    override_it("x");
    const auto card = planned(Hook::order_sign, Indicator::warning);
    auto other = card;
    other.order = "MedicationRequest/d1 bb";
    BOOST_TEST(is_shown(other, 60s), "The order was changed.");
    other = card, other.order = "";
    BOOST_TEST(is_shown(other, 60s), "The order cannot be told from others.");
    other = card, other.user_id = "Practitioner/onc-2";
    BOOST_TEST(is_shown(other, 60s));
    other = card, other.evidence = "ffffffffffffffffffffffffffffffff";
    BOOST_TEST(is_shown(other, 60s), "New data show the card again.");
    BOOST_TEST(!is_shown(card, 60s));
}

// clinical.md 3.1: an override with a reason.
BOOST_AUTO_TEST_CASE(an_override_without_a_reason_does_not_hold) {
    shown(planned(Hook::order_select, Indicator::warning));
    override_it("");
    BOOST_TEST(is_shown(planned(Hook::order_sign, Indicator::warning), 60s));
}

BOOST_AUTO_TEST_CASE(an_override_of_another_client_does_not_count) {
    shown(planned(Hook::order_select, Indicator::warning));
    override_it("x", 1, "ehr-b");
    BOOST_TEST(is_shown(planned(Hook::order_sign, Indicator::warning), 60s));
}

BOOST_AUTO_TEST_CASE(an_override_that_was_taken_back_does_not_hold) {
    shown(planned(Hook::order_select, Indicator::warning));
    override_it("x");
    auto later = accepted(uuid(1), {uuid(2)});
    later.at += 5s;
    memory.note_feedback(client, {later});
    BOOST_TEST(is_shown(planned(Hook::order_sign, Indicator::warning), 60s));
    override_it("an older report that arrives late");
    BOOST_TEST(is_shown(planned(Hook::order_sign, Indicator::warning), 60s));
}

BOOST_AUTO_TEST_CASE(an_override_at_signing_does_not_hold_at_the_next_signing) {
    shown(planned(Hook::order_sign, Indicator::warning));
    override_it("x");
    BOOST_TEST(is_shown(planned(Hook::order_sign, Indicator::warning), 60s));
}

// decisions.md 11
BOOST_AUTO_TEST_CASE(what_could_not_be_read_is_shown_even_when_overridden) {
    auto card = planned(Hook::order_select, Indicator::warning);
    card.recommendation_id = "data-unavailable";
    shown(card);
    override_it("x");
    card.hook = Hook::order_sign;
    BOOST_TEST(is_shown(card, 60s));
}

BOOST_AUTO_TEST_SUITE_END()
