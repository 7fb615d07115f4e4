// json::Writer: every text it gives out is JSON, and numbers look as people write them.
#include "json/writer.hpp"

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <cstring>
#include <limits>
#include <random>
#include <stdexcept>
#include <string>
#include <utility>

using rectal_cds::json::Document;
using rectal_cds::json::Value;
using rectal_cds::json::Writer;

namespace {

std::string written(double value) { return Writer().number(value).take(); }

std::string written(std::string_view text) { return Writer().string(text).take(); }

std::string copied(const std::string& text, Writer::Layout layout = Writer::Layout::compact) {
    const auto document = Document::parse(text);
    BOOST_TEST_REQUIRE(document.ok());
    return Writer(layout).value(document.value().root()).take();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(the_json_writer)

BOOST_AUTO_TEST_CASE(text_of_another_writer_stands_between_other_values_as_it_is) {
    const std::string text = Writer().begin_object().member("half", 0.5).end_object().take();
    BOOST_TEST(Writer().begin_array().verbatim(text).integer(1).verbatim(text).end_array().take() ==
               R"([{"half":0.5},1,{"half":0.5}])");
    BOOST_TEST(Writer().verbatim(text).take() == text);
    BOOST_CHECK_THROW(Writer().verbatim(""), std::logic_error);
    BOOST_CHECK_THROW(Writer().begin_object().verbatim(text), std::logic_error);
}

BOOST_AUTO_TEST_CASE(writes_every_kind_of_member) {
    Writer writer;
    writer.begin_object()
        .member("text", "a")
        .member("string", std::string("b"))
        .member("view", std::string_view("c"))
        .member("integer", 1)
        .member("long", std::int64_t{-2})
        .member("size", std::size_t{3})
        .member("real", 7.50)
        .member("truth", true)
        .key("list")
        .begin_array()
        .integer(1)
        .null_value()
        .boolean(false)
        .end_array()
        .key("empty")
        .begin_object()
        .end_object()
        .end_object();
    BOOST_TEST(writer.take() == R"({"text":"a","string":"b","view":"c","integer":1,"long":-2,"size":3,"real":7.5,)"
                                R"("truth":true,"list":[1,null,false],"empty":{}})");
}

BOOST_AUTO_TEST_CASE(writes_numbers_as_people_write_them) {
    BOOST_TEST(written(85.0) == "85");
    BOOST_TEST(written(7.5) == "7.5");
    BOOST_TEST(written(0.1) == "0.1");
    BOOST_TEST(written(0.1 + 0.2) == "0.30000000000000004");
    BOOST_TEST(written(-0.0) == "0");
    BOOST_TEST(written(2400.0) == "2400");
    BOOST_TEST(written(1e6) == "1000000");
    BOOST_TEST(written(123456789012345.0) == "123456789012345");
    BOOST_TEST(written(0.0000001) == "0.0000001");
    BOOST_TEST(written(1e300) == "1e+300");
    BOOST_TEST(written(-1.5e-9) == "-1.5e-09");
}

BOOST_AUTO_TEST_CASE(writes_numbers_that_read_back_to_the_same_double) {
    std::mt19937_64 random(20'260'302);
    for (int i = 0; i < 20'000; ++i) {
        const std::uint64_t bits = random();
        double value = 0;
        std::memcpy(&value, &bits, sizeof value);
        if (!std::isfinite(value) || std::fpclassify(value) == FP_SUBNORMAL) continue;
        BOOST_TEST_REQUIRE(std::stod(written(value)) == value);
    }
    for (double value : {std::numeric_limits<double>::max(), std::numeric_limits<double>::min(), 1.0 / 3.0}) {
        BOOST_TEST(std::stod(written(value)) == value);
    }
}

BOOST_AUTO_TEST_CASE(escapes_what_json_forbids_in_a_string) {
    BOOST_TEST(written("a\"b\\c\n\t\x01") == R"("a\"b\\c\n\t\u0001")");
    BOOST_TEST(written(std::string_view()) == "\"\"");
    BOOST_TEST(written("\xC3\xA9\xF0\x9F\x98\x80") == "\"\xC3\xA9\xF0\x9F\x98\x80\"");
}

BOOST_AUTO_TEST_CASE(repairs_text_that_is_not_utf8) {
    BOOST_TEST(written("a\xFF"
                       "b") == "\"a\xEF\xBF\xBD"
                               "b\"");
    BOOST_TEST(written("caf\xC3") == "\"caf\xEF\xBF\xBD\"");
    BOOST_TEST(Writer().begin_object().member("k\xED\xA0\x80", 1).end_object().take() == "{\"k\xEF\xBF\xBD\":1}");
}

BOOST_AUTO_TEST_CASE(copies_a_parsed_value_with_all_below_it) {
    BOOST_TEST(copied(R"( { "a" : [ 1 , -2, 3.50, 1e3, "x\u00e9", true, null, {} ], "b": { "c": [] } } )") ==
               "{\"a\":[1,-2,3.5,1000,\"x\xC3\xA9\",true,null,{}],\"b\":{\"c\":[]}}");
    BOOST_TEST(copied("[18446744073709551615,9223372036854775807,-9223372036854775808]") ==
               "[18446744073709551615,9223372036854775807,-9223372036854775808]");
}

BOOST_AUTO_TEST_CASE(copies_a_part_of_a_document_into_another) {
    const auto document = Document::parse(R"({"subject":{"reference":"Patient/1"},"status":"draft"})");
    BOOST_TEST_REQUIRE(document.ok());
    const Value root = document.value().root();
    BOOST_TEST(
        Writer().begin_object().member("subject", root["subject"]).member("none", root["none"]).end_object().take() ==
        R"({"subject":{"reference":"Patient/1"},"none":null})");
}

BOOST_AUTO_TEST_CASE(gives_a_text_that_copies_to_itself) {
    const std::string text = R"({"a":[{"b":0.1,"c":"d"},[],{}],"e":12345678.9})";
    BOOST_TEST(copied(text) == text);
    BOOST_TEST(copied(copied(text, Writer::Layout::pretty)) == text);
}

BOOST_AUTO_TEST_CASE(lays_a_text_out_with_two_spaces_a_level) {
    BOOST_TEST(copied(R"({"a":[1,{"b":2}],"c":[],"d":{}})", Writer::Layout::pretty) ==
               "{\n  \"a\": [\n    1,\n    {\n      \"b\": 2\n    }\n  ],\n  \"c\": [],\n  \"d\": {}\n}");
}

BOOST_AUTO_TEST_CASE(can_be_used_again_after_take) {
    Writer writer;
    BOOST_TEST(writer.begin_array().integer(1).end_array().take() == "[1]");
    BOOST_TEST(writer.begin_object().end_object().take() == "{}");
    Writer moved = std::move(writer);
    BOOST_TEST(moved.string("x").take() == "\"x\"");
}

BOOST_AUTO_TEST_CASE(throws_rather_than_write_what_is_no_json) {
    BOOST_CHECK_THROW(Writer().number(std::nan("")), std::logic_error);
    BOOST_CHECK_THROW(Writer().number(INFINITY), std::logic_error);
    BOOST_CHECK_THROW(Writer().take(), std::logic_error);
    BOOST_CHECK_THROW(Writer().begin_array().take(), std::logic_error);
    BOOST_CHECK_THROW(Writer().begin_array().end_object(), std::logic_error);
    BOOST_CHECK_THROW(Writer().begin_array().key("a"), std::logic_error);
    BOOST_CHECK_THROW(Writer().begin_object().integer(1), std::logic_error);
    BOOST_CHECK_THROW(Writer().begin_object().key("a").key("b"), std::logic_error);
    BOOST_CHECK_THROW(Writer().begin_object().key("a").end_object(), std::logic_error);
    BOOST_CHECK_THROW(Writer().integer(1).integer(2), std::logic_error);
}

BOOST_AUTO_TEST_SUITE_END()
