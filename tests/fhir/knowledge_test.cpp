// The knowledge of this checkout is valid and arrives as it is written.
#include <boost/test/unit_test.hpp>

#include <algorithm>

#include "fhir/knowledge_edit.hpp"
#include "fhir/knowledge_names.hpp"
#include "fhir/knowledge_wording.hpp"

using namespace rectal_cds;
using namespace rectal_cds::testing;
using domain::Drug;
using domain::Hook;
using guideline::Indicator;
using guideline::Recommendation;
using guideline::Suggestion;

namespace {

const fhir::Knowledge& knowledge() {
    static const fhir::Knowledge read = EditedKnowledge().read();
    return read;
}

const Recommendation& recommendation(std::string_view id) {
    const Recommendation* found = knowledge().recommendation(id);
    BOOST_TEST_REQUIRE(found != nullptr, "No recommendation " << id);
    return *found;
}

std::size_t files_in(std::string_view folder) {
    const auto is_inside = [&](const fhir::KnowledgeFile& file) { return file.path.rfind(folder, 0) == 0; };
    return static_cast<std::size_t>(std::count_if(knowledge_files().begin(), knowledge_files().end(), is_inside));
}

bool is_for(const Recommendation& r, Hook hook) { return r.hooks[static_cast<std::size_t>(hook)]; }

std::string fact_name(domain::FactId id) { return std::string(domain::vocabulary()[id].name); }

const Suggestion& labelled(const Recommendation& r, std::string_view beginning) {
    const auto begins = [&](const Suggestion& s) { return s.label.rfind(beginning, 0) == 0; };
    const auto found = std::find_if(r.suggestions.begin(), r.suggestions.end(), begins);
    BOOST_TEST_REQUIRE((found != r.suggestions.end()), "No suggestion " << beginning);
    return *found;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(real_knowledge)

BOOST_AUTO_TEST_CASE(hooks_and_profiles_of_this_checkout_hold_no_error) {
    for (const base::Error& error : EditedKnowledge().errors()) BOOST_ERROR(error.where << " -- " << error.what);
}

BOOST_AUTO_TEST_CASE(every_plan_order_and_service_arrives) {
    BOOST_TEST(knowledge().recommendations.size() == files_in("hooks/guideline/plans/"));
    BOOST_TEST(knowledge().orders.size() == files_in("hooks/guideline/orders/"));
    BOOST_TEST(knowledge().services.size() == 3U);
    BOOST_TEST(!knowledge().card_template.empty());
    BOOST_TEST(!knowledge().version.empty());
    BOOST_TEST((knowledge().date > base::Day{}));
}

BOOST_AUTO_TEST_CASE(recommendations_stand_in_the_order_of_their_topics) {
    const auto& all = knowledge().recommendations;
    const auto rank = [&](std::string_view id) { return &recommendation(id) - all.data(); };
    BOOST_TEST(all.front().id == "data-unavailable");
    BOOST_TEST(all.back().id == "regimen-drug-allergy");
    BOOST_TEST(rank("staging-incomplete") < rank("biomarker-testing-needed"));
    BOOST_TEST(rank("second-line-switch-backbone") < rank("anti-egfr-ras-mutant"));
    BOOST_TEST(rank("bevacizumab-surgery-under-28d") < rank("bevacizumab-surgery-under-6w"));
}

BOOST_AUTO_TEST_CASE(a_critical_order_card_keeps_all_that_its_plan_says) {
    const Recommendation& r = recommendation("anti-egfr-ras-mutant");
    BOOST_TEST((r.group == 'F' && r.grade == "A/L" && r.version == knowledge().version));
    BOOST_TEST((!is_for(r, Hook::patient_view) && is_for(r, Hook::order_select) && is_for(r, Hook::order_sign)));
    BOOST_TEST((r.indicator == Indicator::critical && r.escalations.empty() && r.free_text_required && !r.any_number));
    BOOST_TEST(fact_name(r.conditions.front()) == "No death on record");
    BOOST_TEST(fact_name(r.conditions.back()) == "KRAS G12C exemption does not apply");
    BOOST_TEST((!r.title.empty() && !r.summary.empty() && !r.detail.empty() && !r.limits.empty()));
    BOOST_TEST_REQUIRE(!r.citations.empty());
    BOOST_TEST(r.citations[0].key == "FDA-VECTIBIX");
    BOOST_TEST((!r.citations[0].reference.empty() && !r.citations[0].url.empty()));
    const auto overrides = {"OR-WRONG", "OR-TRIAL", "OR-RECHALLENGE"};
    BOOST_TEST(r.override_reasons == overrides, boost::test_tools::per_element());
    BOOST_TEST(r.seed_claims.front().claim == "S4");
    BOOST_TEST(!r.seed_claims.front().verdict.empty());
    BOOST_TEST((r.date < r.review_by && r.review_by < r.expires));
    BOOST_TEST((r.review.step == guideline::ReviewStep::draft && r.review.reviewer.empty() && !r.review.last_reviewed));
    BOOST_TEST((!r.purpose.empty() && !r.citations[0].full.empty() && !r.citations[0].seen.empty()));
    BOOST_TEST(r.source_attributes.size() == 13U);
}

BOOST_AUTO_TEST_CASE(a_deletion_names_a_group_and_its_replacement_makes_the_same_deletion) {
    const Recommendation& r = recommendation("anti-egfr-ras-mutant");
    BOOST_TEST(labelled(r, "Drafted").removes == "anti-egfr");
    BOOST_TEST(labelled(r, "Drafted").orders.empty());
    BOOST_TEST(labelled(r, "Bevacizumab").removes == "anti-egfr");
    const auto orders = {"bevacizumab-5-q14d"};
    BOOST_TEST(labelled(r, "Bevacizumab").orders == orders, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_regimen_expands_into_the_orders_of_the_suggestion) {
    const Recommendation& r = recommendation("first-line-doublet-bevacizumab");
    const auto backbone = {"oxaliplatin-85-q14d", "leucovorin-400-q14d", "fluorouracil-400-bolus-2400-46h-q14d"};
    BOOST_TEST(r.suggestions[4].orders == backbone, boost::test_tools::per_element());
    const auto complete = {"oxaliplatin-85-q14d", "leucovorin-400-q14d", "fluorouracil-400-bolus-2400-46h-q14d",
                           "bevacizumab-5-q14d"};
    BOOST_TEST(r.suggestions[0].orders == complete, boost::test_tools::per_element());
    BOOST_TEST_REQUIRE(r.suggestions[0].recommended_when.has_value());
    BOOST_TEST(fact_name(*r.suggestions[0].recommended_when) == "Factors favour an oxaliplatin backbone only");
    BOOST_TEST((!r.any_number && !r.suggestions[0].recommended));
}

BOOST_AUTO_TEST_CASE(a_missing_test_is_prechecked_on_its_own_condition) {
    const Recommendation& r = recommendation("biomarker-testing-needed");
    BOOST_TEST((r.any_number && r.indicator == Indicator::info && is_for(r, Hook::patient_view)));
    const Suggestion& ras = labelled(r, "KRAS and NRAS");
    BOOST_TEST(ras.recommended);
    BOOST_TEST_REQUIRE(ras.conditions.size() == 1U);
    BOOST_TEST(fact_name(ras.conditions[0]) == "RAS test missing");
}

BOOST_AUTO_TEST_CASE(an_escalation_raises_the_severity_on_a_fact) {
    const Recommendation& r = recommendation("first-line-doublet-bevacizumab");
    BOOST_TEST_REQUIRE(r.escalations.size() == 1U);
    BOOST_TEST(fact_name(r.escalations[0].fact) == "More than 28 days since stage IV diagnosis");
    BOOST_TEST((r.indicator == Indicator::info && r.escalations[0].indicator == Indicator::warning));
}

BOOST_AUTO_TEST_CASE(every_drug_order_names_its_drug_and_every_service_its_spellings) {
    for (const auto& [id, order] : knowledge().orders) {
        BOOST_TEST(order.id == id);
        BOOST_TEST(!order.title.empty());
        BOOST_TEST(order.drug.has_value() == order.medication, id);
        BOOST_TEST(order.keys.empty() == order.medication, id);
    }
    BOOST_TEST((knowledge().orders.at("fluorouracil-400-bolus-2400-46h-q14d").drug == Drug::fluorouracil));
    BOOST_TEST((knowledge().orders.at("adagrasib-600-twice-daily").drug == Drug::adagrasib));
    const auto& keys = knowledge().orders.at("cea").keys;
    BOOST_TEST((std::find(keys.begin(), keys.end(), "http://loinc.org|2039-6") != keys.end()));
}

BOOST_AUTO_TEST_CASE(a_service_asks_for_what_its_hook_reads_in_the_order_of_its_file) {
    const fhir::Service* service = knowledge().service("rectal-cancer-order-sign");
    BOOST_TEST_REQUIRE(service != nullptr);
    BOOST_TEST((service->hook == Hook::order_sign && service->prefetch.size() == 8U));
    BOOST_TEST(service->prefetch[0].first == "patient");
    BOOST_TEST(service->prefetch[0].second == "Patient/{{context.patientId}}");
    BOOST_TEST(service->prefetch[7].first == "allergies");
    BOOST_TEST(service->definition["hook"].text() == "order-sign");
    BOOST_TEST((knowledge().service("another") == nullptr && knowledge().recommendation("another") == nullptr));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(all_errors_at_once)

BOOST_AUTO_TEST_CASE(a_misspelt_fact_a_long_summary_and_no_citation_are_three_errors) {
    const std::string path = plan_path("first-line-doublet-bevacizumab");
    EditedKnowledge edited;
    edited.replace(path, "\"expression\": \"RAS mutant\"", "\"expression\": \"RAS mutnat\"");
    edited.set(path, "action[0].title", quoted(std::string(150, 'x'))).remove(path, "relatedArtifact");
    const auto errors = edited.errors();
    BOOST_TEST_REQUIRE(errors.size() == 3U);
    const auto says = [&](std::string_view place, std::string_view words) {
        return std::any_of(errors.begin(), errors.end(), [&](const base::Error& error) {
            return error.where == path + ": " + std::string(place) && error.what.find(words) != std::string::npos;
        });
    };
    BOOST_TEST(says("action[0].condition[11].expression.expression", "The nearest is 'RAS mutant'."));
    BOOST_TEST(says("action[0].title", "At most 139 characters are expected; these are 150."));
    BOOST_TEST(says("relatedArtifact", "This member is missing. A list with at least one entry is expected."));
}

BOOST_AUTO_TEST_CASE(errors_of_several_files_come_together_sorted_by_file) {
    EditedKnowledge edited;
    edited.set(order_path("cea"), "colour", "1").set(plan_path("cea-rising"), "status", "\"retired\"");
    edited.write("profiles/codesystems/rectal-cds.json", "{").drop("hooks/templates/card-detail.mustache");
    const auto errors = edited.errors();
    BOOST_TEST_REQUIRE(errors.size() == 4U);
    BOOST_TEST(errors[0].where == order_path("cea") + ": colour");
    BOOST_TEST(errors[1].where == plan_path("cea-rising") + ": status");
    BOOST_TEST(errors[2].where == "hooks/templates/card-detail.mustache");
    BOOST_TEST(errors[3].where.rfind("profiles/codesystems/rectal-cds.json: ", 0) == 0U);
}

BOOST_AUTO_TEST_CASE(no_files_at_all_are_errors_too) {
    std::vector<base::Error> errors;
    const fhir::Knowledge nothing = fhir::read_knowledge({}, errors);
    BOOST_TEST(nothing.recommendations.empty());
    BOOST_TEST(errors.size() == 12U + fhir::value_set_count);
}

BOOST_AUTO_TEST_CASE(a_topic_is_the_id_in_camel_case) {
    BOOST_TEST(fhir::topic_code("bevacizumab-surgery-under-28d") == "bevacizumabSurgeryUnder28d");
    BOOST_TEST(fhir::topic_code("first-line-braf-v600e") == "firstLineBrafV600e");
}

BOOST_AUTO_TEST_SUITE_END()
