// Watch list, review notes, claims and golden cases: what is read of them, and that one mistake is one error.
#include <boost/test/unit_test.hpp>

#include "fhir/knowledge_edit.hpp"

using namespace rectal_cds;
using namespace rectal_cds::testing;

namespace {

const std::string watch_list = "hooks/guideline/watch-list.json";
const std::string notes = "hooks/guideline/review-notes.json";
const std::string claims = "hooks/guideline/codesystems/seed-claim.json";
const std::string golden = "hooks/golden/cetuximab-with-kras-mutation.json";

void check_set(const std::string& path, const std::string& place, std::string_view json, std::string_view words) {
    EditedKnowledge edited;
    if (json.empty()) edited.remove(path, place);
    else edited.set(path, place, json);
    check_one_error(edited, path, place, words);
}

const fhir::Governance& governance() {
    static const fhir::Knowledge knowledge = EditedKnowledge().read();
    return knowledge.governance;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(watch_list_of_pending_decisions)

BOOST_AUTO_TEST_CASE(the_pending_label_decision_is_on_it) {
    BOOST_TEST_REQUIRE(governance().watch_list.size() == 1U);
    const fhir::PendingDecision& decision = governance().watch_list[0];
    BOOST_TEST(decision.subject.find("zanzalintinib") == 0U);
    BOOST_TEST((decision.authority == "FDA" && base::iso(decision.expected) == "2026-12-03"));
    BOOST_TEST(decision.affects.front() == "ici-not-msi-h");
    BOOST_TEST((decision.source.key == "STELLAR303" && !decision.source.full.empty() && !decision.consequence.empty()));
}

BOOST_AUTO_TEST_CASE(a_decision_names_recommendations_and_works_that_exist) {
    check_set(watch_list, "extension[0].extension[4].valueCode", "\"ici-not-msih\"", "The nearest is 'ici-not-msi-h'.");
    check_set(watch_list, "extension[0].extension[7].valueCode", "\"STELLAR-303\"", "The nearest is 'STELLAR303'.");
    check_set(watch_list, "extension[0].extension[2].valueDate", "\"December 2026\"", "A day of the calendar");
}

BOOST_AUTO_TEST_CASE(a_decision_that_affects_nothing_is_refused) {
    EditedKnowledge edited;
    for (int i = 0; i < 3; ++i) edited.remove(watch_list, "extension[0].extension[4]");
    check_one_error(edited, watch_list, "extension[0]", "At least one recommendation");
}

BOOST_AUTO_TEST_CASE(the_file_is_needed) {
    EditedKnowledge edited;
    edited.drop(watch_list);
    check_one_error(edited, watch_list, "", "This file is expected and missing.");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(notes_for_the_review)

BOOST_AUTO_TEST_CASE(they_are_read) {
    BOOST_TEST(governance().open_questions.size() >= 15U);
    BOOST_TEST(governance().thresholds.size() >= 11U);
    BOOST_TEST(governance().not_read.size() >= 5U);
    BOOST_TEST(governance().source_claims.size() == 65U);
    BOOST_TEST(governance().weak_codes.size() >= 20U);
}

BOOST_AUTO_TEST_CASE(a_threshold_names_facts_of_the_vocabulary) {
    EditedKnowledge edited;
    edited.replace(notes, "\"Restaging due\"", "\"Restaging do\"");
    const auto errors = edited.errors();
    BOOST_TEST_REQUIRE(errors.size() == 1U);
    BOOST_TEST(errors[0].what.find("The nearest is 'Restaging due'.") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_open_question_names_plans_that_exist) {
    EditedKnowledge edited;
    edited.replace(notes, "\"valueCode\": \"cea-rising\"", "\"valueCode\": \"cea-risng\"");
    const auto errors = edited.errors();
    BOOST_TEST_REQUIRE(errors.size() == 1U);
    BOOST_TEST(errors[0].what.find("The nearest is 'cea-rising'.") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_claim_that_a_plan_implements_is_one_of_the_source_document) {
    const std::string ras = plan_path("anti-egfr-ras-mutant");
    check_set(ras, extension_at(ras, "", "seed-claim") + ".extension[0].valueCode", "\"S99\"", "The code of a claim in seed-claim.json");
}

BOOST_AUTO_TEST_CASE(codes_on_weak_evidence_are_found_in_the_value_sets) {
    const auto& codes = governance().weak_codes;
    const auto is_pain = [](const auto& code) { return code.code == "77880009" && code.value_set == "Rectal or pelvic pain"; };
    BOOST_TEST((std::count_if(codes.begin(), codes.end(), is_pain) == 1));
    const auto is_planning = [](const auto& code) { return code.code == "77263" && code.is_excluded; };
    BOOST_TEST((std::count_if(codes.begin(), codes.end(), is_planning) == 1));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(golden_cases_of_the_knowledge)

BOOST_AUTO_TEST_CASE(they_are_read) {
    BOOST_TEST_REQUIRE(governance().golden_cases.size() == 1U);
    for (const fhir::GoldenCase& one : governance().golden_cases) {
        BOOST_TEST((!one.title.empty() && one.today != base::Day{} && one.request["hook"].exists()), one.path);
    }
}

BOOST_AUTO_TEST_CASE(one_mistake_is_one_error) {
    check_set(golden, "title", "", "A sentence that says what the case shows");
    check_set(golden, "today", "\"2026\"", "A day of the calendar");
    check_set(golden, "request.hook", "\"order-dispatch\"", "patient-view, order-select or order-sign is expected.");
    check_set(golden, "expect.anti-egfr-ras-mutant", "\"severe\"", "info, warning or critical is expected.");
    check_set(golden, "expect.anti-egfr-ras-mutnt", "\"info\"", "The nearest is 'anti-egfr-ras-mutant'.");
    check_set(golden, "expect", "[]", "An object of recommendation ids");
    check_set(golden, "expected", "{}", "The member 'expected' is not expected here.");
}

BOOST_AUTO_TEST_CASE(without_any_there_is_nothing_to_hold_new_content_against) {
    EditedKnowledge edited;
    for (const fhir::GoldenCase& one : governance().golden_cases) edited.drop(one.path);
    check_one_error(edited, "hooks/golden", "", "At least one golden case is expected.");
}

BOOST_AUTO_TEST_SUITE_END()
