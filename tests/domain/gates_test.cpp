// Whom the advice is about: the TREAT and SAFETY gates, hospice, perforation and unread data
// (clinical.md 3.1; decisions.md 2, 4, 7, 10; local-codes.md D1, D24).
#include <boost/test/unit_test.hpp>

#include "domain/interventions.hpp"

using namespace rectal_cds::testing;
using Histology = rectal_cds::domain::Primary::Histology;

namespace {

Change born(std::string_view date) { return [=](Case& c) { c.birth = dated(date); }; }
Change dead() { return [](Case& c) { c.deceased = true; }; }
Change histology(Histology histology) { return [=](Case& c) { c.primaries[0].histology = histology; }; }
Change in_remission() { return [](Case& c) { c.primaries[0].clinical = rectal_cds::domain::ClinicalStatus::remission; }; }
Change no_primary() { return [](Case& c) { c.primaries.clear(); }; }
Change order_sign() { return at(Hook::order_sign); }
const Change enrolled_in_hospice = mark(MarkKind::hospice, days_ago(3));

}  // namespace

BOOST_AUTO_TEST_SUITE(a_death)

BOOST_AUTO_TEST_CASE(that_nobody_could_read_does_not_withhold_advice_and_is_told) {
    const char* const alive = "No death on record";
    BOOST_TEST(truth(alive, {unread(Input::patient)}) == yes);
    BOOST_TEST(!finding(patient({unread(Input::patient)}), alive).gaps.empty());
    BOOST_TEST(finding(patient({}), alive).gaps.empty());
    BOOST_TEST(truth(alive, {dead(), unread(Input::patient)}) == no);
    BOOST_TEST(finding(patient({dead(), unread(Input::patient)}), alive).gaps.empty());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(the_age)

BOOST_AUTO_TEST_CASE(must_be_18_for_treatment_advice_and_must_not_be_less_for_safety_checks) {
    BOOST_TEST(truth("Age 18 years or more", {born("2008-03-02")}) == yes);
    BOOST_TEST(truth("Age 18 years or more", {born("2008-03-03")}) == no);
    BOOST_TEST(truth("Age not known to be under 18", {born("2008-03-02")}) == yes);
    BOOST_TEST(truth("Age not known to be under 18", {born("2008-03-03")}) == no);
}

BOOST_AUTO_TEST_CASE(that_is_not_recorded_withholds_advice_but_no_safety_check) {
    BOOST_TEST(truth("Age 18 years or more", {born("")}) == unknown);
    BOOST_TEST(truth("Age not known to be under 18", {born("")}) == yes);
}

BOOST_AUTO_TEST_CASE(of_a_partial_birth_date_must_be_18_on_every_day_it_may_mean) {
    BOOST_TEST(truth("Age 18 years or more", {born("2008-02")}) == yes);
    BOOST_TEST(truth("Age 18 years or more", {born("2008-03")}) == unknown);
    BOOST_TEST(truth("Age not known to be under 18", {born("2008-03")}) == yes);
    BOOST_TEST(truth("Age not known to be under 18", {born("2009")}) == no);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_death)

BOOST_AUTO_TEST_CASE(on_record_closes_both_gates) {
    BOOST_TEST(truth("No death on record", {}) == yes);
    BOOST_TEST(truth("No death on record", {dead()}) == no);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(the_primary)

namespace {
const char* const active = "Active rectal adenocarcinoma";
}

BOOST_AUTO_TEST_CASE(counts_as_adenocarcinoma_stated_or_presumed_and_says_which) {
    BOOST_TEST(truth(active, {}) == yes);
    const auto presumed = finding(patient({histology(Histology::presumed)}), active);
    BOOST_TEST(presumed.truth == yes);
    BOOST_TEST(presumed.note.find("presumed") != std::string::npos);
    BOOST_TEST(finding(patient({}), active).note == "");
}

BOOST_AUTO_TEST_CASE(of_another_histology_is_out_of_scope_and_an_unrecognised_one_is_unknown) {
    BOOST_TEST(truth(active, {histology(Histology::other)}) == no);
    BOOST_TEST(truth(active, {histology(Histology::unrecognised)}) == unknown);
}

BOOST_AUTO_TEST_CASE(in_remission_is_not_active) { BOOST_TEST(truth(active, {in_remission()}) == no); }

BOOST_AUTO_TEST_CASE(that_is_missing_is_no_only_when_the_conditions_were_read) {
    BOOST_TEST(truth(active, {no_primary()}) == no);
    BOOST_TEST(truth(active, {no_primary(), unread(Input::conditions)}) == unknown);
    BOOST_TEST(truth(active, {no_primary(), partly_read(Input::conditions)}) == unknown);
    BOOST_TEST(truth(active, {no_primary(), unusable(Topic::primary)}) == unknown);
}

BOOST_AUTO_TEST_CASE(that_was_found_stands_beside_what_could_not_be_read) {
    BOOST_TEST(truth(active, {partly_read(Input::conditions), unusable(Topic::primary)}) == yes);
}

BOOST_AUTO_TEST_CASE(used_is_the_newest_active_one_in_scope) {
    const auto add = [](std::string id, When when, Histology kind) {
        return [=](Case& c) {
            auto other = c.primaries[0];
            other.id = id, other.histology = kind, other.source.when = other.onset = when;
            c.primaries.push_back(other);
        };
    };
    const auto chosen = [](std::initializer_list<Change> changes) {
        const Case record = patient(changes);
        return rectal_cds::domain::stage(record).primary->id;
    };
    BOOST_TEST(chosen({add("older", days_ago(900), Histology::adenocarcinoma)}) == "rectum");
    BOOST_TEST(chosen({add("newer", days_ago(2), Histology::adenocarcinoma)}) == "newer");
    BOOST_TEST(chosen({add("newer", days_ago(2), Histology::other)}) == "rectum");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(metastatic_disease)

namespace {
const char* const treat = "Distant metastases (M1)";
const char* const safety = "M0 not established";
}  // namespace

BOOST_AUTO_TEST_CASE(must_be_certain_for_treatment_advice_and_possible_for_safety_checks) {
    BOOST_TEST(truth(treat, {}) == yes);
    BOOST_TEST(truth(treat, {nothing_staged()}) == unknown);
    BOOST_TEST(truth(treat, {nothing_staged(), staged(false, days_ago(10))}) == no);
    BOOST_TEST(truth(treat, {staged(false, days_ago(10))}) == unknown);
    BOOST_TEST(truth(safety, {}) == yes);
    BOOST_TEST(truth(safety, {nothing_staged()}) == yes);
    BOOST_TEST(truth(safety, {nothing_staged(), staged(false, days_ago(10))}) == no);
    BOOST_TEST(truth(safety, {staged(false, days_ago(10))}) == yes);
}

BOOST_AUTO_TEST_CASE(that_cannot_be_established_asks_for_staging_when_the_observations_were_read) {
    const char* const incomplete = "Stage cannot be established";
    BOOST_TEST(truth(incomplete, {}) == no);
    BOOST_TEST(truth(incomplete, {nothing_staged()}) == yes);
    BOOST_TEST(truth(incomplete, {staged(false, days_ago(10))}) == yes);
    BOOST_TEST(truth(incomplete, {nothing_staged(), staged(false, days_ago(10))}) == no);
    BOOST_TEST(truth(incomplete, {nothing_staged(), unread(Input::observations)}) == no);
    BOOST_TEST(truth(incomplete, {nothing_staged(), no_primary()}) == no);
}

BOOST_AUTO_TEST_CASE(beside_a_primary_in_remission_asks_for_staging_too) {
    BOOST_TEST(truth("Stage cannot be established", {in_remission()}) == yes);
    BOOST_TEST(truth("Stage cannot be established", {in_remission(), nothing_staged()}) == no);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(hospice_enrolment)

BOOST_AUTO_TEST_CASE(silences_the_open_chart_but_no_order) {
    const char* const chart = "Hospice does not silence chart opening";
    BOOST_TEST(truth(chart, {}) == yes);
    BOOST_TEST(truth(chart, {enrolled_in_hospice}) == no);
    BOOST_TEST(truth(chart, {enrolled_in_hospice, order_sign()}) == yes);
    BOOST_TEST(truth("No hospice enrolment on record", {enrolled_in_hospice, order_sign()}) == no);
}

BOOST_AUTO_TEST_CASE(that_could_not_be_read_silences_nothing) {
    BOOST_TEST(truth("Hospice does not silence chart opening", {unread(Input::service_requests), unread(Input::observations)}) == yes);
    BOOST_TEST(truth("No hospice enrolment on record", {unusable(Topic::hospice)}) == yes);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_perforated_primary)

namespace {
const char* const others_may_speak = "Perforation does not silence chart opening";
const Change perforation = problem(ProblemKind::gi_perforation);
}  // namespace

BOOST_AUTO_TEST_CASE(silences_the_other_cards_of_the_open_chart_but_no_order) {
    BOOST_TEST(truth(others_may_speak, {}) == yes);
    BOOST_TEST(truth(others_may_speak, {perforation}) == no);
    BOOST_TEST(truth(others_may_speak, {perforation, order_sign()}) == yes);
}

BOOST_AUTO_TEST_CASE(silences_only_where_its_own_card_speaks) {
    BOOST_TEST(truth(others_may_speak, {problem(ProblemKind::gi_perforation, days_ago(5), false)}) == yes);
    BOOST_TEST(truth(others_may_speak, {perforation, operated(Intervention::rectal_resection, days_ago(200))}) == yes);
    BOOST_TEST(truth(others_may_speak, {perforation, nothing_staged()}) == yes);
    BOOST_TEST(truth(others_may_speak, {perforation, born("")}) == yes);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(data_that_could_not_be_read)

namespace {
const char* const withheld = "Unread data withhold advice";
}

BOOST_AUTO_TEST_CASE(is_said_for_every_input_of_the_hook) {
    BOOST_TEST(truth(withheld, {}) == no);
    for (const Input input : {Input::observations, Input::procedures, Input::medication_requests, Input::medication_administrations,
                              Input::service_requests, Input::diagnostic_reports, Input::allergies}) {
        BOOST_TEST(truth(withheld, {unread(input)}) == yes, rectal_cds::domain::name(input));
        BOOST_TEST(truth(withheld, {partly_read(input)}) == yes, rectal_cds::domain::name(input));
    }
}

BOOST_AUTO_TEST_CASE(is_not_said_for_what_the_hook_does_not_read) {
    BOOST_TEST(truth(withheld, {reads(Input::allergies, Readability::not_asked)}) == no);
}

BOOST_AUTO_TEST_CASE(is_not_said_where_the_safety_gate_is_closed) {
    const Change missing = unread(Input::observations);
    BOOST_TEST(truth(withheld, {missing, dead()}) == no);
    BOOST_TEST(truth(withheld, {missing, born("2010")}) == no);
    BOOST_TEST(truth(withheld, {missing, no_primary()}) == no);
    BOOST_TEST(truth(withheld, {unread(Input::procedures), nothing_staged(), staged(false, days_ago(10))}) == no);
    BOOST_TEST(truth(withheld, {missing, born("")}) == yes);
    BOOST_TEST(truth(withheld, {missing, nothing_staged()}) == yes);
}

BOOST_AUTO_TEST_CASE(and_holds_the_diagnoses_is_said_only_while_a_biologic_is_ordered) {
    const Change missing = unread(Input::conditions);
    BOOST_TEST(truth(withheld, {no_primary(), missing}) == no);
    for (const Drug drug : {Drug::cetuximab, Drug::panitumumab, Drug::bevacizumab, Drug::pembrolizumab, Drug::nivolumab}) {
        BOOST_TEST(truth(withheld, {no_primary(), missing, order_sign(), drafts(drug)}) == yes, rectal_cds::domain::name(drug));
    }
    BOOST_TEST(truth(withheld, {no_primary(), missing, order_sign(), drafts(Drug::oxaliplatin)}) == no);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(words_about_the_record)

BOOST_AUTO_TEST_CASE(answer_yes_or_no_and_only_complete_reading_is_yes) {
    for (const Readability how : {Readability::incomplete, Readability::unreadable, Readability::not_asked}) {
        BOOST_TEST(truth("Observations readable", {reads(Input::observations, how)}) == no);
        BOOST_TEST(truth("Procedures readable", {reads(Input::procedures, how)}) == no);
        BOOST_TEST(truth("Medications readable", {reads(Input::medication_requests, how)}) == no);
        BOOST_TEST(truth("Medications readable", {reads(Input::medication_administrations, how)}) == no);
    }
    for (const char* fact : {"Observations readable", "Procedures readable", "Medications readable"}) BOOST_TEST(truth(fact, {}) == yes, fact);
}

BOOST_AUTO_TEST_SUITE_END()
