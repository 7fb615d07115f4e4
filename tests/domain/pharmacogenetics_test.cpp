// Germline DPYD and UGT1A1 (clinical.md 3.7 H; decisions.md: caution needs less proof than its removal).
#include <boost/test/unit_test.hpp>

#include "domain/changes.hpp"

using namespace rectal_cds::testing;
using Pharmacogene = rectal_cds::domain::Metabolizer::Gene;
using Phenotype = rectal_cds::domain::Metabolizer::Phenotype;

namespace {

Change dpyd(Phenotype phenotype) { return metabolizer(Pharmacogene::dpyd, phenotype); }
Change ugt1a1(Phenotype phenotype) { return metabolizer(Pharmacogene::ugt1a1, phenotype); }

const char* const poor = "DPYD poor metaboliser";
const char* const intermediate = "DPYD intermediate metaboliser";
const char* const untested = "No DPYD result on record";

}  // namespace

BOOST_AUTO_TEST_SUITE(a_dpyd_result)

BOOST_AUTO_TEST_CASE(is_poor_intermediate_or_normal) {
    BOOST_TEST(truth(poor, {dpyd(Phenotype::poor)}) == yes);
    BOOST_TEST(truth(intermediate, {dpyd(Phenotype::poor)}) == no);
    BOOST_TEST(truth(poor, {dpyd(Phenotype::intermediate)}) == no);
    BOOST_TEST(truth(intermediate, {dpyd(Phenotype::intermediate)}) == yes);
    BOOST_TEST(truth(poor, {dpyd(Phenotype::normal)}) == no);
    BOOST_TEST(truth(intermediate, {dpyd(Phenotype::normal)}) == no);
}

BOOST_AUTO_TEST_CASE(that_contradicts_another_counts_as_the_worse_one) {
    BOOST_TEST(truth(poor, {dpyd(Phenotype::normal), dpyd(Phenotype::poor)}) == yes);
    BOOST_TEST(truth(intermediate, {dpyd(Phenotype::intermediate), dpyd(Phenotype::poor)}) == no);
    BOOST_TEST(truth(intermediate, {dpyd(Phenotype::intermediate), dpyd(Phenotype::normal)}) == yes);
}

BOOST_AUTO_TEST_CASE(of_any_kind_means_tested) {
    BOOST_TEST(truth(untested, {}) == yes);
    for (const Phenotype phenotype : {Phenotype::poor, Phenotype::intermediate, Phenotype::normal}) {
        BOOST_TEST(truth(untested, {dpyd(phenotype)}) == no);
        BOOST_TEST(truth(untested, {dpyd(phenotype), partly_read(Input::observations)}) == no);
    }
}

BOOST_AUTO_TEST_CASE(of_ugt1a1_is_no_result_of_dpyd) { BOOST_TEST(truth(untested, {ugt1a1(Phenotype::poor)}) == yes); }

BOOST_AUTO_TEST_CASE(is_not_missing_where_observations_were_not_read_or_not_usable) {
    for (const Change& change : {unread(Input::observations), partly_read(Input::observations), unusable(Topic::dpyd)}) {
        BOOST_TEST(truth(untested, {change}) == unknown);
        BOOST_TEST(truth(poor, {change}) == unknown);
        BOOST_TEST(truth(intermediate, {change}) == unknown);
    }
}

BOOST_AUTO_TEST_CASE(that_is_poor_stands_beside_what_could_not_be_read) {
    BOOST_TEST(truth(poor, {dpyd(Phenotype::poor), partly_read(Input::observations), unusable(Topic::dpyd)}) == yes);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_poor_ugt1a1_metaboliser)

namespace {
const char* const reduce = "Bilirubin above 1.5 x ULN or UGT1A1 poor";
}

BOOST_AUTO_TEST_CASE(needs_less_irinotecan) {
    BOOST_TEST(truth(reduce, {ugt1a1(Phenotype::poor)}) == yes);
    BOOST_TEST(truth(reduce, {ugt1a1(Phenotype::intermediate), measured(Quantity::bilirubin_over_uln, 1.0, days_ago(3))}) == no);
    BOOST_TEST(truth(reduce, {dpyd(Phenotype::poor), measured(Quantity::bilirubin_over_uln, 1.0, days_ago(3))}) == no);
}

BOOST_AUTO_TEST_CASE(favours_an_oxaliplatin_backbone) {
    BOOST_TEST(truth("Factors favour an oxaliplatin backbone only", {ugt1a1(Phenotype::poor)}) == yes);
    BOOST_TEST(truth("A patient factor favours one backbone", {ugt1a1(Phenotype::poor)}) == yes);
}

BOOST_AUTO_TEST_SUITE_END()
