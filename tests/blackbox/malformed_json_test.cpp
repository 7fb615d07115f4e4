// Bodies that are no JSON a service may trust: each is 400 and names the place (rows R03, R17, R18; decisions.md
// 16-17).
#include "blackbox/service_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <array>

using namespace rectal_cds::blackbox;

namespace {

struct Malformed {
    const char* why;
    std::string body;
    std::string place;  // an element, or a part of the sentence that says the offset; "": any, but one must be said
};

// The request with its first `from` replaced.
std::string altered(std::string_view from, std::string_view to) {
    std::string body = order_sign();
    const auto at = body.find(from);
    BOOST_TEST_REQUIRE(at != std::string::npos);
    return body.replace(at, from.size(), to);
}

std::string nested(std::size_t levels) { return std::string(levels, '[') + std::string(levels, ']'); }

const std::string nul(1, '\0');
constexpr const char* family = "\"Test022\"";
constexpr const char* family_place = "prefetch.patient.name[0].family";

std::vector<Malformed> syntax_faults() {
    const std::string valid = order_sign();
    return {{"an empty body", "", ""},
            {"an object that does not end", "{", ""},
            {"a request that is cut off", valid.substr(0, valid.size() / 2), ""},
            {"trailing bytes", valid + "x", ""},
            {"a second request after the first", valid + valid, ""},
            {"a byte order mark", "\xEF\xBB\xBF" + valid, "At byte 0 of the body."},
            {"a trailing comma", R"({"hook": "order-sign",})", ""},
            {"a comment", R"({"hook": /* sign */ "order-sign"})", ""},
            {"single quotes", R"({'hook': 'order-sign'})", ""},
            {"a number that is none", R"({"hook": NaN})", ""},
            {"HTML", "<html><body>Log in</body></html>", "at byte 0. Invalid value."}};
}

std::vector<Malformed> unsafe_texts() {
    return {{"a duplicate member of the envelope", altered("\"hook\":", "\"hook\": \"order-sign\", \"hook\":"), ""},
            {"a duplicate member inside a resource", altered("\"gender\":", "\"gender\": \"male\", \"gender\":"),
             "prefetch.patient"},
            {"a duplicate member spelt with an escape",
             altered("\"gender\":", "\"g\\u0065nder\": \"male\", \"gender\":"), "prefetch.patient"},
            {"a NUL byte", altered(family, "\"Test" + nul + "\""), ""},
            {"an escaped NUL", altered(family, "\"Test\\u0000\""), family_place},
            {"a lone high surrogate", altered(family, "\"Test\\ud800\""), ""},
            {"a lone low surrogate", altered(family, "\"Test\\udc00\""), ""},
            {"bytes that are not UTF-8", altered(family, "\"Test\xC3\x28\""), ""},
            {"an overlong encoding", altered(family, "\"Test\xC0\xAF\""), ""},
            {"a number beyond every double", altered("\"value\": 500", "\"value\": 1e400"), ""},
            {"65 levels", altered(family, nested(60)), ""},
            {"10000 levels", nested(10'000), ""}};
}

// issue.expression names an element; an offset is none, so the sentence says it.
void check_place(const Outcome& outcome, const std::string& expected) {
    const bool says_offset = outcome.text.find("t byte ") != std::string::npos;  // "at", "At"
    BOOST_TEST((says_offset || !outcome.place.empty()), outcome.text);
    BOOST_TEST(outcome.place.find("byte") == std::string::npos, outcome.place);
    if (expected.empty()) return;
    const bool is_said = outcome.place == expected || (says_offset && outcome.text.find(expected) != std::string::npos);
    BOOST_TEST(is_said, outcome.place << ": " << outcome.text);
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(malformed_json, ServiceFixture)

BOOST_AUTO_TEST_CASE(R03_text_that_is_no_json_is_refused_with_its_place) {
    for (const Malformed& row : syntax_faults()) {
        BOOST_TEST_CONTEXT(row.why) {
            const HttpAnswer answer = sign(row.body);
            BOOST_TEST(answer.status == 400);
            const Outcome outcome = outcome_of(answer);
            BOOST_TEST(outcome.code == "structure");
            check_place(outcome, row.place);
        }
    }
}

BOOST_AUTO_TEST_CASE(R18_json_that_two_readers_could_read_in_two_ways_is_refused_with_its_place) {
    for (const Malformed& row : unsafe_texts()) {
        BOOST_TEST_CONTEXT(row.why) {
            const HttpAnswer answer = sign(row.body);
            BOOST_TEST(answer.status == 400);
            const Outcome outcome = outcome_of(answer);
            BOOST_TEST(outcome.code == "structure");
            check_place(outcome, row.place);
        }
    }
}

BOOST_AUTO_TEST_CASE(R03_json_that_is_no_object_is_refused_with_its_place) {
    for (const char* body : {"[]", "\"x\"", "5", "true", "null"}) {
        BOOST_TEST_CONTEXT(body) {
            const HttpAnswer answer = sign(body);
            BOOST_TEST(answer.status == 400);
            BOOST_TEST(outcome_of(answer).code == "invalid");
            BOOST_TEST(outcome_of(answer).place == "http.body");
        }
    }
}

BOOST_AUTO_TEST_CASE(R17_64_levels_are_read) {
    const HttpAnswer answer = sign(altered(family, nested(59)));
    BOOST_TEST(answer.status == 200);
}

BOOST_AUTO_TEST_CASE(R18_a_surrogate_pair_and_other_escapes_are_read) {
    BOOST_TEST(sign(altered(family, R"("T\u00e9st \ud83d\ude00 \"\\\/\b\f\n\r\t")")).status == 200);
}

BOOST_AUTO_TEST_CASE(the_service_lives_on_after_all_of_them) {
    for (const Malformed& row : syntax_faults()) sign(row.body);
    for (const Malformed& row : unsafe_texts()) sign(row.body);
    BOOST_TEST(topics(sign(order_sign())).front() == "antiEgfrRasMutant");
}

BOOST_AUTO_TEST_SUITE_END()
