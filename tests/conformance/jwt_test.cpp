// Rows J: which tokens let a call in (cds-hooks.md 10.1; reliability.md 1.3; decisions.md 14, 22, 26, 27). The clock
// stands still; the hundreds of forged and odd tokens are those of tests/support/odd_tokens.hpp.
#include <boost/test/unit_test.hpp>

#include "conformance/answers.hpp"
#include "conformance/jwt_service.hpp"

using namespace rectal_cds::conformance;
using namespace rectal_cds::testing;
using namespace rectal_cds::auth::testing;

namespace {

std::string seconds(long from_now) { return std::to_string(now_seconds + from_now); }

HttpAnswer with_token(const std::string& token) { return signing_with(token_service(), {"Bearer " + token}); }

void expect_200(const std::string& token) {
    const HttpAnswer answer = with_token(token);
    BOOST_TEST(answer.status == 200, answer.status << ' ' << answer.body.substr(0, 300));
}

void expect_401(const std::string& token) {
    const HttpAnswer answer = with_token(token);
    BOOST_TEST(answer.status == 401, answer.status << ' ' << answer.body.substr(0, 300));
    BOOST_TEST(answer.header("WWW-Authenticate") == "Bearer");
}

// The odd tokens of one kind, as a caller can send them; every one is 401.
std::size_t expect_all_401(void (*add)(OddTokens&), std::string_view named = "") {
    std::size_t count = 0;
    OddTokens tokens;
    add(tokens);
    for (const OddToken& odd : tokens.all()) {
        if (!can_be_sent(odd) || !contains(odd.what, named)) continue;
        BOOST_TEST(signing_with(token_service(), odd.authorization).status == 401, odd.what);
        ++count;
    }
    return count;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(jwt, *boost::unit_test::fixture<StopsServices>())

BOOST_AUTO_TEST_CASE(J01_valid_es384_and_rs384_tokens_are_let_in) {
    expect_200(signed_token(good_header(), fresh_claims()));
    expect_200(rs384_token(fresh_claims(), header_of("RS384", "rsa+/=").with("jku", as_json(ehr().key_url()))));
    expect_401(signed_token(good_header(), fresh_claims().with("iss", as_json("https://nobody.test"))));
}

BOOST_AUTO_TEST_CASE(J02_without_one_bearer_token_a_call_is_401) {
    for (const std::vector<std::string>& values :
         std::vector<std::vector<std::string>>{{}, {"Basic dXNlcjpwYXNz"}, {"Bearer"}, {"Bearer "}}) {
        const HttpAnswer answer = signing_with(token_service(), values);
        BOOST_TEST(answer.status == 401);
        BOOST_TEST(answer.header("WWW-Authenticate") == "Bearer");
    }
    const std::string good = "Bearer " + signed_token(good_header(), fresh_claims());
    BOOST_TEST(signing_with(token_service(), {good, good}).status == 401);
    BOOST_TEST(expect_all_401(add_odd_authorizations) > 10U);
}

BOOST_AUTO_TEST_CASE(J03_a_token_without_signature_is_401) {
    for (const char* algorithm : {"none", "None", "nOnE"}) {
        const Members header = good_header().with("alg", as_json(algorithm));
        expect_401(signed_token(header, fresh_claims()));
        expect_401(signing_input(header.text(), fresh_claims().text()) + '.');
        expect_401(signing_input(header.text(), fresh_claims().text()));
    }
    BOOST_TEST(expect_all_401(add_odd_algorithms, "alg n") > 20U);
}

BOOST_AUTO_TEST_CASE(J04_an_hmac_with_the_bytes_of_a_public_key_is_401) {
    BOOST_TEST(expect_all_401(add_odd_algorithms, "HS") > 40U);
}

BOOST_AUTO_TEST_CASE(J05_a_spoilt_signature_or_payload_is_401) {
    const std::string good = signed_token(good_header(), fresh_claims());
    const auto signature = good.rfind('.') + 1;
    std::string flipped = good;
    flipped[signature + 5] = flipped[signature + 5] == 'A' ? 'B' : 'A';
    expect_401(flipped);
    expect_401(good.substr(0, good.size() - 4));
    const std::string other = signed_token(good_header(), fresh_claims());
    expect_401(good.substr(0, signature) + other.substr(other.rfind('.') + 1));
    BOOST_TEST(expect_all_401(add_odd_signatures) > 80U);  // DER, r and s of 0 and of the order, bits flipped …
    expect_200(good);
}

BOOST_AUTO_TEST_CASE(J06_the_audience_is_the_address_that_is_called) {
    const std::string ours = public_url + token_service().path("order-sign");
    expect_200(signed_token(good_header(),
                            fresh_claims().with("aud", "[" + as_json("https://a.test") + "," + as_json(ours) + "]")));
    expect_401(signed_token(good_header(), fresh_claims().with("aud", as_json("https://cds.test/cds-services"))));
    expect_401(signed_token(good_header(),
                            fresh_claims().with("aud", as_json(public_url + token_service().path("order-select")))));
    BOOST_TEST(expect_all_401(add_odd_audiences) > 40U);
}

BOOST_AUTO_TEST_CASE(J07_an_expired_token_is_401_but_for_the_leeway) {
    const auto expiring = [](const std::string& exp) {
        return signed_token(good_header(), fresh_claims().with("iat", seconds(-900)).with("exp", exp));
    };
    expect_401(expiring(seconds(-600)));
    expect_401(expiring(seconds(-61)));
    expect_200(expiring(seconds(-30)));
    expect_401(signed_token(good_header(), fresh_claims().without("exp")));
    expect_401(expiring(as_json(seconds(100))));
}

BOOST_AUTO_TEST_CASE(J08_a_token_from_the_future_is_401_and_epics_nbf_is_taken) {
    expect_401(signed_token(good_header(), fresh_claims().with("iat", seconds(3600)).with("exp", seconds(3900))));
    expect_401(signed_token(good_header(), fresh_claims().with("nbf", seconds(200))));
    expect_200(signed_token(good_header(), fresh_claims().with("nbf", seconds(-310))));
    BOOST_TEST(expect_all_401(add_odd_times) > 90U);
}

BOOST_AUTO_TEST_CASE(J09_a_lifetime_of_15_minutes_is_taken_one_of_10_days_is_not) {
    expect_200(signed_token(good_header(), fresh_claims().with("exp", seconds(890))));
    expect_200(signed_token(good_header(), fresh_claims().with("exp", seconds(3590))));
    expect_401(signed_token(good_header(), fresh_claims().with("exp", seconds(3591))));
    expect_401(signed_token(good_header(), fresh_claims().with("exp", seconds(864'000))));
}

BOOST_AUTO_TEST_CASE(J10_a_token_without_iss_jti_kid_or_typ_is_401) {
    for (const char* claim : {"iss", "jti"}) expect_401(signed_token(good_header(), fresh_claims().without(claim)));
    for (const char* member : {"kid", "typ", "alg"})
        expect_401(signed_token(good_header().without(member), fresh_claims()));
    expect_401(signed_token(good_header().with("typ", as_json("at+jwt")), fresh_claims()));
    expect_200(signed_token(good_header().with("typ", as_json("jwt")), fresh_claims()));
    BOOST_TEST(expect_all_401(add_odd_claims) > 60U);
    BOOST_TEST(expect_all_401(add_odd_headers) > 120U);
    BOOST_TEST(expect_all_401(add_odd_forms) > 60U);
}

BOOST_AUTO_TEST_CASE(J11_an_unregistered_iss_or_jku_is_401_and_nothing_is_connected_to) {
    FakeEhr stranger;
    stranger.publish_keys(all_public_keys());
    const std::size_t asked = ehr().times_keys_asked();
    expect_401(signed_token(good_header().with("jku", as_json(stranger.key_url())),
                            fresh_claims().with("iss", as_json(stranger.origin()))));
    expect_401(signed_token(good_header().with("jku", as_json(ehr().key_url())),
                            fresh_claims().with("iss", as_json("https://unknown.test"))));
    expect_401(signed_token(good_header().with("jku", as_json(stranger.key_url())), fresh_claims()));
    BOOST_TEST(stranger.times_keys_asked() == 0U);
    BOOST_TEST(stranger.queries().empty());
    BOOST_TEST(ehr().times_keys_asked() == asked);
}

BOOST_AUTO_TEST_CASE(J12_a_jku_with_tricks_is_401_and_nothing_is_connected_to) {
    FakeEhr stranger;
    stranger.publish_keys(R"({"keys":[)" + other_p384_key().jwk("ec-1") + "]}");
    const std::string port = std::to_string(stranger.port()), own = ehr().key_url();
    for (const std::string& jku :
         {stranger.key_url(), "http://localhost:" + port + "/jwks.json", "http://[::1]:" + port + "/jwks.json",
          "http://2130706433:" + port + "/jwks.json", "http://0177.0.0.1:" + port + "/jwks.json",
          own.substr(0, own.find("/jwks")) + "@127.0.0.1:" + port + "/jwks.json",
          "http://127.0.0.1:" + std::to_string(ehr().port()) + "@127.0.0.1:" + port + "/jwks.json",
          std::string("http://169.254.169.254/latest/meta-data/"), std::string("https://ehr.test@evil.test/jwks.json"),
          own + "?x=1", own + "#x", own + "/"}) {
        const Members header = good_header().with("jku", as_json(jku));
        const std::string input = signing_input(header.text(), fresh_claims().text());
        expect_401(input + '.' + base64url(other_p384_key().sign(input, Digest::sha384)));
        expect_401(signed_token(header, fresh_claims()));
    }
    BOOST_TEST(stranger.times_keys_asked() == 0U);
    BOOST_TEST(stranger.strays().empty());
}

BOOST_AUTO_TEST_CASE(J16_a_kid_may_hold_plus_slash_and_equals) {
    expect_200(rs384_token(fresh_claims(), header_of("RS384", "rsa+/=")));
    expect_401(rs384_token(fresh_claims(), header_of("RS384", "rsa-_=")));
}

BOOST_AUTO_TEST_CASE(J17_a_token_is_used_once_or_as_often_as_its_client_may) {
    const std::string once = signed_token(good_header(), fresh_claims());
    expect_200(once);
    expect_401(once);
    const std::string twice =
        signed_token(good_header(), fresh_claims().with("iss", as_json("https://wide.test")).without("tenant"));
    expect_200(twice);
    expect_200(twice);
    expect_401(twice);
    // The Inferno kit sends one token with each of its bodies; the registry entry of such a client says how often.
    const std::string path = registered().path("order-sign");
    const HeaderLines headers{{"Content-Type", "application/json"}, {"Authorization", bearer(kit_caller, path)}};
    for (const char* user : {"\"Practitioner/a\"", "\"Practitioner/b\"", "\"PractitionerRole/c\""}) {
        const std::string body = with(order_sign(), "/context/userId", user);
        BOOST_TEST(registered().ask("POST", path, headers, body).status == 200, user);
    }
}

BOOST_AUTO_TEST_CASE(J18_a_key_without_alg_and_use_is_taken_one_for_encryption_or_another_algorithm_is_not) {
    expect_200(signed_token(good_header().with("kid", as_json("without-alg")), fresh_claims()));
    expect_401(signed_token(good_header().with("kid", as_json("for-encryption")), fresh_claims()));
    expect_401(rs384_token(fresh_claims(), header_of("RS384", "ec-1")));
    expect_401(signed_token(header_of("RS384", "ec-1"), fresh_claims()));
}

BOOST_AUTO_TEST_CASE(J19_keys_may_be_given_in_the_registry) {
    const Members wide = fresh_claims().with("iss", as_json("https://wide.test")).without("tenant");
    const std::size_t asked = ehr().times_keys_asked();
    expect_200(signed_token(good_header(), wide));
    expect_401(signed_token(good_header().with("jku", as_json(ehr().key_url())),
                            fresh_claims().with("iss", as_json("https://wide.test"))));
    BOOST_TEST(ehr().times_keys_asked() == asked);
}

BOOST_AUTO_TEST_CASE(J20_a_tenant_that_is_not_listed_is_401) {
    expect_200(signed_token(good_header(), fresh_claims().with("tenant", as_json("south"))));
    expect_401(signed_token(good_header(), fresh_claims().with("tenant", as_json("east"))));
    expect_401(signed_token(good_header(), fresh_claims().without("tenant")));
}

BOOST_AUTO_TEST_CASE(J22_the_token_that_the_specification_prints_verifies_at_its_time) {
    const HttpAnswer at_its_time =
        signing_with(sample_service("2012-01-01T00:00:00Z"), {"Bearer " + std::string(printed_token)});
    BOOST_TEST(at_its_time.status == 200, at_its_time.body.substr(0, 300));
    for (const char* moment : {"2011-07-01T00:00:00Z", "2015-02-01T00:00:00Z"})
        BOOST_TEST(signing_with(sample_service(moment), {"Bearer " + std::string(printed_token)}).status == 401,
                   moment);
}

BOOST_AUTO_TEST_SUITE_END()
