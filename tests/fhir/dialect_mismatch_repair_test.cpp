// MSI, mismatch repair proteins, HER2 and the pharmacogenes: polarity and panels (terminology.md 3, pitfalls 24, 31, 46).
#include <boost/test/unit_test.hpp>

#include "fhir/dialect_record.hpp"

using namespace rectal_cds;
using namespace rectal_cds::testing;
using domain::Metabolizer;
using domain::MmrResult;
using domain::Topic;
using Outcome = domain::MmrResult::Outcome;

namespace {

domain::Case read(const std::string& code, const std::string& members) { return DialectRecord({observation(code, members)}).read(); }

// One result; one that is not understood is as good as none.
std::optional<Outcome> mmr(const std::string& code, const std::string& members) {
    const domain::Case record = read(code, members);
    if (record.mmr.size() != 1) return std::nullopt;
    return record.mmr[0].outcome == Outcome::unclear ? Outcome::no_result : record.mmr[0].outcome;
}

const std::string msi = loinc("81695-9"), mlh1 = loinc("81691-8"), immunostain = loinc("62862-8");
const std::string positive = loinc("LA6576-8"), negative = loinc("LA6577-6");

std::string both(const char* a, const char* b) {
    return R"({"coding": [{"system": "http://loinc.org", "code": ")" + std::string(a) + R"("}, {"system": "http://loinc.org", "code": ")" + b + "\"}]}";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(dialect_mismatch_repair)

// The same word means the opposite: a protein that is there is proficient, instability that is there is not.
BOOST_AUTO_TEST_CASE(positive_is_proficient_for_a_protein_and_unstable_for_msi) {
    for (const char* code : {"81691-8", "81692-6", "81693-4", "81694-2"}) {
        BOOST_TEST((mmr(loinc(code), value(positive)) == Outcome::stable), code);
        BOOST_TEST((mmr(loinc(code), value(negative)) == Outcome::unstable), code);
    }
    BOOST_TEST((mmr(immunostain, value(positive)) == Outcome::unstable));
    BOOST_TEST((mmr(immunostain, value(negative)) == Outcome::stable));
}

BOOST_AUTO_TEST_CASE(msi_is_read_by_code_and_by_anchored_text) {
    for (const char* code : {"81695-9", "43368-0"}) {
        BOOST_TEST((mmr(loinc(code), value(loinc("LA26203-2"))) == Outcome::unstable), code);
        BOOST_TEST((mmr(loinc(code), value(loinc("LA14122-8"))) == Outcome::stable), code);
        BOOST_TEST((mmr(loinc(code), value(loinc("LA26202-4"))) == Outcome::stable), code);
        BOOST_TEST((mmr(loinc(code), value(loinc("LA11884-6"))) == Outcome::no_result), code);
    }
    for (const char* words : {"MSI-H", "dMMR", "msi-h"}) BOOST_TEST((mmr(msi, value(text(words))) == Outcome::unstable), words);
    for (const char* words : {"MSS", "pMMR", "MSI-L"}) BOOST_TEST((mmr(msi, value(text(words))) == Outcome::stable), words);
    for (const char* words : {"MSI-H not excluded", "no MSI", "stable disease", "not MSI-H"}) BOOST_TEST((mmr(msi, value(text(words))) == Outcome::no_result), words);
    BOOST_TEST((mmr(mlh1, value(text("Retained"))) == Outcome::stable));
    BOOST_TEST((mmr(mlh1, value(text("loss of expression"))) == Outcome::unstable));
    BOOST_TEST((mmr(mlh1, value(text("partial loss"))) == Outcome::no_result));
}

BOOST_AUTO_TEST_CASE(parts_of_an_msi_panel_are_not_its_result) {
    for (const char* code : {"81708-0", "81709-8", "81696-7", "81697-5"}) {
        const domain::Case record = read(loinc(code), value(positive));
        BOOST_TEST((record.mmr.empty() && record.unusable.empty()), code);
    }
}

BOOST_AUTO_TEST_CASE(a_contradictory_result_is_refused) {
    for (const auto& [code, members] : {std::pair{msi, value(both("LA26203-2", "LA14122-8"))},
                                        std::pair{msi, value(R"({"coding": [{"system": "http://loinc.org", "code": "LA26203-2"}], "text": "MSS"})")},
                                        std::pair{mlh1, value(both("LA6576-8", "LA6577-6"))},
                                        std::pair{mlh1, value(R"({"coding": [{"system": "http://loinc.org", "code": "LA6576-8"}], "text": "loss of expression"})")}}) {
        const domain::Case record = read(code, members);
        BOOST_TEST((record.mmr.empty() && is_unusable(record, Topic::mmr)));
    }
    BOOST_TEST((mmr(msi, value(R"({"coding": [{"system": "http://loinc.org", "code": "LA26203-2"}], "text": "MSI-H"})")) == Outcome::unstable));
}

// The panel's own code says nothing; its results stand in members or components.
BOOST_AUTO_TEST_CASE(proteins_are_read_from_the_components_of_a_panel) {
    const auto stained = [](const char* code, const std::string& answer) { return "{\"code\": " + loinc(code) + ", " + value(answer) + "}"; };
    const domain::Case record = read(text("MMR panel"), "\"component\": [" + stained("81691-8", negative) + ", " + stained("81692-6", positive) + "]");
    BOOST_TEST_REQUIRE(record.mmr.size() == 2U);
    BOOST_TEST((record.mmr[0].protein == MmrResult::Protein::mlh1 && record.mmr[0].outcome == Outcome::unstable));
    BOOST_TEST((record.mmr[1].protein == MmrResult::Protein::msh2 && record.mmr[1].outcome == Outcome::stable));
    BOOST_TEST(read(text("MMR panel"), value(text("pMMR"))).mmr.empty());
    const std::string missing = "{\"code\": " + loinc("81691-8") + R"(, "dataAbsentReason": )" + coded("http://terminology.hl7.org/CodeSystem/data-absent-reason", "unknown") + "}";
    BOOST_TEST((mmr(text("MMR panel"), "\"component\": [" + missing + "]") == Outcome::no_result));
}

BOOST_AUTO_TEST_CASE(a_problem_called_msi_high_is_no_test_result) {
    BOOST_TEST(DialectRecord({condition(sct("737058005"), "\"bodySite\": [" + sct("34402009") + "]")}).read().mmr.empty());
}

BOOST_AUTO_TEST_CASE(her2_scores_are_read_and_2_is_equivocal) {
    const auto her2 = [](const std::string& members, const char* code = "18474-7") {
        const domain::Case record = read(loinc(code), members);
        return record.genes.size() == 1 ? std::optional(record.genes[0].outcome) : std::nullopt;
    };
    using Gene = domain::GeneResult::Outcome;
    const auto is_undecided = [&](const char* members) { return her2(members) == Gene::no_result || her2(members) == Gene::unclear; };
    for (const char* members : {"\"valueString\": \"3+\"", "\"valueInteger\": 3"}) BOOST_TEST((her2(members) == Gene::mutant), members);
    for (const char* members : {"\"valueString\": \"1+\"", "\"valueString\": \"0\"", "\"valueInteger\": 1"}) BOOST_TEST((her2(members) == Gene::wild_type), members);
    for (const char* members : {"\"valueString\": \"2+\"", "\"valueInteger\": 2"}) BOOST_TEST(is_undecided(members), members);
    BOOST_TEST(!her2("\"valueString\": \"3+\"", "85319-2").has_value());  // a code for breast
}

BOOST_AUTO_TEST_CASE(a_metaboliser_is_read_by_code_and_text) {
    const auto dpyd = [](const std::string& members, const std::string& code = loinc("45284-7")) {
        const domain::Case record = read(code, members);
        return record.metabolizers.size() == 1 ? std::optional(record.metabolizers[0].phenotype) : std::nullopt;
    };
    using Phenotype = Metabolizer::Phenotype;
    BOOST_TEST((dpyd(value(loinc("LA9657-3"))) == Phenotype::poor));
    BOOST_TEST((dpyd(value(loinc("LA10317-8"))) == Phenotype::intermediate));
    BOOST_TEST((dpyd(value(loinc("LA25391-6"))) == Phenotype::normal));
    BOOST_TEST((dpyd(value(text("Intermediate metabolizer"))) == Phenotype::intermediate));
    BOOST_TEST((dpyd(value(loinc("LA9657-3")), coded("https://rectal-cds.example/fhir/CodeSystem/rectal-cds", "dpyd-phenotype")) == Phenotype::poor));
    BOOST_TEST(!dpyd(value(loinc("LA9657-3")), loinc("79719-1")).has_value());  // that number is said to be another enzyme
    BOOST_TEST(!dpyd(value(text("reduced activity"))).has_value());
    BOOST_TEST(is_unusable(read(loinc("45284-7"), value(both("LA9657-3", "LA25391-6"))), Topic::dpyd));
    // local-codes.md 2 gives the spelling; another one is said to be not understood.
    BOOST_TEST(is_unusable(read(loinc("45284-7"), value(text("Poor Metaboliser"))), Topic::dpyd));
    BOOST_TEST((DialectRecord({observation(loinc("72508-5"), value(text("*28/*28")))}).read().metabolizers.at(0).phenotype == Phenotype::poor));
}

BOOST_AUTO_TEST_CASE(a_somatic_variant_tells_nothing_of_the_patients_enzyme) {
    const std::string somatic = "\"component\": [{\"code\": " + loinc("48002-0") + ", " + value(loinc("LA6684-0")) + "}], ";
    BOOST_TEST(read(loinc("45284-7"), somatic + value(loinc("LA9657-3"))).metabolizers.empty());
}

BOOST_AUTO_TEST_SUITE_END()
