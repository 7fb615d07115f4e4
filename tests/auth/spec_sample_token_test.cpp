// Known answer: the token and the public key that CDS Hooks 2.0 prints in its section on JWT signing (conformance case
// J22). Its lifetime is three and a half years, so a process with a fixed clock has to raise the bound.
#include <boost/test/unit_test.hpp>

#include "auth/callers.hpp"

using namespace rectal_cds::auth;
using namespace rectal_cds::auth::testing;

namespace {

using Outcome = Verdict::Outcome;

const std::string printed_token =
    "eyJhbGciOiJFUzM4NCIsInR5cCI6IkpXVCIsImtpZCI6ImV4YW1wbGUta2lkIiwiamt1IjoiaHR0cHM6Ly9maGlyLWVoci5leGFtcGxlLmNvbS9qd2"
    "tfdXJpIn0."
    "eyJpc3MiOiJodHRwczovL2ZoaXItZWhyLmV4YW1wbGUuY29tLyIsImF1ZCI6Imh0dHBzOi8vY2RzLmV4YW1wbGUub3JnL2Nkcy1zZXJ2aWNlcy9zb2"
    "1lLXNlcnZpY2UiLCJleHAiOjE0MjI1Njg4NjAsImlhdCI6MTMxMTI4MDk3MCwianRpIjoiZWUyMmIwMjEtZTFiNy00NjExLWJhNWItOGVlYzZhMzNh"
    "YzFlIiwidGVuYW50IjoiMmRkZDZjM2EtOGU5YS00NGM2LWEzMDUtNTIxMTFhZDMwMmEyIn0."
    "d1WfLjGRKlcWB94l9do4cM8REXeYJLL6SGUBO8VHZhfM8mwKYP70EMxJ67War4TQblEpaQrp11wx5p7oPFm2ETYgCicS84vXWEIYTdjooZdooCSDf2"
    "L8-i4awdoUwiEb";

const std::string printed_keys = R"({"keys":[{"kty":"EC","use":"sig","crv":"P-384","kid":"example-kid",
    "x":"46SDH7Znh821wblCBglA61sNE9ZrHYKKt3qRtRTmSXyOI_FIGBLWrWa0GPUkDCEk",
    "y":"XMcRuuoGW7CXjQdy-F5i3FeBE0x9hPLdeFdSoDd3ELmx404tLX0VRRcqzAsPhXcI","alg":"ES384"}]})";

std::string registry_text(const std::string& lifetime) {
    return R"({"clients":[{"name":"printed","iss":"https://fhir-ehr.example.com/",
        "jku":"https://fhir-ehr.example.com/jwk_uri","jwks":)" +
           printed_keys + R"(,"tenants":["2ddd6c3a-8e9a-44c6-a305-52111ad302a2"],
        "audiences":["https://cds.example.org/cds-services/some-service"],"maxLifetimeSeconds":)" +
           lifetime + "}]}";
}

Time day(int year, unsigned month, unsigned day_of_month) {
    return std::chrono::sys_days(std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(day_of_month));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(the_token_that_the_specification_prints)

BOOST_AUTO_TEST_CASE(verifies_at_the_time_it_was_made_for) {
    Callers callers;
    const RegistryBounds raised{std::chrono::hours(24 * 366 * 4), std::chrono::seconds(60)};
    callers.registry = read_client_registry(registry_text("120000000"), raised).registry;
    BOOST_TEST_REQUIRE(callers.registry);
    callers.endpoint.route = "/cds-services/some-service";

    callers.now = day(2012, 1, 1);
    const Verdict verdict = callers.verify(printed_token);
    BOOST_TEST(verdict.outcome == Outcome::accepted, name(verdict.reason));
    BOOST_TEST(verdict.claims.jti == "ee22b021-e1b7-4611-ba5b-8eec6a33ac1e");
    BOOST_TEST(callers.keys.times_asked() == 0);

    callers.now = day(2011, 7, 1);
    BOOST_TEST(callers.verify(printed_token).reason == Refusal::not_yet_valid);
    callers.now = day(2015, 2, 1);
    BOOST_TEST(callers.verify(printed_token).reason == Refusal::expired);
    callers.now = day(2012, 1, 1);
    callers.endpoint.route = "/cds-services/other-service";
    BOOST_TEST(callers.verify(printed_token).reason == Refusal::audience_differs);
}

BOOST_AUTO_TEST_CASE(lives_longer_than_any_ordinary_client_may_be_allowed) {
    BOOST_TEST(!read_client_registry(registry_text("120000000")).registry);
    Callers callers;
    callers.registry = read_client_registry(registry_text("3600")).registry;
    BOOST_TEST_REQUIRE(callers.registry);
    callers.endpoint.route = "/cds-services/some-service";
    callers.now = day(2012, 1, 1);
    BOOST_TEST(callers.verify(printed_token).reason == Refusal::lifetime_too_long);
}

BOOST_AUTO_TEST_SUITE_END()
