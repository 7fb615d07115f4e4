// UTF-8 as RFC 3629 defines it: two checks written differently must agree on everything.
#include "json/utf8.hpp"

#include <boost/test/unit_test.hpp>

#include <random>
#include <string>

using namespace rectal_cds::json;

BOOST_AUTO_TEST_SUITE(utf8)

BOOST_AUTO_TEST_CASE(both_checks_agree_on_every_text_of_up_to_two_bytes) {
    for (int first = 0; first < 256; ++first) {
        const std::string one(1, static_cast<char>(first));
        BOOST_TEST_REQUIRE(is_utf8(one) == (valid_utf8_prefix(one) == one.size()));
        for (int second = 0; second < 256; ++second) {
            const std::string two = one + static_cast<char>(second);
            BOOST_TEST_REQUIRE(is_utf8(two) == (valid_utf8_prefix(two) == two.size()));
        }
    }
}

BOOST_AUTO_TEST_CASE(both_checks_agree_around_every_border_of_longer_characters) {
    const unsigned char edges[] = {0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xFF};
    for (int lead = 0xE0; lead < 0x100; ++lead) {
        for (unsigned char second : edges) {
            for (unsigned char third : edges) {
                for (unsigned char fourth : edges) {
                    const std::string text = {static_cast<char>(lead), static_cast<char>(second),
                                              static_cast<char>(third), static_cast<char>(fourth)};
                    BOOST_TEST_REQUIRE(is_utf8(text) == (valid_utf8_prefix(text) == text.size()));
                }
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(a_repaired_text_is_valid_and_a_valid_text_stays_as_it_is) {
    std::mt19937 random(7);
    for (int i = 0; i < 5000; ++i) {
        std::string text;
        for (unsigned length = random() % 40; length > 0; --length) text += static_cast<char>(random());
        const std::string repaired = repair_utf8(text);
        BOOST_TEST_REQUIRE(is_utf8(repaired));
        BOOST_TEST_REQUIRE((repaired == text) == is_utf8(text));
    }
}

BOOST_AUTO_TEST_CASE(the_first_fault_is_found) {
    BOOST_TEST(valid_utf8_prefix("abc\xC3\xA9\xFFx") == 5U);
    BOOST_TEST(valid_utf8_prefix("") == 0U);
    BOOST_TEST(repair_utf8("\xE2\x82 and \x80\x80 end") == "\xEF\xBF\xBD and \xEF\xBF\xBD end");
}

BOOST_AUTO_TEST_SUITE_END()
