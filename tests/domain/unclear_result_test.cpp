// A final result whose value is not understood: it decides nothing by itself, and nothing beside it counts as negative.
#include <boost/test/unit_test.hpp>

#include "domain/typical_patient.hpp"

using namespace rectal_cds::testing;
using rectal_cds::domain::Gene;
using rectal_cds::domain::GeneResult;
using rectal_cds::domain::MmrResult;

namespace {

Change gene(Gene which, GeneResult::Outcome outcome) {
    return [=](Case& record) {
        GeneResult result;
        result.source = source("gene result", days_ago(5));
        result.gene = which, result.outcome = outcome;
        record.genes.push_back(result);
    };
}

Change mmr(MmrResult::Outcome outcome) {
    return [=](Case& record) { record.mmr.push_back({source("MMR", days_ago(5)), outcome, MmrResult::Protein::none}); };
}

}  // namespace

BOOST_AUTO_TEST_SUITE(unclear_result)

BOOST_AUTO_TEST_CASE(wild_type_beside_a_result_that_is_not_understood_is_not_wild_type) {
    const auto kras = gene(Gene::kras, GeneResult::Outcome::wild_type), nras = gene(Gene::nras, GeneResult::Outcome::wild_type);
    BOOST_TEST(truth("RAS wild-type", {kras, nras}) == yes);
    const auto unclear = gene(Gene::kras, GeneResult::Outcome::unclear);
    BOOST_TEST(truth("RAS wild-type", {kras, nras, unclear}) == unknown);
    BOOST_TEST(truth("RAS not established", {kras, nras, unclear}) == yes);
    BOOST_TEST(truth("RAS test missing", {kras, nras, unclear}) == yes);
}

BOOST_AUTO_TEST_CASE(a_mutation_stays_a_mutation_beside_a_result_that_is_not_understood) {
    BOOST_TEST(truth("RAS mutant", {gene(Gene::kras, GeneResult::Outcome::mutant), gene(Gene::kras, GeneResult::Outcome::unclear)}) == yes);
}

BOOST_AUTO_TEST_CASE(braf_wild_type_beside_a_result_that_is_not_understood_is_not_settled) {
    const auto wild = gene(Gene::braf, GeneResult::Outcome::wild_type), unclear = gene(Gene::braf, GeneResult::Outcome::unclear);
    BOOST_TEST(truth("BRAF wild-type", {wild}) == yes);
    BOOST_TEST(truth("BRAF wild-type", {wild, unclear}) == unknown);
}

BOOST_AUTO_TEST_CASE(mss_or_msi_high_beside_a_result_that_is_not_understood_is_not_established) {
    const auto unclear = mmr(MmrResult::Outcome::unclear);
    BOOST_TEST(truth("MSS or pMMR", {mmr(MmrResult::Outcome::stable), unclear}) == unknown);
    BOOST_TEST(truth("MSI-H or dMMR", {mmr(MmrResult::Outcome::unstable), unclear}) == unknown);
    BOOST_TEST(truth("MMR status not established", {mmr(MmrResult::Outcome::unstable), unclear}) == yes);
}

BOOST_AUTO_TEST_SUITE_END()
