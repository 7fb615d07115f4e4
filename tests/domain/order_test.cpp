// What is being ordered, alone and with what is active (clinical.md 3.7 F and H; local-codes.md D20).
#include <boost/test/unit_test.hpp>

#include <vector>

#include "domain/draft_group.hpp"
#include "domain/interventions.hpp"

using namespace rectal_cds::testing;
using rectal_cds::domain::drug_count;

namespace {

const char* const together = "Anti-EGFR antibody and bevacizumab together";
const char* const duplicate = "Fluorouracil and capecitabine together";

struct Class {
    const char* fact;
    std::vector<Drug> drugs;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(a_drafted_drug)

BOOST_AUTO_TEST_CASE(belongs_to_the_classes_that_name_it_and_to_no_other) {
    const std::vector<Class> classes{
        {"Anti-EGFR antibody ordered", {Drug::cetuximab, Drug::panitumumab}},
        {"Bevacizumab ordered", {Drug::bevacizumab}},
        {"Checkpoint inhibitor ordered", {Drug::pembrolizumab, Drug::nivolumab, Drug::ipilimumab, Drug::dostarlimab}},
        {"Fluoropyrimidine ordered", {Drug::fluorouracil, Drug::capecitabine}},
        {"Capecitabine ordered", {Drug::capecitabine}},
        {"Oxaliplatin ordered", {Drug::oxaliplatin}},
        {"Irinotecan ordered", {Drug::irinotecan}},
        {"Cytotoxic ordered",
         {Drug::fluorouracil, Drug::capecitabine, Drug::oxaliplatin, Drug::irinotecan, Drug::trifluridine_tipiracil}},
    };
    for (const Class& of : classes) {
        for (int i = 0; i < drug_count; ++i) {
            const auto drug = static_cast<Drug>(i);
            const bool member = std::find(of.drugs.begin(), of.drugs.end(), drug) != of.drugs.end();
            BOOST_TEST(truth(of.fact, {drafts(drug)}) == rectal_cds::base::truth_of(member),
                       of.fact << ": " << rectal_cds::domain::name(drug));
            BOOST_TEST(truth(of.fact, {drafts_unselected(drug)}) == no,
                       of.fact << " unselected: " << rectal_cds::domain::name(drug));
        }
    }
}

BOOST_AUTO_TEST_CASE(is_antineoplastic_unless_folinate_or_warfarin) {
    for (int i = 0; i < drug_count; ++i) {
        const auto drug = static_cast<Drug>(i);
        const bool expected = drug != Drug::leucovorin && drug != Drug::levoleucovorin && drug != Drug::warfarin;
        BOOST_TEST(truth("Antineoplastic or pelvic radiotherapy ordered", {drafts(drug)}) ==
                   rectal_cds::base::truth_of(expected));
        BOOST_TEST(truth("Chart open or antineoplastic ordered", {at(Hook::order_sign), drafts(drug)}) ==
                   rectal_cds::base::truth_of(expected));
    }
    BOOST_TEST(truth("Chart open or antineoplastic ordered", {}) == yes);
    BOOST_TEST(truth("Antineoplastic or pelvic radiotherapy ordered", {drafts_radiotherapy(short_course)}) == yes);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(an_anti_egfr_antibody_with_bevacizumab)

BOOST_AUTO_TEST_CASE(is_wrong_when_one_is_drafted_and_the_other_drafted_or_active) {
    BOOST_TEST(truth(together, {drafts(Drug::cetuximab), drafts(Drug::bevacizumab)}) == yes);
    BOOST_TEST(truth(together, {drafts(Drug::cetuximab), ordered(Drug::bevacizumab, 5)}) == yes);
    BOOST_TEST(truth(together, {drafts(Drug::bevacizumab), ordered(Drug::panitumumab, 5)}) == yes);
    BOOST_TEST(truth(together, {drafts(Drug::bevacizumab), drafts_unselected(Drug::panitumumab)}) == yes);
}

BOOST_AUTO_TEST_CASE(is_no_matter_of_past_doses_or_of_what_is_active_alone) {
    BOOST_TEST(truth(together, {drafts(Drug::cetuximab), given(Drug::bevacizumab, 20)}) == no);
    BOOST_TEST(truth(together, {drafts(Drug::cetuximab), ordered(Drug::bevacizumab, 20, false)}) == no);
    BOOST_TEST(truth(together, {ordered(Drug::cetuximab, 5), ordered(Drug::bevacizumab, 5)}) == no);
    BOOST_TEST(
        truth(together, {drafts(Drug::oxaliplatin), ordered(Drug::cetuximab, 5), ordered(Drug::bevacizumab, 5)}) == no);
    BOOST_TEST(truth(together, {drafts(Drug::cetuximab), drafts(Drug::panitumumab)}) == no);
}

BOOST_AUTO_TEST_CASE(is_open_where_the_orders_were_not_read) {
    BOOST_TEST(truth(together, {drafts(Drug::cetuximab), unread(Input::medication_requests)}) == unknown);
    BOOST_TEST(truth(together,
                     {drafts(Drug::cetuximab), drafts(Drug::bevacizumab), unread(Input::medication_requests)}) == yes);
    BOOST_TEST(truth(together, {unread(Input::medication_requests)}) == no);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(combinations_of_cytotoxics)

BOOST_AUTO_TEST_CASE(of_fluorouracil_and_capecitabine_are_wrong_when_drafted_or_active_together) {
    BOOST_TEST(truth(duplicate, {drafts(Drug::fluorouracil), drafts(Drug::capecitabine)}) == yes);
    BOOST_TEST(truth(duplicate, {drafts(Drug::fluorouracil), ordered(Drug::capecitabine, 5)}) == yes);
    BOOST_TEST(truth(duplicate, {drafts(Drug::capecitabine), ordered(Drug::fluorouracil, 5)}) == yes);
    BOOST_TEST(truth(duplicate, {drafts(Drug::capecitabine), ordered(Drug::fluorouracil, 5, false)}) == no);
    BOOST_TEST(truth(duplicate, {drafts(Drug::capecitabine)}) == no);
    BOOST_TEST(truth(duplicate, {ordered(Drug::capecitabine, 5), ordered(Drug::fluorouracil, 5)}) == no);
    BOOST_TEST(truth(duplicate, {drafts(Drug::capecitabine), unread(Input::medication_requests)}) == unknown);
    BOOST_TEST(truth(duplicate, {drafts(Drug::fluorouracil), drafts(Drug::capecitabine),
                                 unread(Input::medication_requests)}) == yes);
    BOOST_TEST(truth(duplicate, {drafts(Drug::fluorouracil), drafts(Drug::capecitabine), ordered(Drug::fluorouracil, 5),
                                 ordered(Drug::capecitabine, 5)}) == yes);
}

// Renewing one of two that are both active already adds nothing.
BOOST_AUTO_TEST_CASE(that_are_merely_renewed_are_no_new_duplicate) {
    BOOST_TEST(truth(duplicate, {drafts(Drug::capecitabine), ordered(Drug::capecitabine, 30),
                                 ordered(Drug::fluorouracil, 5)}) == no);
    BOOST_TEST(truth(duplicate,
                     {drafts(Drug::capecitabine), drafts(Drug::fluorouracil), ordered(Drug::capecitabine, 30)}) == yes);
}

BOOST_AUTO_TEST_CASE(of_oxaliplatin_and_irinotecan_are_a_triplet_when_drafted_or_active) {
    const char* const triplet = "Oxaliplatin and irinotecan ordered or active";
    BOOST_TEST(truth(triplet, {drafts(Drug::oxaliplatin), drafts(Drug::irinotecan)}) == yes);
    BOOST_TEST(truth(triplet, {drafts(Drug::oxaliplatin), ordered(Drug::irinotecan, 5)}) == yes);
    BOOST_TEST(truth(triplet, {drafts(Drug::oxaliplatin), given(Drug::irinotecan, 5)}) == no);
    BOOST_TEST(truth(triplet, {drafts(Drug::oxaliplatin)}) == no);
}

BOOST_AUTO_TEST_CASE(with_warfarin_count_while_it_is_active) {
    BOOST_TEST(truth("Vitamin K antagonist active", {ordered(Drug::warfarin, 300)}) == yes);
    BOOST_TEST(truth("Vitamin K antagonist active", {ordered(Drug::warfarin, 300, false)}) == no);
    BOOST_TEST(truth("Vitamin K antagonist active", {unread(Input::medication_requests)}) == unknown);
    BOOST_TEST(truth("Vitamin K antagonist active", {unusable(Topic::medication)}) == unknown);
    BOOST_TEST(truth("Vitamin K antagonist active", {unusable(Topic::anticoagulant)}) == unknown);
}

BOOST_AUTO_TEST_CASE(leave_encorafenib_out_unless_ordered_or_active) {
    BOOST_TEST(truth("No encorafenib ordered or active", {}) == yes);
    BOOST_TEST(truth("No encorafenib ordered or active", {drafts(Drug::encorafenib)}) == no);
    BOOST_TEST(truth("No encorafenib ordered or active", {ordered(Drug::encorafenib, 5)}) == no);
    BOOST_TEST(truth("No encorafenib ordered or active", {unread(Input::medication_requests)}) == unknown);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(surgery_being_ordered)

BOOST_AUTO_TEST_CASE(is_told_by_its_kind) {
    BOOST_TEST(truth("Colorectal stent ordered", {drafts_operation(Intervention::stent, undated)}) == yes);
    BOOST_TEST(truth("Primary resection ordered", {drafts_operation(Intervention::rectal_resection, undated)}) == yes);
    BOOST_TEST(truth("Metastasectomy ordered", {drafts_operation(Intervention::liver_resection, undated)}) == yes);
    BOOST_TEST(truth("Metastasectomy ordered", {drafts_operation(Intervention::lung_resection, undated)}) == yes);
    BOOST_TEST(truth("Metastasectomy ordered", {drafts_operation(Intervention::rectal_resection, undated)}) == no);
    BOOST_TEST(truth("Primary resection ordered", {books(Intervention::rectal_resection, days_ahead(9))}) == no);
}

BOOST_AUTO_TEST_CASE(of_the_primary_is_planned_when_drafted_or_booked) {
    const char* const no_plan = "No resection of the primary ordered or booked";
    BOOST_TEST(truth(no_plan, {}) == yes);
    BOOST_TEST(truth(no_plan, {books(Intervention::rectal_resection, undated)}) == no);
    BOOST_TEST(truth(no_plan, {drafts_operation_unselected(Intervention::rectal_resection, undated)}) == no);
    BOOST_TEST(truth(no_plan, {books(Intervention::colostomy, undated)}) == yes);
    BOOST_TEST(truth(no_plan, {unread(Input::service_requests)}) == unknown);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_group_of_drafts)

namespace {

std::size_t left(Case record, const char* group) {
    rectal_cds::domain::remove_drafts(record, group);
    return record.drafts.size() + record.draft_interventions.size();
}

}  // namespace

BOOST_AUTO_TEST_CASE(is_known_by_its_name) {
    BOOST_TEST(rectal_cds::domain::is_draft_group("anti-egfr"));
    BOOST_TEST(rectal_cds::domain::is_draft_group("radiotherapy"));
    BOOST_TEST(!rectal_cds::domain::is_draft_group("anti-EGFR"));
    BOOST_TEST(!rectal_cds::domain::is_draft_group(""));
}

BOOST_AUTO_TEST_CASE(offers_only_drafts_that_can_be_deleted) {
    Case record = patient({drafts(Drug::cetuximab), drafts(Drug::panitumumab), drafts(Drug::oxaliplatin)});
    record.drafts[1].removable = false;
    BOOST_TEST(rectal_cds::domain::removable_drafts(record, "anti-egfr").size() == 1U);
    BOOST_TEST(rectal_cds::domain::removable_drafts(record, "no such group").empty());
}

BOOST_AUTO_TEST_CASE(can_be_replaced_only_when_every_draft_of_it_can_be_deleted) {
    using rectal_cds::domain::all_removable;
    Case record = patient({drafts(Drug::cetuximab), drafts(Drug::panitumumab), drafts(Drug::oxaliplatin)});
    BOOST_TEST(all_removable(record, "anti-egfr"));
    BOOST_TEST(!all_removable(record, "bevacizumab"));
    BOOST_TEST(!all_removable(record, "no such group"));
    record.drafts[1].removable = false;
    BOOST_TEST(!all_removable(record, "anti-egfr"));
    BOOST_TEST(all_removable(record, "oxaliplatin"));
}

BOOST_AUTO_TEST_CASE(of_radiotherapy_is_of_the_pelvis_only) {
    const Case record =
        patient({drafts_radiotherapy(long_course),
                 drafts_radiotherapy({30.0, 10, rectal_cds::domain::Radiotherapy::Course::unstated, false})});
    BOOST_TEST(rectal_cds::domain::removable_drafts(record, "radiotherapy").size() == 1U);
    BOOST_TEST(left(record, "radiotherapy") == 1U);
}

BOOST_AUTO_TEST_CASE(is_taken_out_whole_and_nothing_else) {
    const Case record = patient({drafts(Drug::cetuximab), drafts(Drug::oxaliplatin),
                                 drafts_operation(Intervention::rectal_resection, undated)});
    BOOST_TEST(left(record, "anti-egfr") == 2U);
    BOOST_TEST(left(record, "antineoplastic") == 1U);
    BOOST_TEST(left(record, "primary-resection") == 2U);
    BOOST_TEST(left(record, "stent") == 3U);
}

BOOST_AUTO_TEST_SUITE_END()
