// The primary, its histology and its metastases in every dialect (terminology.md 1 and 13, pitfalls 4 to 9).
#include <boost/test/unit_test.hpp>

#include "fhir/dialect_record.hpp"

using namespace rectal_cds;
using namespace rectal_cds::testing;
using domain::ClinicalStatus;
using domain::Secondary;
using domain::Topic;
using Histology = domain::Primary::Histology;

namespace {

const std::string c20 = coded("http://hl7.org/fhir/sid/icd-10-cm", "C20");
const std::string icd(std::string_view code) { return coded("http://hl7.org/fhir/sid/icd-10-cm", code); }
const std::string icd_o_3(std::string_view code) { return coded("http://terminology.hl7.org/CodeSystem/icd-o-3", code); }

std::string histology_extension(std::string_view concept_json) {
    return R"("extension": [{"url": "http://hl7.org/fhir/us/mcode/StructureDefinition/mcode-histology-morphology-behavior", "valueCodeableConcept": )" +
           std::string(concept_json) + "}]";
}

std::string german_histology(std::string_view concept_json) {
    return R"("extension": [{"url": "https://www.medizininformatik-initiative.de/fhir/ext/modul-onko/StructureDefinition/mii-ex-onko-histology-morphology-behavior-icdo3", "valueCodeableConcept": )" +
           std::string(concept_json) + "}]";
}

Histology histology(const DialectRecord& record) {
    const domain::Case read = record.read();
    BOOST_TEST_REQUIRE(read.primaries.size() == 1U);
    return read.primaries[0].histology;
}

std::string status(const char* member, const char* system, const char* code) {
    return '"' + std::string(member) + "\": " + coded("http://terminology.hl7.org/CodeSystem/" + std::string(system), code);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(dialect_diagnosis)

BOOST_AUTO_TEST_CASE(c20_alone_presumes_adenocarcinoma_and_snomed_may_state_it) {
    BOOST_TEST((histology({condition(c20)}) == Histology::presumed));
    BOOST_TEST((histology({condition(sct("254582000"))}) == Histology::adenocarcinoma));
    BOOST_TEST((histology({condition(sct("363351006"))}) == Histology::presumed));
}

BOOST_AUTO_TEST_CASE(rectosigmoid_and_overlapping_cancers_are_not_taken_for_rectal) {
    for (const char* code : {"C19", "C21.8", "C18.7", "C21.1"}) {
        const domain::Case read = DialectRecord({condition(icd(code))}).read();
        BOOST_TEST((read.primaries.empty() && read.other_primaries.size() == 1U), code);
    }
}

BOOST_AUTO_TEST_CASE(a_secondary_in_the_rectum_and_a_history_are_no_primary) {
    for (const char* code : {"C78.5", "Z85.048"}) BOOST_TEST(DialectRecord({condition(icd(code))}).read().primaries.empty(), code);
}

BOOST_AUTO_TEST_CASE(a_colorectal_code_needs_the_rectum_as_its_site) {
    const std::string rectum = "\"bodySite\": [" + icd_o_3("C20.9") + "]", colon = "\"bodySite\": [" + sct("71854001") + "]";
    BOOST_TEST(DialectRecord({condition(sct("781382000"), rectum)}).read().primaries.size() == 1U);
    BOOST_TEST(DialectRecord({condition(sct("781382000"), colon)}).read().primaries.empty());
    BOOST_TEST(DialectRecord({condition(sct("781382000"))}).read().primaries.empty());
}

// The German record names the side in a second bodySite: "not applicable".
BOOST_AUTO_TEST_CASE(every_body_site_is_looked_at) {
    const std::string sites = "\"bodySite\": [" + sct("385432009") + ", " + coded("urn:oid:2.16.840.1.113883.6.43.1", "C20.9") + "]";
    BOOST_TEST(DialectRecord({condition(sct("781382000"), sites)}).read().primaries.size() == 1U);
}

BOOST_AUTO_TEST_CASE(histology_stands_in_the_mcode_or_in_the_german_extension) {
    BOOST_TEST((histology({condition(c20, histology_extension(sct("1187332001")))}) == Histology::adenocarcinoma));
    BOOST_TEST((histology({condition(c20, histology_extension(sct("35917007")))}) == Histology::adenocarcinoma));
    BOOST_TEST((histology({condition(c20, german_histology(icd_o_3("8140/3")))}) == Histology::adenocarcinoma));
    BOOST_TEST((histology({condition(c20, german_histology(icd_o_3("8246/3")))}) == Histology::other));
}

BOOST_AUTO_TEST_CASE(a_morphology_that_is_not_known_is_not_adenocarcinoma) {
    BOOST_TEST((histology({condition(c20, histology_extension(icd_o_3("8070/3")))}) == Histology::unrecognised));
    BOOST_TEST((histology({condition(c20, histology_extension(icd_o_3("80463/3")))}) == Histology::unrecognised));  // misspelt
    BOOST_TEST((histology({condition(c20, histology_extension(sct("1220561009")))}) == Histology::presumed));        // "not recorded"
}

BOOST_AUTO_TEST_CASE(a_histology_observation_settles_what_the_condition_left_open) {
    const std::string about = "\"focus\": [{\"reference\": \"Condition/c1\"}], ", elsewhere = "\"focus\": [{\"reference\": \"Condition/c9\"}], ";
    BOOST_TEST((histology({condition(c20), observation(loinc("59847-4"), about + value(icd_o_3("8140/3")))}) == Histology::adenocarcinoma));
    BOOST_TEST((histology({condition(c20), observation(loinc("31206-6"), about + value(icd_o_3("8246/3")))}) == Histology::other));
    BOOST_TEST((histology({condition(c20), observation(loinc("59847-4"), elsewhere + value(icd_o_3("8246/3")))}) == Histology::presumed));
    BOOST_TEST((histology({condition(c20), observation(loinc("59847-4"), value(loinc("LA9633-4")))}) == Histology::presumed));
}

// Some senders put the morphology into a Condition of its own, without a link.
BOOST_AUTO_TEST_CASE(a_condition_that_is_only_a_morphology_speaks_of_the_only_primary) {
    BOOST_TEST((histology({condition(sct("93984006")), condition(icd_o_3("8140/3"), "", "c2")}) == Histology::adenocarcinoma));
    BOOST_TEST((histology({condition(sct("93984006")), condition(icd_o_3("8154/3"), "", "c2")}) == Histology::other));
    BOOST_TEST((histology({condition(sct("93984006")), condition(icd_o_3("8070/3"), "", "c2")}) == Histology::unrecognised));
    BOOST_TEST((histology({condition(sct("93984006")), condition(icd_o_3("80463/3"), "", "c2")}) == Histology::presumed));
    BOOST_TEST((histology({condition(sct("93984006")), condition(sct("1220561009"), "", "c2")}) == Histology::presumed));
}

BOOST_AUTO_TEST_CASE(beside_a_second_cancer_a_lone_morphology_speaks_of_neither) {
    const DialectRecord two{condition(c20), condition(icd("C18.2"), "", "c2"), condition(icd_o_3("8246/3"), "", "c3")};
    BOOST_TEST((histology(two) == Histology::presumed));
    const std::string refuted = status("verificationStatus", "condition-ver-status", "refuted");
    BOOST_TEST((histology({condition(c20), condition(icd_o_3("8246/3"), refuted, "c2")}) == Histology::presumed));
}

BOOST_AUTO_TEST_CASE(only_a_confirmed_diagnosis_counts) {
    for (const char* code : {"refuted", "entered-in-error", "unconfirmed", "provisional", "differential"}) {
        BOOST_TEST(DialectRecord({condition(c20, status("verificationStatus", "condition-ver-status", code))}).read().primaries.empty(), code);
    }
    const domain::Case odd = DialectRecord({condition(c20, status("verificationStatus", "condition-ver-status", "perhaps"))}).read();
    BOOST_TEST((odd.primaries.empty() && is_unusable(odd, Topic::primary)));
}

BOOST_AUTO_TEST_CASE(relapse_is_active_and_remission_is_not) {
    for (const char* code : {"active", "recurrence", "relapse"}) {
        BOOST_TEST((DialectRecord({condition(c20, status("clinicalStatus", "condition-clinical", code))}).read().primaries.at(0).clinical == ClinicalStatus::active), code);
    }
    for (const char* code : {"remission", "resolved", "inactive"}) {
        BOOST_TEST((DialectRecord({condition(c20, status("clinicalStatus", "condition-clinical", code))}).read().primaries.at(0).clinical == ClinicalStatus::remission), code);
    }
}

// The German record adds how the tumour was confirmed as a second, local coding of the same element.
BOOST_AUTO_TEST_CASE(a_status_is_read_by_its_own_code_system_whatever_stands_beside_it) {
    const std::string local = R"({"system": "https://example.org/how-confirmed", "code": "7"})";
    const auto hl7 = [](const char* code) { return R"({"system": "http://terminology.hl7.org/CodeSystem/condition-ver-status", "code": ")" + std::string(code) + "\"}"; };
    const auto verified = [](const std::string& codings) { return "\"verificationStatus\": {\"coding\": [" + codings + "]}"; };
    BOOST_TEST(DialectRecord({condition(c20, verified(local + ", " + hl7("confirmed")))}).read().primaries.size() == 1U);
    BOOST_TEST(DialectRecord({condition(c20, verified(local + ", " + hl7("refuted")))}).read().primaries.empty());
    const domain::Case both = DialectRecord({condition(c20, verified(hl7("confirmed") + ", " + hl7("refuted")))}).read();
    BOOST_TEST((both.primaries.empty() && is_unusable(both, Topic::primary)));
}

BOOST_AUTO_TEST_CASE(metastases_are_read_by_organ) {
    const auto site = [](const std::string& code, const std::string& members = "") {
        const domain::Case read = DialectRecord({condition(code, members)}).read();
        BOOST_TEST_REQUIRE(read.secondaries.size() == 1U);
        return read.secondaries[0].site;
    };
    BOOST_TEST((site(sct("94381002")) == Secondary::Site::liver));
    BOOST_TEST((site(sct("94381002:260716003=93761005")) == Secondary::Site::liver));
    BOOST_TEST((site(icd("C78.01")) == Secondary::Site::lung));
    BOOST_TEST((site(icd("C786")) == Secondary::Site::peritoneum));
    BOOST_TEST((site(icd("C79.51")) == Secondary::Site::other));
}

BOOST_AUTO_TEST_CASE(a_code_without_organ_takes_it_from_the_body_site) {
    const auto site = [](const std::string& sites) {
        return DialectRecord({condition(sct("128462008"), sites.empty() ? "" : "\"bodySite\": [" + sites + "]")}).read().secondaries.at(0).site;
    };
    BOOST_TEST((site(sct("10200004")) == Secondary::Site::liver));
    BOOST_TEST((site(sct("39607008")) == Secondary::Site::lung));
    BOOST_TEST((site(sct("118762006")) == Secondary::Site::peritoneum));
    BOOST_TEST((site(sct("10200004") + ", " + sct("39607008")) == Secondary::Site::other));
    BOOST_TEST((site("") == Secondary::Site::other));
}

// From an organ, a history, lymph nodes, a primary of the peritoneum, and what one generator means by stage IV.
BOOST_AUTO_TEST_CASE(look_alikes_are_no_metastasis) {
    for (const char* code : {"315000005", "315006004", "1098951000119108", "94392001", "372016004", "363492001", "94260004"}) {
        BOOST_TEST(DialectRecord({condition(sct(code))}).read().secondaries.empty(), code);
    }
    for (const char* code : {"C77.2", "C48.2"}) BOOST_TEST(DialectRecord({condition(icd(code))}).read().secondaries.empty(), code);
    const std::string history = observation(sct("1287652008"), "\"valueBoolean\": false");
    BOOST_TEST(DialectRecord({history}).read().secondaries.empty());
}

BOOST_AUTO_TEST_CASE(a_metastasis_names_its_primary_by_relative_and_by_absolute_reference) {
    for (const char* reference : {"Condition/c1", "https://ehr.example/fhir/Condition/c1", "Condition/c1/_history/3"}) {
        const std::string related = R"("extension": [{"url": "http://hl7.org/fhir/StructureDefinition/condition-related", "valueReference": {"reference": ")" +
                                    std::string(reference) + "\"}}]";
        const domain::Case read = DialectRecord({condition(c20), condition(sct("94381002"), related, "c2")}).read();
        BOOST_TEST_REQUIRE(read.secondaries.at(0).related_to.size() == 1U);
        BOOST_TEST(read.secondaries[0].related_to[0] == "c1");
    }
}

BOOST_AUTO_TEST_SUITE_END()
