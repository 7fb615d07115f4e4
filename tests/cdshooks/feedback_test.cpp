// Reading feedback bodies: the 2.0 form with its invariants, the dialects that are out there, and the limits
// (conformance cases B01 to B14; T76, T98).
#include "cdshooks/feedback.hpp"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <ostream>
#include <string>

using namespace rectal_cds::cdshooks;
using rectal_cds::base::ErrorKind;
namespace data = boost::unit_test::data;

namespace {

const std::string uuid = "7c1f6a52-6a0e-4b36-9d0e-2f6f5a1d9c11";
const std::string suggestion = "0e1b2a53-9d7e-4a0f-8c55-6b1f7e2d3c44";
const std::string at = R"("outcomeTimestamp":"2026-03-02T08:11:12Z")";

std::string batch(const std::string& items) { return R"({"feedback":[)" + items + "]}"; }

// An overridden card with further members.
std::string overridden(const std::string& members = "") {
    return R"({"card":")" + uuid + R"(","outcome":"overridden",)" + at + (members.empty() ? "" : "," + members) + "}";
}

std::string accepted(const std::string& members) {
    return R"({"card":")" + uuid + R"(","outcome":"accepted",)" + at + (members.empty() ? "" : "," + members) + "}";
}

FeedbackItem only_item(const std::string& body) {
    const auto read = read_feedback(body);
    BOOST_TEST_REQUIRE(read.ok(), (read ? "" : read.error().where + ": " + read.error().what));
    BOOST_TEST_REQUIRE(read.value().size() == 1U);
    return read.value()[0];
}

struct Refused {
    const char* name;
    std::string body;
    const char* where;
    ErrorKind kind = ErrorKind::invalid;
};

std::ostream& operator<<(std::ostream& out, const Refused& sample) { return out << sample.name; }

const std::string epic = "com.epic.cdshooks.feedback.overrideReason.";

std::string repeated(const std::string& item, std::size_t count) {
    std::string items;
    for (std::size_t i = 0; i < count; ++i) items += (i ? "," : "") + item;
    return items;
}

const Refused refused[] = {
    {"text that is no JSON", "{", "byte 1", ErrorKind::malformed},
    {"an array", "[]", "http.body"},
    {"a text", "\"x\"", "http.body"},
    {"no feedback", "{}", "feedback"},
    {"feedback that is null", R"({"feedback":null})", "feedback"},
    {"feedback that is an object", R"({"feedback":{}})", "feedback"},
    {"an item that is a text", batch("\"x\""), "feedback[0]"},
    {"no card", batch(R"({"outcome":"overridden",)" + at + "}"), "feedback[0].card"},
    {"a blank card", batch(R"({"card":" ","outcome":"overridden",)" + at + "}"), "feedback[0].card"},
    {"a card that is a number", batch(R"({"card":7,"outcome":"overridden",)" + at + "}"), "feedback[0].card"},
    {"a card with a line break", batch(R"({"card":"a\nb","outcome":"overridden",)" + at + "}"), "feedback[0].card"},
    {"a card of 257 bytes", batch(R"({"card":")" + std::string(257, 'a') + R"(","outcome":"overridden",)" + at + "}"),
     "feedback[0].card"},
    {"outcome ignored", batch(R"({"card":"c","outcome":"ignored",)" + at + "}"), "feedback[0].outcome"},
    {"no outcome", batch(R"({"card":"c",)" + at + "}"), "feedback[0].outcome"},
    {"accepted without suggestions", batch(accepted("")), "feedback[0].acceptedSuggestions"},
    {"accepted with no suggestion", batch(accepted(R"("acceptedSuggestions":[])")), "feedback[0].acceptedSuggestions"},
    {"accepted with null", batch(accepted(R"("acceptedSuggestions":null)")), "feedback[0].acceptedSuggestions"},
    {"suggestions as texts", batch(accepted(R"("acceptedSuggestions":["x"])")),
     "feedback[0].acceptedSuggestions[0].id"},
    {"the second suggestion without id", batch(accepted(R"("acceptedSuggestions":[{"id":"a"},{"id":""}])")),
     "feedback[0].acceptedSuggestions[1].id"},
    {"101 suggestions", batch(accepted(R"("acceptedSuggestions":[)" + repeated(R"({"id":"a"})", 101) + "]")),
     "feedback[0].acceptedSuggestions"},
    {"no timestamp", batch(R"({"card":"c","outcome":"overridden"})"), "feedback[0].outcomeTimestamp"},
    {"a timestamp without offset",
     batch(R"({"card":"c","outcome":"overridden","outcomeTimestamp":"2026-03-02T08:11:12"})"),
     "feedback[0].outcomeTimestamp"},
    {"a timestamp that is a number", batch(R"({"card":"c","outcome":"overridden","outcomeTimestamp":1772439072})"),
     "feedback[0].outcomeTimestamp"},
    {"a reason that is a text", batch(overridden(R"("overrideReason":"no")")), "feedback[0].overrideReason"},
    {"a reason that says nothing", batch(overridden(R"("overrideReason":{})")), "feedback[0].overrideReason"},
    {"Epic's reason that says nothing", batch(overridden(R"("overrideReasons":{"extension":{}})")),
     "feedback[0].overrideReasons"},
    {"a reason without code", batch(overridden(R"("overrideReason":{"reason":{"display":"x"}})")),
     "feedback[0].overrideReason.reason.code"},
    {"a reason that is an array", batch(overridden(R"("overrideReason":{"reason":[]})")),
     "feedback[0].overrideReason.reason"},
    {"a comment that is a number", batch(overridden(R"("overrideReason":{"userComment":4})")),
     "feedback[0].overrideReason.userComment"},
    {"a comment of 4,097 bytes",
     batch(overridden(R"("overrideReason":{"userComment":")" + std::string(4097, 'a') + "\"}")),
     "feedback[0].overrideReason.userComment"},
    {"101 items", batch(repeated(overridden(), 101)), "feedback", ErrorKind::too_large},
    {"a body of more than 256 KiB", batch(overridden(R"("x":")" + std::string(256 * 1024, 'a') + "\"")), "byte 262144",
     ErrorKind::too_large},
    {"a member twice", batch(R"({"card":"c","card":"d","outcome":"overridden",)" + at + "}"), "feedback[0]",
     ErrorKind::malformed},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(feedback)

