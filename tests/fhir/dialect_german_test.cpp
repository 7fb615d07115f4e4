// One whole patient as German cancer registries send him (terminology.md 12): what is read, and what stays unread.
#include <boost/test/unit_test.hpp>

#include <algorithm>

#include "domain/staging.hpp"
#include "fhir/dialect_record.hpp"

using namespace rectal_cds;
using namespace rectal_cds::testing;
using domain::Intervention;
using domain::MCategory;

namespace {

const std::string mii = "https://www.medizininformatik-initiative.de/fhir/ext/modul-onko/";

std::string uicc(std::string_view code) { return coded("https://www.uicc.org/resources/tnm", code); }
std::string focus() { return R"("focus": [{"reference": "Condition/c1"}], )"; }
std::string tnm(const char* code, const char* result, const char* day, const char* id) {
    const std::string question = R"({"extension": [{"url": ")" + mii + R"(StructureDefinition/mii-ex-onko-tnm-cp-praefix", "valueCodeableConcept": )" +
                                 uicc("c") + R"(}], "coding": [{"system": "http://snomed.info/sct", "version": "http://snomed.info/sct/900000000000207008/version/20250701", "code": ")" + code + "\"}]}";
    const std::string method = "\"method\": " + coded(mii + "CodeSystem/mii-cs-onko-tnm-version", "8");
    return observation(question, focus() + method + ", \"effectiveDateTime\": \"" + day + "\", " + value(uicc(result)), id);
}

std::string primary() {
    const std::string histology = R"({"url": ")" + mii + R"(StructureDefinition/mii-ex-onko-histology-morphology-behavior-icdo3", "valueCodeableConcept": )" +
                                  coded("http://terminology.hl7.org/CodeSystem/icd-o-3", "8140/3") + "}";
    const std::string asserted = R"({"url": "http://hl7.org/fhir/StructureDefinition/condition-assertedDate", "valueDateTime": "2025-12-02"})";
    return R"({"resourceType": "Condition", "id": "c1", "extension": [)" + histology + ", " + asserted +
           R"(], "verificationStatus": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/condition-ver-status", "code": "confirmed"}, {"system": ")" + mii +
           R"(CodeSystem/mii-cs-onko-primaertumor-diagnosesicherung", "code": "7"}]}, "code": )" + coded("http://fhir.de/CodeSystem/bfarm/icd-10-gm", "C20") +
           R"(, "bodySite": [)" + coded("http://terminology.hl7.org/CodeSystem/icd-o-3", "C20.9") + ", " + sct("385432009") + R"(], "recordedDate": "2026-01-16"})";
}

std::string operation(const char* code, const char* id) {
    return procedure(coded("http://fhir.de/CodeSystem/bfarm/ops", code), "\"category\": " + sct("387713003") + R"(, "performedDateTime": "2025-12-31")", id);
}

DialectRecord patient() {
    return DialectRecord{primary(),
                         tnm("399504009", "T4b", "2025-12-16", "t1"),
                         tnm("399534004", "N1", "2025-12-16", "n1"),
                         tnm("399387003", "M1a", "2025-12-16", "mc1"),
                         tnm("399387003", "M1a", "2025-12-31", "mc2"),
                         observation(sct("399537006"), focus() + R"("effectiveDateTime": "2025-12-16", )" + value(uicc("IVA")), "g1"),
                         operation("5-484.55", "p1"),
                         operation("5-402.a", "p2"),
                         procedure(coded("http://fhir.de/CodeSystem/bfarm/ops", "8-54"), R"("status": "in-progress", "performedPeriod": {"start": "2026-01-05"})", "p3"),
                         procedure(coded("http://fhir.de/CodeSystem/bfarm/ops", "8-52"), "\"category\": " + sct("1287742003") + R"(, "status": "in-progress", "performedPeriod": {"start": "2026-01-05"})", "p4"),
                         R"({"resourceType": "MedicationStatement", "id": "s1", "status": "completed", "medicationCodeableConcept": )" + coded("http://fhir.de/CodeSystem/bfarm/atc", "L01XA03") + "}"};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(dialect_german)

BOOST_AUTO_TEST_CASE(the_diagnosis_with_its_histology_and_dates_is_read) {
    const domain::Case record = patient().read();
    BOOST_TEST_REQUIRE(record.primaries.size() == 1U);
    BOOST_TEST((record.primaries[0].histology == domain::Primary::Histology::adenocarcinoma));
    BOOST_TEST((record.primaries[0].clinical == domain::ClinicalStatus::active));
    BOOST_TEST(base::iso(*record.primaries[0].onset) == "2025-12-02");
}

BOOST_AUTO_TEST_CASE(the_uicc_stage_is_read_although_it_is_recorded_twice) {
    const domain::Case record = patient().read();
    const domain::Staging stage = domain::stage(record);
    BOOST_TEST((stage.m == MCategory::m1 && stage.stage_iv && base::iso(*stage.stage_iv) == "2025-12-16"));
    BOOST_TEST((record.t_categories.size() == 1U && record.t_categories[0].t4b));
    BOOST_TEST(record.unusable.empty());
}

BOOST_AUTO_TEST_CASE(the_operation_is_read_by_its_code_and_its_category) {
    const domain::Case record = patient().read();
    BOOST_TEST_REQUIRE(record.done.size() == 2U);
    BOOST_TEST(record.done[0].kinds.test(Intervention::rectal_resection));
    BOOST_TEST((!record.done[1].kinds.test(Intervention::rectal_resection) && record.done[1].kinds.test(Intervention::major_surgery)));
}

// Treatment that is never closed, and drugs that stand in MedicationStatements only.
BOOST_AUTO_TEST_CASE(courses_under_way_and_medication_statements_stay_unread) {
    const domain::Case record = patient().read();
    const bool radiated = std::any_of(record.done.begin(), record.done.end(), [](const auto& i) { return i.radiation.has_value(); });
    BOOST_TEST((!radiated && record.doses.empty() && record.orders.empty()));
}

BOOST_AUTO_TEST_SUITE_END()
