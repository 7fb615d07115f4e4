// Hook calls against knowledge that a test has changed in memory.
#pragma once

#include <string>
#include <string_view>

#include "fhir/knowledge.hpp"
#include "json/document.hpp"

namespace rectal_cds::testing {

// The answer to a request; UUIDs come from its hookInstance.
json::Document judged_with(const fhir::Knowledge& knowledge, json::Value request, std::string_view today, bool explain = false);

// The request of a golden case of the knowledge: "cetuximab-with-kras-mutation".
json::Value golden_request(const fhir::Knowledge& knowledge, std::string_view name);

// The card with this topic code; missing when there is none.
json::Value card_of(const json::Document& answer, std::string_view topic);

// To change in place; throws std::out_of_range when there is none.
guideline::Recommendation& recommendation_of(fhir::Knowledge& knowledge, std::string_view id);

void approve(guideline::Recommendation& recommendation);  // by "Dr Ada Example" on 2026-03-10

}  // namespace rectal_cds::testing
