// Opening a store: what is refused at the start, what an older file becomes, and the chain of audit records.
#include <boost/test/unit_test.hpp>

#include <fstream>

#include "store/audit_chain.hpp"
#include "store/database.hpp"
#include "store/samples.hpp"
#include "store/schema.hpp"

using namespace rectal_cds;
using namespace rectal_cds::store;
using namespace rectal_cds::store::test;

namespace {

struct Folder {
    testing::TemporaryFolder folder;
    StoreOptions options = in(folder);

    std::string refused() {
        const auto store = open_sqlite_store(options);
        BOOST_TEST_REQUIRE(!store.ok(), "The store was opened.");
        BOOST_TEST(store.error().where == options.file);
        return store.error().what;
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(opening_a_store, Folder)

BOOST_AUTO_TEST_CASE(creates_it_with_the_newest_schema) {
    const auto store = opened(options);
    BOOST_TEST(store->health().up);
    BOOST_TEST(number(options.file, "SELECT max(version) FROM schema_version") == newest_schema());
    BOOST_TEST(text(options.file, "PRAGMA journal_mode") == "wal");
}

BOOST_AUTO_TEST_CASE(takes_a_file_name_with_spaces_and_quotes) {
    options.file = (folder.path() / "it's a store; db=x.sqlite").string();
    opened(options);
    BOOST_TEST(number(options.file, "SELECT max(version) FROM schema_version") == newest_schema());
    options.file = (folder.path() / "a\"b").string();
    BOOST_TEST(!open_sqlite_store(options).ok());
}

BOOST_AUTO_TEST_CASE(refuses_a_folder_that_does_not_exist) {
    options.file = (folder.path() / "none" / "store.sqlite").string();
    BOOST_TEST(refused() == "The folder of this file does not exist.");
}

BOOST_AUTO_TEST_CASE(refuses_a_file_that_is_no_database) {
    std::ofstream(options.file) << std::string(5000, 'x');
    BOOST_TEST(refused() == "This file is no store, or it is damaged.");
}

BOOST_AUTO_TEST_CASE(refuses_a_damaged_database) {
    opened(options)->record_issued(answer({1, 2, 3}));
    execute(options.file, "PRAGMA wal_checkpoint(TRUNCATE)");
    std::fstream file(options.file, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(4096);  // the second page, from its header on
    file << std::string(3000, 'Z');
    file.close();
    BOOST_TEST(refused() == "This file is no store, or it is damaged.");
}

BOOST_AUTO_TEST_CASE(refuses_another_programs_database) {
    execute(options.file, "CREATE TABLE feedback (x TEXT)");
    BOOST_TEST(refused() == "This file is not a store of this program.");
}

// T118: an older program must not write what it does not understand.
BOOST_AUTO_TEST_CASE(refuses_a_newer_schema_and_leaves_it_alone) {
    opened(options);
    execute(options.file, "INSERT INTO schema_version (version) VALUES (99)");
    BOOST_TEST(refused() == "This store was written by a newer version of the program.");
    BOOST_TEST(number(options.file, "SELECT max(version) FROM schema_version") == 99);
}

BOOST_AUTO_TEST_CASE(brings_an_older_schema_up_to_date_and_keeps_its_rows) {
    {
        soci::session sql;
        open_database(sql, options.file, options.busy_wait, Durability::full);
        migrate(sql, 1);
    }
    execute(options.file,
            "INSERT INTO issued_card VALUES ('" + uuid(1) + "', '" + client + "', '" + service +
                "', 'order-sign', 'h', 'u', 'e', 'l', 'p', 'r', 't', 'critical', '0.1.0', 1772452800000000)");
    const auto store = opened(options);
    BOOST_TEST(number(options.file, "SELECT max(version) FROM schema_version") == newest_schema());
    BOOST_TEST(saved(*store, batch({overridden(uuid(1))})) == Saved::ok);
    BOOST_TEST(number(options.file, "SELECT count(*) FROM feedback WHERE unmatched = 0") == 1);
    BOOST_TEST(text(options.file, "SELECT evidence FROM issued_card").empty());
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

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(the_audit_chain, Folder)

BOOST_AUTO_TEST_CASE(holds_one_record_an_evaluation_and_one_a_batch_of_feedback) {
    const auto store = opened(options);
    store->record_issued(answer({1}));
    await_recorded(*store, 1);
    BOOST_TEST(saved(*store, batch({overridden(uuid(1), "a comment is patient data")})) == Saved::ok);
    const auto chain = verify_audit(options.file);
    BOOST_TEST_REQUIRE(chain.ok());
    BOOST_TEST(chain.value().records == 2U);
    BOOST_TEST(!chain.value().broken_at.has_value());
    BOOST_TEST(text(options.file, "SELECT record FROM audit WHERE place = 1") ==
               R"({"event":"evaluation","client":"ehr-a","service":"rectal-cancer-order-sign","hook":"order-sign",)"
               R"("status":200,"hookInstance":"d1577c69-dfbe-44ad-ba6d-3e05e953b2ea","user":"Practitioner/onc-1",)"
               R"("encounter":"enc-1","location":"Site North","patient":"40199484ea45fecc195eaa27b79e2cf0",)"
               R"("contentVersion":"0.1.0","cards":[{"uuid":"00000000-0000-4000-8000-000000000001",)"
               R"("recommendation":"anti-egfr-ras-mutant","indicator":"critical"}]})");
    BOOST_TEST(text(options.file, "SELECT record FROM audit WHERE place = 2").find("patient data") ==
               std::string::npos);
}

// T79: whoever changes, removes or adds a row later is found out.
BOOST_AUTO_TEST_CASE(shows_a_row_that_was_changed_removed_or_put_in) {
    const auto broken_by = [&](const std::string& change) {
        testing::TemporaryFolder own;
        const StoreOptions here = in(own);
        {
            const auto store = opened(here);
            for (unsigned i = 1; i <= 5; ++i) store->record_issued(answer({i}));
        }
        execute(here.file, change);
        const auto chain = verify_audit(here.file);
        BOOST_TEST_REQUIRE(chain.ok());
        return chain.value().broken_at.value_or(0);
    };
    BOOST_TEST(broken_by("SELECT 1") == 0U);
    BOOST_TEST(broken_by("UPDATE audit SET record = replace(record, 'onc-1', 'onc-2') WHERE place = 3") == 3U);
    BOOST_TEST(broken_by("UPDATE audit SET at = at + 1 WHERE place = 2") == 2U);
    BOOST_TEST(broken_by("DELETE FROM audit WHERE place = 4") == 4U);
    BOOST_TEST(broken_by("DELETE FROM audit WHERE place = 1") == 1U);
    BOOST_TEST(broken_by("INSERT INTO audit VALUES (6, 'x', 1, '{}', 'y')") == 6U);
}

BOOST_AUTO_TEST_CASE(goes_on_after_the_store_was_closed) {
    opened(options)->record_issued(answer({1}));
    opened(options)->record_issued(answer({2}));
    const auto chain = verify_audit(options.file);
    BOOST_TEST_REQUIRE(chain.ok());
    BOOST_TEST(chain.value().records == 2U);
    BOOST_TEST(!chain.value().broken_at.has_value());
}

BOOST_AUTO_TEST_SUITE_END()
