// Stages as SNOMED CT, AJCC and UICC codes and as text; copies and contradictions (terminology.md 2, pitfalls 10 to 17).
#include <boost/test/unit_test.hpp>

#include "domain/staging.hpp"
#include "fhir/dialect_record.hpp"
#include "fhir/text_forms.hpp"

using namespace rectal_cds;
using namespace rectal_cds::testing;
using domain::MCategory;
using domain::Topic;

namespace {

const std::string c20 = coded("http://hl7.org/fhir/sid/icd-10-cm", "C20");
const std::string ajcc(std::string_view code) { return coded("http://cancerstaging.org", code); }
const std::string uicc(std::string_view code) { return coded("https://www.uicc.org/resources/tnm", code); }

// T, M or stage group Observations, by the code that the dialect gives the question.
domain::Case read(const std::string& code, const std::string& members) { return DialectRecord({condition(c20), observation(code, members)}).read(); }

std::optional<bool> t4b(const domain::Case& record) {
    return record.t_categories.size() == 1 ? std::optional(record.t_categories[0].t4b) : std::nullopt;
}
std::optional<bool> metastatic(const domain::Case& record) {
    return record.stages.size() == 1 ? std::optional(record.stages[0].metastatic) : std::nullopt;
}

const std::string ct = sct("399504009"), cm = sct("399387003"), group = sct("399537006");

}  // namespace

BOOST_AUTO_TEST_SUITE(dialect_staging)

BOOST_AUTO_TEST_CASE(a_category_is_read_under_each_code_of_its_question) {
    for (const char* code : {"399504009", "384625004", "78873005", "1222585009", "1222589003"}) {
        BOOST_TEST((t4b(read(sct(code), value(sct("1228946001")))) == true), code);
    }
    for (const char* code : {"21905-5", "21899-0", "21911-3"}) BOOST_TEST((t4b(read(loinc(code), value(ajcc("cT4b")))) == true), code);
    for (const char* code : {"399387003", "371497001", "277208005", "1222587001", "1222591006"}) {
        BOOST_TEST((metastatic(read(sct(code), value(sct("1229904003")))) == true), code);
    }
    for (const char* code : {"21907-1", "21901-4", "21913-9"}) BOOST_TEST((metastatic(read(loinc(code), value(ajcc("cM1a")))) == true), code);
}

BOOST_AUTO_TEST_CASE(t4_without_a_letter_and_tx_are_neither_t4b_nor_another) {
    for (const char* code : {"1228944003", "1222604002"}) BOOST_TEST(!t4b(read(ct, value(sct(code)))).has_value(), code);
    for (const char* words : {"cT4", "TX", "pT4"}) BOOST_TEST(!t4b(read(ct, value(text(words)))).has_value(), words);
    BOOST_TEST((t4b(read(ct, value(sct("1228945002")))) == false));  // cT4a
}

// German records leave the prefix to an extension of Observation.code, or leave it out.
BOOST_AUTO_TEST_CASE(uicc_codes_without_prefix_are_read) {
    const std::string prefix = R"({"extension": [{"url": "https://www.medizininformatik-initiative.de/fhir/ext/modul-onko/StructureDefinition/mii-ex-onko-tnm-cp-praefix", "valueCodeableConcept": {"coding": [{"system": "https://www.uicc.org/resources/tnm", "code": "p"}]}}], "coding": [{"system": "http://snomed.info/sct", "code": "384625004"}]})";
    BOOST_TEST((t4b(read(prefix, value(uicc("T4b")))) == true));
    BOOST_TEST((t4b(read(prefix, value(uicc("T3")))) == false));
    BOOST_TEST((metastatic(read(cm, value(uicc("M0")))) == false));
    BOOST_TEST((metastatic(read(cm, value(uicc("M1c")))) == true));
    BOOST_TEST((metastatic(read(group, value(uicc("IVB")))) == true));
    BOOST_TEST((metastatic(read(group, value(uicc("IIA")))) == false));
    BOOST_TEST(!metastatic(read(cm, value(coded("https://example.org/tnm", "M0")))).has_value());  // a system we do not know
}

