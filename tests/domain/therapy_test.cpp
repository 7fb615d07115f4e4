// Exposure and lines of systemic therapy (clinical.md 3.1; local-codes.md D5, D6, D10).
#include "domain/therapy.hpp"

#include <boost/test/unit_test.hpp>

#include "domain/interventions.hpp"

using namespace rectal_cds::testing;

namespace {

// Lines of a patient who has been stage IV for 400 days.
std::size_t lines(std::initializer_list<Change> changes) {
    Case record = patient({stage_iv_for(400)});
    for (const Change& change : changes) change(record);
    return rectal_cds::domain::assess_therapy(record, rectal_cds::domain::stage(record)).lines.size();
}

Change folfox(int last) {
    return [=](Case& c) { cycles(4, Drug::oxaliplatin, last)(c), cycles(4, Drug::fluorouracil, last)(c), cycles(4, Drug::leucovorin, last)(c); };
}

const char* const untreated = "No systemic therapy for metastatic disease yet";
const char* const on_therapy = "On therapy";

}  // namespace

BOOST_AUTO_TEST_SUITE(systemic_therapy)

BOOST_AUTO_TEST_CASE(has_not_begun_without_dose_or_active_order) {
    BOOST_TEST(truth(untreated, {}) == yes);
    BOOST_TEST(truth(untreated, {given(Drug::oxaliplatin, 5)}) == no);
    BOOST_TEST(truth(untreated, {given(Drug::pembrolizumab, 5)}) == no);
    BOOST_TEST(truth(untreated, {ordered(Drug::oxaliplatin, 5)}) == no);
}

BOOST_AUTO_TEST_CASE(is_not_begun_by_folinate_or_warfarin) {
    BOOST_TEST(truth(untreated, {given(Drug::leucovorin, 5)}) == yes);
    BOOST_TEST(truth(untreated, {ordered(Drug::warfarin, 5)}) == yes);
}

BOOST_AUTO_TEST_CASE(cannot_be_excluded_where_either_medication_input_was_not_read) {
    for (const Input input : {Input::medication_requests, Input::medication_administrations}) {
        BOOST_TEST(truth(untreated, {unread(input)}) == unknown, rectal_cds::domain::name(input));
        BOOST_TEST(truth(untreated, {partly_read(input)}) == unknown, rectal_cds::domain::name(input));
        BOOST_TEST(truth(untreated, {unread(input), given(Drug::oxaliplatin, 5)}) == no, rectal_cds::domain::name(input));
    }
    BOOST_TEST(truth(untreated, {unusable(Topic::medication)}) == unknown);
}

BOOST_AUTO_TEST_SUITE_END()

// D5: chemotherapy that ended before stage IV was (neo)adjuvant, however recently.
BOOST_AUTO_TEST_SUITE(therapy_before_stage_iv)

BOOST_AUTO_TEST_CASE(is_no_line_also_when_it_ended_the_day_before) {
    BOOST_TEST(truth(untreated, {given(Drug::oxaliplatin, 11)}) == yes);
    BOOST_TEST(truth(untreated, {given(Drug::oxaliplatin, 10)}) == no);
    BOOST_TEST(lines({given(Drug::oxaliplatin, 401)}) == 0U);
    BOOST_TEST(lines({given(Drug::oxaliplatin, 400)}) == 1U);
}

BOOST_AUTO_TEST_CASE(of_a_partial_date_counts_as_before_only_when_it_certainly_was) {
    BOOST_TEST(truth(untreated, {given(Drug::oxaliplatin, dated("2026-01"))}) == yes);
    BOOST_TEST(truth(untreated, {given(Drug::oxaliplatin, dated("2026-02"))}) == no);
}

BOOST_AUTO_TEST_CASE(with_oxaliplatin_speaks_against_it_for_12_calendar_months_to_the_day) {
    const char* const irinotecan_only = "Factors favour an irinotecan backbone only";
    BOOST_TEST(truth(irinotecan_only, {given(Drug::oxaliplatin, dated("2025-03-02"))}) == yes);
    BOOST_TEST(truth(irinotecan_only, {given(Drug::oxaliplatin, dated("2025-03-01"))}) != yes);
    BOOST_TEST(truth(irinotecan_only, {given(Drug::irinotecan, dated("2025-11-02"))}) != yes);
}

BOOST_AUTO_TEST_CASE(counts_its_last_oxaliplatin) {
    const Change two = [](Case& c) { given(Drug::oxaliplatin, dated("2024-12-01"))(c), given(Drug::oxaliplatin, dated("2025-06-01"))(c); };
    BOOST_TEST(truth("Factors favour an irinotecan backbone only", {two}) == yes);
}

