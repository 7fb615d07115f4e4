// base64url as JWS wants it (RFC 7515 2)
#include "auth/base64url.hpp"

#include <boost/test/unit_test.hpp>

#include "support/signing_key.hpp"

using rectal_cds::auth::decode_base64url;
using rectal_cds::auth::testing::base64url;

BOOST_AUTO_TEST_SUITE(base64url_text)

BOOST_AUTO_TEST_CASE(gives_back_every_byte_at_every_length) {
    std::string bytes;
    for (int size = 0; size < 300; ++size) {
        BOOST_TEST(decode_base64url(base64url(bytes)).value_or("refused") == bytes);
        bytes += static_cast<char>(size * 37);
    }
}

BOOST_AUTO_TEST_CASE(has_one_spelling_for_each_byte_string) {
    BOOST_TEST(decode_base64url("AA").has_value());
    for (const char* spelling :
         {"AB", "A_", "AP", "AAB", "AAD", "A", "AAAAA", "AA=", "AA==", "AA ", " AA", "A+", "A/", "A\n"}) {
        BOOST_TEST(!decode_base64url(spelling).has_value(), spelling);
    }
}

BOOST_AUTO_TEST_SUITE_END()