BOOST_AUTO_TEST_CASE(ajcc_codes_of_stu1_and_stu2_are_read) {
    for (const char* code : {"4", "4A", "4B", "4C"}) BOOST_TEST((metastatic(read(loinc("21908-9"), value(ajcc(code)))) == true), code);
    for (const char* code : {"3C", "2B"}) BOOST_TEST((metastatic(read(loinc("21908-9"), value(ajcc(code)))) == false), code);
    BOOST_TEST(!metastatic(read(loinc("21908-9"), value(coded("https://example.org/stage", "4A")))).has_value());
}

BOOST_AUTO_TEST_CASE(a_text_counts_whole_and_anchored) {
    for (const char* words : {"cM1a", "M1", "pM1b", "ycM1", "  m1C "}) BOOST_TEST((metastatic(read(cm, value(text(words)))) == true), words);
    BOOST_TEST((metastatic(read(cm, "\"valueString\": \"cM0\"")) == false));
    for (const char* words : {"M1 (liver)", "no M1", "MX", "metastatic", "M1d", "possible M1"}) {
        BOOST_TEST(!metastatic(read(cm, value(text(words)))).has_value(), words);
    }
    for (const char* words : {"Stage IV", "IVA", "stage ivc"}) BOOST_TEST((metastatic(read(group, value(text(words)))) == true), words);
    for (const char* words : {"Clinical", "Stadium IVA", "Stage IV disease", "Stage 4", "not stage IV"}) {
        BOOST_TEST(!metastatic(read(group, value(text(words)))).has_value(), words);
    }
}

BOOST_AUTO_TEST_CASE(all_three_categories_are_read_from_one_text) {
    for (const char* words : {"cT4bN1M1a", "cT4b cN1 cM1a", "T4bN1cM1", "ypT4b N2a M1", "ct4bn1cm1a"}) {
        for (const std::string& code : {ct, cm, group}) {
            const domain::Case record = read(code, value(text(words)));
            BOOST_TEST((t4b(record) == true), words);
            BOOST_TEST((metastatic(record) == true), words);
        }
    }
    const domain::Case lower = read(group, "\"valueString\": \"cT3cN0cM0\"");
    BOOST_TEST((t4b(lower) == false && metastatic(lower) == false));
}

BOOST_AUTO_TEST_CASE(a_text_that_is_not_wholly_tnm_says_nothing) {
    for (const char* words : {"cT4bN1", "cT4bN1M1a, liver", "T4b/N1/M1", "cT4bM1aN1", "staged cT4bN1M1a", "cT4bN1M1aX", "cT5N1M1", "N1M1", ""}) {
        const domain::Case record = read(group, value(text(words)));
        BOOST_TEST((record.t_categories.empty() && record.stages.empty()), words);
    }
}

BOOST_AUTO_TEST_CASE(the_c_between_t4_and_n_is_a_prefix) {
    const auto parts = fhir::tnm_texts("cT4cN1cM0");
    BOOST_TEST_REQUIRE(parts.size() == 3U);
    BOOST_TEST((parts[0].value == "4" && parts[2].value == "0"));
    BOOST_TEST((fhir::tnm_texts("T4aN1M0")[0].value == "4A"));
}