BOOST_AUTO_TEST_CASE(is_prior_use_all_the_same_where_any_time_counts) {
    BOOST_TEST(truth("No prior checkpoint inhibitor", {given(Drug::pembrolizumab, 300)}) == no);
    BOOST_TEST(truth("No fluoropyrimidine given or active", {given(Drug::capecitabine, 300)}) == no);
    BOOST_TEST(truth("Oxaliplatin used", {given(Drug::oxaliplatin, 300)}) == no);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_line)

BOOST_AUTO_TEST_CASE(begins_with_the_first_antineoplastic_dose_after_stage_iv) {
    BOOST_TEST(lines({}) == 0U);
    BOOST_TEST(lines({folfox(300)}) == 1U);
    BOOST_TEST(lines({given(Drug::pembrolizumab, 300)}) == 1U);
    BOOST_TEST(lines({given(Drug::leucovorin, 300)}) == 0U);
}

BOOST_AUTO_TEST_CASE(begins_with_an_order_where_nothing_was_administered) { BOOST_TEST(lines({ordered(Drug::oxaliplatin, 30)}) == 1U); }

BOOST_AUTO_TEST_CASE(follows_when_a_new_backbone_drug_is_given_after_progression) {
    BOOST_TEST(lines({folfox(200), disease(Status::worsened, days_ago(150)), given(Drug::irinotecan, 140)}) == 2U);
    BOOST_TEST(lines({folfox(200), disease(Status::worsened, days_ago(150)), given(Drug::irinotecan, 140),
                      disease(Status::worsened, days_ago(80)), given(Drug::trifluridine_tipiracil, 70)}) == 3U);
}

BOOST_AUTO_TEST_CASE(does_not_follow_without_progression_or_before_it) {
    BOOST_TEST(lines({folfox(200), given(Drug::irinotecan, 140)}) == 1U);
    BOOST_TEST(lines({folfox(200), disease(Status::stable, days_ago(150)), given(Drug::irinotecan, 140)}) == 1U);
    BOOST_TEST(lines({folfox(200), given(Drug::irinotecan, 160), disease(Status::worsened, days_ago(150))}) == 1U);
}

BOOST_AUTO_TEST_CASE(does_not_follow_from_a_progression_before_the_current_line) {
    BOOST_TEST(lines({disease(Status::worsened, days_ago(300)), folfox(200), given(Drug::irinotecan, 140)}) == 1U);
}

BOOST_AUTO_TEST_CASE(does_not_follow_when_a_drug_is_swapped_dropped_or_an_antibody_added) {
    const Change progression = disease(Status::worsened, days_ago(150));
    BOOST_TEST(lines({folfox(200), progression, given(Drug::capecitabine, 140)}) == 1U);
    BOOST_TEST(lines({given(Drug::capecitabine, 200), progression, given(Drug::fluorouracil, 140)}) == 1U);
    BOOST_TEST(lines({folfox(200), progression, given(Drug::fluorouracil, 140)}) == 1U);
    BOOST_TEST(lines({folfox(200), progression, given(Drug::bevacizumab, 140)}) == 1U);
    BOOST_TEST(lines({folfox(200), progression, given(Drug::oxaliplatin, 140)}) == 1U);
}

BOOST_AUTO_TEST_CASE(is_counted_only_where_medications_were_read) {
    BOOST_TEST(truth("At most one line of therapy", {}) == yes);
    BOOST_TEST(truth("First line", {}) == no);
    BOOST_TEST(truth("At least one line of therapy", {}) == no);
    const Change one = given(Drug::oxaliplatin, 5), missing = partly_read(Input::medication_administrations);
    BOOST_TEST(truth("First line", {one}) == yes);
    BOOST_TEST(truth("At least one line of therapy", {one}) == yes);
    BOOST_TEST(truth("At most one line of therapy", {one}) == yes);
    BOOST_TEST(truth("First line", {one, missing}) == unknown);
    BOOST_TEST(truth("At least one line of therapy", {one, missing}) == yes);
    BOOST_TEST(truth("At most one line of therapy", {one, missing}) == unknown);
}

BOOST_AUTO_TEST_CASE(that_is_the_second_ends_the_first) {
    const Change two_lines = [](Case& c) {
        stage_iv_for(400)(c), folfox(200)(c), disease(Status::worsened, days_ago(150))(c), given(Drug::irinotecan, 140)(c);
    };
    BOOST_TEST(truth("At most one line of therapy", {two_lines}) == no);
    BOOST_TEST(truth("First line", {two_lines}) == no);
    BOOST_TEST(truth("At least one line of therapy", {two_lines}) == yes);
    BOOST_TEST(truth("Current regimen contains oxaliplatin", {two_lines}) == no);
}

BOOST_AUTO_TEST_SUITE_END()

// D10: a backbone order active, or a backbone dose at most 42 days ago.
BOOST_AUTO_TEST_SUITE(therapy_is_active)

