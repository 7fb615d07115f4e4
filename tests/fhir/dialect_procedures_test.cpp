// Operations, radiotherapy and tumour boards (terminology.md 8 to 10, pitfalls 39 to 42).
#include <boost/test/unit_test.hpp>

#include "fhir/dialect_record.hpp"

using namespace rectal_cds;
using namespace rectal_cds::testing;
using domain::Intervention;
using domain::Topic;

namespace {

const std::string course = sct("1217123003");

domain::Case read(const std::string& resource) { return DialectRecord({resource}).read(); }

bool done(const std::string& code, Intervention::Kind kind, const std::string& members = "") {
    const domain::Case record = read(procedure(code, members));
    return record.done.size() == 1 && record.done[0].kinds.test(kind);
}

std::string volume(double dose, const char* unit, int fractions) {
    return R"({"url": "http://hl7.org/fhir/us/mcode/StructureDefinition/mcode-radiotherapy-dose-delivered-to-volume", "extension": [{"url": "totalDoseDelivered", )" +
           quantity(dose, unit) + R"(}, {"url": "fractionsDelivered", "valueUnsignedInt": )" + std::to_string(fractions) + "}]}";
}

domain::Radiotherapy radiation(const std::string& members, const std::string& code = course) {
    const domain::Case record = read(procedure(code, members));
    BOOST_TEST_REQUIRE(record.done.size() == 1U);
    BOOST_TEST_REQUIRE(record.done[0].radiation.has_value());
    return *record.done[0].radiation;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(dialect_procedures)

BOOST_AUTO_TEST_CASE(a_resection_is_known_in_each_code_system) {
    for (const char* code : {"314592008", "265414003", "395136002", "16564004"}) BOOST_TEST(done(sct(code), Intervention::rectal_resection), code);
    BOOST_TEST(done(coded("http://www.ama-assn.org/go/cpt", "45110"), Intervention::rectal_resection));
    BOOST_TEST(done(coded("http://www.cms.gov/Medicare/Coding/ICD10", "0DTP0ZZ"), Intervention::rectal_resection));
    for (const char* code : {"5-484.31", "5-484.35", "5-484.55"}) BOOST_TEST(done(coded("http://fhir.de/CodeSystem/bfarm/ops", code), Intervention::rectal_resection), code);
    BOOST_TEST(done(coded("http://fhir.de/CodeSystem/dimdi/ops", "5-484.55"), Intervention::rectal_resection));
}

BOOST_AUTO_TEST_CASE(other_operations_are_no_resection_of_the_rectum) {
    for (const std::string& code : {coded("http://www.cms.gov/Medicare/Coding/ICD10", "0DTN0ZZ"), coded("http://fhir.de/CodeSystem/bfarm/ops", "5-402.a"),
                                    coded("http://www.ama-assn.org/go/cpt", "45113"), coded("http://www.ama-assn.org/go/cpt", "47125"), text("anterior resection")}) {
        BOOST_TEST(read(procedure(code)).done.empty(), code);
    }
    BOOST_TEST(!done(sct("426617006"), Intervention::major_surgery));  // a stent
    BOOST_TEST(done(sct("426617006"), Intervention::stent));
}

// A category or a code may say surgery without saying which.
BOOST_AUTO_TEST_CASE(surgery_of_an_unknown_kind_is_major_surgery) {
    const std::string category = "\"category\": " + sct("387713003");
    BOOST_TEST(done(coded("http://fhir.de/CodeSystem/bfarm/ops", "5-402.a"), Intervention::major_surgery, category));
    BOOST_TEST(done(sct("387713003"), Intervention::major_surgery));
    BOOST_TEST(!done(sct("387713003"), Intervention::rectal_resection));
    BOOST_TEST(read(procedure(sct("387713003"), "\"status\": \"not-done\"")).done.empty());
}

BOOST_AUTO_TEST_CASE(only_what_was_completed_was_done) {
    for (const char* status : {"not-done", "entered-in-error", "preparation"}) {
        const domain::Case record = read(procedure(sct("314592008"), "\"status\": \"" + std::string(status) + '"'));
        BOOST_TEST((record.done.empty() && record.unusable.empty()), status);
    }
    const domain::Case odd = read(procedure(sct("314592008"), "\"status\": \"unknown\""));
    BOOST_TEST((odd.done.empty() && is_unusable(odd, Topic::surgery)));
}

BOOST_AUTO_TEST_CASE(an_operation_without_date_is_kept_and_said) {
    const domain::Case record = read(procedure(sct("314592008"), "\"performedString\": \"unknown\""));
    BOOST_TEST((record.done.size() == 1U && is_unusable(record, Topic::surgery)));
    const domain::Case epoch = read(procedure(sct("314592008"), "\"performedDateTime\": \"1970-01-01\""));
    BOOST_TEST((!epoch.done.at(0).source.when && is_unusable(epoch, Topic::surgery)));
}

BOOST_AUTO_TEST_CASE(a_radiotherapy_course_is_known_under_each_of_its_codes) {
    for (const std::string& code : {course, sct("33195004"), sct("108290001"), sct("1287742003"), coded("http://www.ama-assn.org/go/cpt", "77412"),
                                    coded("http://hl7.org/fhir/us/mcode/CodeSystem/snomed-requested-cs", "USCRS-33529")}) {
        BOOST_TEST(done(code, Intervention::radiotherapy), code);
    }
    for (const std::string& code : {sct("152198000"), sct("1255724003"), sct("440252007"), coded("http://www.ama-assn.org/go/cpt", "77263")}) {
        BOOST_TEST(read(procedure(code)).done.empty(), code);  // brachytherapy, plans, radiopharmaceuticals
    }
}

BOOST_AUTO_TEST_CASE(a_dose_is_the_same_in_gray_and_centigray) {
    for (const std::string& given : {volume(2500, "cGy", 5), volume(25, "Gy", 5)}) {
        const auto read = radiation("\"extension\": [" + given + "]");
        BOOST_TEST((read.total_gy == 25.0 && read.fractions == 5), given);
    }
    for (const char* unit : {"rad", ""}) BOOST_TEST(!radiation("\"extension\": [" + volume(2500, unit, 5) + "]").total_gy.has_value(), unit);
}

// Doses of two volumes are not added up; the sessions of the course are not the fractions of a volume.
BOOST_AUTO_TEST_CASE(the_dose_is_that_of_one_volume) {
    const std::string sessions = R"({"url": "http://hl7.org/fhir/us/mcode/StructureDefinition/mcode-radiotherapy-sessions", "valueUnsignedInt": 31})";
    const auto read = radiation("\"extension\": [" + sessions + ", " + volume(4500, "cGy", 25) + ", " + volume(5040, "cGy", 28) + "]");
    BOOST_TEST((read.total_gy == 50.4 && read.fractions == 28));
}

// mCODE STU1: a procedure with a site, an intent under an older name, and no dose.
BOOST_AUTO_TEST_CASE(radiation_as_mcode_stu1_writes_it_is_read) {
    const std::string intent = R"("extension": [{"url": "http://hl7.org/fhir/us/mcode/StructureDefinition/mcode-treatment-intent", "valueCodeableConcept": )" + sct("373808002") + "}]";
    const domain::Case record = read(procedure(sct("33195004"), intent + ", \"bodySite\": [" + sct("34402009") + "]"));
    BOOST_TEST((record.done.at(0).radiation->pelvic && !record.done[0].radiation->total_gy));
    BOOST_TEST((record.intents.at(0).value == domain::Intent::Value::curative));
    const std::string other = R"("extension": [{"url": "http://example.org/treatment-intent", "valueCodeableConcept": )" + sct("373808002") + "}]";
    BOOST_TEST(read(procedure(sct("33195004"), other)).intents.empty());
}

BOOST_AUTO_TEST_CASE(radiation_of_another_site_or_for_another_cancer_is_not_pelvic) {
    BOOST_TEST(radiation("").pelvic);
    BOOST_TEST(!radiation("\"bodySite\": [" + sct("78904004") + "]").pelvic);
    const std::string rectum = condition(coded("http://hl7.org/fhir/sid/icd-10-cm", "C20")), prostate = condition(coded("http://hl7.org/fhir/sid/icd-10-cm", "C61"), "", "c2");
    const auto because_of = [&](const char* id) {
        return DialectRecord({rectum, prostate, procedure(course, "\"reasonReference\": [{\"reference\": \"Condition/" + std::string(id) + "\"}]")}).read().done.at(0).radiation->pelvic;
    };
    BOOST_TEST((because_of("c1") && !because_of("c2")));
}

BOOST_AUTO_TEST_CASE(a_resection_for_another_cancer_leaves_the_rectum_in_place) {
    const std::string colon = condition(coded("http://hl7.org/fhir/sid/icd-10-cm", "C18.7"), "", "c2");
    const domain::Case record = DialectRecord({colon, procedure(coded("http://www.ama-assn.org/go/cpt", "44145"), R"("reasonReference": [{"reference": "Condition/c2"}])")}).read();
    BOOST_TEST((!record.done.at(0).kinds.test(Intervention::rectal_resection) && record.done[0].kinds.test(Intervention::major_surgery)));
}

BOOST_AUTO_TEST_CASE(radiotherapy_as_an_observation_is_not_read) {
    const domain::Case record = DialectRecord({observation(sct("108290001"), value(sct("52101004")))}).read();
    BOOST_TEST((record.done.empty() && record.unusable.empty()));
}

BOOST_AUTO_TEST_CASE(a_tumour_board_needs_a_code) {
    for (const std::string& code : {sct("384682003"), coded("http://www.ama-assn.org/go/cpt", "99366"), coded("https://rectal-cds.example/fhir/CodeSystem/rectal-cds", "mdt-discussion")}) {
        BOOST_TEST(read(procedure(code)).marks.size() == 1U, code);
    }
    for (const std::string& code : {text("tumour board"), sct("312384001"), loinc("85232-7"), coded("http://www.ama-assn.org/go/cpt", "99367")}) {
        BOOST_TEST(read(procedure(code)).marks.empty(), code);
    }
}

BOOST_AUTO_TEST_CASE(an_ordered_test_needs_a_code) {
    const auto tests = [](const std::string& code) {
        return read(R"({"resourceType": "ServiceRequest", "id": "s1", "status": "active", "intent": "order", "code": )" + code + "}").open_tests.size();
    };
    BOOST_TEST(tests(loinc("81420-2")) == 1U);
    BOOST_TEST(tests(coded("http://www.ama-assn.org/go/cpt", "81445")) == 1U);
    for (const std::string& code : {text("NGS panel with KRAS G12C"), coded("https://lab.example/orders", "XT.V4"), coded("http://www.ama-assn.org/go/cpt", "88342")}) BOOST_TEST(tests(code) == 0U, code);
}

BOOST_AUTO_TEST_SUITE_END()
