// The envelope and the context of a call, member by member (rows R04-R12, R16, C01-C07; decisions.md 16, 23).
#include "blackbox/service_fixture.hpp"

#include <boost/test/unit_test.hpp>

using namespace rectal_cds::blackbox;

namespace {

struct Fault {
    const char* pointer;
    const char* value;  // null: the member is removed
    const char* place;
};

constexpr Fault every_hook[] = {
    {"/hook", nullptr, "hook"},
    {"/hook", "null", "hook"},
    {"/hook", "5", "hook"},
    {"/hook", "\"\"", "hook"},
    {"/hook", "\"order-dispatch\"", "hook"},
    {"/hook", "\"Patient-View\"", "hook"},
    {"/hookInstance", nullptr, "hookInstance"},
    {"/hookInstance", "null", "hookInstance"},
    {"/hookInstance", "\"\"", "hookInstance"},
    {"/hookInstance", "\"not-a-uuid\"", "hookInstance"},
    {"/hookInstance", "\"9b134c6cdbb551b084fe22a9d04c5bf2\"", "hookInstance"},
    {"/hookInstance", "[]", "hookInstance"},
    {"/context", nullptr, "context"},
    {"/context", "null", "context"},
    {"/context", "\"x\"", "context"},
    {"/context", "[]", "context"},
    {"/context", "{}", "context.patientId"},
    {"/context/patientId", nullptr, "context.patientId"},
    {"/context/patientId", "null", "context.patientId"},
    {"/context/patientId", "22", "context.patientId"},
    {"/context/patientId", "\"\"", "context.patientId"},
    {"/context/patientId", "\"  \"", "context.patientId"},
    {"/context/patientId", "\"Patient/pat-022\"", "context.patientId"},
    {"/context/patientId", "\"..\"", "context.patientId"},
    {"/context/patientId", "\"pat\\u000a022\"", "context.patientId"},
    {"/context/userId", nullptr, "context.userId"},
    {"/context/userId", "null", "context.userId"},
    {"/context/userId", "\"onc-1\"", "context.userId"},
    {"/context/userId", "\"/onc-1\"", "context.userId"},
    {"/context/userId", "\"Practitioner/\"", "context.userId"},
    {"/context/userId", "\"Practitioner/onc-1/2\"", "context.userId"},
    {"/context/userId", "{}", "context.userId"},
    {"/context/encounterId", "5", "context.encounterId"},
    {"/context/encounterId", "{}", "context.encounterId"},
    {"/context/encounterId", "\"Encounter/enc-022\"", "context.encounterId"},
    {"/prefetch", "\"x\"", "prefetch"},
    {"/prefetch", "[]", "prefetch"},
    {"/prefetch", "true", "prefetch"},
    {"/fhirServer", "5", "fhirServer"},
    {"/fhirServer", "\" \"", "fhirServer"},
    {"/fhirServer", "\"somewhere\"", "fhirServer"},
    {"/fhirServer", "\"ftp://fhir.example.org/r4\"", "fhirServer"},
    {"/fhirAuthorization", "\"x\"", "fhirAuthorization"},
    {"/fhirAuthorization", "[]", "fhirAuthorization"},
};

constexpr Fault authorization[] = {
    {"/fhirServer", nullptr, "fhirServer"},
    {"/fhirServer", "null", "fhirServer"},
    {"/fhirAuthorization", "{}", "fhirAuthorization.access_token"},
    {"/fhirAuthorization/access_token", nullptr, "fhirAuthorization.access_token"},
    {"/fhirAuthorization/access_token", "5", "fhirAuthorization.access_token"},
    {"/fhirAuthorization/token_type", nullptr, "fhirAuthorization.token_type"},
    {"/fhirAuthorization/token_type", "\"MAC\"", "fhirAuthorization.token_type"},
    {"/fhirAuthorization/expires_in", "\"300\"", "fhirAuthorization.expires_in"},
    {"/fhirAuthorization/scope", nullptr, "fhirAuthorization.scope"},
    {"/fhirAuthorization/scope", "[]", "fhirAuthorization.scope"},
    {"/fhirAuthorization/subject", nullptr, "fhirAuthorization.subject"},
    {"/fhirAuthorization/subject", "null", "fhirAuthorization.subject"},
    {"/fhirAuthorization/patient", "5", "fhirAuthorization.patient"},
};

constexpr Fault order_hooks[] = {
    {"/context/draftOrders", nullptr, "context.draftOrders"},
    {"/context/draftOrders", "null", "context.draftOrders"},
    {"/context/draftOrders", "[]", "context.draftOrders"},
    {"/context/draftOrders", "{}", "context.draftOrders"},
    {"/context/draftOrders", R"({"resourceType": "MedicationRequest"})", "context.draftOrders"},
    {"/context/draftOrders/entry", "{}", "context.draftOrders.entry"},
    {"/context/draftOrders/entry/1/resource", "5", "context.draftOrders.entry[1].resource.resourceType"},
    {"/context/draftOrders/entry/1/resource/resourceType", nullptr,
     "context.draftOrders.entry[1].resource.resourceType"},
    {"/context/draftOrders/entry/1/resource/id", "\"a/b\"", "context.draftOrders.entry[1].resource.id"},
};

constexpr Fault order_select_only[] = {
    {"/context/selections", nullptr, "context.selections"},
    {"/context/selections", "[]", "context.selections"},
    {"/context/selections", "null", "context.selections"},
    {"/context/selections", "\"MedicationRequest/draft-022-1\"", "context.selections"},
    {"/context/selections", "[5]", "context.selections[0]"},
    {"/context/selections", R"(["MedicationRequest/draft-022-1", " "])", "context.selections[1]"},
};

std::string authorized(const std::string& request) {
    return with(
        with(request, "/fhirServer", "\"https://fhir.example.org/r4\""), "/fhirAuthorization",
        R"({"access_token": "secret-token", "token_type": "Bearer", "expires_in": 300, "scope": "user/*.read", "subject": "client-1"})");
}

struct EnvelopeFixture : ServiceFixture {
    template <std::size_t count>
    void expect_refused(const Fault (&faults)[count], std::string_view hook, const std::string& request) {
        for (const Fault& fault : faults) {
            BOOST_TEST_CONTEXT(hook << ' ' << fault.pointer << " = " << (fault.value ? fault.value : "(absent)")) {
                const HttpAnswer answer = call(hook, fault.value ? with(request, fault.pointer, fault.value)
                                                                 : without(request, fault.pointer));
                BOOST_TEST(answer.status == 400);
                BOOST_TEST(outcome_of(answer).code == "invalid");
                BOOST_TEST(outcome_of(answer).place == fault.place);
                BOOST_TEST(answer.body.find("secret-token") == std::string::npos);
            }
        }
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(envelope, EnvelopeFixture)

BOOST_AUTO_TEST_CASE(R04_R05_R07_C02_C05_a_missing_or_ill_typed_member_is_named_at_patient_view) {
    expect_refused(every_hook, "patient-view", patient_view());
}

BOOST_AUTO_TEST_CASE(R04_R05_R07_C02_C05_a_missing_or_ill_typed_member_is_named_at_the_order_hooks) {
    expect_refused(every_hook, "order-select", order_select());
    expect_refused(every_hook, "order-sign", order_sign());
}

BOOST_AUTO_TEST_CASE(R10_R11_an_ill_typed_authorization_is_named) {
    expect_refused(authorization, "order-sign", authorized(order_sign()));
}

BOOST_AUTO_TEST_CASE(C07_draft_orders_that_are_no_bundle_are_named) {
    expect_refused(order_hooks, "order-select", order_select());
    expect_refused(order_hooks, "order-sign", order_sign());
}

BOOST_AUTO_TEST_CASE(C06_selections_are_named) { expect_refused(order_select_only, "order-select", order_select()); }

BOOST_AUTO_TEST_CASE(R06_a_request_of_another_hook_is_refused) {
    for (const std::string& body : {patient_view(), order_select()}) {
        const HttpAnswer answer = sign(body);
        BOOST_TEST(answer.status == 400);
        BOOST_TEST(outcome_of(answer).place == "hook");
    }
}

BOOST_AUTO_TEST_CASE(optional_members_given_as_null_count_as_absent) {
    const std::string expected = without_uuids(view(patient_view()).body);
    for (const char* pointer : {"/fhirServer", "/fhirAuthorization", "/extension", "/context/extension"}) {
        BOOST_TEST(without_uuids(view(with(patient_view(), pointer, "null")).body) == expected, pointer);
    }
    const std::string no_token_patient = with(authorized(patient_view()), "/fhirAuthorization/patient", "null");
    BOOST_TEST(without_uuids(view(no_token_patient).body) == expected);
    const HttpAnswer without_data = view(with(patient_view(), "/prefetch", "null"));
    BOOST_TEST(without_data.status == 412);
    BOOST_TEST(without_data.body == view(without(patient_view(), "/prefetch")).body);
}

BOOST_AUTO_TEST_CASE(C01_an_encounter_that_is_null_blank_or_absent_is_no_encounter) {
    const std::string expected = without_uuids(view(without(patient_view(), "/context/encounterId")).body);
    BOOST_TEST(expected.find("Encounter/") == std::string::npos);
    for (const char* blank : {"null", "\"\"", "\"  \""}) {
        const std::string request = with(patient_view(), "/context/encounterId", blank);
        const HttpAnswer answer =
            ask("POST", "/cds-services/rectal-cancer-patient-view", {{"Content-Type", "application/json"}}, request);
        BOOST_TEST(without_uuids(answer.body) == expected, blank);
    }
}

BOOST_AUTO_TEST_CASE(R08_R09_any_uuid_is_taken_also_twice_and_cards_get_uuids_of_their_own) {
    for (const char* uuid : {"\"2C5EA62E-0A30-11EF-9262-0242AC120002\"", "\"2c5ea62e-0a30-11ef-9262-0242ac120002\""}) {
        const std::string request = with(order_sign(), "/hookInstance", uuid);
        const HttpAnswer first = sign(request), second = sign(request);
        BOOST_TEST(topics(first).size() == 1U);
        BOOST_TEST(first.body != second.body);
        BOOST_TEST(without_uuids(first.body) == without_uuids(second.body));
    }
}

BOOST_AUTO_TEST_CASE(R11_a_sound_authorization_is_taken_and_changes_nothing) {
    const std::string expected = without_uuids(sign(order_sign()).body);
    BOOST_TEST(without_uuids(sign(authorized(order_sign())).body) == expected);
    BOOST_TEST(without_uuids(sign(with(authorized(order_sign()), "/fhirAuthorization/patient", "\"pat-022\"")).body) ==
               expected);
    BOOST_TEST(service().err().find("secret-token") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(R16_unknown_members_and_extensions_everywhere_are_ignored) {
    for (const auto& [hook, request] :
         {std::pair{"patient-view", patient_view()}, std::pair{"order-select", order_select()},
          std::pair{"order-sign", order_sign()}}) {
        BOOST_TEST(without_uuids(call(hook, with_unknown_members_everywhere(request)).body) ==
                       without_uuids(call(hook, request).body),
                   hook);
    }
}

BOOST_AUTO_TEST_SUITE_END()
