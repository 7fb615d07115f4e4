// BRAF, mismatch repair and HER2, and how they complete the first-line picture (clinical.md 3.1, rule 6; 3.7 A and B).
#include <boost/test/unit_test.hpp>

#include "domain/changes.hpp"

using namespace rectal_cds::testing;
using rectal_cds::domain::Braf;
using rectal_cds::domain::Mmr;
using rectal_cds::domain::OpenTest;
using Mismatch = rectal_cds::domain::MmrResult::Outcome;
using Protein = rectal_cds::domain::MmrResult::Protein;

namespace {

Braf braf(std::initializer_list<Change> changes) { return rectal_cds::domain::assess_molecular(patient(changes)).braf; }
Mmr mmr_status(std::initializer_list<Change> changes) { return rectal_cds::domain::assess_molecular(patient(changes)).mmr; }

const Change braf_wild_type = gene(Gene::braf, Outcome::wild_type), other_braf = gene(Gene::braf, Outcome::mutant);

Change proteins(Mismatch mlh1, Mismatch msh2, Mismatch msh6, Mismatch pms2) {
    return [=](Case& c) {
        mmr(mlh1, Protein::mlh1)(c), mmr(msh2, Protein::msh2)(c), mmr(msh6, Protein::msh6)(c), mmr(pms2, Protein::pms2)(c);
    };
}
constexpr Mismatch kept = Mismatch::stable, lost = Mismatch::unstable;

}  // namespace

BOOST_AUTO_TEST_SUITE(the_braf_gene)

BOOST_AUTO_TEST_CASE(is_what_its_final_results_say) {
    BOOST_TEST((braf({}) == Braf::unknown));
    BOOST_TEST((braf({gene(Gene::braf, Outcome::no_result)}) == Braf::unknown));
    BOOST_TEST((braf({gene(Gene::braf, Outcome::pending)}) == Braf::pending));
    BOOST_TEST((braf({braf_wild_type}) == Braf::wild_type));
    BOOST_TEST((braf({braf_v600e()}) == Braf::v600e));
    BOOST_TEST((braf({braf_v600e(), braf_wild_type}) == Braf::conflict));
    BOOST_TEST((braf({gene(Gene::braf, Outcome::pending), braf_wild_type}) == Braf::wild_type));
}

BOOST_AUTO_TEST_CASE(mutated_elsewhere_is_neither_v600e_nor_wild_type) {
    BOOST_TEST((braf({other_braf}) == Braf::other_mutation));
    BOOST_TEST((braf({other_braf, braf_wild_type}) == Braf::other_mutation));
    BOOST_TEST(truth("BRAF V600E", {other_braf}) == no);
    BOOST_TEST(truth("BRAF wild-type", {other_braf}) == no);
}

BOOST_AUTO_TEST_CASE(is_pending_while_a_braf_test_or_a_panel_is_open) {
    BOOST_TEST((braf({open_test(OpenTest::Kind::braf)}) == Braf::pending));
    BOOST_TEST((braf({open_test(OpenTest::Kind::panel)}) == Braf::pending));
    BOOST_TEST((braf({open_test(OpenTest::Kind::ras)}) == Braf::unknown));
}

BOOST_AUTO_TEST_CASE(is_wild_type_only_in_observations_that_were_read_completely) {
    BOOST_TEST((braf({braf_wild_type, partly_read(Input::observations)}) == Braf::unknown));
    BOOST_TEST((braf({braf_wild_type, unusable(Topic::braf)}) == Braf::unknown));
    BOOST_TEST((braf({braf_v600e(), partly_read(Input::observations)}) == Braf::v600e));
    BOOST_TEST(truth("BRAF V600E", {braf_wild_type, partly_read(Input::observations)}) == unknown);
}

