// The three steps of review: a draft names nobody, a plan in review its reviewer, an approved one who, when, and what
// the approval covers (decisions.md 47 and 48).
#include <boost/test/unit_test.hpp>

#include "fhir/knowledge_edit.hpp"

using namespace rectal_cds;
using namespace rectal_cds::testing;
using guideline::ReviewStep;

namespace {

const std::string ras = plan_path("anti-egfr-ras-mutant");
const std::string unread = plan_path("data-unavailable");  // suggests nothing

std::string step_place(const std::string& plan) { return extension_at(plan, "", "review-status"); }

EditedKnowledge& set_step(EditedKnowledge& edited, const std::string& plan, std::string_view parts) {
    const std::string url = R"({"url": "https://rectal-cds.example/fhir/StructureDefinition/review-status", "extension": [)";
    return edited.set(plan, step_place(plan), url + std::string(parts) + "]}");
}

EditedKnowledge approved(const std::string& plan, std::string_view day = "2026-03-10") {
    EditedKnowledge edited;
    set_step(edited, plan, R"({"url": "step", "valueCode": "approved"})");
    edited.set(plan, "status", "\"active\"").set(plan, "approvalDate", quoted(day)).set(plan, "lastReviewDate", quoted(day));
    edited.set(plan, "reviewer", R"([{"name": "Dr Ada Example"}, {"name": "Dr Ben Example"}])");
    return edited;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(review_of_plans)

BOOST_AUTO_TEST_CASE(everything_ships_as_a_draft) {
    const fhir::Knowledge shipped = EditedKnowledge().read();
    for (const auto& r : shipped.recommendations) {
        BOOST_TEST((r.review.step == ReviewStep::draft && r.review.reviewer.empty()), r.id);
    }
}

BOOST_AUTO_TEST_CASE(a_plan_in_review_names_its_reviewer_and_the_day) {
    EditedKnowledge edited;
    set_step(edited, ras,
             R"({"url": "step", "valueCode": "in-review"}, {"url": "reviewer", "valueString": "Dr Ada Example"}, {"url": "since", "valueDate": "2026-03-01"})");
    BOOST_TEST_REQUIRE(edited.errors().empty());
    const auto review = edited.read().recommendation("anti-egfr-ras-mutant")->review;
    BOOST_TEST((review.step == ReviewStep::in_review && review.reviewer == "Dr Ada Example"));
    BOOST_TEST(base::iso(review.since) == "2026-03-01");
}

BOOST_AUTO_TEST_CASE(a_plan_in_review_without_reviewer_is_refused) {
    EditedKnowledge edited;
    set_step(edited, ras, R"({"url": "step", "valueCode": "in-review"}, {"url": "since", "valueDate": "2026-03-01"})");
    check_one_error(edited, ras, step_place(ras) + ".extension", "'reviewer' is expected while the step is 'in-review'.");
}

BOOST_AUTO_TEST_CASE(a_draft_that_names_a_reviewer_is_refused) {
    EditedKnowledge edited;
    set_step(edited, ras, R"({"url": "step", "valueCode": "draft"}, {"url": "reviewer", "valueString": "Dr Ada Example"})");
    check_one_error(edited, ras, step_place(ras) + ".extension[1]", "'reviewer' is expected only while the step is 'in-review'.");
}

BOOST_AUTO_TEST_CASE(an_approved_plan_says_by_whom_and_when) {
    const EditedKnowledge edited = approved(ras);
    BOOST_TEST_REQUIRE(edited.errors().empty());
    const auto review = edited.read().recommendation("anti-egfr-ras-mutant")->review;
    BOOST_TEST((review.step == ReviewStep::approved && review.reviewer == "Dr Ada Example, Dr Ben Example"));
    BOOST_TEST(base::iso(review.since) == "2026-03-10");
    BOOST_TEST(base::iso(review.last_reviewed.value()) == "2026-03-10");
}

BOOST_AUTO_TEST_CASE(an_approval_lacks_nothing) {
    for (const char* member : {"approvalDate", "lastReviewDate", "reviewer"}) {
        EditedKnowledge edited = approved(ras);
        edited.remove(ras, member);
        check_one_error(edited, ras, member, "Who reviewed the content, and when, is expected");
    }
}

BOOST_AUTO_TEST_CASE(status_and_step_agree) {
    EditedKnowledge unsigned_plan;
    unsigned_plan.set(ras, "status", "\"active\"");
    check_one_error(unsigned_plan, ras, "status", "'draft' is expected, because the step of the extension review-status is not 'approved'.");
    EditedKnowledge withdrawn = approved(ras);
    withdrawn.set(ras, "status", "\"draft\"");
    check_one_error(withdrawn, ras, "status", "'active' is expected");
}

BOOST_AUTO_TEST_CASE(content_that_changed_after_its_approval_is_refused) {
    check_one_error(approved(unread, "2026-02-23").set(unread, "lastReviewDate", "\"2026-02-24\""), unread, "approvalDate",
                    "No day before 2026-02-24, the date of the content");
}

BOOST_AUTO_TEST_CASE(an_order_that_changed_after_the_approval_is_refused) {
    const std::string bevacizumab = order_path("bevacizumab-5-q14d");
    EditedKnowledge edited = approved(ras, "2026-03-10");
    edited.set(bevacizumab, "date", "\"2026-03-11\"");
    check_one_error(edited, ras, "approvalDate", "the date of " + bevacizumab);
    EditedKnowledge same_day = approved(ras, "2026-03-11");
    same_day.set(bevacizumab, "date", "\"2026-03-11\"");
    BOOST_TEST(same_day.errors().empty());
}

BOOST_AUTO_TEST_CASE(so_is_an_order_inside_a_regimen_and_the_regimen_itself) {
    const std::string doublet = plan_path("first-line-doublet-bevacizumab");
    for (const std::string& path : {order_path("oxaliplatin-85-q14d"), regimen_path("mfolfox6")}) {
        EditedKnowledge edited = approved(doublet, "2026-03-10");
        edited.set(path, "date", "\"2026-03-11\"");
        check_one_error(edited, doublet, "approvalDate", "the date of " + path);
    }
}

BOOST_AUTO_TEST_CASE(a_name_that_would_be_markup_on_a_card_is_refused) {
    EditedKnowledge edited = approved(ras);
    edited.set(ras, "reviewer", R"([{"name": "<b>Dr Ada Example</b>"}])");
    check_one_error(edited, ras, "reviewer[0].name", "Plain text is expected");
}

BOOST_AUTO_TEST_CASE(review_and_expiry_count_from_the_last_review) {
    EditedKnowledge edited = approved(ras, "2026-08-01");
    edited.set(ras, extension_at(ras, "", "review-by") + ".valueDate", "\"2027-01-28\"").set(ras, "effectivePeriod.end", "\"2027-08-01\"");
    BOOST_TEST(edited.errors().empty());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(only_what_is_approved)

BOOST_AUTO_TEST_CASE(without_any_approval_nothing_is_judged) {
    fhir::Knowledge knowledge = EditedKnowledge().read();
    fhir::keep_approved(knowledge);
    BOOST_TEST(knowledge.recommendations.empty());
    BOOST_TEST(knowledge.unapproved.size() == 70U);
    BOOST_TEST(knowledge.services.empty());
}

BOOST_AUTO_TEST_CASE(without_an_approved_card_on_unread_data_nothing_is_judged) {
    fhir::Knowledge knowledge = approved(ras).read();
    fhir::keep_approved(knowledge);
    BOOST_TEST(knowledge.recommendations.empty());
}

BOOST_AUTO_TEST_CASE(the_others_are_set_aside) {
    EditedKnowledge edited = approved(ras);
    set_step(edited, unread, R"({"url": "step", "valueCode": "approved"})");
    edited.set(unread, "status", "\"active\"").set(unread, "approvalDate", "\"2026-03-10\"").set(unread, "lastReviewDate", "\"2026-03-10\"");
    edited.set(unread, "reviewer", R"([{"name": "Dr Ada Example"}])");
    BOOST_TEST_REQUIRE(edited.errors().empty());
    fhir::Knowledge knowledge = edited.read();
    fhir::keep_approved(knowledge);
    BOOST_TEST_REQUIRE(knowledge.recommendations.size() == 2U);
    BOOST_TEST(knowledge.recommendations[0].id == "data-unavailable");
    BOOST_TEST(knowledge.recommendations[1].id == "anti-egfr-ras-mutant");
    BOOST_TEST(knowledge.unapproved.size() == 68U);
    BOOST_TEST(knowledge.services.size() == 2U);  // nothing but unread data could be said when a chart is opened
}

BOOST_AUTO_TEST_SUITE_END()
