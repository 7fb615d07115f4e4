// PlanDefinition to Recommendation: one eca-rule with one card action (hooks/README.md).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "fhir/knowledge_file.hpp"
#include "fhir/knowledge_references.hpp"
#include "fhir/read_order.hpp"
#include "guideline/recommendation.hpp"

namespace rectal_cds::fhir {

// What a plan refers to. The references are settled when all plans have been read.
struct PlanSurroundings {
    const std::unordered_map<std::string, guideline::Citation>& evidence;
    const std::unordered_map<std::string, OrderTemplate>& orders;
    const Regimens& regimens;
    References& citations;
    References& definitions;
    References& override_reasons;
    References& source_claims;
};

// Empty when the file is no PlanDefinition. What could not be read stays empty and has been reported.
std::optional<guideline::Recommendation> read_plan(Artefact& plan, const PlanSurroundings& around, Faults& faults);

// Parts of it. `place` is the JSON path of the element, for messages.

// A name out of the vocabulary.
std::optional<domain::FactId> read_fact(json::Value name, const std::string& place, Faults& faults);

// PlanDefinition.action.condition: all must be yes.
std::vector<domain::FactId> read_conditions(json::Value action, const std::string& place, Faults& faults);

// How far the review of the plan has come: extension review-status, and FHIR's own reviewer, approvalDate and
// lastReviewDate, all three once it is approved and none before (decisions.md 47).
guideline::Review read_review(json::Value root, bool is_sound, Faults& faults);

// The child actions of the card action. `is_sound`: the file held its format, so that what is missing was left out
// on purpose.
std::vector<guideline::Suggestion> read_suggestions(json::Value card, bool is_sound, const PlanSurroundings& around,
                                                    Faults& faults);

// The extensions audience-text of the card action (audience_wording.hpp).
void read_audience_texts(guideline::Recommendation& into, json::Value card, bool is_sound, Faults& faults);

}  // namespace rectal_cds::fhir
