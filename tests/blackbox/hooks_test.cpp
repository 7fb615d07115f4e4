// The three services with whole patients (rows R01, R02, C03-C17, K01, K19; decisions.md 32-34). The fixture judges the
// form of every card.
#include "blackbox/service_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>

#include "json/document.hpp"

using namespace rectal_cds;
using namespace rectal_cds::blackbox;

namespace {

using Topics = std::vector<std::string>;
constexpr const char* drafts = "/context/draftOrders/entry";

bool holds(const Topics& topics, const char* code) {
    return std::find(topics.begin(), topics.end(), code) != topics.end();
}

std::string first_indicator(const HttpAnswer& answer) {
    const auto document = json::Document::parse(answer.body);
    BOOST_TEST_REQUIRE(document.ok());
    return std::string(document.value().root()["cards"].at(0)["indicator"].text());
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(hooks, ServiceFixture)

BOOST_AUTO_TEST_CASE(R01_opening_the_chart_suggests_the_doublet_with_bevacizumab) {
    Topics found = topics(view(patient_view()));
    std::sort(found.begin(), found.end());
    BOOST_TEST((found == Topics{"deferLocoregionalAsymptomatic", "firstLineDoubletBevacizumab"}));
}

BOOST_AUTO_TEST_CASE(R02_signing_cetuximab_with_a_ras_mutation_is_critical) {
    const HttpAnswer answer = sign(order_sign());
    BOOST_TEST((topics(answer) == Topics{"antiEgfrRasMutant"}));
    BOOST_TEST(first_indicator(answer) == "critical");
}

BOOST_AUTO_TEST_CASE(R02_selecting_cetuximab_with_a_ras_mutation_is_critical_too) {
    const HttpAnswer answer = select(order_select());
    BOOST_TEST((topics(answer) == Topics{"antiEgfrRasMutant"}));
    BOOST_TEST(first_indicator(answer) == "critical");
}

BOOST_AUTO_TEST_CASE(K01_without_guidance_the_answer_is_exactly_an_empty_list) {
    BOOST_TEST(sign(without(order_sign(), std::string(drafts) + "/0")).body == R"({"cards":[]})");
}

BOOST_AUTO_TEST_CASE(C03_every_kind_of_clinician_gets_the_same_cards) {
    const Topics expected = topics(view(patient_view()));
    for (const char* user : {"\"Practitioner/a\"", "\"PractitionerRole/b\""}) {
        BOOST_TEST((topics(view(with(patient_view(), "/context/userId", user))) == expected), user);
    }
}

BOOST_AUTO_TEST_CASE(C04_a_patient_or_relative_gets_no_clinicians_cards_at_patient_view) {
    for (const char* user : {"\"Patient/pat-002\"", "\"RelatedPerson/r\""}) {
        BOOST_TEST(view(with(patient_view(), "/context/userId", user)).body == R"({"cards":[]})");
        BOOST_TEST(first_indicator(sign(with(order_sign(), "/context/userId", user))) == "critical");
    }
}

BOOST_AUTO_TEST_CASE(C08_a_draft_that_is_not_selected_raises_no_card) {
    const std::string irinotecan = with(order_select(), "/context/selections", R"(["MedicationRequest/draft-022-3"])");
    BOOST_TEST(!holds(topics(select(irinotecan)), "antiEgfrRasMutant"));
}

BOOST_AUTO_TEST_CASE(C09_a_selection_of_nothing_is_said_to_be_not_assessed) {
    const Topics found =
        topics(select(with(order_select(), "/context/selections", R"(["MedicationRequest/unheard-of"])")));
    BOOST_TEST((found == Topics{"notAssessed"}));
}

BOOST_AUTO_TEST_CASE(C10_a_selection_may_be_absolute_a_full_url_or_a_bare_id) {
    const std::string full_url = "urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0";
    const std::string addressed = with(order_select(), std::string(drafts) + "/0/fullUrl", '"' + full_url + '"');
    for (const std::string& selection : {std::string("https://fhir.example.org/r4/MedicationRequest/draft-022-1"),
                                         full_url, std::string("draft-022-1")}) {
        const std::string request = with(addressed, "/context/selections", "[\"" + selection + "\"]");
        BOOST_TEST(holds(topics(select(request)), "antiEgfrRasMutant"), selection);
    }
}

BOOST_AUTO_TEST_CASE(C11_C17_the_drug_is_found_by_reference_and_under_the_oid_of_rxnorm) {
    const std::string cetuximab = std::string(drafts) + "/0/resource";
    const std::string oid = with(order_sign(), cetuximab + "/medicationCodeableConcept/coding/0/system",
                                 "\"urn:oid:2.16.840.1.113883.6.88\"");
    BOOST_TEST(first_indicator(sign(oid)) == "critical");
    const std::string bare = without(order_sign(), cetuximab + "/medicationCodeableConcept");
    const std::string medication =
        R"({"resourceType": "Medication", "id": "m1", "code": {"coding": [{"system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "318341"}]}})";
    const std::string inside = with(with(bare, cetuximab + "/contained", '[' + medication + ']'),
                                    cetuximab + "/medicationReference/reference", "\"#m1\"");
    BOOST_TEST(first_indicator(sign(inside)) == "critical");
    const std::string beside = with(with(bare, std::string(drafts) + "/-", R"({"resource": )" + medication + '}'),
                                    cetuximab + "/medicationReference/reference", "\"Medication/m1\"");
    BOOST_TEST(first_indicator(sign(beside)) == "critical");
}

