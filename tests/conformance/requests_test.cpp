// Rows R: the envelope of a call (cds-hooks.md 4; decisions.md 16 to 20).
#include <boost/test/unit_test.hpp>

#include "conformance/answers.hpp"
#include "conformance/clients.hpp"
#include "conformance/stored_records.hpp"
#include "json/document.hpp"

using namespace rectal_cds::conformance;
using namespace rectal_cds::testing;

namespace {

// A request that goes straight to the service's address, for bodies that the client of these tests would not make.
HttpAnswer sent_raw(const std::string& body, const HeaderLines& headers = {{"Content-Type", "application/json"}}) {
    return sandbox().ask("POST", sandbox().path("order-sign"), headers, body);
}

const std::vector<std::pair<std::string, std::string>>& hook_requests() {
    static const std::vector<std::pair<std::string, std::string>> all{
        {"patient-view", patient_view()}, {"order-select", order_select()}, {"order-sign", order_sign()}};
    return all;
}

std::string authorized(const std::string& request) {
    return with(
        with(request, "/fhirServer", "\"https://fhir.example.org/r4\""), "/fhirAuthorization",
        R"({"access_token": "ehr-token-1", "token_type": "Bearer", "expires_in": 300, "scope": "user/*.read", "subject": "c"})");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(requests, *boost::unit_test::fixture<StopsServices>())

BOOST_AUTO_TEST_CASE(R01_a_valid_patient_view_call_gets_cards) {
    const HttpAnswer answer = sandbox().view(patient_view());
    BOOST_TEST(has_topic(answer, "firstLineDoubletBevacizumab"));
}

BOOST_AUTO_TEST_CASE(R02_valid_order_select_and_order_sign_calls_get_cards) {
    BOOST_TEST(indicator_of(sandbox().select(order_select()), "antiEgfrRasMutant") == "critical");
    BOOST_TEST(indicator_of(sandbox().sign(order_sign()), "antiEgfrRasMutant") == "critical");
}

BOOST_AUTO_TEST_CASE(R03_a_body_that_is_no_json_object_is_400) {
    for (const std::string& body : {std::string("{"), std::string(), std::string("[]"), std::string("\"x\""),
                                    "\xEF\xBB\xBF" + order_sign(), order_sign() + "x"}) {
        BOOST_TEST_CONTEXT(body.substr(0, 20)) { expect_refused(sent_raw(body), 400, ""); }
    }
}

BOOST_AUTO_TEST_CASE(R04_a_missing_member_of_the_envelope_is_named) {
    for (const auto& [hook, request] : hook_requests()) {
        for (const std::string member : {"hook", "hookInstance", "context"})
            expect_refused(sandbox().call(hook, without(request, "/" + member)), 400, member);
    }
}

BOOST_AUTO_TEST_CASE(R05_a_context_that_is_empty_null_or_a_text_is_400) {
    for (const auto& [hook, request] : hook_requests()) {
        for (const char* context : {"{}", "null", "\"x\"", "[]"})
            expect_refused(sandbox().call(hook, with(request, "/context", context)), 400, "context");
    }
}

BOOST_AUTO_TEST_CASE(R06_the_hook_of_another_service_is_400) {
    expect_refused(sandbox().sign(with(order_sign(), "/hook", "\"order-dispatch\"")), 400, "hook");
    expect_refused(sandbox().sign(order_select()), 400, "hook");
    expect_refused(sandbox().view(with(patient_view(), "/hook", "\"Patient-View\"")), 400, "hook");
}

BOOST_AUTO_TEST_CASE(R07_a_hook_instance_that_is_no_uuid_is_400) {
    for (const char* instance : {"\"not-a-uuid\"", "\"\"", "7", "\"9b134c6cdbb551b084fe22a9d04c5bf2\"",
                                 "\"{9b134c6c-dbb5-51b0-84fe-22a9d04c5bf2}\""})
        expect_refused(sandbox().sign(with(order_sign(), "/hookInstance", instance)), 400, "hookInstance");
}

BOOST_AUTO_TEST_CASE(R08_a_uuid_of_any_version_and_case_is_taken) {
    for (const char* uuid : {"\"2c5ea62e-0a30-11ef-9262-0242ac120002\"", "\"2C5EA62E-0A30-11EF-9262-0242AC120002\"",
                             "\"018f3c5e-0a30-7bcd-9262-0242ac120002\""})
        BOOST_TEST(sandbox().sign(with(order_sign(), "/hookInstance", uuid)).status == 200, uuid);
}

BOOST_AUTO_TEST_CASE(R09_one_hook_instance_twice_gets_the_same_advice_and_one_audit_entity) {
    const std::string request = with(order_sign(), "/hookInstance", "\"0a1f5e52-6a0e-4b36-9d0e-2f6f5a1d9c11\"");
    const HttpAnswer first = registered().sign(request), second = registered().sign(request);
    BOOST_TEST(same_advice(first, second));
    BOOST_TEST(first.body != second.body);  // cards of their own
    const auto records = audit_records(registered(), "0a1f5e52-6a0e-4b36-9d0e-2f6f5a1d9c11", 2);
    BOOST_TEST_REQUIRE(records.size() == 2U);
    const auto one = rectal_cds::json::Document::parse(records[0]),
               other = rectal_cds::json::Document::parse(records[1]);
    for (const char* entity : {"hookInstance", "patient", "user", "encounter"})
        BOOST_TEST(one.value().root()[entity].text() == other.value().root()[entity].text(), entity);
}

BOOST_AUTO_TEST_CASE(R10_an_authorization_without_a_server_is_400) {
    expect_refused(sandbox().sign(without(authorized(order_sign()), "/fhirServer")), 400, "fhirServer");
    BOOST_TEST(sandbox().sign(authorized(order_sign())).status == 200);
}

BOOST_AUTO_TEST_CASE(R11_an_ill_typed_authorization_is_400) {
    const std::string block = "/fhirAuthorization";
    expect_refused(sandbox().sign(without(authorized(order_sign()), block + "/access_token")), 400,
                   "fhirAuthorization.access_token");
    expect_refused(sandbox().sign(with(authorized(order_sign()), block + "/token_type", "\"MAC\"")), 400,
                   "fhirAuthorization.token_type");
    expect_refused(sandbox().sign(with(authorized(order_sign()), block + "/expires_in", "\"300\"")), 400,
                   "fhirAuthorization.expires_in");
}

BOOST_AUTO_TEST_CASE(R12_a_plain_http_server_is_refused_where_clients_are_registered) {
    for (const char* server : {"http://ehr.test/fhir", "http://8.8.8.8/fhir"}) {
        const HttpAnswer answer =
            registered().sign(with(authorized(order_sign()), "/fhirServer", '"' + std::string(server) + '"'));
        expect_refused(answer, 400, "fhirServer");
    }
    BOOST_TEST(registered().sign(authorized(order_sign())).status == 403);  // https, and not registered
}

BOOST_AUTO_TEST_CASE(R13_an_unknown_service_is_404) {
    const HttpAnswer answer = sandbox().post("/cds-services/unknown", order_sign());
    BOOST_TEST(answer.status == 404);
    BOOST_TEST(outcome_of(answer).code == "not-found");
}

BOOST_AUTO_TEST_CASE(R14_another_method_is_405_with_allow) {
    for (const char* method : {"GET", "PUT", "DELETE", "PATCH"}) {
        const HttpAnswer answer = sandbox().ask(method, sandbox().path("order-sign"));
        BOOST_TEST(answer.status == 405, method);
        BOOST_TEST(answer.header("Allow") == "POST, OPTIONS");
    }
}

BOOST_AUTO_TEST_CASE(R15_json_is_the_only_media_type) {
    BOOST_TEST(sent_raw(order_sign(), {{"Content-Type", "text/plain"}}).status == 415);
    BOOST_TEST(sent_raw(order_sign(), {}).status == 415);
    BOOST_TEST(sent_raw(order_sign(), {{"Content-Type", "application/json"}, {"Content-Encoding", "gzip"}}).status ==
               415);
    BOOST_TEST(sent_raw(order_sign(), {{"Content-Type", "application/json; charset=iso-8859-1"}}).status == 415);
    for (const char* type : {"application/json", "application/json; charset=utf-8", "application/fhir+json"})
        BOOST_TEST(sent_raw(order_sign(), {{"Content-Type", type}}).status == 200, type);
}

BOOST_AUTO_TEST_CASE(R16_unknown_members_and_extensions_change_nothing) {
    for (const auto& [hook, request] : hook_requests())
        BOOST_TEST(
            same_advice(sandbox().call(hook, with_unknown_members_everywhere(request)), sandbox().call(hook, request)),
            hook);
}

BOOST_AUTO_TEST_CASE(R17_a_body_too_large_too_deep_or_too_slow_is_refused_and_the_service_lives) {
    HttpConnection slow = sandbox().connect();
    slow.send(
        "POST " + sandbox().path("order-sign") +
        " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n{\"ho\r\n");
    expect_refused(sent_raw(order_sign() + std::string(20'000'000, ' ')), 413, "http.body");
    expect_refused(sent_raw(std::string(10'000, '[') + std::string(10'000, ']')), 400, "");
    BOOST_TEST(sandbox().sign(order_sign()).status == 200);
    BOOST_TEST(sandbox().judged(slow.receive()).status == 408);
    BOOST_TEST(slow.is_closed_by_service());
    BOOST_TEST(sandbox().sign(order_sign()).status == 200);
}

BOOST_AUTO_TEST_CASE(R18_text_that_could_be_read_in_two_ways_is_400) {
    const auto gender = [](const std::string& json) { return with(order_sign(), "/prefetch/patient/gender", json); };
    const auto altered = [](std::string body, std::string_view from, std::string_view to) {
        return body.replace(body.find(from), from.size(), to);
    };
    const std::string marked = gender("\"MARK\"");
    for (const std::string& value :
         {std::string("\"\xC3\x28\""), std::string("\"\\ud800\""), std::string("\"\\u0000\""),
          std::string("\"a\0b\"", 5), std::string("1e400"), std::string("\"male\",\"gender\":\"male\"")}) {
        BOOST_TEST_CONTEXT(value) { expect_refused(sent_raw(altered(marked, "\"MARK\"", value)), 400, ""); }
    }
    expect_refused(sent_raw(altered(order_sign(), "\"hook\":", "\"hook\":\"order-sign\",\"hook\":")), 400, "");
    BOOST_TEST(sandbox().sign(gender("\"male\"")).status == 200);
}

BOOST_AUTO_TEST_CASE(R20_without_prefetch_and_server_the_missing_keys_are_named) {
    for (const auto& [hook, request] : hook_requests()) {
        const HttpAnswer answer = sandbox().call(hook, without(request, "/prefetch"));
        BOOST_TEST(answer.status == 412);
        BOOST_TEST(contains(answer.body, "prefetch.patient"));
        BOOST_TEST(contains(answer.body, "prefetch.conditions"));
    }
}

BOOST_AUTO_TEST_SUITE_END()
