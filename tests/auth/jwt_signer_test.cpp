// Tokens that this program signs for trying things out are tokens that it accepts, and their keys stay apart: what is
// private is in the private key only.
#include "auth/jwt_signer.hpp"

#include <openssl/err.h>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <set>

#include "auth/callers.hpp"
#include "json/document.hpp"

using namespace rectal_cds;
using namespace rectal_cds::auth;
using namespace rectal_cds::auth::testing;
namespace data = boost::unit_test::data;

namespace {

using Outcome = Verdict::Outcome;

const char* const endpoint_url = "https://cds.test/cds-services/rectal-cancer-order-sign";
const Time now{std::chrono::seconds(now_seconds)};

JwtSigner new_signer(Algorithm algorithm) {
    auto made = JwtSigner::with_new_key(algorithm);
    BOOST_TEST_REQUIRE(made.ok());
    return std::move(made).value();
}

TokenTerms good_terms() {
    TokenTerms terms;
    terms.iss = "https://ehr.test/fhir";
    terms.aud = endpoint_url;
    terms.tenant = "north";
    terms.issued_at = std::chrono::sys_seconds(std::chrono::seconds(now_seconds));
    return terms;
}

// As the client "strict" of test_clients(), with this key at its jku.
Verdict verify(const JwtSigner& signer, const TokenTerms& terms) {
    const auto token = signer.sign(terms);
    BOOST_TEST_REQUIRE(token.ok());
    Callers callers;
    callers.endpoint = {"/cds-services/rectal-cancer-order-sign", {endpoint_url}};
    const auto keys = parse_key_set(R"({"keys":[)" + signer.public_jwk() + "]}");
    BOOST_TEST_REQUIRE(keys.ok());
    BOOST_TEST_REQUIRE(keys.value().left_out.empty());
    callers.keys.answer = {KeyLookup::State::known, std::make_shared<const KeySet>(keys.value())};
    return callers.verify(token.value());
}

std::string changed(const JwtSigner& signer, const std::string& from, const std::string& to) {
    std::string text(signer.private_jwk().reveal());
    const auto place = text.find(from);
    BOOST_TEST_REQUIRE(place != std::string::npos);
    return text.replace(place, from.size(), to);
}

std::string fault_of(std::string text) {
    const auto signer = JwtSigner::with_key(Secret(std::move(text)));
    return signer ? "none" : signer.error().where + ": " + signer.error().what;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(a_test_key)

BOOST_DATA_TEST_CASE(signs_tokens_that_are_accepted, data::make({"ES384", "RS384"}), name) {
    const JwtSigner signer = new_signer(*algorithm_named(name));
    const Verdict verdict = verify(signer, good_terms());
    BOOST_TEST_REQUIRE(verdict.outcome == Outcome::accepted);
    BOOST_TEST(verdict.claims.tenant == "north");
    BOOST_TEST(verdict.claims.sub == "");
    BOOST_TEST(!verdict.claims.nbf.has_value());
    BOOST_TEST((verdict.claims.exp == now + std::chrono::seconds(300)));
}

// A signature's numbers are shorter than the curve now and then (1 in 128), and must still be written in full.
BOOST_AUTO_TEST_CASE(signs_tokens_of_one_length_every_time) {
    const JwtSigner signer = new_signer(Algorithm::es384);
    std::set<std::size_t> lengths;
    for (int i = 0; i < 400; ++i) lengths.insert(signer.sign(good_terms()).value().size());
    BOOST_TEST(lengths.size() == 1U);
}

BOOST_AUTO_TEST_CASE(signs_epics_claims_and_a_key_url) {
    TokenTerms terms = good_terms();
    terms.sub = "typed by hand";
    terms.jku = "https://ehr.test/jwks.json";
    terms.valid_before_issued = std::chrono::seconds(300);
    const Verdict verdict = verify(new_signer(Algorithm::rs384), terms);
    BOOST_TEST_REQUIRE(verdict.outcome == Outcome::accepted);
    BOOST_TEST(verdict.claims.sub == "typed by hand");
    BOOST_TEST((verdict.claims.nbf == now - std::chrono::seconds(300)));
    terms.jku = "https://elsewhere.test/jwks.json";
    BOOST_TEST(verify(new_signer(Algorithm::rs384), terms).reason == Refusal::key_url_differs);
}

BOOST_AUTO_TEST_CASE(signs_tokens_that_are_refused_for_what_they_say) {
    const JwtSigner signer = new_signer(Algorithm::es384);
    TokenTerms terms = good_terms();
    terms.aud = "https://cds.test/cds-services/another";
    BOOST_TEST(verify(signer, terms).reason == Refusal::audience_differs);
    terms = good_terms();
    terms.issued_at -= std::chrono::hours(1);
    BOOST_TEST(verify(signer, terms).reason == Refusal::expired);
    terms = good_terms();
    terms.iss = "https://unknown.test";
    BOOST_TEST(verify(signer, terms).reason == Refusal::issuer_unknown);
}

BOOST_AUTO_TEST_CASE(gives_every_token_another_id) {
    const JwtSigner signer = new_signer(Algorithm::es384);
    BOOST_TEST(verify(signer, good_terms()).claims.jti != verify(signer, good_terms()).claims.jti);
}

BOOST_DATA_TEST_CASE(is_the_same_after_it_was_written_and_read, data::make({"ES384", "RS384"}), name) {
    const JwtSigner made = new_signer(*algorithm_named(name));
    const auto read = JwtSigner::with_key(made.private_jwk());
    BOOST_TEST_REQUIRE(read.ok());
    BOOST_TEST(read.value().public_jwk() == made.public_jwk());
    BOOST_TEST((read.value().algorithm() == made.algorithm()));
    BOOST_TEST((verify(read.value(), good_terms()).outcome == Outcome::accepted));
}

BOOST_DATA_TEST_CASE(keeps_its_private_part_out_of_the_public_one, data::make({"ES384", "RS384"}), name) {
    const JwtSigner signer = new_signer(*algorithm_named(name));
    const auto document = json::Document::parse(signer.public_jwk());
    BOOST_TEST_REQUIRE(document.ok());
    for (const char* member : {"d", "p", "q", "dp", "dq", "qi", "k"}) {
        BOOST_TEST(!document.value().root()[member].exists(), member);
    }
    BOOST_TEST(document.value().root()["kid"].text().substr(0, 5) == "test-");
    BOOST_TEST(document.value().root()["alg"].text() == name);
}

BOOST_AUTO_TEST_CASE(has_an_id_of_its_own) {
    const auto kid_of = [](const JwtSigner& signer) {
        return std::string(json::Document::parse(signer.public_jwk()).value().root()["kid"].text());
    };
    BOOST_TEST(kid_of(new_signer(Algorithm::es384)) != kid_of(new_signer(Algorithm::es384)));
}

BOOST_AUTO_TEST_CASE(is_made_for_the_two_recommended_algorithms_only) {
    for (const auto& [name, algorithm] : algorithm_names) {
        const bool is_made = name == "ES384" || name == "RS384";
        if (!is_made) BOOST_TEST(!JwtSigner::with_new_key(algorithm).ok(), name);
    }
}

BOOST_AUTO_TEST_CASE(is_refused_when_it_is_none) {
    const JwtSigner signer = new_signer(Algorithm::es384);
    BOOST_TEST(fault_of("") == ": The text is no JSON, so it is no private JWK.");
    BOOST_TEST(fault_of("-----BEGIN PRIVATE KEY-----") == ": The text is no JSON, so it is no private JWK.");
    BOOST_TEST(fault_of("{}") == "alg: ES384 or RS384 is expected.");
    BOOST_TEST(fault_of(signer.public_jwk()) == "d: The private part is missing: this is a public key.");
    BOOST_TEST(fault_of(changed(signer, "ES384", "HS384")) == "alg: ES384 or RS384 is expected.");
    BOOST_TEST(fault_of(changed(signer, "ES384", "RS384")) == "kty: The type of the key does not fit its alg.");
    BOOST_TEST(fault_of(changed(signer, "P-384", "P-521")) == "crv: P-384 is expected.");
    BOOST_TEST(fault_of(changed(signer, "\"kid\"", "\"name\"")) == "kid: A kid is expected.");
    BOOST_TEST(fault_of(changed(signer, "\"x\":\"", "\"x\":\"!")) == ": This is no usable private JWK.");
    BOOST_TEST(ERR_peek_error() == 0UL);
}

BOOST_AUTO_TEST_SUITE_END()
