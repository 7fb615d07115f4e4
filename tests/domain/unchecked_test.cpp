// What is told beside the cards because no rule reads it (decisions.md A1 and A3).
#include <boost/test/unit_test.hpp>

#include "domain/changes.hpp"
#include "domain/interventions.hpp"
#include "domain/unchecked.hpp"

using namespace rectal_cds::testing;
using rectal_cds::domain::Unchecked;

namespace {

std::vector<Unchecked> told(std::initializer_list<Change> changes, bool transplant_known = false) {
    Case record = patient(changes);
    if (record.hook == Hook::patient_view) record.hook = Hook::order_sign;
    const rectal_cds::domain::Assessment assessment(record);
    return rectal_cds::domain::unchecked(assessment, transplant_known);
}

bool says(const std::vector<Unchecked>& list, std::string_view words) {
    return list.size() == 1 && list[0].what.find(words) != std::string::npos;
}

Change preliminary(Quantity quantity, double value, When when) {
    return [=](Case& c) {
        measured(quantity, value, when)(c);
        c.preliminary.push_back(c.measurements.back());
        c.measurements.pop_back();
    };
}
Change filtration_rate(When when) {
    return [=](Case& c) { c.filtration_rates.push_back(source("estimated filtration rate", when)); };
}
Change preliminary_mutant(Gene which) {
    return [=](Case& c) { gene(which, Outcome::pending)(c), c.genes.back().says_mutant = true; };
}

}  // namespace

BOOST_AUTO_TEST_SUITE(told_beside_the_cards)

BOOST_AUTO_TEST_CASE(is_that_autoimmune_disease_is_not_read_when_a_checkpoint_inhibitor_is_ordered) {
    BOOST_TEST(says(told({drafts(Drug::pembrolizumab)}), "autoimmune disease"));
    BOOST_TEST(!told({drafts(Drug::pembrolizumab)}).at(0).warning);
    BOOST_TEST(told({drafts(Drug::pembrolizumab)}, true).empty());
    BOOST_TEST(told({drafts(Drug::bevacizumab)}).empty());
}

BOOST_AUTO_TEST_CASE(is_a_creatinine_that_gives_no_clearance) {
    const Change creatinine = measured(Quantity::creatinine, 3.1, days_ago(3)),
                 weight = measured(Quantity::body_weight, 70, days_ago(3));
    const Change clearance = measured(Quantity::creatinine_clearance, 60, days_ago(3)),
                 no_sex = [](Case&c) { c.sex = Case::Sex::unknown; };
    for (const Drug drug : {Drug::capecitabine, Drug::oxaliplatin}) {
        BOOST_TEST(says(told({drafts(drug), creatinine}), "without a weight"));
        BOOST_TEST(says(told({drafts(drug), creatinine, weight, no_sex}), "without the sex"));
        BOOST_TEST(told({drafts(drug), creatinine, weight}).empty());
        BOOST_TEST(told({drafts(drug), creatinine, clearance}).empty());
    }
    BOOST_TEST(told({drafts(Drug::irinotecan), creatinine}).empty());
    BOOST_TEST(told({drafts(Drug::capecitabine), measured(Quantity::creatinine, 3.1, days_ago(31))}).empty());
}

BOOST_AUTO_TEST_CASE(is_a_filtration_rate_where_no_clearance_is_known) {
    const Change creatinine = measured(Quantity::creatinine, 1, days_ago(3)),
                 weight = measured(Quantity::body_weight, 70, days_ago(3));
    BOOST_TEST(
        says(told({drafts(Drug::capecitabine), filtration_rate(days_ago(3))}), "not taken for a creatinine clearance"));
    BOOST_TEST(told({drafts(Drug::capecitabine), filtration_rate(days_ago(3)), creatinine, weight}).empty());
    BOOST_TEST(!told({drafts(Drug::capecitabine), filtration_rate(days_ago(30))}).empty());
    BOOST_TEST(told({drafts(Drug::capecitabine), filtration_rate(days_ago(31))}).empty());
    BOOST_TEST(told({drafts(Drug::cetuximab), filtration_rate(days_ago(3))}).empty());
}

