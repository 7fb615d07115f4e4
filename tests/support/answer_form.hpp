// The form of an answer: what CDS Hooks 2.0.1 (section "HTTP response") and clinical.md 3.1 to 3.5 ask of every card,
// whatever it says. Used on every answer that the scenarios and the golden cases produce.
#pragma once

#include <string>
#include <vector>

#include "json/document.hpp"

namespace rectal_cds::testing {

// Sentences with the place ("cards[2].summary: ..."); empty when the form is right.
std::vector<std::string> form_breaches(json::Value answer, json::Value request, std::string_view today);

// One suggested resource, at `place`: a draft MedicationRequest or ServiceRequest for the patient of the request.
std::vector<std::string> order_breaches(json::Value resource, json::Value request, std::string_view today,
                                        const std::string& place);

}  // namespace rectal_cds::testing