BOOST_AUTO_TEST_CASE(C12_a_drug_known_only_by_its_name_fires_no_rule_and_is_named_as_not_assessed) {
    const std::string cetuximab = std::string(drafts) + "/0/resource";
    const std::string named = with(without(order_sign(), cetuximab + "/medicationCodeableConcept"),
                                   cetuximab + "/medicationReference", R"({"display": "Cetuximab 5 mg/mL"})");
    const HttpAnswer answer = sign(named);
    BOOST_TEST((topics(answer) == Topics{"notAssessed"}));
    BOOST_TEST(first_indicator(answer) == "info");
}

BOOST_AUTO_TEST_CASE(C13_a_bundle_of_odd_entries_is_read) {
    const Topics expected{"antiEgfrRasMutant"};
    BOOST_TEST((topics(sign(without(order_sign(), "/context/draftOrders/type"))) == expected));
    BOOST_TEST((topics(sign(with(order_sign(), std::string(drafts) + "/-", "{}"))) == expected));
    BOOST_TEST((topics(sign(with(order_sign(), std::string(drafts) + "/-",
                                 R"({"resource": {"resourceType": "VisionPrescription"}})"))) == expected));
    BOOST_TEST(sign(with(order_sign(), drafts, "[]")).body == R"({"cards":[]})");
    BOOST_TEST(sign(without(order_sign(), drafts)).body == R"({"cards":[]})");
}

BOOST_AUTO_TEST_CASE(C14_an_active_order_that_is_signed_again_is_judged) {
    BOOST_TEST(first_indicator(sign(with(order_sign(), std::string(drafts) + "/0/resource/status", "\"active\""))) ==
               "critical");
}

BOOST_AUTO_TEST_CASE(C16_orders_of_another_fhir_version_are_422) {
    for (const char* type : {"MedicationOrder", "ProcedureRequest", "DiagnosticOrder", "ReferralRequest"}) {
        const HttpAnswer answer =
            sign(with(order_sign(), std::string(drafts) + "/1/resource/resourceType", '"' + std::string(type) + '"'));
        BOOST_TEST(answer.status == 422);
        BOOST_TEST(outcome_of(answer).place == "context.draftOrders.entry[1].resource");
    }
}

BOOST_AUTO_TEST_CASE(K19_the_same_request_gets_the_same_cards_in_the_same_order) {
    const std::string expected = without_uuids(view(patient_view()).body);
    for (int i = 0; i < 20; ++i) BOOST_TEST(without_uuids(view(patient_view()).body) == expected);
}

BOOST_AUTO_TEST_SUITE_END()
