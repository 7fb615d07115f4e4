// The hash must be the same in every build: cards that were shown are remembered by it for 30 days.
#include "cdshooks/evidence_hash.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

#include "json/document.hpp"

using namespace rectal_cds;
using namespace rectal_cds::cdshooks;

namespace {

std::string identity(const std::string& entries, const std::vector<std::string>& drafts = {"MedicationRequest/d1"}) {
    auto document = json::Document::parse(R"({"entry":[)" + entries + "]}");
    BOOST_TEST_REQUIRE(document.ok());
    Request request;
    request.draft_orders = document.value().root();
    return order_identity(drafts, request);
}

std::string order(const std::string& members) {
    return R"({"resource":{"resourceType":"MedicationRequest",)" + members + "}}";
}

const std::string cetuximab = R"("medicationCodeableConcept":{"text":"cetuximab"})";

}  // namespace

BOOST_AUTO_TEST_SUITE(a_stable_hash)

BOOST_AUTO_TEST_CASE(is_that_of_fnv_1a_with_128_bits) {
    BOOST_TEST(StableHash().hex() == "6c62272e07bb014262b821756295c58d");
    BOOST_TEST(StableHash().add("a").hex() == "69710d45a7757277b806e976e95efff6");  // of "a:1;"
}

BOOST_AUTO_TEST_CASE(tells_apart_where_one_text_ends) {
    BOOST_TEST(StableHash().add("ab").add("c").hex() != StableHash().add("a").add("bc").hex());
    BOOST_TEST(StableHash().add("ab").hex() != StableHash().add("ab").add("").hex());
    BOOST_TEST(StableHash().add("ab").hex() == StableHash().add("ab").hex());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(the_identity_of_an_order)

BOOST_AUTO_TEST_CASE(is_its_id_and_its_content) {
    const std::string one = identity(order(R"("id":"d1",)" + cetuximab));
    BOOST_TEST(one.substr(0, 21) == "MedicationRequest/d1 ");
    BOOST_TEST(one != identity(order(R"("id":"d1","medicationCodeableConcept":{"text":"panitumumab"})")));
    BOOST_TEST(one != identity(order(R"("id":"d1",)" + cetuximab + R"(,"dosageInstruction":[{"text":"weekly"}])")));
    BOOST_TEST(identity(order(R"("id":"d2",)" + cetuximab)).empty(), "Another order's id.");
}

BOOST_AUTO_TEST_CASE(does_not_change_from_selecting_to_signing) {
    const std::string selected = identity(order(R"("id":"d1","status":"draft",)" + cetuximab));
    const std::string signed_ =
        identity(order(cetuximab + R"(,"id":"d1","status":"active","authoredOn":"2026-03-02")"));
    BOOST_TEST(selected == signed_);
    const std::string other = order(R"("id":"d9","medicationCodeableConcept":{"text":"folic acid"})");
    BOOST_TEST(selected == identity(other + "," + order(R"("id":"d1",)" + cetuximab)), "Other orders of the session.");
}

BOOST_AUTO_TEST_CASE(is_unknown_when_an_order_has_no_id) {
    BOOST_TEST(identity(order(R"("id":"d1",)" + cetuximab) + "," + order(cetuximab)).empty());
    BOOST_TEST(identity(order(R"("id":"d1",)" + cetuximab), {}).empty());
}

BOOST_AUTO_TEST_SUITE_END()