// B01
BOOST_AUTO_TEST_CASE(of_an_accepted_card_names_the_accepted_suggestions) {
    const auto item = only_item(batch(accepted(R"("acceptedSuggestions":[{"id":")" + suggestion + "\"}]")));
    BOOST_TEST(item.card == uuid);
    BOOST_TEST((item.outcome == FeedbackOutcome::accepted));
    BOOST_TEST_REQUIRE(item.suggestions.size() == 1U);
    BOOST_TEST(item.suggestions[0] == suggestion);
    BOOST_TEST(iso(item.at) == "2026-03-02T08:11:12.000000Z");
}

// B02
BOOST_AUTO_TEST_CASE(of_an_overridden_card_needs_no_reason) {
    const auto item = only_item(batch(overridden()));
    BOOST_TEST((item.outcome == FeedbackOutcome::overridden));
    BOOST_TEST(!item.reason.is_given());
    BOOST_TEST(!only_item(batch(overridden(R"("overrideReason":null)"))).reason.is_given());
}

// B03
BOOST_AUTO_TEST_CASE(keeps_the_code_and_the_comment) {
    const auto item = only_item(batch(overridden(
        R"("overrideReason":{"reason":{"code":"OR-MDT","system":"urn:x","display":"Agreed"},"userComment":"see \"note\""})")));
    BOOST_TEST(item.reason.code == "OR-MDT");
    BOOST_TEST(item.reason.system == "urn:x");
    BOOST_TEST(item.reason.display == "Agreed");
    BOOST_TEST(item.reason.comment == "see \"note\"");
}

// B04
BOOST_AUTO_TEST_CASE(may_give_a_comment_alone) {
    const auto item = only_item(batch(overridden(R"("overrideReason":{"userComment":"outside result"})")));
    BOOST_TEST(item.reason.comment == "outside result");
    BOOST_TEST(!item.reason.is_coded());
}

BOOST_AUTO_TEST_CASE(may_leave_the_system_of_the_code_out) {
    BOOST_TEST(only_item(batch(overridden(R"("overrideReason":{"reason":{"code":"a"}})"))).reason.code == "a");
}

// B05, B06, B14
BOOST_DATA_TEST_CASE(that_breaks_a_rule_is_refused_with_its_place, data::make(refused)) {
    const auto read = read_feedback(sample.body);
    BOOST_TEST_REQUIRE(!read.ok());
    BOOST_TEST(read.error().where == sample.where);
    BOOST_TEST((read.error().kind == sample.kind));
    BOOST_TEST(!read.error().what.empty());
}

// B08, T76
BOOST_AUTO_TEST_CASE(of_fifty_items_is_refused_whole_when_the_thirty_eighth_is_wrong) {
    const std::string good = repeated(overridden(), 37), bad = accepted(""), rest = repeated(overridden(), 12);
    const auto read = read_feedback(batch(good + "," + bad + "," + rest));
    BOOST_TEST_REQUIRE(!read.ok());
    BOOST_TEST(read.error().where == "feedback[37].acceptedSuggestions");
    const auto right = read_feedback(batch(good + "," + overridden() + "," + rest));
    BOOST_TEST_REQUIRE(right.ok());
    BOOST_TEST(right.value().size() == 50U);
}

BOOST_AUTO_TEST_CASE(of_exactly_the_limits_is_taken) {
    BOOST_TEST(read_feedback(batch(repeated(overridden(), 100))).ok());
    const std::string longest = R"("overrideReason":{"userComment":")" + std::string(4096, 'a') + "\"}";
    BOOST_TEST(only_item(batch(overridden(longest))).reason.comment.size() == 4096U);
}

