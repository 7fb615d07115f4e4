// Rows C: the context of the hooks and the drafted orders (cds-hooks.md 5; decisions.md 13, 16, 23, 24, 32 to 34).
#include <boost/test/unit_test.hpp>

#include "conformance/answers.hpp"
#include "conformance/service.hpp"

using namespace rectal_cds::conformance;
using namespace rectal_cds::testing;

namespace {

using Topics = std::vector<std::string>;

constexpr const char* cetuximab = "/context/draftOrders/entry/0/resource";
constexpr const char* entries = "/context/draftOrders/entry";
constexpr const char* medication =
    R"({"resourceType": "Medication", "id": "m1", "code": {"coding": [{"system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "318341"}]}})";

std::string in_quotes(std::string_view text) { return '"' + std::string(text) + '"'; }

void expect_critical(const HttpAnswer& answer) {
    BOOST_TEST(indicator_of(answer, "antiEgfrRasMutant") == "critical",
               answer.status << ' ' << answer.body.substr(0, 400));
}

// Cetuximab named by a reference to Medication/m1 and by nothing else.
std::string by_reference(const std::string& reference) {
    return with(without(order_sign(), std::string(cetuximab) + "/medicationCodeableConcept"),
                std::string(cetuximab) + "/medicationReference", R"({"reference": ")" + reference + "\"}");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(context, *boost::unit_test::fixture<StopsServices>())

BOOST_AUTO_TEST_CASE(C01_a_call_without_encounter_is_answered) {
    const HttpAnswer answer = sandbox().view(without(patient_view(), "/context/encounterId"));
    BOOST_TEST(answer.status == 200);
    BOOST_TEST(!contains(answer.body, "Encounter/"));
    BOOST_TEST((topics(answer) == topics(sandbox().view(patient_view()))));
}

BOOST_AUTO_TEST_CASE(C02_a_patient_id_is_needed_and_has_no_type) {
    expect_refused(sandbox().view(without(patient_view(), "/context/patientId")), 400, "context.patientId");
    expect_refused(sandbox().view(with(patient_view(), "/context/patientId", "\"Patient/pat-002\"")), 400,
                   "context.patientId");
}

BOOST_AUTO_TEST_CASE(C03_practitioner_and_practitioner_role_get_the_same_advice) {
    const HttpAnswer practitioner = sandbox().view(with(patient_view(), "/context/userId", "\"Practitioner/a\""));
    HttpAnswer role = sandbox().view(with(patient_view(), "/context/userId", "\"PractitionerRole/b\""));
    BOOST_TEST(!topics(role).empty());
    const std::string requester = "PractitionerRole/b";  // of the suggested orders
    for (auto at = role.body.find(requester); at != std::string::npos; at = role.body.find(requester))
        role.body.replace(at, requester.size(), "Practitioner/a");
    BOOST_TEST(same_advice(practitioner, role));
}

BOOST_AUTO_TEST_CASE(C04_a_patient_who_opens_the_chart_gets_no_clinicians_cards) {
    BOOST_TEST(sandbox().view(with(patient_view(), "/context/userId", "\"Patient/pat-002\"")).body ==
               R"({"cards":[]})");
    expect_critical(sandbox().sign(with(order_sign(), "/context/userId", "\"Patient/pat-022\"")));  // never at orders
}

BOOST_AUTO_TEST_CASE(C05_a_user_without_type_is_400) {
    expect_refused(sandbox().view(with(patient_view(), "/context/userId", "\"a\"")), 400, "context.userId");
}

BOOST_AUTO_TEST_CASE(C06_order_select_needs_selections) {
    expect_refused(sandbox().select(without(order_select(), "/context/selections")), 400, "context.selections");
    expect_refused(sandbox().select(with(order_select(), "/context/selections", "[]")), 400, "context.selections");
}

BOOST_AUTO_TEST_CASE(C07_missing_draft_orders_are_400_and_the_scopes_are_named) {
    for (const HttpAnswer& answer : {sandbox().select(without(order_select(), "/context/draftOrders")),
                                     sandbox().sign(without(order_sign(), "/context/draftOrders"))}) {
        expect_refused(answer, 400, "context.draftOrders");
        BOOST_TEST(contains(answer.body, "scope"), answer.body);
    }
}

BOOST_AUTO_TEST_CASE(C08_only_selected_orders_are_judged) {
    const std::string irinotecan = with(order_select(), "/context/selections", R"(["MedicationRequest/draft-022-3"])");
    BOOST_TEST(!has_topic(sandbox().select(irinotecan), "antiEgfrRasMutant"));
    expect_critical(sandbox().select(order_select()));
}

BOOST_AUTO_TEST_CASE(C09_a_selection_of_nothing_gives_no_order_card_and_is_said) {
    const HttpAnswer answer =
        sandbox().select(with(order_select(), "/context/selections", R"(["MedicationRequest/unheard-of"])"));
    BOOST_TEST((topics(answer) == Topics{"notAssessed"}));
    BOOST_TEST(contains(detail_of(answer, "notAssessed"), "NOT CHECKED"));
}

