// Statuses, codes and events in forms that say something, but not enough to rest on (decisions.md 9 and 38).
#include <boost/test/unit_test.hpp>

#include <algorithm>

#include "fhir/dialect_record.hpp"

using namespace rectal_cds;
using namespace rectal_cds::testing;
using domain::ClinicalStatus;
using domain::Topic;

namespace {

const std::string c20 = coded("http://hl7.org/fhir/sid/icd-10-cm", "C20");
const std::string icd_10_gm = "http://fhir.de/CodeSystem/bfarm/icd-10-gm";
const std::string icd(std::string_view code) { return coded("http://hl7.org/fhir/sid/icd-10-cm", code); }

bool is_active(const std::string& members) {
    const domain::Case read = DialectRecord({condition(c20, members)}).read();
    return read.primaries.size() == 1 && read.primaries[0].clinical == ClinicalStatus::active;
}

bool is_in_remission(const std::string& members) {
    const domain::Case read = DialectRecord({condition(c20, members)}).read();
    return read.primaries.size() == 1 && read.primaries[0].clinical == ClinicalStatus::remission;
}

int uncoded_conditions(const domain::Case& record) {
    return record.uncoded[static_cast<std::size_t>(domain::Input::conditions)];
}

}  // namespace

BOOST_AUTO_TEST_SUITE(doubtful_forms)

BOOST_AUTO_TEST_CASE(a_status_in_plain_words_counts_where_it_is_one_of_the_codes) {
    BOOST_TEST(is_active(R"("clinicalStatus": "active", "verificationStatus": "confirmed")"));
    BOOST_TEST(is_active(R"("clinicalStatus": {"text": "Active"}, "verificationStatus": {"text": "Confirmed"})"));
    BOOST_TEST(is_in_remission(R"("clinicalStatus": "resolved")"));
    BOOST_TEST(is_in_remission(R"("clinicalStatus": {"text": "Resolved"})"));
    const domain::Case refuted = DialectRecord({condition(c20, R"("verificationStatus": "refuted")")}).read();
    BOOST_TEST((refuted.primaries.empty() && !is_unusable(refuted, Topic::primary)));
}

BOOST_AUTO_TEST_CASE(a_status_in_other_words_is_not_understood_and_never_taken_for_active) {
    for (
        const char* members :
        {R"("clinicalStatus": "ongoing")", R"("clinicalStatus": {"text": "under treatment"})",
         R"("clinicalStatus": {})",
         R"("clinicalStatus": {"extension": [{"url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": "unknown"}]})",
         R"("verificationStatus": {"text": "probably"})", R"("verificationStatus": "unknown")"}) {
        const domain::Case read = DialectRecord({condition(c20, members)}).read();
        BOOST_TEST((read.primaries.empty() && is_unusable(read, Topic::primary)), members);
    }
}

BOOST_AUTO_TEST_CASE(the_category_with_a_dash_is_the_category) {
    for (const char* code : {"C20", "C20.-", "c20"}) {
        BOOST_TEST(DialectRecord({condition(coded(icd_10_gm, code))}).read().primaries.size() == 1U, code);
    }
}

BOOST_AUTO_TEST_CASE(an_icd_code_with_additions_is_not_taken_for_another_disease) {
    for (const char* code : {"C20 G", "C20 V", "C20; C78.7", "C20.0", "C20+", "K60.4"}) {
        const domain::Case read = DialectRecord({condition(coded(icd_10_gm, code))}).read();
        BOOST_TEST((read.primaries.empty() && uncoded_conditions(read) == 1), code);
    }
    for (const char* code : {"I10", "E11.9", "M54.5"})
        BOOST_TEST(uncoded_conditions(DialectRecord({condition(coded(icd_10_gm, code))}).read()) == 0, code);
}

BOOST_AUTO_TEST_CASE(a_code_of_a_category_of_ours_casts_doubt_on_what_the_category_speaks_of) {
    const std::pair<const char*, Topic> kindred[] = {
        {"I26.02", Topic::thromboembolism},  {"I82.401", Topic::thromboembolism}, {"I21.09", Topic::thromboembolism},
        {"I63.511", Topic::thromboembolism}, {"K56.7", Topic::symptoms},          {"Z94.4", Topic::transplant},
        {"Z34.01", Topic::pregnancy},        {"G62.89", Topic::toxicity}};
    for (const auto& [code, topic] : kindred) {
        const domain::Case read = DialectRecord({condition(icd(code))}).read();
        BOOST_TEST((read.problems.empty() && is_unusable(read, topic)), code);
    }
}

