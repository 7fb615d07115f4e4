// Rows J13 to J15 and J21: how keys are fetched, and that all refusals look alike.
#include <boost/test/unit_test.hpp>

#include <set>

#include "conformance/answers.hpp"
#include "conformance/jwt_service.hpp"

using namespace rectal_cds::conformance;
using namespace rectal_cds::testing;
using namespace rectal_cds::auth::testing;

namespace {

int status_with(Service& service, const std::string& token) {
    return signing_with(service, {"Bearer " + token}).status;
}
std::string token_with_kid(const std::string& kid) {
    return signed_token(good_header().with("kid", as_json(kid)), fresh_claims());
}

// Everything a caller sees of an answer but what differs by design: the date and the correlation id.
std::string seen(const HttpAnswer& answer) {
    std::string text = std::to_string(answer.status);
    for (const auto& [name, value] : answer.headers) {
        if (name != "Date" && name != "X-Correlation-Id") text += '\n' + name + ": " + value;
    }
    return text + "\n\n" + answer.body;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(jwt, *boost::unit_test::fixture<StopsServices>())

BOOST_AUTO_TEST_CASE(J13_unknown_kids_do_not_make_us_ask_for_keys_at_their_rate) {
    Service& service = token_service("tokens for J13");
    const std::size_t before = ehr().times_keys_asked();
    BOOST_TEST(status_with(service, token_with_kid("ec-1")) == 200);
    BOOST_TEST(ehr().times_keys_asked() == before + 1);
    BOOST_TEST(status_with(service, token_with_kid("unknown")) == 401);
    BOOST_TEST(ehr().times_keys_asked() == before + 2);
    for (int i = 0; i < 100; ++i)
        BOOST_TEST(status_with(service, token_with_kid("unknown-" + std::to_string(i))) == 401);
    BOOST_TEST(ehr().times_keys_asked() == before + 2);
    BOOST_TEST(status_with(service, token_with_kid("ec-1")) == 200);
}

BOOST_AUTO_TEST_CASE(J14_a_new_key_is_found_without_a_restart) {
    Service& service = token_service("tokens for J14");
    BOOST_TEST(status_with(service, token_with_kid("ec-1")) == 200);
    ehr().publish_keys(R"({"keys":[)" + p384_key().jwk("ec-2") + "]}");
    BOOST_TEST(status_with(service, token_with_kid("ec-2")) == 200);
    BOOST_TEST(status_with(service, token_with_kid("ec-1")) == 401);  // withdrawn
    ehr().publish_keys(all_public_keys());
}

BOOST_AUTO_TEST_CASE(J15_without_the_key_endpoint_known_keys_go_on_and_unknown_ones_are_503) {
    Service& service = token_service("tokens for J15");
    BOOST_TEST(status_with(service, token_with_kid("ec-1")) == 200);
    for (const Reply& broken :
         {failure(503), found("<html>Log in</html>"), found(R"({"keys":[]})"), redirect_to("http://127.0.0.1:1/")}) {
        ehr().answer_for_keys(broken);
        BOOST_TEST(status_with(service, token_with_kid("ec-1")) == 200);
    }
    const std::string symmetric = R"({"keys":[{"kty":"oct","kid":"ec-1","k":"c2VjcmV0"}]})";
    int cold = 0;
    for (const Reply& broken :
         {failure(500), silence(), found(symmetric), found(std::string(70'000, ' ') + all_public_keys())}) {
        ehr().answer_for_keys(broken);
        Service& unlucky = token_service("cold tokens for J15 " + std::to_string(++cold));
        const HttpAnswer answer = signing_with(unlucky, {"Bearer " + token_with_kid("ec-1")});
        BOOST_TEST(answer.status == 503);
        BOOST_TEST(!answer.header("Retry-After").empty());
        const std::string metrics = unlucky.get("/metrics").body;  // what an alarm is set on (T90)
        BOOST_TEST(contains(metrics, "cds_jwks_refresh_total{result=\"failed\"} 1"), metrics);
        BOOST_TEST(contains(metrics, "cds_jwks_refresh_total{result=\"ok\"} 0"));
    }
    ehr().publish_keys(all_public_keys());
}

BOOST_AUTO_TEST_CASE(J21_every_refusal_is_byte_for_byte_the_same) {
    Service& service = token_service();
    BOOST_TEST(status_with(service, token_with_kid("ec-1")) == 200);
    const std::size_t asked = ehr().times_keys_asked();
    const std::vector<OddToken> tokens = odd_tokens();
    BOOST_TEST(tokens.size() >= 400U);
    const std::string expected = seen(signing_with(service, {}));
    for (const OddToken& odd : tokens) {
        const HttpAnswer answer = signing_with(service, odd.authorization);
        BOOST_TEST((seen(answer) == expected), odd.what << " looks different: " << seen(answer));
    }
    BOOST_TEST_MESSAGE(tokens.size() << " forged or odd tokens refused");
    BOOST_TEST(ehr().times_keys_asked() <=
               asked + 1);  // the one refresh that a registered client's unknown kid may cause
    BOOST_TEST(ehr().queries().empty());
    BOOST_TEST(ehr().strays().empty());
    BOOST_TEST(status_with(service, token_with_kid("ec-1")) == 200);
}

BOOST_AUTO_TEST_SUITE_END()
