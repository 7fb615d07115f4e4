// The keys of clients (reliability.md 1.2; T65).
#include "fetch/jwks_fetch.hpp"

#include "fetch/fetching.hpp"

using namespace rectal_cds;
using namespace rectal_cds::fetch;
using namespace rectal_cds::fetch::test;

namespace {

std::shared_ptr<auth::Client> client(const std::string& jku) {
    auto made = std::make_shared<auth::Client>();
    made->name = "ehr";
    made->jku = auth::parse_url(jku).value();
    made->address_ranges = loopback();
    return made;
}

std::optional<std::string> keys(TransportKind kind, const std::shared_ptr<auth::Client>& of) {
    std::promise<std::optional<std::string>> promise;
    auto future = promise.get_future();
    const Fetching fetching(kind);
    make_jwks_fetch(fetching.transport)(of, [&promise](std::optional<std::string> text) { promise.set_value(text); });
    BOOST_TEST_REQUIRE((future.wait_for(10s) == std::future_status::ready));
    return future.get();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(keys_of_a_client)

BOOST_DATA_TEST_CASE(are_fetched_as_text, both, kind) {
    FakeServer server(always(reply(200, R"({"keys":[]})")));
    BOOST_TEST(keys(kind, client(server.url("/jwks.json"))).value_or("none") == R"({"keys":[]})");
    BOOST_TEST(server.requests().at(0).header("Authorization") == "");
    BOOST_TEST(server.requests().at(0).header("Accept") == "application/jwk-set+json, application/json");
}

BOOST_DATA_TEST_CASE(come_with_status_200_only, both, kind) {
    FakeServer elsewhere(always(reply(200, R"({"keys":[]})")));
    for (const int status : {201, 301, 302, 307, 401, 404, 500}) {
        FakeServer server(always(reply(status, R"({"keys":[]})", "Location: " + elsewhere.url() + "\r\n")));
        BOOST_TEST(!keys(kind, client(server.url())).has_value(), status);
    }
    BOOST_TEST(elsewhere.connections() == 0u);
}

BOOST_DATA_TEST_CASE(are_at_most_64_kib, both, kind) {
    FakeServer fits(always(reply(200, std::string(64 * 1024, ' '))));
    BOOST_TEST(keys(kind, client(fits.url())).has_value());
    FakeServer does_not(always(reply(200, std::string(64 * 1024 + 1, ' '))));
    BOOST_TEST(!keys(kind, client(does_not.url())).has_value());
}

BOOST_DATA_TEST_CASE(are_waited_for_two_seconds, both, kind) {
    FakeServer server([](Wire& wire, const SeenRequest&) { wire.await_close(); });
    const auto begin = Clock::now();
    BOOST_TEST(!keys(kind, client(server.url())).has_value());
    BOOST_TEST((Clock::now() - begin >= 2s));
    BOOST_TEST((Clock::now() - begin < 5s));
}

BOOST_DATA_TEST_CASE(are_fetched_from_addresses_of_the_client_only, both, kind) {
    FakeServer server(always(reply(200, R"({"keys":[]})")));
    const auto without_ranges = client(server.url());
    without_ranges->address_ranges.clear();
    BOOST_TEST(!keys(kind, without_ranges).has_value());
    const auto without_jku = client(server.url());
    without_jku->jku.reset();
    BOOST_TEST(!keys(kind, without_jku).has_value());
    BOOST_TEST(server.connections() == 0u);
}

BOOST_AUTO_TEST_SUITE_END()