BOOST_AUTO_TEST_CASE(no_doubt_comes_from_what_ended_is_long_past_or_of_another_category) {
    for (const std::string& other :
         {condition(icd("I25.10")), condition(icd("I26.02"), R"("clinicalStatus": "resolved")"),
          condition(icd("I82.401"), R"("onsetDateTime": "2019-05-01")"), condition(icd("K63.5")),
          condition(icd("R10.9"))})
        BOOST_TEST(DialectRecord({other}).read().unusable.empty(), other);
}

BOOST_AUTO_TEST_CASE(a_morphology_in_the_rectum_is_a_doubtful_diagnosis_where_none_is_coded) {
    const std::string site = R"("bodySite": [{"coding": [{"system": "http://snomed.info/sct", "code": "34402009"}]}])";
    const std::string morphology = condition(sct("35917007"), site, "c2");
    const domain::Case alone = DialectRecord({morphology}).read();
    BOOST_TEST((alone.primaries.empty() && is_unusable(alone, Topic::primary)));
    const domain::Case topography =
        DialectRecord({condition(coded("http://terminology.hl7.org/CodeSystem/icd-o-3", "C20.9"))}).read();
    BOOST_TEST((topography.primaries.empty() && is_unusable(topography, Topic::primary)));
    const domain::Case beside = DialectRecord({condition(c20), morphology}).read();
    BOOST_TEST((beside.primaries.size() == 1U && !is_unusable(beside, Topic::primary)));
    BOOST_TEST(DialectRecord({condition(sct("35917007"))}).read().unusable.empty());
}

BOOST_AUTO_TEST_CASE(an_event_that_was_begun_and_not_completed_is_neither_done_nor_absent) {
    const std::string bevacizumab = coded("http://www.nlm.nih.gov/research/umls/rxnorm", "253337");
    const std::string hepatectomy = coded("http://www.ama-assn.org/go/cpt", "47122");
    for (const char* status : {"in-progress", "stopped", "on-hold"}) {
        const std::string is = "\"status\": \"" + std::string(status) + '"';
        const domain::Case given = DialectRecord({administration(bevacizumab, is)}).read();
        BOOST_TEST((given.doses.empty() && is_unusable(given, Topic::medication)), status);
        const domain::Case operated = DialectRecord({procedure(hepatectomy, is)}).read();
        BOOST_TEST((operated.done.empty() && is_unusable(operated, Topic::surgery)), status);
        const std::string old = is + R"(, "effectiveDateTime": "2024-01-10")";
        BOOST_TEST(DialectRecord({administration(bevacizumab, old)}).read().unusable.empty(), status);
        const std::string past = is + R"(, "performedDateTime": "2024-01-10")";
        BOOST_TEST(DialectRecord({procedure(hepatectomy, past)}).read().unusable.empty(), status);
    }
    for (const char* status : {"not-done", "entered-in-error"}) {
        const std::string is = "\"status\": \"" + std::string(status) + '"';
        BOOST_TEST(DialectRecord({administration(bevacizumab, is), procedure(hepatectomy, is)}).read().unusable.empty(),
                   status);
    }
}

BOOST_AUTO_TEST_CASE(a_test_of_ours_under_a_code_that_is_not_read_leaves_its_result_open) {
    const std::pair<const char*, Topic> tests[] = {
        {"KRAS-Mutationsanalyse", Topic::kras}, {"RAS panel", Topic::nras}, {"B-RAF V600E", Topic::braf},
        {"Mismatch repair (IHC)", Topic::mmr},  {"MSI-Status", Topic::mmr}, {"DPYD genotype", Topic::dpyd}};
    const std::string says = R"("valueString": "p.G12D")";
    for (const auto& [name, topic] : tests) {
        const std::string local = R"({"coding": [{"system": "https://lab.example", "code": "MUT1", "display": ")" +
                                  std::string(name) + "\"}]}";
        BOOST_TEST(is_unusable(DialectRecord({observation(local, says)}).read(), topic), name);
        BOOST_TEST(is_unusable(DialectRecord({observation(text(name), says)}).read(), topic), name);
    }
    for (const char* other : {"Her blood pressure at home", "Premenstrual syndrome", "Grassland pollen", "Albumin"})
        BOOST_TEST(DialectRecord({observation(text(other), says)}).read().unusable.empty(), other);
    const std::string kras = text("KRAS");
    for (const char* members : {R"("status": "cancelled", "valueString": "p.G12D")", R"("status": "registered")",
                                R"("dataAbsentReason": {"text": "not performed"})"})
        BOOST_TEST(DialectRecord({observation(kras, members)}).read().unusable.empty(), members);
    BOOST_TEST(
        DialectRecord({observation(loinc("21703-4"), says)}).read().unusable.empty());  // known: what was tested for
}

BOOST_AUTO_TEST_SUITE_END()
