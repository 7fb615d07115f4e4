// Files that name each other: one mistake is one error, in the file where it was made.
#include <boost/test/unit_test.hpp>

#include "domain/vocabulary.hpp"
#include "fhir/knowledge_edit.hpp"

using namespace rectal_cds;
using namespace rectal_cds::testing;

namespace {

const std::string ras = plan_path("anti-egfr-ras-mutant");
const std::string doublet = plan_path("first-line-doublet-bevacizumab");
const std::string vocabulary = "hooks/guideline/vocabulary.json";
const std::string evidence = "hooks/guideline/evidence.json";
const std::string topics = "hooks/guideline/codesystems/recommendation.json";
const std::string reasons = "hooks/guideline/codesystems/override-reason.json";

std::string canonical(std::string_view type, std::string_view id) {
    return quoted("https://rectal-cds.example/fhir/" + std::string(type) + '/' + std::string(id));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(canonicals)

BOOST_AUTO_TEST_CASE(a_misspelt_order_is_not_also_an_order_that_nobody_wants) {
    EditedKnowledge edited;
    edited.replace(plan_path("dpyd-not-tested"), canonical("ActivityDefinition", "dpyd-test"),
                   canonical("ActivityDefinition", "dypd-test"));
    check_one_error(edited, plan_path("dpyd-not-tested"), "action[0].action[0].definitionCanonical",
                    "The nearest is 'https://rectal-cds.example/fhir/ActivityDefinition/dpyd-test'.");
}

BOOST_AUTO_TEST_CASE(a_misspelt_regimen) {
    EditedKnowledge edited;
    edited.set(doublet, "action[0].action[4].definitionCanonical", canonical("PlanDefinition", "mfolfox66"));
    check_one_error(edited, doublet, "action[0].action[4].definitionCanonical",
                    "The nearest is 'https://rectal-cds.example/fhir/PlanDefinition/mfolfox6'.");
}

BOOST_AUTO_TEST_CASE(a_canonical_of_the_wrong_type) {
    EditedKnowledge edited;
    edited.set(doublet, "action[0].action[4].definitionCanonical", canonical("ActivityDefinition", "mfolfox6"));
    check_one_error(edited, doublet, "action[0].action[4].definitionCanonical",
                    "The canonical of an order or regimen is expected");
}

BOOST_AUTO_TEST_CASE(an_order_that_was_deleted_is_one_error_however_often_it_is_named) {
    EditedKnowledge edited;
    const auto errors = edited.drop(order_path("bevacizumab-5-q14d")).errors();
    BOOST_TEST_REQUIRE(errors.size() == 1U);
    BOOST_TEST(errors[0].what.find("more places.") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_regimen_that_was_deleted_leaves_its_orders_alone) {
    EditedKnowledge edited;
    check_one_error(edited.drop(regimen_path("fruquintinib")), plan_path("later-line-options"),
                    "action[0].action[5].definitionCanonical", "there is no");
}

BOOST_AUTO_TEST_CASE(an_order_that_nothing_refers_to) {
    EditedKnowledge edited;
    edited.remove(regimen_path("folfiri"), "action[0]");
    BOOST_TEST(edited.errors().empty());
    edited.remove(plan_path("dpyd-not-tested"), "action[0].action")
        .remove(plan_path("dpyd-not-tested"), "action[0].selectionBehavior");
    check_one_error(edited, order_path("dpyd-test"), "url",
                    "A recommendation or regimen that refers to this is expected; there is none.");
}

BOOST_AUTO_TEST_CASE(a_regimen_that_nothing_refers_to) {
    EditedKnowledge edited;
    for (const auto& file : knowledge_files()) {
        if (file.path != regimen_path("fruquintinib")) continue;
        edited.write(regimen_path("another"), file.text);
        edited.set(regimen_path("another"), "id", "\"another\"")
            .set(regimen_path("another"), "url", canonical("PlanDefinition", "another"));
    }
    check_one_error(edited, regimen_path("another"), "url",
                    "A recommendation or regimen that refers to this is expected");
}

BOOST_AUTO_TEST_CASE(a_regimen_holds_orders_only) {
    EditedKnowledge edited;
    edited.set(regimen_path("folfiri"), "action[3]",
               "{\"definitionCanonical\": " + canonical("PlanDefinition", "capox") + "}");
    check_one_error(edited, regimen_path("folfiri"), "action[3].definitionCanonical",
                    "The canonical of an ActivityDefinition is expected.");
}

BOOST_AUTO_TEST_CASE(a_plan_that_is_no_json_still_needs_its_orders) {
    EditedKnowledge edited;
    edited.replace(plan_path("dpyd-not-tested"), "\"status\": \"draft\",", "\"status\": draft,");
    const auto errors = edited.errors();
    BOOST_TEST_REQUIRE(errors.size() == 1U);
    BOOST_TEST(errors[0].where.rfind(plan_path("dpyd-not-tested") + ": ", 0) == 0U);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(lists)

BOOST_AUTO_TEST_CASE(a_name_or_meaning_that_the_program_does_not_have_is_one_error) {
    const auto& facts = domain::vocabulary();
    EditedKnowledge name, meaning, fewer, more;
    check_one_error(name.set(vocabulary, "extension[3].extension[0].valueString", "\"Other\""), vocabulary,
                    "extension[3].extension[0].valueString", facts[3].name);
    check_one_error(meaning.set(vocabulary, "extension[3].extension[1].valueString", "\"Other\""), vocabulary,
                    "extension[3].extension[1].valueString", facts[3].meaning);
    check_one_error(fewer.remove(vocabulary, "extension[3]"), vocabulary, "extension[3].extension[0].valueString",
                    facts[3].name);
    more.remove(vocabulary, "extension[" + std::to_string(facts.size() - 1) + ']');
    check_one_error(more, vocabulary, "extension", facts.back().name);
}

BOOST_AUTO_TEST_CASE(a_fact_that_only_the_file_has) {
    const std::size_t count = domain::vocabulary().size();
    const std::string place = "extension[" + std::to_string(count) + ']';
    EditedKnowledge edited;
    edited.set(
        vocabulary, place,
        R"({"url": "https://rectal-cds.example/fhir/StructureDefinition/fact", "extension": [{"url": "name", "valueString": "X"}, {"url": "meaning", "valueString": "Y"}]})");
    check_one_error(edited, vocabulary, place, "No fact is expected here");
}

BOOST_AUTO_TEST_CASE(a_work_that_is_cited_and_was_taken_out_of_evidence) {
    EditedKnowledge edited;
    const auto errors = edited.replace(evidence, "\"label\": \"ASCO22\"", "\"label\": \"ASCO-2022\"").errors();
    BOOST_TEST_REQUIRE(errors.size() == 1U);
    BOOST_TEST(errors[0].what.find("there is no 'ASCO22'.") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(faults_of_evidence_itself) {
    EditedKnowledge unlabelled, insecure, twice, unseen;
    check_one_error(unlabelled.remove(evidence, "relatedArtifact[2].label"), evidence, "relatedArtifact[2].label",
                    "This member is missing.");
    check_one_error(insecure.set(evidence, "relatedArtifact[2].url", "\"http://example.org\""), evidence,
                    "relatedArtifact[2].url", "An https address is expected.");
    check_one_error(unseen.remove(evidence, "relatedArtifact[2].extension"), evidence, "relatedArtifact[2].extension",
                    "The extension 'seen' is missing.");
    const std::string work =
        R"({"type": "citation", "label": "ASCO22", "display": "x, 2022", "citation": "y", "extension": [{"url": "https://rectal-cds.example/fhir/StructureDefinition/seen", "valueString": "z"}]})";
    const std::string place = "relatedArtifact[" + std::to_string(size_of(evidence, "relatedArtifact")) + ']';
    check_one_error(twice.set(evidence, place, work), evidence, place + ".label", "'ASCO22' is expected only once.");
}

BOOST_AUTO_TEST_CASE(evidence_that_is_no_json_or_missing_is_one_error) {
    EditedKnowledge broken, missing;
    BOOST_TEST(broken.replace(evidence, "\"status\": \"draft\"", "\"status\": draft").errors().size() == 1U);
    check_one_error(missing.drop(evidence), evidence, "", "This file is expected and missing.");
}

BOOST_AUTO_TEST_CASE(a_topic_that_does_not_fit_its_plan) {
    EditedKnowledge code, property, display;
    check_one_error(code.set(topics, "concept[1].code", "\"stagingUnclear\""), topics, "concept[1].code",
                    "in camelCase is expected: 'stagingIncomplete'.");
    check_one_error(property.set(topics, "concept[1].property[0].valueString", "\"staging-unclear\""), topics,
                    "concept[1].property[0].valueString", "'staging-incomplete'.");
    check_one_error(display.set(topics, "concept[1].display", "\"Stage\""), topics, "concept[1].display",
                    "The title of the plan is expected");
}

BOOST_AUTO_TEST_CASE(a_plan_without_topic_and_a_topic_without_plan) {
    EditedKnowledge without_topic, without_plan;
    without_topic.remove(topics, "concept[1]");
    check_one_error(without_topic, topics, "concept", "A concept for the plan 'staging-incomplete' is expected.");
    without_plan.drop(plan_path("dpyd-not-tested"));
    const auto errors = without_plan.errors();
    BOOST_TEST_REQUIRE(errors.size() == 1U);
    BOOST_TEST(errors[0].what.find("there is no 'dpyd-not-tested'.") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_override_reason_that_was_taken_out_or_is_given_twice) {
    EditedKnowledge gone, twice;
    const auto errors = gone.replace(reasons, "\"OR-WRONG\"", "\"OR-MISTAKE\"").errors();
    BOOST_TEST_REQUIRE(errors.size() == 1U);
    BOOST_TEST(errors[0].what.find("there is no 'OR-WRONG'.") != std::string::npos);
    const std::string place = "concept[" + std::to_string(size_of(reasons, "concept")) + ']';
    twice.set(reasons, place, R"({"code": "OR-MDT", "display": "Again"})");
    check_one_error(twice, reasons, place + ".code", "'OR-MDT' is expected only once.");
}

BOOST_AUTO_TEST_SUITE_END()