// B10: several reports on one card keep their order.
BOOST_AUTO_TEST_CASE(may_speak_of_one_card_twice) {
    const auto read = read_feedback(batch(overridden() + "," + accepted(R"("acceptedSuggestions":[{"id":"s"}])")));
    BOOST_TEST_REQUIRE(read.ok());
    BOOST_TEST_REQUIRE(read.value().size() == 2U);
    BOOST_TEST((read.value()[0].outcome == FeedbackOutcome::overridden));
    BOOST_TEST((read.value()[1].outcome == FeedbackOutcome::accepted));
}

// B11
BOOST_AUTO_TEST_CASE(may_name_a_card_that_is_no_uuid) {
    BOOST_TEST(only_item(batch(R"({"card":"123456","outcome":"overridden",)" + at + "}")).card == "123456");
}

BOOST_AUTO_TEST_CASE(may_name_our_uuid_in_capitals) {
    const std::string capitals = "7C1F6A52-6A0E-4B36-9D0E-2F6F5A1D9C11";
    BOOST_TEST(only_item(batch(R"({"card":")" + capitals + R"(","outcome":"overridden",)" + at + "}")).card == uuid);
    BOOST_TEST(only_item(batch(R"({"card":"ABC","outcome":"overridden",)" + at + "}")).card == "ABC");
}

// B12
BOOST_AUTO_TEST_CASE(may_come_in_the_dialect_of_epic) {
    const auto coded =
        only_item(batch(overridden(R"("overrideReasons":{"reason":{"code":"7","system":"urn:oid:1.2"}})")));
    BOOST_TEST(coded.reason.code == "7");
    const auto local = only_item(
        batch(overridden(R"("overrideReasons":{"extension":{")" + epic + R"(reasonCategory":"5",")" + epic +
                         R"(reasonDisplay":"Not now",")" + epic + R"(reasonTitle":"Later"},"userComment":"c"})")));
    BOOST_TEST(local.reason.category == "5");
    BOOST_TEST(local.reason.display == "Not now");
    BOOST_TEST(local.reason.title == "Later");
    BOOST_TEST(local.reason.comment == "c");
    BOOST_TEST(local.reason.is_coded());
}

BOOST_AUTO_TEST_CASE(is_not_refused_for_an_extension_of_another_shape) {
    const auto numbers =
        only_item(batch(overridden(R"("overrideReasons":{"extension":{")" + epic + R"(reasonCategory":5}})")));
    BOOST_TEST(numbers.reason.category == "5");
    const auto objects =
        only_item(batch(overridden(R"("overrideReasons":{"extension":{")" + epic + R"(reasonCategory":{}}})")));
    BOOST_TEST(!objects.reason.is_given());
}

// B13
BOOST_AUTO_TEST_CASE(may_come_in_the_dialect_of_2020) {
    const auto item = only_item(batch(overridden(R"("overrideReason":{"code":"patient-declined","system":"urn:y"})")));
    BOOST_TEST(item.reason.code == "patient-declined");
    BOOST_TEST(item.reason.system == "urn:y");
}

// B14
BOOST_AUTO_TEST_CASE(may_be_empty) {
    const auto read = read_feedback(R"({"feedback":[]})");
    BOOST_TEST_REQUIRE(read.ok());
    BOOST_TEST(read.value().empty());
}

BOOST_AUTO_TEST_CASE(may_hold_members_we_do_not_know) {
    BOOST_TEST(only_item(batch(overridden(R"("extension":{"org.example":1},"hookInstance":null)"))).card == uuid);
}

BOOST_AUTO_TEST_CASE(counts_a_suggestion_once_and_keeps_the_order) {
    const auto item = only_item(batch(accepted(R"("acceptedSuggestions":[{"id":"b"},{"id":"a"},{"id":"b"}])")));
    BOOST_TEST((item.suggestions == std::vector<std::string>{"b", "a"}));
}

// The comment is patient data, and so may be anything a client puts in a wrong place.
BOOST_AUTO_TEST_CASE(leaves_no_content_in_an_error) {
    const auto read = read_feedback(batch(R"({"card":"Jane Roe","outcome":"Jane Roe","outcomeTimestamp":"Jane Roe"})"));
    BOOST_TEST_REQUIRE(!read.ok());
    BOOST_TEST((read.error().where + read.error().what).find("Jane") == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
