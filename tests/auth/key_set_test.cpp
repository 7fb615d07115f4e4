// Which keys of a JWK Set are used: reliability.md 1.2 and test T65; conformance case J18.
#include "auth/key_set.hpp"

#include <boost/test/unit_test.hpp>

#include "support/token.hpp"

using namespace rectal_cds::auth;
using namespace rectal_cds::auth::testing;

namespace {

KeySet keys(const std::string& listed) { return parse_key_set(R"({"keys":[)" + listed + "]}").value(); }

std::string rsa_jwk(const std::string& modulus, const std::string& exponent) {
    return R"({"kty":"RSA","kid":"k","n":")" + base64url(modulus) + R"(","e":")" + base64url(exponent) + "\"}";
}

std::string ec_jwk(const std::string& curve, const std::string& x, const std::string& y) {
    return R"({"kty":"EC","kid":"k","crv":")" + curve + R"(","x":")" + base64url(x) + R"(","y":")" + base64url(y) +
           "\"}";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(a_key_set)

BOOST_AUTO_TEST_CASE(has_the_usable_keys_and_says_which_are_left_out) {
    const KeySet set =
        keys(p384_key().jwk("a") + ",17," + rsa_key().jwk("b", "") + ',' + R"({"kty":"oct","k":"AAAA","kid":"c"})");
    BOOST_TEST(set.keys.size() == 2u);
    BOOST_TEST(set.has("a"));
    BOOST_TEST(set.has("b"));
    BOOST_TEST(!set.has("c"));
    BOOST_TEST_REQUIRE(set.left_out.size() == 2u);
    BOOST_TEST(set.left_out[0].where == "keys[1]");
    BOOST_TEST(set.left_out[1].where == "keys[3]");
}

BOOST_AUTO_TEST_CASE(may_leave_use_and_alg_and_key_ops_out_or_say_what_fits) {
    for (const char* more : {"", R"(,"use":"sig")", R"(,"alg":"ES384")", R"(,"key_ops":["verify"])",
                             R"(,"key_ops":["sign","verify"])", R"(,"x5c":["AAAA"],"note":{"a":1})"}) {
        BOOST_TEST(keys(p384_key().jwk("a", more)).keys.size() == 1u, more);
    }
}

BOOST_AUTO_TEST_CASE(leaves_out_keys_that_are_private_symmetric_or_for_another_use) {
    for (const char* more :
         {R"(,"d":"AAAA")", R"(,"k":"AAAA")", R"(,"p":"")", R"(,"oth":[])", R"(,"use":"enc")", R"(,"use":"")",
          R"(,"use":["sig"])", R"(,"use":null)", R"(,"key_ops":[])", R"(,"key_ops":["sign"])", R"(,"key_ops":"verify")",
          R"(,"key_ops":null)", R"(,"alg":"ES256")", R"(,"alg":"RS384")", R"(,"alg":"ECDH-ES")", R"(,"alg":"none")",
          R"(,"alg":"HS256")", R"(,"alg":"")", R"(,"alg":7)"}) {
        BOOST_TEST(keys(p384_key().jwk("a", more)).keys.empty(), more);
    }
    BOOST_TEST(keys(p384_key().jwk("")).keys.empty());
    for (const char* json :
         {"null", "{}", "[]", R"({"kty":"OKP","crv":"Ed25519","x":"AAAA","kid":"k"})", R"({"kty":"ec","kid":"k"})",
          R"({"kty":"RSA","kid":"k"})", R"({"kty":"EC","kid":"k","crv":"P-384"})",
          R"({"kty":"RSA","kid":"k","n":"","e":""})", R"({"kty":"RSA","kid":"k","n":"AA","e":"AA"})"}) {
        BOOST_TEST(keys(json).keys.empty(), json);
    }
}

BOOST_AUTO_TEST_CASE(leaves_out_rsa_keys_that_are_too_weak_too_large_or_no_keys) {
    const std::string modulus = rsa_key().number("n");
    const std::string exponent = rsa_key().number("e");
    BOOST_TEST(keys(rsa_jwk(modulus, exponent)).keys.size() == 1u);
    BOOST_TEST(keys(rsa_jwk(std::string(1, '\0') + modulus, exponent)).keys.size() == 1u);
    BOOST_TEST(keys(rsa_jwk(modulus, "\x03")).keys.size() == 1u);
    BOOST_TEST(keys(SigningKey::rsa(1024).jwk("k")).keys.empty());
    BOOST_TEST(keys(rsa_jwk("\x7f" + modulus.substr(1), exponent)).keys.empty());
    BOOST_TEST(keys(rsa_jwk(modulus + std::string(1024, '\xff'), exponent)).keys.empty());
    std::string even = modulus;
    even.back() = static_cast<char>(even.back() & ~1);
    BOOST_TEST(keys(rsa_jwk(even, exponent)).keys.empty());
    for (const std::string& bad :
         {std::string("\x01"), std::string("\x02"), std::string("\0", 1), std::string(9, '\x03')}) {
        BOOST_TEST(keys(rsa_jwk(modulus, bad)).keys.empty());
    }
}

BOOST_AUTO_TEST_CASE(leaves_out_points_that_are_not_on_their_curve) {
    const std::string x = p384_key().number("qx");
    const std::string y = p384_key().number("qy");
    BOOST_TEST(keys(ec_jwk("P-384", x, y)).keys.size() == 1u);
    std::string beside = y;
    beside.back() = static_cast<char>(beside.back() ^ 1);
    BOOST_TEST(keys(ec_jwk("P-384", x, beside)).keys.empty());
    BOOST_TEST(keys(ec_jwk("P-384", y, x)).keys.empty());
    BOOST_TEST(keys(ec_jwk("P-384", std::string(48, '\0'), std::string(48, '\0'))).keys.empty());
    BOOST_TEST(keys(ec_jwk("P-384", std::string(48, '\xff'), y)).keys.empty());
    BOOST_TEST(keys(ec_jwk("P-384", x.substr(1), y)).keys.empty());
    BOOST_TEST(keys(ec_jwk("P-384", '\0' + x, y)).keys.empty());
    BOOST_TEST(keys(ec_jwk("P-256", x, y)).keys.empty());
    BOOST_TEST(keys(ec_jwk("P-256", x.substr(0, 32), y.substr(0, 32))).keys.empty());
    BOOST_TEST(keys(ec_jwk("secp256k1", x.substr(0, 32), y.substr(0, 32))).keys.empty());
}

BOOST_AUTO_TEST_CASE(is_refused_as_a_whole_when_it_is_none) {
    for (const std::string& text :
         std::vector<std::string>{"", "<html></html>", "[]", "null", "{}", R"({"keys":{}})", R"({"keys":[],"keys":[]})",
                                  "\xef\xbb\xbf{\"keys\":[]}",
                                  R"({"keys":[]} )" + std::string(largest_key_set_bytes, ' '), std::string(100, '[')}) {
        BOOST_TEST(!parse_key_set(text).ok(), text.substr(0, 40));
    }
    BOOST_TEST(parse_key_set(R"({"keys":[]})").ok());
}

BOOST_AUTO_TEST_CASE(has_at_most_a_hundred_keys) {
    std::string listed = "null";
    for (std::size_t index = 1; index < most_keys; ++index) listed += ",null";
    BOOST_TEST(parse_key_set(R"({"keys":[)" + listed + "]}").ok());
    BOOST_TEST(!parse_key_set(R"({"keys":[)" + listed + ",null]}").ok());
}

BOOST_AUTO_TEST_SUITE_END()
