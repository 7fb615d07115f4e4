// One mistake in one PlanDefinition is one error, at its place, with what was expected.
#include <boost/test/unit_test.hpp>

#include "fhir/knowledge_edit.hpp"

using namespace rectal_cds::testing;

namespace {

const std::string ras = plan_path("anti-egfr-ras-mutant");
const std::string doublet = plan_path("first-line-doublet-bevacizumab");  // at-most-one, with an escalation
const std::string tests = plan_path("biomarker-testing-needed");          // any, prechecked

// `place` of the plan is set to `json`, or removed when that is empty: the error is there and holds `words`.
void check_set(const std::string& path, const std::string& place, std::string_view json, std::string_view words) {
    EditedKnowledge edited;
    if (json.empty())
        edited.remove(path, place);
    else
        edited.set(path, place, json);
    check_one_error(edited, path, place, words);
}

void check_missing(const std::string& path, const std::string& place) {
    check_set(path, place, "", "This member is missing.");
}

std::string url(std::string_view name) {
    return "https://rectal-cds.example/fhir/StructureDefinition/" + std::string(name);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(plan_format)

BOOST_AUTO_TEST_CASE(an_unexpected_member) {
    check_set(ras, "purpose", "\"x\"", "The member 'purpose' is not expected here.");
}

BOOST_AUTO_TEST_CASE(an_unexpected_member_far_below) {
    check_set(ras, "action[0].condition[2].expression.description", "\"x\"", "'description' is not expected here.");
}

BOOST_AUTO_TEST_CASE(a_misspelt_member_names_the_missing_one) {
    EditedKnowledge edited;
    edited.replace(ras, "\"publisher\"", "\"publishr\"");
    check_one_error(edited, ras, "publishr", "is not expected here; 'publisher' is missing.");
}

BOOST_AUTO_TEST_CASE(a_wrong_type) {
    check_set(ras, "experimental", "\"no\"", "true or false is expected.");
    check_set(ras, "title", "7", "A text is expected.");
    check_set(ras, "usage", "\" \"", "A text is expected.");
    check_set(ras, "effectivePeriod", "[]", "An object is expected.");
    check_set(ras, "action[0].trigger", "{}", "A list with at least one entry is expected.");
    check_set(ras, "action[0].trigger[0]", "true", "An object is expected.");
}

BOOST_AUTO_TEST_CASE(a_wrong_resource_type) {
    check_set(ras, "resourceType", "\"Plandefinition\"", "'PlanDefinition' is expected.");
    check_missing(ras, "status");
}

BOOST_AUTO_TEST_CASE(an_id_that_is_not_the_name_of_the_file) {
    check_set(ras, "id", "\"anti-egfr-ras\"", "The name of the file is expected: 'anti-egfr-ras-mutant'.");
}

BOOST_AUTO_TEST_CASE(a_url_that_is_not_the_canonical_of_the_id) {
    check_set(ras, "url", "\"https://rectal-cds.example/fhir/PlanDefinition/other\"",
              "PlanDefinition/anti-egfr-ras-mutant' is expected.");
}

BOOST_AUTO_TEST_CASE(a_file_that_bears_another_name) {
    EditedKnowledge edited;
    const auto& files = knowledge_files();
    for (const auto& file : files) {
        if (file.path == ras) edited.write(plan_path("ras"), file.text);
    }
    check_one_error(edited.drop(ras), plan_path("ras"), "id", "The name of the file is expected: 'ras'.");
}

BOOST_AUTO_TEST_CASE(a_name_that_is_no_fhir_name) {
    check_set(ras, "name", "\"anti-egfr\"", "A capital and then letters");
}

BOOST_AUTO_TEST_CASE(text_that_is_no_json) {
    EditedKnowledge edited;
    edited.write(ras, R"({"resourceType": "PlanDefinition", "id": )");
    const auto errors = edited.errors();
    BOOST_TEST_REQUIRE(errors.size() == 1U);
    BOOST_TEST(errors[0].where.rfind(ras + ": ", 0) == 0U);
    BOOST_TEST((errors[0].kind == rectal_cds::base::ErrorKind::malformed));
}

BOOST_AUTO_TEST_CASE(two_card_actions) {
    check_set(ras, "action[1]", card_of(ras), "One action, the card, is expected.");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(plan_governance)

BOOST_AUTO_TEST_CASE(a_missing_governance_member) {
    for (const char* member : {"version", "date", "effectivePeriod", "effectivePeriod.end", "publisher", "usage"})
        check_missing(ras, member);
}

BOOST_AUTO_TEST_CASE(a_missing_review_date) {
    EditedKnowledge edited;
    edited.remove(ras, extension_at(ras, "", "review-by"));
    check_one_error(edited, ras, "extension", "The extension 'review-by' is missing.");
}

BOOST_AUTO_TEST_CASE(one_of_the_thirteen_source_attributes_is_missing) {
    const std::string attributes = extension_at(ras, "", "source-attributes") + ".extension";
    for (std::size_t i = 0; i < 13; ++i) {
        EditedKnowledge edited;
        edited.remove(ras, attributes + '[' + std::to_string(i) + ']');
        check_one_error(edited, ras, attributes, " is missing.");
    }
}

BOOST_AUTO_TEST_CASE(a_misspelt_source_attribute) {
    const std::string place = extension_at(ras, "", "source-attributes") + ".extension[4].url";
    check_set(ras, place, "\"rase\"", "The extension 'rase' is not expected here; 'race' is missing.");
}

BOOST_AUTO_TEST_CASE(an_extension_given_twice) {
    const std::string place = extension_at(ras, "", "seed-claim");
    EditedKnowledge edited;
    edited.set(ras, place, R"({"url": ")" + url("evidence-grade") + R"(", "valueCode": "B"})");
    check_one_error(edited, ras, place + ".url", "'evidence-grade' is expected only once.");
}

BOOST_AUTO_TEST_CASE(signs_of_approval_on_a_draft) {
    check_set(ras, "approvalDate", "\"2026-03-01\"", "Nothing is expected here while the status is draft.");
    check_set(ras, "lastReviewDate", "\"2026-03-01\"", "Nothing is expected here while the status is draft.");
    check_set(ras, "reviewer", R"([{"name": "A clinician"}])", "Nothing is expected here while the status is draft.");
}

BOOST_AUTO_TEST_CASE(a_review_or_expiry_too_far_away) {
    const std::string review = extension_at(ras, "", "review-by") + ".valueDate";
    check_set(ras, review, "\"2026-08-24\"", "at most 180 days later is expected.");
    check_set(ras, review, "\"2026-02-24\"", "A day after 2026-02-24");
    check_set(ras, "effectivePeriod.end", "\"2027-02-25\"", "at most 365 days later is expected.");
    check_set(ras, "effectivePeriod.start", "\"2026-01-02\"", "No day after 2026-01-01 is expected.");
    check_set(ras, "effectivePeriod.end", "\"2027-02-30\"", "A day of the calendar");
}

BOOST_AUTO_TEST_CASE(a_version_that_the_other_plans_do_not_share) {
    check_set(ras, "version", "\"0.9.9\"", "The version that the plans share is expected");
}

BOOST_AUTO_TEST_CASE(a_group_or_grade_that_does_not_exist) {
    check_set(ras, extension_at(ras, "", "recommendation-group") + ".valueCode", "\"I\"", "One of 'A', 'B'");
    check_set(ras, extension_at(ras, "", "evidence-grade") + ".valueCode", "\"A/X\"", "Grades A, B, C, L or N");
    check_set(ras, extension_at(ras, "", "evidence-grade") + ".valueCode", "\"A/\"", "Grades A, B, C, L or N");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(plan_logic)

BOOST_AUTO_TEST_CASE(a_fact_that_is_not_in_the_vocabulary) {
    const std::string place = "action[0].condition[5].expression.expression";
    check_set(ras, place, "\"RAS mutnat\"", "there is no 'RAS mutnat'. The nearest is 'RAS mutant'.");
    check_set(ras, place, "\"Something else altogether, unheard of\"", "A fact of the vocabulary is expected");
}

BOOST_AUTO_TEST_CASE(an_unknown_fact_of_an_escalation_or_a_suggestion) {
    const std::string escalation = extension_at(doublet, "action[0]", "escalation");
    check_set(doublet, escalation + ".extension[0].valueString", "\"More than 29 days since stage IV diagnosis\"",
              "The nearest is 'More than 28 days since stage IV diagnosis'.");
    check_set(tests, "action[0].action[0].condition[0].expression.expression", "\"RAS tests missing\"",
              "The nearest is 'RAS test missing'.");
    check_set(doublet, "action[0].action[0].extension[0].valueString", "\"Factors favour oxaliplatin\"",
              "A fact of the vocabulary is expected");
}

BOOST_AUTO_TEST_CASE(no_condition_or_one_of_another_language) {
    check_missing(ras, "action[0].condition");
    check_set(ras, "action[0].condition[0].expression.language", "\"text/cql\"", "'text/cql-identifier' is expected.");
    check_set(ras, "action[0].condition[0].kind", "\"start\"", "'applicability' is expected.");
}

BOOST_AUTO_TEST_CASE(no_trigger_or_one_that_is_no_hook) {
    check_missing(ras, "action[0].trigger");
    check_set(ras, "action[0].trigger[0].name", "\"order-dispatch\"",
              "One of 'patient-view', 'order-select', 'order-sign' is expected.");
}

BOOST_AUTO_TEST_CASE(an_escalation_that_does_not_escalate) {
    const std::string priority = extension_at(doublet, "action[0]", "escalation") + ".extension[1].valueCode";
    check_set(doublet, priority, "\"routine\"", "A priority above that of the action is expected.");
    check_set(doublet, priority, "\"critical\"", "One of 'routine', 'urgent', 'stat' is expected.");
}

BOOST_AUTO_TEST_CASE(an_unknown_override_reason) {
    check_set(ras, extension_at(ras, "action[0]", "override-reason") + ".valueCode", "\"OR-WRNG\"",
              "there is no 'OR-WRNG'. The nearest is 'OR-WRONG'.");
}

BOOST_AUTO_TEST_CASE(no_citation_or_one_that_evidence_does_not_hold) {
    check_missing(ras, "relatedArtifact");
    check_set(ras, "relatedArtifact", "[]", "A list with at least one entry is expected.");
    check_set(ras, "relatedArtifact[0].label", "\"FDA-VECTIBX\"",
              "there is no 'FDA-VECTIBX'. The nearest is 'FDA-VECTIBIX'.");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(plan_suggestions)

BOOST_AUTO_TEST_CASE(two_prechecked_where_at_most_one_may_be_chosen) {
    EditedKnowledge edited;
    for (int i : {2, 3}) edited.set(doublet, "action[0].action[" + std::to_string(i) + "].precheckBehavior", "\"yes\"");
    for (int i : {0, 1}) edited.remove(doublet, "action[0].action[" + std::to_string(i) + "].extension");
    check_one_error(edited, doublet, "action[0].action[3].precheckBehavior",
                    "Only one recommended suggestion is expected");
}

BOOST_AUTO_TEST_CASE(two_recommended_on_the_same_fact_where_at_most_one_may_be_chosen) {
    check_set(doublet, "action[0].action[1].extension[0].valueString",
              "\"Factors favour an oxaliplatin backbone only\"", "Only one recommended suggestion is expected");
}

BOOST_AUTO_TEST_CASE(a_suggestion_without_purpose_or_with_two) {
    const std::string place = "action[0].action[4]";
    EditedKnowledge without, twofold;
    without.remove(doublet, place + ".definitionCanonical");
    check_one_error(without, doublet, place, "Either definitionCanonical, or action, or a deletion");
    twofold.set(doublet, place + ".action",
                R"([{"definitionCanonical": "https://rectal-cds.example/fhir/ActivityDefinition/inr"}])");
    check_one_error(twofold, doublet, place, "Either definitionCanonical, or action, or a deletion");
}

BOOST_AUTO_TEST_CASE(a_deletion_without_group_or_of_an_unknown_group) {
    EditedKnowledge edited;
    edited.remove(ras, "action[0].action[0].extension");
    check_one_error(edited, ras, "action[0].action[0]", "are expected together.");
    check_set(ras, "action[0].action[0].extension[0].valueCode", "\"anti-egrf\"",
              "A group of drafted orders that the program knows");
}

BOOST_AUTO_TEST_CASE(a_replacement_without_orders_or_with_two_deletions_or_with_a_part_of_no_purpose) {
    const std::string parts = "action[0].action[1].action";
    const std::string removal = R"({"extension": [{"url": ")" + url("drafted-orders") +
                                R"(", "valueCode": "anti-egfr"}], "type": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/action-type", "code": "remove-event"}]}})";
    const std::string order = R"({"definitionCanonical": "https://rectal-cds.example/fhir/ActivityDefinition/bevacizumab-5-q14d"})";
    check_set(ras, parts, "[" + removal + ", " + removal + ", " + order + "]", "at most one deletion of what they replace");
    EditedKnowledge with_empty_part, without_group;
    with_empty_part.set(ras, parts, "[" + order + R"(, {"definitionCanonical": "https://rectal-cds.example/fhir/ActivityDefinition/inr"}, )" + removal + "]");
    with_empty_part.remove(ras, parts + "[1].definitionCanonical");
    check_one_error(with_empty_part, ras, parts + "[1]", "Either definitionCanonical or a deletion");
    check_set(ras, parts + "[0].extension[0].valueCode", "\"anti-egrf\"", "A group of drafted orders that the program knows");
    without_group.remove(ras, parts + "[0].extension");
    check_one_error(without_group, ras, parts + "[0]", "are expected together.");
}

BOOST_AUTO_TEST_CASE(the_same_drug_twice_in_one_suggestion) {
    EditedKnowledge edited;
    edited.set(doublet, "action[0].action[0].action[2]",
               R"({"definitionCanonical": "https://rectal-cds.example/fhir/ActivityDefinition/bevacizumab-7-5-q21d"})");
    check_one_error(edited, doublet, "action[0].action[0]", "bevacizumab is ordered twice.");
}

BOOST_AUTO_TEST_CASE(suggestions_without_selection_behaviour_and_the_reverse) {
    check_set(doublet, "action[0].selectionBehavior", "", "It is expected if there are suggestions, and only then.");
    check_set(plan_path("data-unavailable"), "action[0].selectionBehavior", "\"any\"",
              "It is expected if there are suggestions, and only then.");
}

BOOST_AUTO_TEST_CASE(a_label_that_is_too_long_or_not_plain) {
    check_set(doublet, "action[0].action[4].title", quoted(std::string(100, 'x')),
              "At most 99 characters are expected");
    check_set(doublet, "action[0].action[4].title", "\"**mFOLFOX6**\"", "Plain text is expected");
}

BOOST_AUTO_TEST_SUITE_END()
