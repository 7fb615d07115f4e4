// Rows K21 and K22: what every error and every header looks like. Service::judged asserts it of each answer of the
// whole suite; here each kind of error is asked for at least once.
#include <boost/test/unit_test.hpp>

#include <set>

#include "conformance/answers.hpp"
#include "conformance/service.hpp"

using namespace rectal_cds::conformance;
using namespace rectal_cds::testing;

namespace {

HttpAnswer sent(const std::string& method, const std::string& target, HeaderLines headers, const std::string& body) {
    headers.emplace_back("Origin", "https://sandbox.cds-hooks.org");
    return sandbox().ask(method, target, headers, body);
}

// One of each kind of error that needs neither a registry nor a FHIR server.
std::vector<HttpAnswer> errors_of_all_kinds() {
    const HeaderLines json{{"Content-Type", "application/json"}};
    const std::string sign = sandbox().path("order-sign");
    std::vector<HttpAnswer> answers;
    answers.push_back(sent("POST", sign, json, "{"));
    answers.push_back(sent("POST", sign, json, without(order_sign(), "/prefetch/patient")));
    answers.push_back(sent("POST", sign, json, order_sign() + std::string(5'000'000, ' ')));
    answers.push_back(
        sent("POST", sign, json,
             with(order_sign(), "/context/draftOrders/entry/1/resource/resourceType", "\"MedicationOrder\"")));
    answers.push_back(sent("POST", sign, {{"Content-Type", "text/plain"}}, order_sign()));
    answers.push_back(sent("POST", "/cds-services/pat-022", json, order_sign()));
    answers.push_back(sent("PUT", sign, json, order_sign()));
    answers.push_back(sent("GET", "/cds-services", {{"X-Filler", std::string(17 * 1024, 'x')}}, ""));
    answers.push_back(
        sandbox().judged(sandbox().connect().send("GET /cds-services HTTP/9.9\r\nHost: x\r\n\r\n").receive()));
    return answers;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(errors, *boost::unit_test::fixture<StopsServices>())

BOOST_AUTO_TEST_CASE(K21_every_error_is_an_operation_outcome_that_tells_nothing_of_patient_or_program) {
    std::set<int> statuses;
    for (const HttpAnswer& answer : errors_of_all_kinds()) {
        statuses.insert(answer.status);
        const Outcome outcome = outcome_of(answer);
        BOOST_TEST((!outcome.code.empty() && !outcome.text.empty()), answer.body);
        const bool says_offset = outcome.text.find("at byte ") != std::string::npos;  // text that is no JSON has no element
        BOOST_TEST(outcome.place.empty() == says_offset, answer.body);
        BOOST_TEST(answer.header("Access-Control-Allow-Origin") == "*");
    }
    BOOST_TEST((statuses == std::set<int>{400, 404, 405, 412, 413, 415, 422, 431, 505}));
    BOOST_TEST(judged_bodies().errors >= statuses.size());
}

BOOST_AUTO_TEST_CASE(K22_answers_are_not_stored_and_not_sniffed) {
    for (const HttpAnswer& answer :
         {sandbox().sign(order_sign()), sandbox().view(patient_view()), sandbox().sign("{")}) {
        BOOST_TEST(answer.header("Cache-Control") == "no-store");
        BOOST_TEST(answer.header("X-Content-Type-Options") == "nosniff");
    }
    BOOST_TEST(sandbox().get("/cds-services").header("X-Content-Type-Options") == "nosniff");
}

BOOST_AUTO_TEST_SUITE_END()
