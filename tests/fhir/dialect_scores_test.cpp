// Performance status, disease status and other judgements in every form (terminology.md 4 and 6, pitfalls 2, 32, 45, 46).
#include <boost/test/unit_test.hpp>

#include "fhir/dialect_record.hpp"

using namespace rectal_cds;
using namespace rectal_cds::testing;
using domain::DiseaseStatus;
using domain::Quantity;
using domain::Topic;

namespace {

domain::Case read(const std::string& code, const std::string& members) { return DialectRecord({observation(code, members)}).read(); }

const std::string ecog = loinc("89247-1"), karnofsky = loinc("89243-0");

std::optional<int> grade(const std::string& members, const std::string& code = ecog) {
    const domain::Case record = read(code, members);
    return record.measurements.size() == 1 ? std::optional(static_cast<int>(record.measurements[0].value)) : std::nullopt;
}

bool refused(const std::string& members, const std::string& code = ecog) {
    const domain::Case record = read(code, members);
    return record.measurements.empty() && is_unusable(record, Topic::performance_status);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(dialect_scores)

BOOST_AUTO_TEST_CASE(ecog_is_read_in_each_form) {
    BOOST_TEST((grade("\"valueInteger\": 2") == 2));
    BOOST_TEST((grade(quantity(2, "{score}")) == 2));
    BOOST_TEST((grade(quantity(2, "1")) == 2));
    BOOST_TEST((grade(quantity(2, "")) == 2));
    BOOST_TEST((grade(value(loinc("LA9624-3"))) == 2));
    BOOST_TEST((grade("\"valueString\": \"2\"") == 2));
    BOOST_TEST((grade("\"valueString\": \"ECOG 2\"") == 2));
    for (const char* code : {"89262-0"}) BOOST_TEST((grade(value(loinc("LA9622-7")), loinc(code)) == 0), code);
    BOOST_TEST((grade("\"valueInteger\": 3", sct("423740007")) == 3));
}

// Two codes of the question and two of the answer: a local digit beside the LOINC answer.
BOOST_AUTO_TEST_CASE(the_german_form_of_ecog_is_read) {
    const std::string code = R"({"coding": [{"system": "http://snomed.info/sct", "code": "423740007"}, {"system": "http://loinc.org", "code": "89262-0"}]})";
    const auto answer = [](const char* digit, const char* la) {
        std::string codings = R"({"system": "https://www.medizininformatik-initiative.de/fhir/ext/modul-onko/CodeSystem/mii-cs-onko-allgemeiner-leistungszustand-ecog", "code": ")" + std::string(digit) + "\"}";
        if (*la) codings += R"(, {"system": "http://loinc.org", "code": ")" + std::string(la) + "\"}";
        return value("{\"coding\": [" + codings + "]}");
    };
    BOOST_TEST((grade(answer("1", "LA9623-5"), code) == 1));
    BOOST_TEST((grade(answer("1", ""), code) == 1));
    BOOST_TEST(refused(answer("2", "LA9623-5"), code));
}

BOOST_AUTO_TEST_CASE(what_is_no_ecog_grade_is_refused_and_said) {
    BOOST_TEST(refused("\"valueInteger\": 90"));  // a Karnofsky score under the ECOG code
    BOOST_TEST(refused("\"valueInteger\": 4294967297"));
    BOOST_TEST(refused(quantity(1, "%")));
    BOOST_TEST(refused(quantity(1.5, "{score}")));
    BOOST_TEST(refused("\"valueString\": \"good\""));
    BOOST_TEST(refused(value(sct("425389002"))));  // a code outside the sets
    BOOST_TEST(refused("\"valueInteger\": 1, \"interpretation\": [" + loinc("LA9625-0") + "]"));
    BOOST_TEST((grade("\"valueInteger\": 1, \"interpretation\": [" + loinc("LA9623-5") + "]") == 1));
}

BOOST_AUTO_TEST_CASE(an_unknown_or_unasked_score_is_missing_and_not_a_fault) {
    for (const char* code : {"unknown", "not-asked"}) {
        const std::string reason = coded("http://terminology.hl7.org/CodeSystem/data-absent-reason", code);
        for (const std::string& members : {value(reason), "\"dataAbsentReason\": " + reason}) {
            const domain::Case record = read(ecog, members);
            BOOST_TEST((record.measurements.empty() && record.unusable.empty()), members);
        }
    }
}

BOOST_AUTO_TEST_CASE(karnofsky_is_read_as_such) {
    const auto as_ecog = [](const std::string& members, const std::string& code = karnofsky) {
        const domain::Case record = read(code, members);
        BOOST_TEST_REQUIRE(record.measurements.size() == 1U);
        BOOST_TEST((record.measurements[0].quantity == Quantity::karnofsky_as_ecog));
        return record.measurements[0].value;
    };
    BOOST_TEST(as_ecog("\"valueInteger\": 90") == 1);
    BOOST_TEST(as_ecog(quantity(50, "%")) == 3);
    BOOST_TEST(as_ecog(value(loinc("LA29176-7"))) == 1);
    BOOST_TEST(as_ecog("\"valueInteger\": 100", sct("761869008")) == 0);
    BOOST_TEST(refused("\"valueInteger\": 110", karnofsky));
}

BOOST_AUTO_TEST_CASE(disease_status_is_read_under_the_old_and_the_new_code) {
    const auto status = [](const std::string& answer, const char* code = "97509-4") {
        const domain::Case record = read(loinc(code), value(answer));
        return record.disease_statuses.size() == 1 ? std::optional(record.disease_statuses[0].value) : std::nullopt;
    };
    using Value = DiseaseStatus::Value;
    for (const char* code : {"97509-4", "88040-1"}) {
        BOOST_TEST((status(sct("268910001"), code) == Value::improved), code);
        BOOST_TEST((status(sct("359746009"), code) == Value::stable), code);
        BOOST_TEST((status(sct("271299001"), code) == Value::worsened), code);
        BOOST_TEST((status(loinc("LA28370-7"), code) == Value::worsened), code);
        BOOST_TEST((status(loinc("LA28366-5"), code) == Value::improved), code);
    }
    for (const std::string& answer : {sct("399409002"), sct("260415000"), sct("281900007"), text("progression"),
                                      coded("http://terminology.hl7.org/CodeSystem/data-absent-reason", "not-asked")}) {
        BOOST_TEST(!status(answer).has_value(), answer);
    }
}

BOOST_AUTO_TEST_CASE(a_status_that_rests_on_something_else_than_images_is_none) {
    const auto evidence = [](const char* code) {
        return R"("extension": [{"url": "http://hl7.org/fhir/us/mcode/StructureDefinition/mcode-cancer-disease-status-evidence-type", "valueCodeableConcept": )" + sct(code) + "}], ";
    };
    BOOST_TEST(read(loinc("97509-4"), evidence("363679005") + value(sct("271299001"))).disease_statuses.size() == 1U);
    BOOST_TEST(read(loinc("97509-4"), evidence("252416005") + value(sct("271299001"))).disease_statuses.empty());
}

BOOST_AUTO_TEST_CASE(judgements_that_contradict_themselves_are_refused) {
    const auto both = [](const char* system, const char* a, const char* b) {
        return R"({"coding": [{"system": ")" + std::string(system) + R"(", "code": ")" + a + R"("}, {"system": ")" + system + R"(", "code": ")" + b + "\"}]}";
    };
    constexpr const char* local = "https://rectal-cds.example/fhir/CodeSystem/rectal-cds";
    const domain::Case status = read(loinc("97509-4"), value(both("http://snomed.info/sct", "268910001", "271299001")));
    BOOST_TEST((status.disease_statuses.empty() && is_unusable(status, Topic::disease_status)));
    const domain::Case resectable = read(coded(local, "metastases-resectability"), value(both(local, "resectable", "unresectable")));
    BOOST_TEST((resectable.resectability.empty() && is_unusable(resectable, Topic::resectability)));
    const domain::Case intent = read(coded(local, "treatment-intent"), value(both(local, "curative", "palliative")));
    BOOST_TEST((intent.intents.empty() && is_unusable(intent, Topic::intent)));
    const domain::Case agree = read(loinc("97509-4"), value(R"({"coding": [{"system": "http://snomed.info/sct", "code": "271299001"}, {"system": "http://loinc.org", "code": "LA28370-7"}]})"));
    BOOST_TEST(agree.disease_statuses.size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_score_of_the_patient_counts_under_whichever_cancer_it_is_filed) {
    const std::string colon = condition(coded("http://hl7.org/fhir/sid/icd-10-cm", "C18.2"), "", "c2");
    const std::string focus = "\"focus\": [{\"reference\": \"Condition/c2\"}], ";
    BOOST_TEST(DialectRecord({colon, observation(ecog, focus + "\"valueInteger\": 1")}).read().measurements.size() == 1U);
    BOOST_TEST(DialectRecord({colon, observation(loinc("97509-4"), focus + value(sct("271299001")))}).read().disease_statuses.empty());
}

BOOST_AUTO_TEST_SUITE_END()
