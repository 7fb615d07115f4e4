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

BOOST_AUTO_TEST_CASE(is_no_link_for_renderers_that_link_bare_names) {
    BOOST_TEST(escape_markdown("see evil.com/x?p=1") == "see evil\\.com/x?p=1");
    BOOST_TEST(escape_markdown("a //evil.com b") == "a /\\/evil\\.com b");
    BOOST_TEST(escape_markdown("https://www.evil.co.uk") == "https\\:/\\/www\\.evil\\.co\\.uk");
    BOOST_TEST(escape_markdown("evil.xn--p1ai") == "evil\\.xn--p1ai");
}

BOOST_AUTO_TEST_CASE(keeps_dots_that_name_no_host) {
    BOOST_TEST(escape_markdown("KRAS p.Gly12Asp c.35G>A 1.5 mg/dL, e.g. 10*9/L") ==
               "KRAS p.Gly12Asp c.35G&gt;A 1.5 mg/dL, e.g. 10\\*9/L");
}

BOOST_AUTO_TEST_CASE(is_cut_after_so_many_characters_of_any_kind) {
    BOOST_TEST(escape_markdown("one two", 7) == "one two");
    BOOST_TEST(escape_markdown("one two", 6) == "one tw…");
    BOOST_TEST(escape_markdown("one two", 0) == "…");
    BOOST_TEST(escape_markdown("a*b直c", 4) == "a\\*b直…");
    BOOST_TEST(escape_markdown("a*b直c", 3) == "a\\*b…");
    BOOST_TEST(escape_markdown("a\u200Bb", 2) == "ab");
}

BOOST_AUTO_TEST_SUITE_END()
