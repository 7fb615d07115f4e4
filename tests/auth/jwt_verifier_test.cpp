// Which calls are let in, and what happens when keys or the replay store cannot be had.
#include "auth/jwt_verifier.hpp"

#include <openssl/bn.h>
#include <openssl/err.h>

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <thread>

#include "auth/callers.hpp"

using namespace rectal_cds::auth;
using namespace rectal_cds::auth::testing;

namespace {

using Outcome = Verdict::Outcome;

std::string rs384_token(const Members& header, const Members& claims) {
    const std::string input = signing_input(header.text(), claims.text());
    return input + '.' + base64url(rsa_key().sign(input, Digest::sha384));
}

Members wide_claims() { return good_claims().with("iss", quoted("https://wide.test")).without("tenant"); }

std::string seconds(double from_now) { return std::to_string(static_cast<double>(now_seconds) + from_now); }

}  // namespace

BOOST_AUTO_TEST_SUITE(a_call_is_let_in)

BOOST_AUTO_TEST_CASE(with_an_es384_token_and_says_who_is_calling) {
    Callers callers;
    const Verdict verdict = callers.verify(good_token());
    BOOST_TEST_REQUIRE(verdict.outcome == Outcome::accepted);
    BOOST_TEST(verdict.client->name == "strict");
    BOOST_TEST(verdict.claims.iss == "https://ehr.test/fhir");
    BOOST_TEST(verdict.claims.tenant == "north");
    BOOST_TEST(verdict.claims.jti == "0f3f0a9e-6d7c-4a52-9d0c-5e6b8f9f7a11");
    BOOST_TEST((verdict.claims.exp == callers.now + std::chrono::seconds(290)));
}

BOOST_AUTO_TEST_CASE(with_an_epic_shaped_token) {
    Callers callers;
    const Members header{{"alg", quoted("RS384")},
                         {"kid", quoted("rsa+/=")},
                         {"jku", quoted("https://ehr.test/jwks.json")},
                         {"typ", quoted("JWT")}};
    const Members claims = good_claims()
                               .with("nbf", std::to_string(now_seconds - 10 - 300))
                               .with("exp", std::to_string(now_seconds - 10 + 900))
                               .with("sub", quoted("typed by hand"));
    const Verdict verdict = callers.verify(rs384_token(header, claims));
    BOOST_TEST_REQUIRE(verdict.outcome == Outcome::accepted);
    BOOST_TEST(verdict.claims.sub == "typed by hand");
}