BOOST_AUTO_TEST_CASE(test_is_missing_when_unknown_or_contradictory_and_not_needed_in_a_ras_mutant_tumour) {
    const char* const missing = "BRAF test missing";
    BOOST_TEST(truth(missing, {}) == yes);
    BOOST_TEST(truth(missing, {braf_v600e(), braf_wild_type}) == yes);
    BOOST_TEST(truth(missing, {braf_wild_type}) == no);
    BOOST_TEST(truth(missing, {other_braf}) == no);
    BOOST_TEST(truth(missing, {gene(Gene::braf, Outcome::pending)}) == no);
    BOOST_TEST(truth(missing, {gene(Gene::kras, Outcome::mutant)}) == no);
    BOOST_TEST(truth(missing, {unread(Input::observations)}) == unknown);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(mismatch_repair)

BOOST_AUTO_TEST_CASE(is_what_its_final_results_say) {
    BOOST_TEST((mmr_status({}) == Mmr::unknown));
    BOOST_TEST((mmr_status({mmr(Mismatch::no_result)}) == Mmr::unknown));
    BOOST_TEST((mmr_status({mmr(Mismatch::pending)}) == Mmr::pending));
    BOOST_TEST((mmr_status({open_test(OpenTest::Kind::mmr)}) == Mmr::pending));
    BOOST_TEST((mmr_status({mmr(Mismatch::stable)}) == Mmr::stable));
    BOOST_TEST((mmr_status({mmr(Mismatch::unstable)}) == Mmr::high));
    BOOST_TEST((mmr_status({mmr(Mismatch::unstable), mmr(Mismatch::stable)}) == Mmr::conflict));
}

BOOST_AUTO_TEST_CASE(is_deficient_when_one_protein_is_lost) {
    BOOST_TEST((mmr_status({mmr(lost, Protein::pms2)}) == Mmr::high));
    BOOST_TEST((mmr_status({proteins(lost, kept, kept, lost)}) == Mmr::high));
}

BOOST_AUTO_TEST_CASE(is_proficient_only_when_all_four_proteins_are_retained) {
    BOOST_TEST((mmr_status({proteins(kept, kept, kept, kept)}) == Mmr::stable));
    BOOST_TEST((mmr_status({mmr(kept, Protein::mlh1), mmr(kept, Protein::msh2), mmr(kept, Protein::msh6)}) == Mmr::unknown));
    BOOST_TEST((mmr_status({proteins(kept, kept, kept, Mismatch::no_result)}) == Mmr::unknown));
}

BOOST_AUTO_TEST_CASE(is_a_conflict_when_proteins_and_microsatellites_disagree) {
    BOOST_TEST((mmr_status({proteins(kept, kept, kept, kept), mmr(Mismatch::unstable)}) == Mmr::conflict));
    BOOST_TEST((mmr_status({mmr(lost, Protein::msh2), mmr(Mismatch::stable)}) == Mmr::conflict));
    BOOST_TEST((mmr_status({proteins(kept, kept, kept, kept), mmr(Mismatch::stable)}) == Mmr::stable));
}

BOOST_AUTO_TEST_CASE(is_stable_only_in_observations_that_were_read_completely) {
    BOOST_TEST((mmr_status({microsatellite_stable(), partly_read(Input::observations)}) == Mmr::unknown));
    BOOST_TEST((mmr_status({microsatellite_stable(), unusable(Topic::mmr)}) == Mmr::unknown));
    BOOST_TEST((mmr_status({mmr(Mismatch::unstable), partly_read(Input::observations)}) == Mmr::high));
}

BOOST_AUTO_TEST_CASE(answers_its_facts) {
    BOOST_TEST(truth("MSS or pMMR", {microsatellite_stable()}) == yes);
    BOOST_TEST(truth("MSS or pMMR", {mmr(Mismatch::unstable)}) == no);
    BOOST_TEST(truth("MSS or pMMR", {}) == unknown);
    BOOST_TEST(truth("MSI-H or dMMR", {mmr(Mismatch::unstable)}) == yes);
    BOOST_TEST(truth("MSI-H or dMMR", {mmr(Mismatch::unstable), mmr(Mismatch::stable)}) == no);
    BOOST_TEST(truth("MMR status not established", {mmr(Mismatch::unstable), mmr(Mismatch::stable)}) == yes);
    BOOST_TEST(truth("MMR status not established", {mmr(Mismatch::pending)}) == yes);
    BOOST_TEST(truth("MMR status not established", {microsatellite_stable()}) == no);
    BOOST_TEST(truth("MSI-H or dMMR not on record", {unread(Input::observations)}) == yes);
}

BOOST_AUTO_TEST_CASE(test_is_missing_when_unknown_or_contradictory) {
    const char* const missing = "MMR test missing";
    BOOST_TEST(truth(missing, {}) == yes);
    BOOST_TEST(truth(missing, {mmr(Mismatch::unstable), mmr(Mismatch::stable)}) == yes);
    BOOST_TEST(truth(missing, {mmr(Mismatch::pending)}) == no);
    BOOST_TEST(truth(missing, {microsatellite_stable()}) == no);
    BOOST_TEST(truth(missing, {unread(Input::observations)}) == unknown);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_first_line_choice)

namespace {
const char* const incomplete = "First-line biomarkers incomplete";
const Change stable = microsatellite_stable(), kras_mutant = gene(Gene::kras, Outcome::mutant);
}  // namespace

BOOST_AUTO_TEST_CASE(waits_until_mmr_is_final) {
    BOOST_TEST(truth(incomplete, {kras_mutant}) == yes);
    BOOST_TEST(truth(incomplete, {kras_mutant, mmr(Mismatch::pending)}) == yes);
    BOOST_TEST(truth(incomplete, {kras_mutant, mmr(Mismatch::stable), mmr(Mismatch::unstable)}) == yes);
    BOOST_TEST(truth(incomplete, {kras_mutant, stable}) == no);
}

BOOST_AUTO_TEST_CASE(waits_for_nothing_else_when_msi_h) { BOOST_TEST(truth(incomplete, {mmr(Mismatch::unstable)}) == no); }

BOOST_AUTO_TEST_CASE(waits_for_ras_and_for_braf_only_when_ras_is_wild_type) {
    BOOST_TEST(truth(incomplete, {stable}) == yes);
    BOOST_TEST(truth(incomplete, {stable, gene(Gene::kras, Outcome::wild_type)}) == yes);
    BOOST_TEST(truth(incomplete, {stable, ras_wild_type()}) == yes);
    BOOST_TEST(truth(incomplete, {stable, ras_wild_type(), braf_wild_type}) == no);
    BOOST_TEST(truth(incomplete, {stable, ras_wild_type(), braf_v600e()}) == no);
    BOOST_TEST(truth(incomplete, {stable, ras_wild_type(), other_braf}) == yes);
    BOOST_TEST(truth(incomplete, {stable, ras_wild_type(), braf_v600e(), braf_wild_type}) == yes);
}

BOOST_AUTO_TEST_CASE(waits_when_ras_mutation_and_braf_v600e_are_reported_together) {
    BOOST_TEST(truth(incomplete, {stable, kras_mutant, braf_v600e()}) == yes);
    BOOST_TEST(truth(incomplete, {stable, kras_mutant, other_braf}) == no);
}

BOOST_AUTO_TEST_CASE(names_what_it_waits_for) {
    const auto found = finding(patient({stable, gene(Gene::kras, Outcome::wild_type)}), incomplete);
    BOOST_TEST(found.note == "KRAS wild-type, NRAS not on record");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_her2_result)

BOOST_AUTO_TEST_CASE(counts_when_positive_and_only_in_a_ras_wild_type_tumour) {
    const char* const fact = "HER2 positive and RAS wild-type";
    const Change positive = gene(Gene::erbb2, Outcome::mutant), negative = gene(Gene::erbb2, Outcome::wild_type);
    BOOST_TEST(truth(fact, {positive, ras_wild_type()}) == yes);
    BOOST_TEST(truth(fact, {negative, ras_wild_type()}) == no);
    BOOST_TEST(truth(fact, {positive, gene(Gene::nras, Outcome::mutant)}) == no);
    BOOST_TEST(truth(fact, {positive}) == unknown);
    BOOST_TEST(truth("HER2 result not on record", {}) == yes);
    BOOST_TEST(truth("HER2 result not on record", {negative}) == no);
}

BOOST_AUTO_TEST_CASE(that_is_negative_is_unknown_while_another_may_be_unread) {
    const Change negative = gene(Gene::erbb2, Outcome::wild_type);
    BOOST_TEST(truth("HER2 positive and RAS wild-type", {negative, ras_wild_type(), unusable(Topic::her2)}) == unknown);
    BOOST_TEST(truth("HER2 result not on record", {negative, unusable(Topic::her2)}) == no);
}

BOOST_AUTO_TEST_SUITE_END()
