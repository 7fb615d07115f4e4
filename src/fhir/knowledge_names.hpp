// Names in knowledge files: what was probably meant by a misspelt one.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rectal_cds::fhir {

// Whether one is a plausible misspelling of the other: a third of the letters or fewer differ, case aside.
bool is_near(std::string_view a, std::string_view b);

// The index of the candidate with the fewest letters to change; empty when none is near.
std::optional<std::size_t> nearest(std::string_view name, const std::vector<std::string>& candidates);

// " The nearest is 'RAS mutant'.", or nothing.
std::string nearest_hint(std::string_view name, const std::vector<std::string>& candidates);

// The code of a recommendation in CodeSystem/recommendation: "anti-egfr-ras-mutant" is "antiEgfrRasMutant"
// (decisions.md 44).
std::string topic_code(std::string_view recommendation_id);

}  // namespace rectal_cds::fhir