BOOST_AUTO_TEST_CASE(in_every_legal_form) {
    const Members header = good_header();
    const Members claims = good_claims();
    const std::string ours = "https://cds.test/cds-services/rectal-cancer-order-sign";
    const std::vector<std::pair<const char*, std::string>> tokens{
        {"typ in lower case", signed_token(header.with("typ", quoted("jwt")), claims)},
        {"typ in mixed case", signed_token(header.with("typ", quoted("Jwt")), claims)},
        {"jku as registered", signed_token(header.with("jku", quoted("https://ehr.test/jwks.json")), claims)},
        {"jku with the default port",
         signed_token(header.with("jku", quoted("https://EHR.test:443/jwks.json")), claims)},
        {"header members that mean nothing here", signed_token(header.with("x5t", quoted("abc")), claims)},
        {"the audience among others",
         signed_token(header, claims.with("aud", "[\"https://other.test\",\"" + ours + "\"]"))},
        {"the audience in a list", signed_token(header, claims.with("aud", "[\"" + ours + "\"]"))},
        {"an audience with one trailing slash", signed_token(header, claims.with("aud", quoted(ours + "/")))},
        {"an audience with the default port",
         signed_token(header,
                      claims.with("aud", quoted("https://cds.test:443/cds-services/rectal-cancer-order-sign")))},
        {"exp with a fraction", signed_token(header, claims.with("exp", seconds(100.75)))},
        {"exp with an exponent", signed_token(header, claims.with("exp", "1.7000001e9"))},
        {"expired within the leeway",
         signed_token(header, claims.with("exp", seconds(-59.9)).with("iat", seconds(-300)))},
        {"issued ahead within the leeway", signed_token(header, claims.with("iat", seconds(60)))},
        {"valid from ahead within the leeway", signed_token(header, claims.with("nbf", seconds(60)))},
        {"the longest lifetime", signed_token(header, claims.with("exp", seconds(3590)))},
        {"the other tenant", signed_token(header, claims.with("tenant", quoted("south")))},
        {"a jti of 512 bytes", signed_token(header, claims.with("jti", quoted(std::string(512, 'j'))))},
        {"an odd but printable jti", signed_token(header, claims.with("jti", quoted("../' OR 1=1 -- \xc3\xa4")))},
        {"claims that mean nothing here", signed_token(header, claims.with("extension", R"({"a":[1,{"b":null}]})"))},
        {"whitespace in the JSON",
         signed_token("{ \"alg\" : \"ES384\",\n\"typ\":\"JWT\",\"kid\":\"ec-1\"}", claims.text())},
        {"a kid in escapes", signed_token(header.with("kid", R"("\u0065c-1")"), claims)},
        {"RS384", rs384_token(header.with("alg", quoted("RS384")).with("kid", quoted("rsa+/=")), claims)},
        {"RS384 with a key that says so",
         rs384_token(header.with("alg", quoted("RS384")).with("kid", quoted("rs384-only")), claims)},
    };
    for (const auto& [what, token] : tokens) {
        Callers callers;
        const Verdict verdict = callers.verify(token);
        BOOST_TEST(verdict.outcome == Outcome::accepted, what << ": " << name(verdict.reason));
    }
}

BOOST_AUTO_TEST_CASE(with_the_scheme_in_any_case) {
    for (const char* scheme : {"Bearer ", "bearer ", "BEARER ", "bEaReR "}) {
        Callers callers;
        BOOST_TEST(callers.verify_values({scheme + good_token()}).outcome == Outcome::accepted, scheme);
    }
}

BOOST_AUTO_TEST_CASE(with_each_of_the_nine_algorithms_when_its_entry_lists_them) {
    struct Case {
        const char* algorithm;
        const char* kid;
        const SigningKey& key;
        Digest digest;
    };
    const std::vector<Case> cases{
        {"ES256", "p256", p256_key(), Digest::sha256},  {"ES384", "ec-1", p384_key(), Digest::sha384},
        {"ES512", "p521", p521_key(), Digest::sha512},  {"RS256", "rsa+/=", rsa_key(), Digest::sha256},
        {"RS384", "rsa+/=", rsa_key(), Digest::sha384}, {"RS512", "rsa+/=", rsa_key(), Digest::sha512},
        {"PS256", "rsa+/=", rsa_key(), Digest::sha256}, {"PS384", "rsa+/=", rsa_key(), Digest::sha384},
        {"PS512", "rsa+/=", rsa_key(), Digest::sha512},
    };
    for (const Case& each : cases) {
        Callers callers;
        const Members header = good_header().with("alg", quoted(each.algorithm)).with("kid", quoted(each.kid));
        const std::string input = signing_input(header.text(), wide_claims().text());
        const bool is_pss = each.algorithm[0] == 'P';
        const std::string signature =
            is_pss ? each.key.sign_pss(input, each.digest) : each.key.sign(input, each.digest);
        const Verdict verdict = callers.verify(input + '.' + base64url(signature));
        BOOST_TEST(verdict.outcome == Outcome::accepted, each.algorithm << ": " << name(verdict.reason));
        BOOST_TEST(callers.keys.times_asked() == 0);
    }
}

BOOST_AUTO_TEST_CASE(when_only_the_second_of_two_keys_with_its_kid_made_the_signature) {
    Callers callers;
    const std::string set = R"({"keys":[)" + rsa_key().jwk("ec-1") + ',' + other_p384_key().jwk("ec-1") + ',' +
                            p384_key().jwk("ec-1", "") + "]}";
    callers.keys.answer.keys = std::make_shared<const KeySet>(parse_key_set(set).value());
    BOOST_TEST(callers.verify(good_token()).outcome == Outcome::accepted);
}

