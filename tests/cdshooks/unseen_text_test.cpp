// Characters that are not seen but change what is (reliability.md T55).
#include <boost/test/unit_test.hpp>

#include "cdshooks/markdown.hpp"

using rectal_cds::cdshooks::escape_markdown;

BOOST_AUTO_TEST_SUITE(text_out_of_the_record)

BOOST_AUTO_TEST_CASE(loses_marks_of_direction_zero_width_characters_and_controls) {
    BOOST_TEST(escape_markdown("KRAS \u202Eepyt-dliw\u202C") == "KRAS epyt-dliw");
    BOOST_TEST(escape_markdown("mut\u200Bant\u200F \u2066x\u2069\uFEFF\u0085") == "mutant x");
}

BOOST_AUTO_TEST_CASE(keeps_every_letter_of_every_script) {
    BOOST_TEST(escape_markdown("Zürich 直腸癌 \u2013 \u20AC 5") == "Zürich 直腸癌 \u2013 \u20AC 5");
}

BOOST_AUTO_TEST_SUITE_END()
