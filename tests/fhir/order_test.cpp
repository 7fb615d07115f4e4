// An ActivityDefinition becomes a draft for one patient: the whole resource, member for member.
#include <boost/test/unit_test.hpp>

#include "fhir/knowledge_edit.hpp"
#include "fhir/order.hpp"

using namespace rectal_cds;
using namespace rectal_cds::testing;

namespace {

fhir::OrderContext complete_context() {
    fhir::OrderContext context;
    context.patient_reference = "Patient/123";
    context.condition_reference = "Condition/rectum";
    context.encounter_reference = "Encounter/9";
    context.requester_reference = "Practitioner/7";
    context.group = "5f0c1f0e-0000-4000-8000-000000000001";
    context.note = "Protocol default, adjust for organ function; pharmacist verification.";
    context.authored = *base::parse_day("2026-03-02");
    return context;
}

// The same JSON without blanks.
std::string compact(const std::string& text) {
    auto parsed = json::Document::parse(text);
    BOOST_TEST_REQUIRE(parsed.ok());
    json::Writer writer;
    return writer.value(parsed.value().root()).take();
}

std::string written(const std::string& definition, bool medication, const fhir::OrderContext& context) {
    auto parsed = json::Document::parse(definition);
    BOOST_TEST_REQUIRE(parsed.ok());
    const fhir::OrderTemplate order{"an-order", "An order", medication, std::nullopt, {}, parsed.value().root()};
    json::Writer writer;
    fhir::write_order(writer, order, context);
    return writer.take();
}

const std::string two_dosages = R"([
  {"sequence": 1, "text": "400 mg/m2 intravenous bolus on day 1 of each 14-day cycle",
   "timing": {"repeat": {"frequency": 1, "period": 14, "periodUnit": "d"}}, "route": {"text": "intravenous"},
   "doseAndRate": [{"doseQuantity": {"value": 400, "unit": "mg/m2", "system": "http://unitsofmeasure.org", "code": "mg/m2"}}]},
  {"sequence": 2, "text": "then 2400 mg/m2 over 46 hours",
   "timing": {"repeat": {"duration": 46, "durationUnit": "h", "frequency": 1, "period": 14, "periodUnit": "d"}},
   "route": {"text": "intravenous"},
   "doseAndRate": [{"doseQuantity": {"value": 2400, "unit": "mg/m2", "system": "http://unitsofmeasure.org", "code": "mg/m2"}}]}])";

const std::string fluorouracil =
    R"({"coding": [{"system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "4492",
                                     "display": "Fluorouracil"}], "text": "fluorouracil"})";

std::string medication_definition(const std::string& dose_source) {
    return R"({"resourceType": "ActivityDefinition", "kind": "MedicationRequest", "intent": "order",
               "productCodeableConcept": )" +
           fluorouracil + R"(, "dosage": )" + two_dosages + R"(,
               "extension": [
                 {"url": "https://rectal-cds.example/fhir/StructureDefinition/cycle",
                  "extension": [{"url": "lengthDays", "valuePositiveInt": 14}, {"url": "days", "valueString": "1"}]},
                 {"url": "https://rectal-cds.example/fhir/StructureDefinition/dose-source", "valueString": ")" +
           dose_source + R"("}]})";
}

const std::string teleradiotherapy = R"({
  "coding": [{"system": "http://snomed.info/sct", "code": "33195004", "display": "Teleradiotherapy procedure"}],
  "text": "Pelvic radiotherapy, 25 Gy in 5 fractions over one week"})";

const std::string rectum = R"([{
  "coding": [{"system": "http://snomed.info/sct", "code": "34402009", "display": "Rectum structure"}],
  "text": "rectum"}])";

const std::string prescription = R"([{
  "url": "https://rectal-cds.example/fhir/StructureDefinition/radiotherapy-prescription",
  "extension": [
    {"url": "totalDose",
     "valueQuantity": {"value": 25, "unit": "Gy", "system": "http://unitsofmeasure.org", "code": "Gy"}},
    {"url": "fractions", "valueUnsignedInt": 5}]}])";

std::string short_course() {
    return R"({"resourceType": "ActivityDefinition", "kind": "ServiceRequest", "intent": "order",
               "usage": "No fluoropyrimidine at the same time.",
               "code": )" +
           teleradiotherapy + R"(, "bodySite": )" + rectum + R"(, "extension": )" + prescription + "}";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(written_orders)