BOOST_AUTO_TEST_CASE(on_the_feedback_endpoint_with_the_service_url_only_where_its_entry_says_so) {
    for (const bool is_allowed : {false, true}) {
        Callers callers;
        auto client = std::make_shared<Client>(*callers.registry->find_by_issuer("https://ehr.test/fhir"));
        client->feedback_with_service_audience = is_allowed;
        callers.registry = std::make_shared<const ClientRegistry>(std::vector<std::shared_ptr<const Client>>{client});
        callers.endpoint.route = "/cds-services/rectal-cancer-order-sign/feedback";
        const Members own =
            good_claims().with("aud", quoted("https://cds.test/cds-services/rectal-cancer-order-sign/feedback"));
        BOOST_TEST(callers.verify(signed_token(good_header(), own)).outcome == Outcome::accepted);
        const Members service = good_claims().with("jti", quoted("second"));
        const Verdict verdict = callers.verify(signed_token(good_header(), service));
        BOOST_TEST((verdict.outcome == Outcome::accepted) == is_allowed);

        client->audiences.clear();
        callers.endpoint.public_urls = {"https://cds.test:443/cds-services/rectal-cancer-order-sign/feedback"};
        const Members third = good_claims().with("jti", quoted("third"));
        BOOST_TEST((callers.verify(signed_token(good_header(), third)).outcome == Outcome::accepted) == is_allowed);
    }
}

BOOST_AUTO_TEST_CASE(from_several_threads_each_token_once) {
    Callers callers;
    const std::string shared_token = good_token();
    std::atomic<int> own_accepted = 0;
    std::atomic<int> shared_accepted = 0;
    std::vector<std::string> own_tokens;
    for (int index = 0; index < 64; ++index) {
        own_tokens.push_back(signed_token(good_header(), good_claims().with("jti", quoted(std::to_string(index)))));
    }
    std::vector<std::thread> threads;
    for (std::size_t first = 0; first < 4; ++first) {
        threads.emplace_back([&, first] {
            const JwtVerifier verifier(callers.keys, callers.replays.cache);
            const auto is_accepted = [&](const std::string& token) {
                const std::string value = "Bearer " + token;
                return verifier.verify({value}, callers.endpoint, *callers.registry, callers.now).outcome ==
                       Outcome::accepted;
            };
            for (std::size_t index = first; index < own_tokens.size(); index += 4)
                own_accepted += is_accepted(own_tokens[index]);
            for (int again = 0; again < 4; ++again) shared_accepted += is_accepted(shared_token);
        });
    }
    for (std::thread& thread : threads) thread.join();
    BOOST_TEST(own_accepted == 64);
    BOOST_TEST(shared_accepted == 1);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_token_is_spent)

BOOST_AUTO_TEST_CASE(by_its_first_use) {
    Callers callers;
    BOOST_TEST(callers.verify(good_token()).outcome == Outcome::accepted);
    const Verdict again = callers.verify(good_token());  // ECDSA signatures differ, the jti does not
    BOOST_TEST(again.outcome == Outcome::refused);
    BOOST_TEST(again.reason == Refusal::replayed);
    BOOST_TEST(!again.client);
}

BOOST_AUTO_TEST_CASE(by_as_many_uses_as_its_client_is_allowed) {
    Callers callers;
    const std::string token = signed_token(good_header(), wide_claims());
    BOOST_TEST(callers.verify(token).outcome == Outcome::accepted);
    BOOST_TEST(callers.verify(token).outcome == Outcome::accepted);
    BOOST_TEST(callers.verify(token).reason == Refusal::replayed);
}

BOOST_AUTO_TEST_CASE(and_not_by_another_issuers_token_with_the_same_jti) {
    Callers callers;
    BOOST_TEST(callers.verify(good_token()).outcome == Outcome::accepted);
    BOOST_TEST(callers.verify(signed_token(good_header(), wide_claims())).outcome == Outcome::accepted);
}