BOOST_AUTO_TEST_CASE(is_a_preliminary_value_that_is_newer_than_the_final_ones) {
    const Change low = preliminary(Quantity::neutrophils, 0.3, days_ago(0));
    BOOST_TEST(says(told({drafts(Drug::oxaliplatin), low, measured(Quantity::neutrophils, 3, days_ago(5))}),
                    "newer than every final value"));
    BOOST_TEST(says(told({drafts(Drug::oxaliplatin), low}), "not used"));
    BOOST_TEST(told({drafts(Drug::oxaliplatin), low, measured(Quantity::neutrophils, 3, days_ago(0))}).empty());
    BOOST_TEST(told({drafts(Drug::cetuximab), low}).empty());
    const Change bilirubin = preliminary(Quantity::bilirubin_over_uln, 4, days_ago(0));
    BOOST_TEST(says(told({drafts(Drug::irinotecan), bilirubin}), "not used"));
    BOOST_TEST(told({drafts(Drug::oxaliplatin), bilirubin}).empty());
    BOOST_TEST(told({drafts(Drug::oxaliplatin), preliminary(Quantity::body_weight, 40, days_ago(0))})
                   .empty());  // no rule of orders reads it
    BOOST_TEST(!told({drafts(Drug::oxaliplatin), preliminary(Quantity::neutrophils, 0.3, days_ago(30))}).empty());
    BOOST_TEST(told({at(Hook::order_select), drafts(Drug::oxaliplatin), low}).empty());  // counts are judged on signing
    BOOST_TEST(told({drafts(Drug::oxaliplatin), preliminary(Quantity::neutrophils, 0.3, days_ago(31))}).empty());
}

BOOST_AUTO_TEST_CASE(is_a_preliminary_mutation_against_a_final_wild_type) {
    const Change prelim = preliminary_mutant(Gene::kras), braf = gene(Gene::braf, Outcome::wild_type);
    BOOST_TEST(says(told({drafts(Drug::cetuximab), ras_wild_type(), prelim}), "would contradict"));
    BOOST_TEST(says(told({drafts(Drug::cetuximab), ras_wild_type(), braf, preliminary_mutant(Gene::braf)}),
                    "would contradict"));
    BOOST_TEST(
        says(told({drafts(Drug::cetuximab), ras_wild_type(), preliminary_mutant(Gene::nras)}), "would contradict"));
    BOOST_TEST(told({drafts(Drug::cetuximab), ras_wild_type(), preliminary_mutant(Gene::braf)}).empty());
    BOOST_TEST(told({drafts(Drug::cetuximab), ras_wild_type(), braf, preliminary_mutant(Gene::erbb2)}).empty());
    BOOST_TEST(
        told({drafts(Drug::cetuximab), gene(Gene::kras, Outcome::wild_type), preliminary_mutant(Gene::nras)}).empty());
    BOOST_TEST(told({drafts(Drug::cetuximab), prelim}).empty());  // RAS is not established: a card says so
    BOOST_TEST(told({drafts(Drug::bevacizumab), ras_wild_type(), prelim}).empty());
    BOOST_TEST(told({drafts(Drug::cetuximab), ras_wild_type(), gene(Gene::kras, Outcome::pending)}).empty());
}

BOOST_AUTO_TEST_CASE(is_a_preliminary_stable_result_against_a_final_instability) {
    using Outcome = rectal_cds::domain::MmrResult::Outcome;
    const Change instable = mmr(Outcome::unstable),
                 prelim = [](Case&c) { mmr(Outcome::pending)(c), c.mmr.back().says_stable = true; };
    const auto found = told({drafts(Drug::pembrolizumab), instable, prelim}, true);
    BOOST_TEST(says(found, "would contradict"));
    BOOST_TEST(found.at(0).warning);
    BOOST_TEST(told({drafts(Drug::pembrolizumab), instable}, true).empty());
    BOOST_TEST(told({drafts(Drug::pembrolizumab), prelim}, true).empty());
    BOOST_TEST(told({drafts(Drug::pembrolizumab), microsatellite_stable(), prelim}, true).empty());
    BOOST_TEST(told({drafts(Drug::bevacizumab), instable, prelim}, true).empty());
}