BOOST_AUTO_TEST_CASE(a_drug_with_two_dosages_is_one_request_with_both_in_sequence) {
    const std::string expected = R"({"resourceType": "MedicationRequest", "status": "draft", "intent": "order",
      "medicationCodeableConcept": )" +
                                 fluorouracil + R"(,
      "subject": {"reference": "Patient/123"}, "encounter": {"reference": "Encounter/9"}, "authoredOn": "2026-03-02",
      "requester": {"reference": "Practitioner/7"}, "reasonReference": [{"reference": "Condition/rectum"}],
      "groupIdentifier": {"system": "https://rectal-cds.example/fhir/regimen-instance",
                          "value": "5f0c1f0e-0000-4000-8000-000000000001"},
      "note": [{"text": "Protocol default, adjust for organ function; pharmacist verification."}],
      "dosageInstruction": )" + two_dosages +
                                 "}";
    BOOST_TEST(written(medication_definition("published protocol table, seen"), true, complete_context()) ==
               compact(expected));
}

BOOST_AUTO_TEST_CASE(a_dose_from_knowledge_says_so_in_its_note) {
    const std::string text = written(medication_definition("from knowledge, needs review"), true, complete_context());
    BOOST_TEST(text.find(R"({"text":"Source of the dose: from knowledge, needs review."})") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(short_course_radiotherapy_carries_its_prescription_in_code_text_and_extension) {
    const std::string expected = R"({"resourceType": "ServiceRequest", "extension": )" + prescription + R"(,
      "status": "draft", "intent": "order", "code": )" +
                                 teleradiotherapy + R"(,
      "orderDetail": [{"text": "25 Gy in 5 fractions"}],
      "subject": {"reference": "Patient/123"}, "encounter": {"reference": "Encounter/9"}, "authoredOn": "2026-03-02",
      "requester": {"reference": "Practitioner/7"}, "reasonReference": [{"reference": "Condition/rectum"}],
      "note": [{"text": "Aim: conversion."}, {"text": "No fluoropyrimidine at the same time."}],
      "bodySite": )" + rectum + "}";
    fhir::OrderContext context = complete_context();
    context.group.clear();
    context.note = "Aim: conversion.";
    BOOST_TEST(written(short_course(), false, context) == compact(expected));
}

BOOST_AUTO_TEST_CASE(what_is_not_known_is_left_out) {
    fhir::OrderContext context;
    context.patient_reference = "Patient/123";
    context.authored = *base::parse_day("2026-03-02");
    const std::string definition = R"({"code": {"text": "CEA"}})";
    BOOST_TEST(written(definition, false, context) ==
               R"({"resourceType":"ServiceRequest","status":"draft","intent":"order","code":{"text":"CEA"},)"
               R"("subject":{"reference":"Patient/123"},"authoredOn":"2026-03-02"})");
}

BOOST_AUTO_TEST_CASE(a_client_may_ask_for_proposals) {
    fhir::OrderContext context = complete_context();
    context.proposal = true;
    BOOST_TEST(written(short_course(), false, context).find(R"("intent":"proposal")") != std::string::npos);
    BOOST_TEST(written(medication_definition("seen"), true, context).find(R"("intent":"proposal")") !=
               std::string::npos);
}

BOOST_AUTO_TEST_CASE(urgent_services_say_so) {
    const std::string definition = R"({"code": {"text": "Diverting colostomy"}, "priority": "urgent"})";
    BOOST_TEST(written(definition, false, complete_context()).find(R"("priority":"urgent")") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(every_order_of_the_knowledge_can_be_written_with_no_extension_of_ours_but_the_prescription) {
    const fhir::Knowledge knowledge = EditedKnowledge().read();
    for (const auto& [id, order] : knowledge.orders) {
        json::Writer writer;
        fhir::write_order(writer, order, complete_context());
        auto parsed = json::Document::parse(writer.take());
        BOOST_TEST_REQUIRE(parsed.ok(), id);
        const json::Value resource = parsed.value().root();
        BOOST_TEST(resource["resourceType"].text() == (order.medication ? "MedicationRequest" : "ServiceRequest"), id);
        BOOST_TEST((!resource["id"].exists() && resource["status"].text() == "draft"), id);
        BOOST_TEST(resource["extension"].size() == (id == "short-course-radiotherapy" ? 1U : 0U), id);
    }
}

BOOST_AUTO_TEST_CASE(an_order_copied_for_another_regimen_is_what_would_be_written_anew) {
    const fhir::Knowledge knowledge = EditedKnowledge().read();
    const auto text_of = [](const fhir::OrderTemplate& order, const fhir::OrderContext& context) {
        json::Writer writer;
        fhir::write_order(writer, order, context);
        return writer.take();
    };
    fhir::OrderCopies copies;
    for (const char* group : {"5f0c1f0e-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002", ""}) {
        for (const auto& [id, order] : knowledge.orders) {
            fhir::OrderContext context = complete_context();
            context.patient_reference = "Patient/5f0c1f0e-0000-4000-8000-000000000001";  // the id of the first group
            context.group = group;
            const std::string anew = text_of(order, context);
            context.copies = &copies;
            BOOST_TEST(text_of(order, context) == anew, id + " in " + context.group);
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
