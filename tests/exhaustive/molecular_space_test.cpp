// Every molecular state through the real plans: 1,050 states, read completely, in part, or not at all.
#include <boost/test/unit_test.hpp>

#include "exhaustive/guideline_space.hpp"

using namespace rectal_cds::testing;
using rectal_cds::domain::Drug;
using rectal_cds::domain::Facts;
using rectal_cds::domain::Hook;
using rectal_cds::domain::Readability;

namespace {

constexpr std::initializer_list<const char*> first_line{"first-line-biomarkers-pending", "first-line-doublet-bevacizumab",
                                                        "first-line-doublet-anti-egfr", "first-line-immunotherapy-msi-h",
                                                        "first-line-braf-v600e"};
constexpr std::initializer_list<const char*> ras_cards{"anti-egfr-ras-mutant", "anti-egfr-ras-conflict", "anti-egfr-ras-unknown"};

bool ras_wild_type(const MolecularState& s) {
    return s.kras == Tested::wild_type && s.nras == Tested::wild_type && s.observations == Readability::complete;
}

Case ordering(Case record, Drug drug) {
    record.hook = Hook::order_sign;
    record.drafts.push_back({source("draft", undated), drug});
    return record;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(molecular_space)

BOOST_AUTO_TEST_CASE(exactly_one_first_line_card_fits_every_molecular_state) {
    std::size_t states = 0;
    for (const MolecularState& state : every_molecular_state(Readability::complete)) {
        BOOST_REQUIRE_EQUAL(count_of(firing(patient_with(state)), first_line), 1U);
        ++states;
    }
    BOOST_TEST(states == 1050U);
}

BOOST_AUTO_TEST_CASE(no_first_line_card_when_the_observations_were_not_all_read) {
    for (const auto readability : {Readability::incomplete, Readability::unreadable}) {
        for (const MolecularState& state : every_molecular_state(readability)) {
            BOOST_REQUIRE_EQUAL(count_of(firing(patient_with(state)), first_line), 0U);
        }
    }
}

BOOST_AUTO_TEST_CASE(cards_that_suggest_an_anti_egfr_antibody_need_wild_type_ras) {
    for (const MolecularState& state : every_molecular_state(Readability::complete)) {
        const auto ids = firing(patient_with(state));
        if (count_of(ids, {"first-line-doublet-anti-egfr", "first-line-braf-v600e"}) > 0) BOOST_REQUIRE(ras_wild_type(state));
    }
}

BOOST_AUTO_TEST_CASE(a_drafted_anti_egfr_antibody_passes_without_a_ras_card_only_when_ras_is_wild_type) {
    for (const auto readability : {Readability::complete, Readability::incomplete, Readability::unreadable}) {
        for (const MolecularState& state : every_molecular_state(readability)) {
            const auto ids = firing(ordering(patient_with(state), Drug::cetuximab));
            BOOST_REQUIRE_EQUAL(count_of(ids, ras_cards), ras_wild_type(state) ? 0U : 1U);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_drafted_checkpoint_inhibitor_passes_without_an_mmr_card_only_when_msi_high) {
    for (const auto readability : {Readability::complete, Readability::incomplete, Readability::unreadable}) {
        for (const MolecularState& state : every_molecular_state(readability)) {
            const auto ids = firing(ordering(patient_with(state), Drug::pembrolizumab));
            const bool high = state.mmr == Tested::mutant && readability != Readability::unreadable;
            BOOST_REQUIRE_EQUAL(count_of(ids, {"ici-not-msi-h", "ici-mmr-unknown"}), high ? 0U : 1U);
        }
    }
}

// decisions.md 7: reading what was unread may settle an unknown, and never turns a "no" about the tumour into "yes".
BOOST_AUTO_TEST_CASE(reading_what_was_unread_never_turns_a_no_into_a_yes) {
    for (const MolecularState& known : every_molecular_state(Readability::complete)) {
        MolecularState partly = known;
        partly.observations = Readability::incomplete;
        for (Tested MolecularState::*hidden : {&MolecularState::kras, &MolecularState::nras, &MolecularState::braf, &MolecularState::mmr}) {
            MolecularState before_state = partly;
            before_state.*hidden = Tested::untested;
            const Case before_case = patient_with(before_state), after_case = patient_with(known);
            Facts before(before_case), after(after_case);
            for (const char* fact : {"RAS mutant", "RAS wild-type", "RAS results contradict each other", "BRAF V600E", "BRAF wild-type",
                                     "MSS or pMMR", "MSI-H or dMMR", "HER2 positive and RAS wild-type"}) {
                BOOST_REQUIRE_MESSAGE(!(before[fact].no() && after[fact].yes()), fact);
            }
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
