// Audit records as AuditEvents of FHIR R4 (T114); tests/fhir_r4 validates what the program prints of them.
#include "store/audit_event.hpp"

#include <boost/test/unit_test.hpp>

#include <map>
#include <vector>

#include "auth/pseudonym.hpp"
#include "store/maintenance.hpp"
#include "store/samples.hpp"
#include "json/document.hpp"

using namespace rectal_cds;
using namespace rectal_cds::store;
using namespace rectal_cds::store::test;

namespace {

struct Exported {
    AuditChain chain;
    std::vector<json::Document> events;
};

Exported exported(const std::string& place, Instant since = Instant::min()) {
    Exported all;
    const auto chain = export_audit(place, since, [&](const std::string& resource) {
        auto document = json::Document::parse(resource);
        BOOST_TEST_REQUIRE(document.ok(), resource);
        all.events.push_back(std::move(document).value());
    });
    BOOST_TEST_REQUIRE(chain.ok());
    all.chain = chain.value();
    return all;
}

json::Value entity(const json::Document& event, std::string_view name) {
    for (const json::Value each : event.root()["entity"].elements()) {
        if (each["name"].text() == name) return each;
    }
    return {};
}

std::map<std::string, std::string> details(json::Value entity) {
    std::map<std::string, std::string> all;
    for (const json::Value each : entity["detail"].elements())
        all[std::string(each["type"].text())] = each["valueString"].text();
    return all;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(audit_events, StorePlace)

BOOST_AUTO_TEST_CASE(say_who_was_told_what_about_which_pseudonym) {
    {
        const auto store = opened(options);
        store->record_issued(answer({1}));
        await_recorded(*store, 1);
        BOOST_TEST(saved(*store, batch({overridden(uuid(1), "a comment is patient data")})) == Saved::ok);
    }
    const Exported all = exported(options.place);
    BOOST_TEST_REQUIRE(all.events.size() == 2U);
    const json::Value evaluation = all.events[0].root(), feedback = all.events[1].root();
    BOOST_TEST(evaluation["resourceType"].text() == "AuditEvent");
    BOOST_TEST(evaluation["action"].text() == "E");
    BOOST_TEST(evaluation["recorded"].text() == "2026-03-02T12:00:00.000000Z");
    BOOST_TEST(evaluation["outcome"].text() == "0");
    BOOST_TEST(evaluation["agent"].at(0)["who"]["identifier"]["value"].text() == "ehr-a");
    BOOST_TEST(evaluation["agent"].at(1)["who"]["identifier"]["value"].text() == "Practitioner/onc-1");
    BOOST_TEST(evaluation["agent"].at(1)["requestor"].boolean().value_or(false));
    BOOST_TEST(entity(all.events[0], "patient, by pseudonym")["what"]["identifier"]["value"].text() ==
               "40199484ea45fecc195eaa27b79e2cf0");
    const auto call = details(entity(all.events[0], "call"));
    BOOST_TEST(call.at("card") == uuid(1) + " anti-egfr-ras-mutant critical");
    BOOST_TEST(call.at("contentVersion") == "0.1.0");
    BOOST_TEST(feedback["action"].text() == "C");
    BOOST_TEST(details(entity(all.events[1], "call")).at("feedback") == uuid(1) + " overridden");
    BOOST_TEST(!entity(all.events[1], "patient, by pseudonym").exists());
}

BOOST_AUTO_TEST_CASE(carry_the_chain_so_that_whoever_has_them_can_verify_it) {
    {
        const auto store = opened(options);
        for (unsigned i = 1; i <= 3; ++i) store->record_issued(answer({i}));
    }
    const Exported all = exported(options.place);
    BOOST_TEST_REQUIRE(all.events.size() == 3U);
    std::string digest;
    for (const json::Document& event : all.events) {
        const auto chain = details(entity(event, "audit chain"));
        digest = auth::digest_of({digest, chain.at("place"), chain.at("id"), chain.at("at"), chain.at("seal")});
        BOOST_TEST(chain.at("digest") == digest);
    }
    BOOST_TEST(all.chain.head == digest);
}

BOOST_AUTO_TEST_CASE(of_days_before_are_left_out_and_the_chain_is_verified_all_the_same) {
    {
        const auto store = opened(options);
        store->record_issued(answer({1}));
        store->record_issued(answer({2}));
    }
    const Exported later = exported(options.place, at(noon) + std::chrono::hours(1));
    BOOST_TEST(later.events.empty());
    BOOST_TEST(later.chain.records == 2U);
    execute(options.place, "UPDATE audit SET record = replace(record, 'onc-1', 'onc-2') WHERE place = 1");
    BOOST_TEST(exported(options.place, at(noon) + std::chrono::hours(1)).chain.broken_at.value_or(0) == 1U);
    BOOST_TEST(exported(options.place).events.empty());
}

BOOST_AUTO_TEST_CASE(of_an_erased_record_say_no_more_than_that) {
    {
        const auto store = opened(options);
        store->record_issued(answer({1}));
    }
    BOOST_TEST_REQUIRE(erase_patients(options.place, {"40199484ea45fecc195eaa27b79e2cf0"}, at(noon)).ok());
    const Exported all = exported(options.place);
    BOOST_TEST_REQUIRE(all.events.size() == 2U);
    BOOST_TEST(!all.chain.broken_at.has_value());
    BOOST_TEST(all.events[0].root()["outcomeDesc"].text() == "erased");
    BOOST_TEST(all.events[0].root()["entity"].size() == 1U);
    BOOST_TEST(all.events[1].root()["outcomeDesc"].text() == "erasure");
    BOOST_TEST(all.events[1].root()["action"].text() == "D");
}

BOOST_AUTO_TEST_SUITE_END()
