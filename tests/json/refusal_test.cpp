// What json::Document refuses, and how it says where. A text that two programs could read differently is not read.
#include "json/document.hpp"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <ostream>
#include <string>

using rectal_cds::base::Error;
using rectal_cds::base::ErrorKind;
using rectal_cds::json::Document;

namespace data = boost::unit_test::data;

namespace {

Error refusal_of(std::string text) {
    const auto document = Document::parse(std::move(text));
    BOOST_TEST_REQUIRE(!document.ok());
    return document.error();
}

struct Sample {
    const char* name;
    std::string text;
};

std::ostream& operator<<(std::ostream& out, const Sample& sample) { return out << sample.name; }

const Sample malformed_texts[] = {
    {"nothing at all", ""},
    {"only white space", " \n\t"},
    {"an object that does not end", "{"},
    {"a trailing comma in an array", "[1,]"},
    {"a trailing comma in an object", "{\"a\":1,}"},
    {"a comment", "[1/*one*/]"},
    {"a second document", "{} {}"},
    {"trailing bytes", "{}x"},
    {"a name without quotes", "{a:1}"},
    {"single quotes", "['a']"},
    {"NaN", "[NaN]"},
    {"Infinity", "[Infinity]"},
    {"a leading zero", "[01]"},
    {"a leading plus", "[+1]"},
    {"a point without digits", "[1.]"},
    {"an exponent without digits", "[1e]"},
    {"a hexadecimal number", "[0x10]"},
    {"a raw control character in a string", "[\"\x01\"]"},
    {"an unknown escape", "[\"\\x41\"]"},
    {"a byte order mark", "\xEF\xBB\xBF{}"},
    {"a NUL behind the text, where RapidJSON stops silently", std::string("{}\0x", 4)},
    {"a NUL inside a string", std::string("[\"a\0b\"]", 7)},
    {"an escaped NUL", "[\"a\\u0000b\"]"},
    {"an escaped NUL in a member name", "{\"a\\u0000\":1}"},
    {"half a surrogate pair, the first half", "[\"\\uD800\"]"},
    {"the first half and something else", "[\"\\uD800\\u0041\"]"},
    {"half a surrogate pair, the second half", "[\"\\uDC00\"]"},
    {"half a surrogate pair in a member name", "{\"\\udfff\":1}"},
    {"the byte FF", "[\"\xFF\"]"},
    {"an overlong slash", "[\"\xC0\xAF\"]"},
    {"a surrogate in bytes", "[\"\xED\xA0\x80\"]"},
    {"a character that is cut short", "[\"\xE2\x82\"]"},
    {"a character above U+10FFFF", "[\"\xF5\x80\x80\x80\"]"},
    {"a number above all doubles", "[1e400]"},
    {"a negative number below all doubles", "[-1e400]"},
    {"a member twice", "{\"status\":\"final\",\"status\":\"entered-in-error\"}"},
    {"a member twice, once escaped", "{\"status\":\"final\",\"st\\u0061tus\":\"entered-in-error\"}"},
    {"a member twice, deep inside", "{\"entry\":[{\"resource\":{\"id\":\"1\",\"a\":2,\"id\":\"3\"}}]}"},
    {"an empty name twice", "{\"\":1,\"\":2}"},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(a_json_text_is_refused)

BOOST_DATA_TEST_CASE(because_it_is_malformed, data::make(malformed_texts), sample) {
    const Error error = refusal_of(sample.text);
    BOOST_TEST((error.kind == ErrorKind::malformed));
    BOOST_TEST(!error.where.empty());
    BOOST_TEST(error.what.back() == '.');
}

BOOST_AUTO_TEST_CASE(with_the_path_of_the_value_at_fault) {
    BOOST_TEST(refusal_of(R"({"prefetch":{"conditions":{"entry":[1,2,3,{"resource":{"code":[1e400]}}]}}})").where ==
               "prefetch.conditions.entry[3].resource.code[0]");
    BOOST_TEST(refusal_of(R"({"context":{"patientId":}})").where == "context.patientId");
    BOOST_TEST(refusal_of(R"([[],[1,{"a":1,"a":2}]])").where == "[1][1]");
}

BOOST_AUTO_TEST_CASE(with_the_path_of_the_last_value_where_none_can_begin) {
    BOOST_TEST(refusal_of(R"({"entry":[{},{} {}]})").where == "entry[1]");
    BOOST_TEST(refusal_of("[[],[1,x]]").where == "[1][0]");
}

BOOST_AUTO_TEST_CASE(with_the_byte_where_no_path_is_known) {
    BOOST_TEST(refusal_of("{} x").where == "byte 3");
    BOOST_TEST(refusal_of("[\"abc\xFF\"]").where == "byte 5");
    BOOST_TEST(refusal_of(std::string("[1]\0", 4)).where == "byte 3");
}

BOOST_AUTO_TEST_CASE(naming_the_object_that_has_a_member_twice) {
    const Error error = refusal_of(R"({"prefetch":{"labs":{"entry":[{},{"resource":{"value":7,"value":8}}]}}})");
    BOOST_TEST(error.where == "prefetch.labs.entry[1].resource");
    BOOST_TEST(error.what == "An object has the member `value` more than once.");
}

BOOST_AUTO_TEST_CASE(for_a_member_twice_whatever_the_number_of_members) {
    for (int members : {1, 2, 15, 16, 17, 100, 1000}) {
        std::string text = "{";
        for (int i = 0; i < members; ++i) text += "\"m" + std::to_string(i) + "\":0,";
        BOOST_TEST(Document::parse(text + "\"other\":1}").ok());
        BOOST_TEST(!Document::parse(text + "\"m" + std::to_string(members / 2) + "\":1}").ok());
    }
}

// A prefetch key or a member name may be anything the sender likes, also a name of a person.
BOOST_AUTO_TEST_CASE(without_showing_a_name_that_may_be_anything) {
    const Error duplicate = refusal_of(R"({"Jane Q. Public, 1950":1,"Jane Q. Public, 1950":2})");
    BOOST_TEST(duplicate.what == "An object has a member more than once.");
    const Error inside = refusal_of(R"({"a":{"Jane Q. Public, 1950":{"b":[x]}}})");
    BOOST_TEST(inside.where == "a.*.b[0]");
    const std::string long_name(65, 'n');
    BOOST_TEST(refusal_of("{\"" + long_name + "\":x}").where == "*");
}

BOOST_AUTO_TEST_CASE(without_showing_any_content) {
    for (const char* text : {R"({"family":"Mustermann",x})", R"({"family":"Mustermann\uDC00"})", "[\"Mustermann\xFF\"]",
                             R"(["Mustermann" "Mustermann"])", R"({"a":{"b":"Mustermann","b":"Mustermann"}})"}) {
        const Error error = refusal_of(text);
        BOOST_TEST((error.where + error.what).find("Mustermann") == std::string::npos);
    }
}

BOOST_AUTO_TEST_SUITE_END()