BOOST_AUTO_TEST_CASE(until_42_days_after_the_last_backbone_dose) {
    BOOST_TEST(truth(on_therapy, {stage_iv_for(400), given(Drug::oxaliplatin, 42)}) == yes);
    BOOST_TEST(truth(on_therapy, {stage_iv_for(400), given(Drug::oxaliplatin, 43)}) == no);
}

BOOST_AUTO_TEST_CASE(while_a_backbone_order_is) {
    BOOST_TEST(truth(on_therapy, {stage_iv_for(400), ordered(Drug::oxaliplatin, 90)}) == yes);
    BOOST_TEST(truth(on_therapy, {stage_iv_for(400), ordered(Drug::oxaliplatin, 90, false)}) == no);
}

BOOST_AUTO_TEST_CASE(not_by_an_antibody_alone) {
    BOOST_TEST(truth(on_therapy, {given(Drug::bevacizumab, 5)}) == no);
    BOOST_TEST(truth(on_therapy, {ordered(Drug::panitumumab, 5)}) == no);
    BOOST_TEST(truth(on_therapy, {given(Drug::trifluridine_tipiracil, 5)}) == yes);
}

BOOST_AUTO_TEST_CASE(perhaps_where_medications_were_not_read) {
    BOOST_TEST(truth(on_therapy, {unread(Input::medication_requests)}) == unknown);
    BOOST_TEST(truth(on_therapy, {unread(Input::medication_requests), given(Drug::oxaliplatin, 5)}) == yes);
}

BOOST_AUTO_TEST_CASE(for_42_and_for_112_days_counted_from_the_start_of_the_line) {
    const auto since = [](const char* fact, int days) {
        return truth(fact, {stage_iv_for(400), given(Drug::oxaliplatin, days), given(Drug::oxaliplatin, 3)});
    };
    BOOST_TEST(since("On therapy for 42 days or more", 41) == no);
    BOOST_TEST(since("On therapy for 42 days or more", 42) == yes);
    BOOST_TEST(since("On therapy for 112 days or more", 111) == no);
    BOOST_TEST(since("On therapy for 112 days or more", 112) == yes);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(drugs_used)

BOOST_AUTO_TEST_CASE(are_exactly_one_of_two_or_both) {
    const char *const one = "Exactly one of oxaliplatin and irinotecan used", *const both = "Oxaliplatin and irinotecan both used";
    const Change oxaliplatin = given(Drug::oxaliplatin, 9), irinotecan = given(Drug::irinotecan, 5);
    BOOST_TEST(truth(one, {}) == no);
    BOOST_TEST(truth(one, {oxaliplatin}) == yes);
    BOOST_TEST(truth(one, {irinotecan}) == yes);
    BOOST_TEST(truth(one, {oxaliplatin, irinotecan}) == no);
    BOOST_TEST(truth(both, {oxaliplatin}) == no);
    BOOST_TEST(truth(both, {oxaliplatin, irinotecan}) == yes);
    BOOST_TEST(truth(one, {oxaliplatin, unread(Input::medication_administrations)}) == unknown);
    BOOST_TEST(truth(both, {oxaliplatin, unread(Input::medication_administrations)}) == unknown);
}

BOOST_AUTO_TEST_CASE(leave_or_take_the_options_of_immunotherapy_and_braf_inhibition) {
    const Change msi_high = mmr(rectal_cds::domain::MmrResult::Outcome::unstable);
    BOOST_TEST(truth("No unused immunotherapy option", {}) == yes);
    BOOST_TEST(truth("No unused immunotherapy option", {msi_high}) == no);
    BOOST_TEST(truth("No unused immunotherapy option", {msi_high, given(Drug::nivolumab, 5)}) == yes);
    BOOST_TEST(truth("No unused BRAF inhibitor option", {braf_v600e()}) == no);
    BOOST_TEST(truth("No unused BRAF inhibitor option", {braf_v600e(), given(Drug::encorafenib, 5)}) == yes);
    BOOST_TEST(truth("No prior encorafenib", {given(Drug::encorafenib, 5)}) == no);
    BOOST_TEST(truth("No prior encorafenib", {}) == yes);
}

BOOST_AUTO_TEST_CASE(before_now_rule_out_a_second_anti_egfr_antibody) {
    const char* const naive = "RAS and BRAF wild-type, no prior anti-EGFR antibody";
    const Change braf = gene(Gene::braf, Outcome::wild_type);
    BOOST_TEST(truth(naive, {ras_wild_type(), braf}) == yes);
    BOOST_TEST(truth(naive, {ras_wild_type(), braf, given(Drug::cetuximab, 200)}) == no);
    BOOST_TEST(truth(naive, {ras_wild_type()}) == unknown);
}

BOOST_AUTO_TEST_SUITE_END()
