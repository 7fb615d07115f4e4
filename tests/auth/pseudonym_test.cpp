// The name a patient has at rest (decisions.md 60). Expected values come from the openssl and sha256sum programs.
#include "auth/pseudonym.hpp"

#include <boost/test/unit_test.hpp>

#include <stdexcept>
#include <string>

using namespace rectal_cds::auth;

namespace {

Pseudonyms with_key(char letter) { return Pseudonyms(Secret(std::string(32, letter))); }

}  // namespace

BOOST_AUTO_TEST_SUITE(a_pseudonym)

BOOST_AUTO_TEST_CASE(is_half_of_the_hmac_of_client_and_patient) {
    BOOST_TEST(with_key('k').of("ehr-a", "123") == "40199484ea45fecc195eaa27b79e2cf0");
}

BOOST_AUTO_TEST_CASE(is_the_same_each_time_and_another_for_each_patient_client_and_key) {
    const Pseudonyms pseudonyms = with_key('k');
    BOOST_TEST(pseudonyms.of("ehr-a", "123") == pseudonyms.of("ehr-a", "123"));
    BOOST_TEST(pseudonyms.of("ehr-a", "123") != pseudonyms.of("ehr-a", "124"));
    BOOST_TEST(pseudonyms.of("ehr-a", "123") != pseudonyms.of("ehr-b", "123"));
    BOOST_TEST(pseudonyms.of("ehr-a", "123") != with_key('j').of("ehr-a", "123"));
}

// A key that can be guessed would let anyone try patient numbers out.
BOOST_AUTO_TEST_CASE(is_not_made_with_a_short_key) {
    BOOST_CHECK_THROW(Pseudonyms(Secret(std::string(31, 'k'))), std::logic_error);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_digest)

BOOST_AUTO_TEST_CASE(covers_every_part_and_where_it_ends) {
    BOOST_TEST(digest_of({"abc", ""}) == "bdf1004d3099a7a3712d12c456e15ebb2b81d43740868f77760be8f639855aad");
    BOOST_TEST(digest_of({"ab", "c"}) != digest_of({"a", "bc"}));
    BOOST_TEST(digest_of({"1:a"}) != digest_of({"", "a"}));
}

BOOST_AUTO_TEST_SUITE_END()
