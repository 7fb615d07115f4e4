// Discovery entries, orders, value sets and profiles: one mistake is one error.
#include <boost/test/unit_test.hpp>

#include "fhir/knowledge_edit.hpp"

using namespace rectal_cds::testing;

namespace {

const std::string fluorouracil = order_path("fluorouracil-400-bolus-2400-46h-q14d");
const std::string capecitabine = order_path("capecitabine-1000-d1-14-q21d");
const std::string kras = "profiles/valuesets/kras-result.json";

void check_set(const std::string& path, const std::string& place, std::string_view json, std::string_view words) {
    EditedKnowledge edited;
    if (json.empty())
        edited.remove(path, place);
    else
        edited.set(path, place, json);
    check_one_error(edited, path, place, words);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(discovery_entries)

BOOST_AUTO_TEST_CASE(every_input_that_the_hook_reads_is_asked_for) {
    for (const char* key : {"patient", "conditions", "observations", "procedures", "medicationRequests",
                            "medicationAdministrations", "serviceRequests"}) {
        for (const char* hook : {"patient-view", "order-select", "order-sign"}) {
            check_set(service_path(hook), "prefetch." + std::string(key), "", "This member is missing.");
        }
    }
    check_set(service_path("patient-view"), "prefetch.diagnosticReports", "", "This member is missing.");
    check_set(service_path("order-sign"), "prefetch.allergies", "", "This member is missing.");
}

BOOST_AUTO_TEST_CASE(no_input_is_asked_for_that_the_hook_does_not_read) {
    check_set(service_path("patient-view"), "prefetch.allergies",
              "\"AllergyIntolerance?patient={{context.patientId}}\"", "'allergies' is not expected here.");
    check_set(service_path("order-select"), "prefetch.diagnosticReports",
              "\"DiagnosticReport?patient={{context.patientId}}\"", "'diagnosticReports' is not expected here.");
}

BOOST_AUTO_TEST_CASE(a_misspelt_key) {
    EditedKnowledge edited;
    edited.replace(service_path("patient-view"), "\"observations\"", "\"observatons\"");
    check_one_error(edited, service_path("patient-view"), "prefetch.observatons", "'observations' is missing.");
}

BOOST_AUTO_TEST_CASE(a_template_that_asks_for_something_else) {
    check_set(service_path("patient-view"), "prefetch.conditions", "\"Observation?patient={{context.patientId}}\"",
              "begins with Condition?patient={{context.patientId}} is expected.");
    check_set(service_path("patient-view"), "prefetch.patient", "\"Patient/{{context.userId}}\"",
              "begins with Patient/{{context.patientId}} is expected.");
}

BOOST_AUTO_TEST_CASE(another_hook_or_id_than_the_file_is_for) {
    check_set(service_path("order-sign"), "hook", "\"order-select\"", "'order-sign' is expected.");
    check_set(service_path("order-sign"), "id", "\"order-sign\"", "'rectal-cancer-order-sign' is expected.");
    check_set(service_path("order-sign"), "description", "", "This member is missing.");
}

BOOST_AUTO_TEST_CASE(a_service_without_file) {
    EditedKnowledge edited;
    check_one_error(edited.drop(service_path("order-sign")), service_path("order-sign"), "",
                    "This file is expected and missing.");
}

BOOST_AUTO_TEST_CASE(a_hook_that_no_recommendation_is_triggered_by) {
    EditedKnowledge edited;
    for (const auto& file : knowledge_files()) {
        if (file.path.rfind("hooks/guideline/plans/", 0) != 0) continue;
        edited.set(
            file.path, "action[0].trigger",
            R"([{"type": "named-event", "name": "order-sign"}, {"type": "named-event", "name": "order-select"}])");
    }
    check_one_error(edited, service_path("patient-view"), "hook", "A recommendation with this trigger is expected.");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(order_files)

BOOST_AUTO_TEST_CASE(an_order_of_another_kind) {
    check_set(fluorouracil, "kind", "\"Medicationrequest\"", "'MedicationRequest' is expected.");
    check_set(order_path("cea"), "kind", "\"Task\"", "'ServiceRequest' is expected.");
    check_set(fluorouracil, "intent", "\"plan\"", "'order' is expected.");
}

BOOST_AUTO_TEST_CASE(a_drug_that_no_value_set_knows) {
    EditedKnowledge edited;
    edited.set(fluorouracil, "productCodeableConcept.coding[0].code", "\"4493\"");
    check_one_error(edited, fluorouracil, "productCodeableConcept",
                    "The code of one drug that a value set of profiles/ knows");
}

BOOST_AUTO_TEST_CASE(a_dose_that_is_not_complete) {
    const std::string dose = "dosage[0].doseAndRate[0].doseQuantity";
    check_set(fluorouracil, dose + ".value", "0", "A number above 0 is expected.");
    check_set(fluorouracil, dose + ".code", "\"mg/m^2\"", "One of 'mg/m2', 'mg/kg', 'mg' is expected.");
    check_set(fluorouracil, dose + ".unit", "\"mg\"", "The UCUM code of the unit is expected here too.");
    check_set(fluorouracil, dose + ".system", "\"ucum\"", "'http://unitsofmeasure.org' is expected.");
    check_set(fluorouracil, "dosage[1].sequence", "3", "numbered from 1");
    check_set(fluorouracil, "dosage[1].route", "", "This member is missing.");
    check_set(capecitabine, "dosage[0].timing.repeat", "{}", "When the dose is due is expected.");
}

BOOST_AUTO_TEST_CASE(a_period_without_unit) {
    EditedKnowledge edited;
    edited.remove(fluorouracil, "dosage[1].timing.repeat.durationUnit");
    check_one_error(edited, fluorouracil, "dosage[1].timing.repeat", "A duration and its unit are expected together.");
}

BOOST_AUTO_TEST_CASE(a_cycle_or_dose_source_that_is_missing_or_wrong) {
    EditedKnowledge edited;
    edited.remove(fluorouracil, extension_at(fluorouracil, "", "dose-source"));
    check_one_error(edited, fluorouracil, "extension", "The extension 'dose-source' is missing.");
    const std::string cycle = extension_at(fluorouracil, "", "cycle"),
                      dose = extension_at(fluorouracil, "", "absolute-dose");
    check_set(fluorouracil, cycle + ".extension[0].valuePositiveInt", "-14", "A whole number above 0 is expected.");
    check_set(fluorouracil, dose + ".extension[0].valuePositiveInt", "0.5", "A whole number above 0 is expected.");
}

BOOST_AUTO_TEST_CASE(a_service_without_text_or_with_a_free_priority) {
    check_set(order_path("cea"), "code.text", "", "This member is missing.");
    check_set(order_path("cea"), "priority", "\"soon\"", "One of 'routine', 'urgent', 'asap', 'stat' is expected.");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(profile_files)

BOOST_AUTO_TEST_CASE(a_value_set_that_is_missing_broken_or_misnamed_is_one_error) {
    EditedKnowledge missing, broken;
    check_one_error(missing.drop(kras), kras, "", "The ValueSet is missing.");
    const auto errors = broken.write(kras, "[").errors();
    BOOST_TEST_REQUIRE(errors.size() == 1U);
    BOOST_TEST(errors[0].where.rfind(kras + ": ", 0) == 0U);
    check_set(kras, "id", "\"kras-results\"", "The name of the file is expected: 'kras-result'.");
    check_set(kras, "resourceType", "\"CodeSystem\"", "'ValueSet' is expected.");
}

BOOST_AUTO_TEST_CASE(a_value_set_that_nothing_reads) {
    EditedKnowledge edited;
    const std::string other = "profiles/valuesets/other.json";
    edited.write(other, R"({"resourceType": "ValueSet", "id": "other"})");
    check_one_error(edited, other, "id", "A ValueSet that the reader asks about is expected.");
}

BOOST_AUTO_TEST_CASE(a_drug_set_that_is_missing_is_not_also_an_unknown_drug) {
    const std::string drug = "profiles/valuesets/drug-oxaliplatin.json";
    EditedKnowledge edited;
    check_one_error(edited.drop(drug), drug, "", "The ValueSet is missing.");
}

BOOST_AUTO_TEST_CASE(a_profile_or_code_system_with_another_id) {
    check_set("profiles/codesystems/rectal-cds.json", "id", "\"other\"", "'rectal-cds'.");
    check_set("profiles/structuredefinitions/kras-observation.json", "id", "\"other\"", "'kras-observation'.");
    check_set("profiles/structuredefinitions/kras-observation.json", "resourceType", "\"ValueSet\"",
              "'StructureDefinition' is expected.");
}

BOOST_AUTO_TEST_CASE(json_where_none_belongs) {
    EditedKnowledge edited;
    const std::string lost = "hooks/guideline/plan/lost.json";
    check_one_error(edited.write(lost, "{}").write("hooks/guideline/notes.md", "text"), lost, "",
                    "No JSON file is expected here");
}

BOOST_AUTO_TEST_SUITE_END()
