// The chain of audit records.
#include "store/audit_chain.hpp"

#include <boost/test/unit_test.hpp>

#include "auth/pseudonym.hpp"
#include "store/database.hpp"
#include "store/samples.hpp"
#include "store/schema.hpp"

using namespace rectal_cds;
using namespace rectal_cds::store;
using namespace rectal_cds::store::test;

BOOST_FIXTURE_TEST_SUITE(the_audit_chain, StorePlace)

BOOST_AUTO_TEST_CASE(holds_one_record_an_evaluation_and_one_a_batch_of_feedback) {
    const auto store = opened(options);
    store->record_issued(answer({1}));
    await_recorded(*store, 1);
    BOOST_TEST(saved(*store, batch({overridden(uuid(1), "a comment is patient data")})) == Saved::ok);
    const auto chain = verify_audit(options.place);
    BOOST_TEST_REQUIRE(chain.ok());
    BOOST_TEST(chain.value().records == 2U);
    BOOST_TEST(!chain.value().broken_at.has_value());
    BOOST_TEST(text(options.place, "SELECT record FROM audit WHERE place = 1") ==
               R"({"event":"evaluation","client":"ehr-a","service":"rectal-cancer-order-sign","hook":"order-sign",)"
               R"("status":200,"hookInstance":"d1577c69-dfbe-44ad-ba6d-3e05e953b2ea","user":"Practitioner/onc-1",)"
               R"("encounter":"enc-1","location":"Site North","patient":"40199484ea45fecc195eaa27b79e2cf0",)"
               R"("contentVersion":"0.1.0","cards":[{"uuid":"00000000-0000-4000-8000-000000000001",)"
               R"("recommendation":"anti-egfr-ras-mutant","indicator":"critical"}]})");
    BOOST_TEST(text(options.place, "SELECT record FROM audit WHERE place = 2").find("patient data") ==
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
        execute(here.place, change);
        const auto chain = verify_audit(here.place);
        BOOST_TEST_REQUIRE(chain.ok());
        return chain.value().broken_at.value_or(0);
    };
    BOOST_TEST(broken_by("SELECT 1") == 0U);
    BOOST_TEST(broken_by("UPDATE audit SET record = replace(record, 'onc-1', 'onc-2') WHERE place = 3") == 3U);
    BOOST_TEST(broken_by("UPDATE audit SET at = at + 1 WHERE place = 2") == 2U);
    BOOST_TEST(broken_by("DELETE FROM audit WHERE place = 4") == 4U);
    BOOST_TEST(broken_by("DELETE FROM audit WHERE place = 1") == 1U);
    BOOST_TEST(broken_by("UPDATE audit SET record = '', salt = '' WHERE place = 2") == 2U);
    BOOST_TEST(broken_by("UPDATE audit SET seal = 'x' WHERE place = 2") == 2U);
    BOOST_TEST(broken_by("INSERT INTO audit (place, id, at, record, digest) VALUES (6, 'x', 1, '{}', 'y')") == 6U);
}

BOOST_AUTO_TEST_CASE(goes_on_after_the_store_was_closed) {
    opened(options)->record_issued(answer({1}));
    opened(options)->record_issued(answer({2}));
    const auto chain = verify_audit(options.place);
    BOOST_TEST_REQUIRE(chain.ok());
    BOOST_TEST(chain.value().records == 2U);
    BOOST_TEST(!chain.value().broken_at.has_value());
}

BOOST_AUTO_TEST_CASE(leaves_out_a_record_whose_id_is_there_already) {
    {
        soci::session sql;
        open_database(sql, options.place, options.busy_wait, Durability::full);
        migrate(sql);
        WriteTransaction transaction(sql);
        AuditAppender audit(sql);
        for (const char* id : {"a", "b", "a", "c"}) audit.append({id, at(noon), "{}"});
        transaction.commit();
    }
    const auto chain = verify_audit(options.place);
    BOOST_TEST_REQUIRE(chain.ok());
    BOOST_TEST(chain.value().records == 3U);
    BOOST_TEST(!chain.value().broken_at.has_value());
}

// Of a store from before there were seals.
BOOST_AUTO_TEST_CASE(holds_over_records_that_have_no_seal_yet) {
    {
        soci::session sql;
        open_database(sql, options.place, options.busy_wait, Durability::full);
        migrate(sql);
        WriteTransaction transaction(sql);
        append_event(sql, at(noon), "{}");
        const std::string digest = auth::digest_of({"", "1", "id", "5", "{}"});
        sql << "UPDATE audit SET id = 'id', at = 5, salt = '', seal = '', digest = '" + digest + "'";
        append_event(sql, at(noon), "{}");
        transaction.commit();
    }
    BOOST_TEST(!verify_audit(options.place).value().broken_at.has_value());
    execute(options.place, "UPDATE audit SET record = '{ }' WHERE place = 1");
    BOOST_TEST(verify_audit(options.place).value().broken_at.value_or(0) == 1U);
}

BOOST_AUTO_TEST_SUITE_END()