BOOST_AUTO_TEST_CASE(is_an_inactive_primary_beside_an_active_metastasis) {
    const auto inactive = [](std::initializer_list<Change> changes) {
        Case record = patient(changes);
        for (auto& primary : record.primaries) primary.clinical = rectal_cds::domain::ClinicalStatus::remission;
        return record;
    };
    const auto lines = [](const Case& record) {
        const rectal_cds::domain::Assessment assessment(record);
        return rectal_cds::domain::unchecked_beside_inactive_primary(assessment);
    };
    BOOST_TEST(says(lines(inactive({drafts(Drug::bevacizumab)})), "recorded as not active"));
    BOOST_TEST(lines(inactive({drafts(Drug::warfarin)})).empty());
    BOOST_TEST(lines(inactive({drafts(Drug::bevacizumab), nothing_staged()})).empty());
    BOOST_TEST(lines(patient({drafts(Drug::bevacizumab)})).empty());
}

BOOST_AUTO_TEST_CASE(is_an_elective_operation_behind_an_urgent_one_that_was_judged) {
    const Change given_5_days_ago = given(Drug::bevacizumab, 5), urgent = books(any_major, days_ahead(2), true);
    BOOST_TEST(says(told({given_5_days_ago, urgent, drafts_operation(any_major, days_ahead(10))}),
                    "15 days after bevacizumab"));
    BOOST_TEST(told({given_5_days_ago, urgent, drafts_operation(any_major, days_ahead(10))}).at(0).warning);
    BOOST_TEST(told({given_5_days_ago, urgent, drafts_operation(any_major, undated)}).empty());  // no interval to tell
    BOOST_TEST(told({given_5_days_ago, urgent, drafts_operation(any_major, days_ahead(37))}).empty());
    BOOST_TEST(told({given_5_days_ago, drafts_operation(any_major, days_ahead(10))}).empty());  // the rule speaks of it
    BOOST_TEST(told({given_5_days_ago, urgent, books(any_major, days_ahead(10))}).empty());  // neither is being ordered
}

BOOST_AUTO_TEST_CASE(is_bevacizumab_that_is_still_on_order_when_surgery_is_ordered) {
    const Change long_ago = given(Drug::bevacizumab, 60), operation = drafts_operation(any_major, days_ahead(10));
    BOOST_TEST(
        says(told({long_ago, order_of_given(Drug::bevacizumab, 14), operation}), "bevacizumab is still on order"));
    BOOST_TEST(told({long_ago, operation}).empty());
    BOOST_TEST(says(told({long_ago, order_of_given(Drug::bevacizumab, 14), drafts_operation(any_major, undated)}), "still on order"));
    BOOST_TEST(told({long_ago, order_of_given(Drug::bevacizumab, 14), drafts_operation(any_major, days_ago(3))}).empty());
    BOOST_TEST(told({long_ago, order_of_given(Drug::bevacizumab, 14)}).empty());
    BOOST_TEST(told({given(Drug::bevacizumab, 20), order_of_given(Drug::bevacizumab, 14), operation}).empty());
    BOOST_TEST(told({given(Drug::bevacizumab, 31), order_of_given(Drug::bevacizumab, 14), operation}).empty());
    BOOST_TEST(told({given(Drug::bevacizumab, 32), order_of_given(Drug::bevacizumab, 14), operation}).at(0).warning);
    BOOST_TEST(told({long_ago, order_of_given(Drug::bevacizumab, 14), books(any_major, days_ahead(10))}).empty());
}

BOOST_AUTO_TEST_SUITE_END()
