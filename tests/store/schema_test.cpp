// The tables: of an older program, of a newer one, of another one.
#include <boost/test/unit_test.hpp>

#include "store/database.hpp"
#include "store/feedback_export.hpp"
#include "store/samples.hpp"
#include "store/schema.hpp"

using namespace rectal_cds;
using namespace rectal_cds::store;
using namespace rectal_cds::store::test;

BOOST_FIXTURE_TEST_SUITE(the_schema_of_a_store, StorePlace)

BOOST_AUTO_TEST_CASE(refuses_another_programs_database) {
    execute(options.place, "CREATE TABLE feedback (x TEXT)");
    BOOST_TEST(refused() == "This is not a store of this program.");
}

// T118: an older program must not write what it does not understand.
BOOST_AUTO_TEST_CASE(refuses_a_newer_schema_and_leaves_it_alone) {
    opened(options);
    execute(options.place, "INSERT INTO schema_version (version) VALUES (99)");
    BOOST_TEST(refused() == "This store was written by a newer version of the program.");
    BOOST_TEST(number(options.place, "SELECT max(version) FROM schema_version") == 99);
}

BOOST_AUTO_TEST_CASE(brings_an_older_schema_up_to_date_and_keeps_its_rows) {
    {
        soci::session sql;
        open_database(sql, options.place, options.busy_wait, Durability::full);
        migrate(sql, 1);
    }
    execute(options.place,
            "INSERT INTO issued_card VALUES ('" + uuid(1) + "', '" + client + "', '" + service +
                "', 'order-sign', 'h', 'u', 'e', 'l', 'p', 'r', 't', 'critical', '0.1.0', 1772452800000000)");
    execute(options.place,
            "INSERT INTO issued_suggestion VALUES ('" + uuid(7) + "', '" + uuid(1) + "', 'Remove cetuximab')");
    const auto store = opened(options);
    BOOST_TEST(number(options.place, "SELECT max(version) FROM schema_version") == newest_schema());
    BOOST_TEST(saved(*store, batch({accepted(uuid(1), {uuid(7), uuid(8)})})) == Saved::ok);
    std::vector<std::string> accepted_labels;
    BOOST_TEST(export_feedback(options.place, {}, [&](const auto& item) { accepted_labels = item.suggestions; }).ok());
    BOOST_TEST((accepted_labels == std::vector<std::string>{"Remove cetuximab", uuid(8)}));
    BOOST_TEST(number(options.place, "SELECT count(*) FROM feedback WHERE unmatched = 0") == 1);
    BOOST_TEST(text(options.place, "SELECT evidence FROM issued_card").empty());
}

BOOST_AUTO_TEST_CASE(reads_back_the_cards_with_evidence_and_what_became_of_them) {
    const auto store = opened(options);
    IssuedAnswer without_evidence = answer({3});
    without_evidence.cards[0].evidence.clear();
    store->record_issued(answer({1}));
    store->record_issued(without_evidence);
    await_recorded(*store, 2);
    auto item = overridden(uuid(1), "comment");
    item.reason.code = "OR-MDT";
    BOOST_TEST(saved(*store, batch({item})) == Saved::ok);
    const auto cards = store->cards_since(at("2026-03-01T00:00:00Z"), 10);
    BOOST_TEST_REQUIRE(cards.ok());
    BOOST_TEST_REQUIRE(cards.value().size() == 1U);
    const PastCard& card = cards.value()[0];
    BOOST_TEST(card.card.uuid == uuid(1));
    BOOST_TEST(card.user_id == "Practitioner/onc-1");
    BOOST_TEST((card.card.indicator == guideline::Indicator::critical));
    BOOST_TEST(card.card.order == "MedicationRequest/d1 aa");
    BOOST_TEST_REQUIRE(card.feedback.size() == 1U);
    BOOST_TEST(card.feedback[0].reason.code == "OR-MDT");
    BOOST_TEST(card.feedback[0].reason.comment == "comment");
    BOOST_TEST(store->cards_since(at("2026-03-03T00:00:00Z"), 10).value().empty());
}

// Of two nodes with different keys one patient would be two.
BOOST_AUTO_TEST_CASE(is_refused_with_another_key_of_the_pseudonyms) {
    options.key_fingerprint = "0f";
    opened(options);
    opened(options);
    options.key_fingerprint = "1f";
    BOOST_TEST(refused() == "The pseudonyms of this store were made with another key (--pseudonym-key).");
}

BOOST_AUTO_TEST_CASE(takes_no_more_writes_under_a_key_that_was_replaced_meanwhile) {
    options.key_fingerprint = "0f";
    const auto store = opened(options);
    execute(options.place, "UPDATE pseudonym_key SET fingerprint = '1f'");
    BOOST_TEST(saved(*store, batch({overridden("a")})) == Saved::unavailable);
    BOOST_TEST(store->health().last_error == "other_key");
    BOOST_TEST(!store->health().up);
}

BOOST_AUTO_TEST_SUITE_END()