// (r, s) and (r, n - s) are both signatures of one text: ECDSA has no single form. The jti is what makes a token one.
BOOST_AUTO_TEST_CASE(also_when_it_comes_back_with_the_other_s_of_its_signature) {
    Callers callers;
    const std::string input = signing_input(good_header().text(), good_claims().text());
    const std::string signature = p384_key().sign(input, Digest::sha384);
    const std::string order = p384_key().curve_order();
    const auto number = [](const std::string& bytes) {
        return BN_bin2bn(reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()), nullptr);
    };
    BIGNUM* s = number(signature.substr(48));
    BIGNUM* n = number(order);
    BN_sub(s, n, s);
    std::string other(96, '\0');
    signature.copy(other.data(), 48);
    BN_bn2binpad(s, reinterpret_cast<unsigned char*>(other.data()) + 48, 48);
    BN_free(s);
    BN_free(n);
    BOOST_TEST(callers.verify(input + '.' + base64url(signature)).outcome == Outcome::accepted);
    BOOST_TEST(callers.verify(input + '.' + base64url(other)).reason == Refusal::replayed);
}

BOOST_AUTO_TEST_CASE(never_before_every_other_check_has_passed) {
    Callers callers;
    const std::string forged = compact(good_header().text(), good_claims().text(), std::string(96, 'f'));
    BOOST_TEST(callers.verify(forged).reason == Refusal::signature_wrong);
    BOOST_TEST(callers.replays.times_asked() == 0);
    BOOST_TEST(callers.verify(good_token()).outcome == Outcome::accepted);
}

// reliability.md 1.3: the signature comes before aud, times and tenant, so a forger learns nothing about them.
BOOST_AUTO_TEST_CASE(never_for_a_claim_that_was_judged_before_the_signature) {
    Callers callers;
    const Members wrong_claims =
        good_claims().with("aud", quoted("https://elsewhere.test")).with("tenant", quoted("east"));
    const std::string forged = compact(good_header().text(), wrong_claims.text(), std::string(96, 'f'));
    BOOST_TEST(callers.verify(forged).reason == Refusal::signature_wrong);
    BOOST_TEST(callers.verify(signed_token(good_header(), wrong_claims)).reason == Refusal::audience_differs);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_call_is_put_off)

BOOST_AUTO_TEST_CASE(while_the_keys_are_being_fetched_and_nothing_is_spent) {
    Callers callers;
    const KeyLookup known = callers.keys.answer;
    callers.keys.answer = {KeyLookup::State::fetching, nullptr};
    const Verdict verdict = callers.verify(good_token());
    BOOST_TEST(verdict.outcome == Outcome::keys_awaited);
    BOOST_TEST(verdict.client->name == "strict");
    BOOST_TEST(callers.replays.times_asked() == 0);
    callers.keys.answer = known;
    BOOST_TEST(callers.verify(good_token()).outcome == Outcome::accepted);
}

BOOST_AUTO_TEST_CASE(with_unavailable_when_a_registered_clients_keys_cannot_be_had) {
    Callers callers;
    callers.keys.answer = {KeyLookup::State::unavailable, nullptr};
    BOOST_TEST(callers.verify(good_token()).outcome == Outcome::unavailable);
}

BOOST_AUTO_TEST_CASE(with_unavailable_when_the_replay_store_is_down) {
    Callers callers;
    callers.replays.is_down = true;
    BOOST_TEST(callers.verify(good_token()).outcome == Outcome::unavailable);
}

BOOST_AUTO_TEST_CASE(without_leaving_errors_for_tls_on_the_same_thread) {
    Callers callers;
    callers.verify(compact(good_header().text(), good_claims().text(), std::string(96, '\0')));
    BOOST_TEST(ERR_peek_error() == 0u);
}

BOOST_AUTO_TEST_SUITE_END()
