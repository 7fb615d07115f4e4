// The formats of hooks/ (hooks/README.md): one Shape for each kind of file.
#pragma once

#include <array>
#include <string_view>

#include "domain/case.hpp"
#include "fhir/knowledge_shape.hpp"

namespace rectal_cds::fhir {

// CDS Hooks 2.0.1, names of the hooks, by domain::Hook.
inline constexpr std::array<std::string_view, 3> hook_names{"patient-view", "order-select", "order-sign"};

// Whether the service of this hook reads the input (local-codes.md 1; decisions.md 36).
bool reads(domain::Hook hook, domain::Input input);

const Shape& plan_shape();        // PlanDefinition, eca-rule: one recommendation
const Shape& regimen_shape();     // PlanDefinition, order-set
const Shape& medication_shape();  // ActivityDefinition of a MedicationRequest
const Shape& service_shape();     // ActivityDefinition of a ServiceRequest
const Shape& vocabulary_shape();  // Library of facts
const Shape& evidence_shape();    // Library of cited works
const Shape& watch_list_shape();  // Library of decisions that are still to come
const Shape& review_notes_shape();  // Library of what a clinician has to look at beside the plans
const Shape& code_system_shape();
Shape discovery_shape(domain::Hook hook);  // discovery entry of the service for this hook

}  // namespace rectal_cds::fhir
