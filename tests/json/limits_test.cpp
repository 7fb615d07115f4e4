// json::Limits: each limit at its edge, and texts made to hurt a reader.
#include "json/document.hpp"
#include "json/writer.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using rectal_cds::base::ErrorKind;
using rectal_cds::json::Document;
using rectal_cds::json::Limits;
using rectal_cds::json::Writer;

namespace {

std::string repeat(const std::string& part, int times) {
    std::string text;
    text.reserve(part.size() * static_cast<std::size_t>(times));
    for (int i = 0; i < times; ++i) text += part;
    return text;
}

std::string object_of(int members) {
    std::string text = "{";
    for (int i = 0; i < members; ++i) text += (i == 0 ? "\"k" : ",\"k") + std::to_string(i) + "\":1";
    return text + "}";
}

bool is_malformed(std::string text, const Limits& limits = {}) {
    const auto document = Document::parse(std::move(text), limits);
    return !document.ok() && document.error().kind == ErrorKind::malformed;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(json_limits)

BOOST_AUTO_TEST_CASE(sixty_four_levels_are_read_and_sixty_five_are_not) {
    BOOST_TEST(Document::parse(repeat("[", 64) + repeat("]", 64)).ok());
    BOOST_TEST(is_malformed(repeat("[", 65) + repeat("]", 65)));
    BOOST_TEST(Document::parse(repeat("{\"a\":", 64) + "1" + repeat("}", 64)).ok());
    BOOST_TEST(is_malformed(repeat("{\"a\":", 65) + "1" + repeat("}", 65)));
}

BOOST_AUTO_TEST_CASE(levels_that_are_closed_again_do_not_add_up) {
    BOOST_TEST(Document::parse("[" + repeat("[[]],", 1000) + "[]]").ok());
}

BOOST_AUTO_TEST_CASE(too_deep_is_said_with_the_place) {
    const auto document = Document::parse(R"({"a":{"b":[[1]]}})", Limits{1000, 3, 10, 10});
    BOOST_TEST_REQUIRE(!document.ok());
    BOOST_TEST(document.error().where == "a.b[0]");
    BOOST_TEST(document.error().what == "Objects and arrays are nested deeper than 3 levels.");
}

BOOST_AUTO_TEST_CASE(a_million_nested_arrays_do_no_harm) {
    constexpr int million = 1'000'000;
    BOOST_TEST(is_malformed(repeat("[", million)));
    BOOST_TEST(is_malformed(repeat("[", million) + repeat("]", million)));
    BOOST_TEST(is_malformed(repeat("{\"a\":", million / 2) + "1" + repeat("}", million / 2)));
    BOOST_TEST(is_malformed(repeat("[{\"contained\":", million / 8)));
}

BOOST_AUTO_TEST_CASE(an_object_has_at_most_ten_thousand_members) {
    BOOST_TEST(Document::parse(object_of(10'000)).ok());
    BOOST_TEST(is_malformed(object_of(10'001)));
    BOOST_TEST(is_malformed(object_of(200'000)));
}

BOOST_AUTO_TEST_CASE(the_members_of_an_inner_object_count_for_it_alone) {
    const std::string inner = object_of(6'000);
    BOOST_TEST(Document::parse("{\"a\":" + inner + ",\"b\":" + inner + "}").ok());
}

BOOST_AUTO_TEST_CASE(a_text_has_at_most_so_many_values) {
    const Limits limits{1000, 64, 100, 5};
    BOOST_TEST(Document::parse("[1,[2],{}]", limits).ok());
    BOOST_TEST(is_malformed("[1,[2],{},0]", limits));
    BOOST_TEST(is_malformed("[" + repeat("0,", 1'500'000) + "0]"));
}

BOOST_AUTO_TEST_CASE(a_text_above_the_byte_limit_is_too_large_not_malformed) {
    const Limits limits{8, 64, 100, 100};
    BOOST_TEST(Document::parse("[123456]", limits).ok());
    const auto document = Document::parse("[1234567]", limits);
    BOOST_TEST_REQUIRE(!document.ok());
    BOOST_TEST((document.error().kind == ErrorKind::too_large));
}

BOOST_AUTO_TEST_CASE(names_made_alike_to_slow_the_search_for_duplicates_do_no_harm) {
    const std::string prefix(300, 'x');
    std::string text = "{";
    for (int i = 0; i < 9'999; ++i) text += '"' + prefix + std::to_string(10'000 + i) + "\":0,";
    BOOST_TEST(Document::parse(text + "\"y\":0}").ok());
    BOOST_TEST(is_malformed(text + '"' + prefix + "15000\":0}"));
}

BOOST_AUTO_TEST_CASE(a_number_of_four_million_digits_does_no_harm) {
    const std::string digits = repeat("9", 4'000'000);
    BOOST_TEST(is_malformed("[" + digits + "]"));  // above all doubles
    const auto fraction = Document::parse("[0." + digits + "]");
    BOOST_TEST_REQUIRE(fraction.ok());
    BOOST_TEST(*fraction.value().root().at(0).number() == 1.0, boost::test_tools::tolerance(1e-12));
    BOOST_TEST(Document::parse("[1e-" + repeat("9", 1000) + "]").ok());
    BOOST_TEST(is_malformed("[0." + repeat("0", 400) + "1e4000000000]"));
}

BOOST_AUTO_TEST_CASE(a_string_of_four_million_characters_is_read) {
    const std::string text = repeat("\\u00e9", 600'000);
    const auto document = Document::parse("[\"" + text + "\"]");
    BOOST_TEST_REQUIRE(document.ok());
    BOOST_TEST(document.value().root().at(0).text().size() == 1'200'000U);
}

BOOST_AUTO_TEST_CASE(the_deepest_text_can_be_copied_and_written) {
    const auto document = Document::parse(repeat("[", 64) + repeat("]", 64));
    BOOST_TEST_REQUIRE(document.ok());
    BOOST_TEST(Writer().value(document.value().root()).take() == repeat("[", 64) + repeat("]", 64));
}

BOOST_AUTO_TEST_SUITE_END()
