// Damaged requests: whatever a byte becomes, the reader answers with a document or an error, and what it accepts can
// be written and read again. The damage is seeded, so a failure repeats.
#include "json/document.hpp"
#include "json/writer.hpp"

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <random>
#include <string>

using rectal_cds::json::Document;
using rectal_cds::json::Value;
using rectal_cds::json::Writer;

namespace {

const std::string valid_request = R"({
  "hook": "order-sign", "hookInstance": "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea",
  "context": {"userId": "Practitioner/1", "patientId": "p1", "draftOrders": {"resourceType": "Bundle", "entry": [
    {"resource": {"resourceType": "MedicationRequest", "id": "o1", "status": "draft", "intent": "order",
      "medicationCodeableConcept": {"coding": [{"system": "http://www.nlm.nih.gov/research/umls/rxnorm",
        "code": "318341", "display": "cetuximab"}], "text": "C\u00e9tuximab \ud83d\ude00 \"400\" mg\/m\\u00b2"},
      "dosageInstruction": [{"doseAndRate": [{"doseQuantity": {"value": 7.50e2, "unit": "mg"}}]}]}}]}},
  "prefetch": {"patient": {"resourceType": "Patient", "id": "p1", "birthDate": "1961-04-02", "active": true,
    "deceasedBoolean": false, "multipleBirthInteger": -2}, "labs": null, "empty": [{}, [], "", 0, -0.0, 1E-7]}
})";

// Bytes that mean something in JSON come more often than others.
char random_byte(std::mt19937& random) {
    static const std::string meaningful = "{}[]\",:\\u0123456789eE+-.tfn \n\xC3\xA9\xFF";
    return random() % 3 != 0 ? meaningful[random() % meaningful.size()] : static_cast<char>(random());
}

void damage(std::string& text, std::mt19937& random) {
    const std::size_t place = random() % text.size();
    switch (random() % 6) {
    case 0: text[place] = random_byte(random); break;
    case 1: text.insert(place, 1, random_byte(random)); break;
    case 2: text.erase(place, 1 + random() % 8); break;
    case 3: text.resize(place + 1); break;
    case 4: text[place] = static_cast<char>(text[place] ^ (1 << (random() % 8))); break;
    default: text.insert(random() % text.size(), text.substr(place, 1 + random() % 60)); break;
    }
    if (text.empty()) text = " ";
}

std::size_t visit(Value value) {
    std::size_t seen = 1 + value.text().size();
    for (const Value element : value.elements()) seen += visit(element);
    for (const auto& [name, member] : value.members()) seen += name.size() + visit(member);
    return seen;
}

// RapidJSON reads a number of many digits or a large exponent to within 4e-16 of its size.
bool is_same_number(double left, double right) { return std::abs(left - right) <= 1e-15 * std::abs(left); }

bool is_same(Value left, Value right) {
    if (left.is_number()) return right.is_number() && is_same_number(*left.number(), *right.number());
    if (left.size() != right.size() || left.text() != right.text() || left.boolean() != right.boolean()) return false;
    if (left.is_array() != right.is_array() || left.is_null() != right.is_null()) return false;
    for (std::size_t i = 0; left.is_array() && i < left.size(); ++i) {
        if (!is_same(left.at(i), right.at(i))) return false;
    }
    for (const auto& [name, value] : left.members()) {
        if (!is_same(value, right[name])) return false;
    }
    return true;
}

}  // namespace

BOOST_AUTO_TEST_CASE(six_thousand_damaged_requests_are_read_or_refused) {
    std::mt19937 random(20'260'302);
    int accepted = 0;
    for (int i = 0; i < 6000; ++i) {
        std::string text = valid_request;
        for (unsigned times = 1 + random() % 4; times > 0; --times) damage(text, random);
        const auto document = Document::parse(text);
        if (!document.ok()) {
            BOOST_TEST_REQUIRE(!document.error().what.empty());
            continue;
        }
        ++accepted;
        BOOST_TEST_REQUIRE(visit(document.value().root()) > 0U);
        const auto again = Document::parse(Writer().value(document.value().root()).take());
        BOOST_TEST_REQUIRE(again.ok());
        BOOST_TEST_REQUIRE(is_same(document.value().root(), again.value().root()));
    }
    BOOST_TEST(accepted > 300);   // the damage is not so great that nothing is left to read
    BOOST_TEST(accepted < 5000);  // nor so small that nothing is refused
}

BOOST_AUTO_TEST_CASE(every_beginning_of_a_request_is_refused) {
    for (std::size_t length = 0; length + 1 < valid_request.size(); ++length) {
        BOOST_TEST_REQUIRE(!Document::parse(valid_request.substr(0, length)).ok());
    }
    BOOST_TEST(Document::parse(valid_request).ok());
}