BOOST_AUTO_TEST_CASE(contradictory_codes_of_one_value_are_refused) {
    const auto both = [](const char* a, const char* b) { return R"({"coding": [)" + std::string(a) + ", " + b + "]}"; };
    const char* t4b_code = R"({"system": "http://snomed.info/sct", "code": "1228946001"})";
    const domain::Case t = read(ct, value(both(t4b_code, R"({"system": "http://cancerstaging.org", "code": "cT3"})")));
    BOOST_TEST((t.t_categories.empty() && is_unusable(t, Topic::stage)));
    const domain::Case m = read(cm, value(both(R"({"system": "http://snomed.info/sct", "code": "1229901006"})", R"({"system": "https://www.uicc.org/resources/tnm", "code": "M1a"})")));
    BOOST_TEST((m.stages.empty() && is_unusable(m, Topic::stage)));
    const domain::Case agree = read(ct, value(both(t4b_code, R"({"system": "http://cancerstaging.org", "code": "cT4b"})")));
    BOOST_TEST((t4b(agree) == true));
}

BOOST_AUTO_TEST_CASE(not_applicable_inside_the_value_says_nothing) {
    const domain::Case record = read(sct("371497001"), value(coded("http://terminology.hl7.org/CodeSystem/data-absent-reason", "not-applicable")));
    BOOST_TEST((record.stages.empty() && record.unusable.empty()));
}

BOOST_AUTO_TEST_CASE(a_category_filed_under_imaging_without_method_or_focus_counts) {
    const std::string imaging = R"("category": [{"coding": [{"system": "http://terminology.hl7.org/CodeSystem/observation-category", "code": "imaging"}]}], )";
    BOOST_TEST((t4b(read(ct, imaging + value(sct("1228946001")))) == true));
}

BOOST_AUTO_TEST_CASE(the_stage_of_another_cancer_is_not_that_of_the_rectum) {
    const std::string breast = condition(coded("http://hl7.org/fhir/sid/icd-10-cm", "C50.9"), "", "c2");
    const auto stage_of = [&](const char* focus) {
        return observation(cm, "\"focus\": [{\"reference\": \"" + std::string(focus) + "\"}], " + value(sct("1229901006")));
    };
    BOOST_TEST(DialectRecord({condition(c20), breast, stage_of("Condition/c2")}).read().stages.empty());
    BOOST_TEST(DialectRecord({condition(c20), breast, stage_of("https://ehr.example/fhir/Condition/c2")}).read().stages.empty());
    BOOST_TEST(DialectRecord({condition(c20), breast, stage_of("Condition/c1")}).read().stages.size() == 1U);
    BOOST_TEST(DialectRecord({condition(c20), breast, stage_of("Condition/not-delivered")}).read().stages.size() == 1U);
}

namespace {

// A primary with a stage summary, recorded on a day, and an M category assessed on 2026-02-20.
MCategory m_of(const char* summary, const char* recorded, const char* m_code, bool assessed = false) {
    std::string stage = "\"recordedDate\": \"" + std::string(recorded) + "\", \"stage\": [{\"summary\": " + sct(summary);
    if (assessed) stage += R"(, "assessment": [{"reference": "Observation/o1"}])";
    const domain::Case record = DialectRecord({condition(c20, stage + "}]"), observation(cm, value(sct(m_code)))}).read();
    return domain::stage(record).m;
}

}  // namespace

// The summary on the Condition is a copy that nobody may have renewed.
BOOST_AUTO_TEST_CASE(a_stage_summary_never_outranks_a_newer_or_older_observation) {
    BOOST_TEST((m_of("1222806003", "2026-02-28", "1229904003") == MCategory::conflict));        // IIIC recorded after M1
    BOOST_TEST((m_of("1222806003", "2025-01-10", "1229904003") == MCategory::m1));              // IIIC of last year
    BOOST_TEST((m_of("1222837003", "2026-02-28", "1229901006") == MCategory::conflict));        // IV recorded after M0
    BOOST_TEST((m_of("1222837003", "2026-02-28", "1229904003") == MCategory::m1));              // both say the same
}

BOOST_AUTO_TEST_CASE(a_stage_summary_is_as_old_as_its_assessment) {
    BOOST_TEST((m_of("1222806003", "2025-01-10", "1229904003", true) == MCategory::conflict));
}

BOOST_AUTO_TEST_CASE(a_stage_summary_counts_where_no_observation_does) {
    const auto m = [](const std::string& summary) {
        return domain::stage(DialectRecord({condition(c20, "\"stage\": [{\"summary\": " + summary + "}]")}).read()).m;
    };
    BOOST_TEST((m(sct("1222837003")) == MCategory::m1));
    BOOST_TEST((m(uicc("IVA")) == MCategory::m1));
    BOOST_TEST((m(text("cT4bN1M1a")) == MCategory::m1));
    BOOST_TEST((m(text("advanced")) == MCategory::unknown));
}

BOOST_AUTO_TEST_SUITE_END()