BOOST_AUTO_TEST_CASE(C10_a_selection_may_be_an_absolute_url_or_the_full_url_of_the_entry) {
    const std::string full_url = "urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0";
    const std::string request = with(order_select(), std::string(entries) + "/0/fullUrl", in_quotes(full_url));
    for (const std::string& selection :
         {std::string("https://fhir.example.org/r4/MedicationRequest/draft-022-1"), full_url})
        expect_critical(sandbox().select(with(request, "/context/selections", "[" + in_quotes(selection) + "]")));
}

BOOST_AUTO_TEST_CASE(C11_the_drug_is_the_same_however_it_is_referred_to) {
    expect_critical(sandbox().sign(order_sign()));
    const std::string inside =
        with(by_reference("#m1"), std::string(cetuximab) + "/contained", '[' + std::string(medication) + ']');
    expect_critical(sandbox().sign(inside));
    const std::string beside = with(by_reference("Medication/m1"), std::string(entries) + "/-",
                                    R"({"resource": )" + std::string(medication) + '}');
    expect_critical(sandbox().sign(beside));
    const std::string delivered =
        with(by_reference("Medication/m1"), "/prefetch/medicationRequests/entry/-",
             R"({"search": {"mode": "include"}, "resource": )" + std::string(medication) + '}');
    expect_critical(sandbox().sign(delivered));
}

BOOST_AUTO_TEST_CASE(C12_a_drug_known_by_its_name_alone_fires_no_rule) {
    const std::string named =
        with(without(order_sign(), std::string(cetuximab) + "/medicationCodeableConcept"),
             std::string(cetuximab) + "/medicationReference", R"({"display": "Cetuximab 5 mg/mL"})");
    const HttpAnswer answer = sandbox().sign(named);
    BOOST_TEST((topics(answer) == Topics{"notAssessed"}));
    BOOST_TEST(indicator_of(answer, "notAssessed") == "info");
    BOOST_TEST(same_advice(answer, sandbox().sign(named)));
}

BOOST_AUTO_TEST_CASE(C13_a_bundle_of_odd_entries_is_read) {
    const std::string end = std::string(entries) + "/-";
    expect_critical(sandbox().sign(without(order_sign(), "/context/draftOrders/type")));
    expect_critical(sandbox().sign(with(order_sign(), end, "{}")));
    expect_critical(sandbox().sign(with(order_sign(), end, R"({"resource": {"resourceType": "VisionPrescription"}})")));
    BOOST_TEST(topics(sandbox().sign(with(order_sign(), entries, "[]"))).empty());
}

BOOST_AUTO_TEST_CASE(C14_an_active_order_beside_drafts_is_judged_as_well) {
    const std::string active = with(order_sign(), std::string(cetuximab) + "/status", "\"active\"");
    expect_critical(sandbox().sign(active));
    const std::string only_the_other_is_draft =
        with(order_sign(), std::string(entries) + "/1/resource/status", "\"active\"");
    expect_critical(sandbox().sign(only_the_other_is_draft));
}

BOOST_AUTO_TEST_CASE(C15_a_draft_for_another_patient_is_400_without_a_card) {
    const std::string pointer = std::string(entries) + "/1/resource/subject/reference";
    for (const char* reference :
         {"\"Patient/somebody\"", "\"Patient/pat-0222\"", "\"https://elsewhere.example/r4/Patient/pat-022\""}) {
        const HttpAnswer answer = sandbox().sign(with(order_sign(), pointer, reference));
        expect_refused(answer, 400, "context.draftOrders");
        BOOST_TEST(!contains(answer.body, "cards"));
        BOOST_TEST(!contains(answer.body, "somebody"));
    }
}

BOOST_AUTO_TEST_CASE(C16_orders_of_another_fhir_version_are_422) {
    for (const char* type : {"\"ProcedureRequest\"", "\"MedicationOrder\"", "\"DiagnosticOrder\""})
        expect_refused(sandbox().sign(with(order_sign(), std::string(entries) + "/1/resource/resourceType", type)), 422,
                       "context.draftOrders");
    for (const char* version : {"\"STU3\"", "\"DSTU2\"", "\"R5\""}) {
        const std::string member = "/extension/com.epic.cdshooks.request.fhir-version";
        expect_refused(sandbox().sign(with(with(order_sign(), "/extension", "{}"), member, version)), 422, "extension");
    }
    expect_critical(
        sandbox().sign(with(order_sign(), "/extension", R"({"com.epic.cdshooks.request.fhir-version": "R4"})")));
}

BOOST_AUTO_TEST_CASE(C17_rxnorm_as_oid_and_as_uri_are_one) {
    const std::string oid = with(order_sign(), std::string(cetuximab) + "/medicationCodeableConcept/coding/0/system",
                                 "\"urn:oid:2.16.840.1.113883.6.88\"");
    BOOST_TEST(same_advice(sandbox().sign(oid), sandbox().sign(order_sign())));
    expect_critical(sandbox().sign(oid));
}

BOOST_AUTO_TEST_CASE(C18_another_patient_in_prefetch_is_400) {
    const HttpAnswer answer = sandbox().view(with(patient_view(), "/prefetch/patient/id", "\"somebody\""));
    expect_refused(answer, 400, "prefetch.patient");
    BOOST_TEST(!contains(answer.body, "somebody"));
    expect_refused(sandbox().view(with(patient_view(), "/prefetch/observations/entry/0/resource/subject/reference",
                                       "\"Patient/somebody\"")),
                   400, "prefetch.observations");
}

BOOST_AUTO_TEST_SUITE_END()
