// What the texts for nurses and for patients may say (clinical.md S60, decisions.md 32 and 46). Each answer is the first
// fault, as a sentence that says what was expected. An empty text has none: the format reports it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace rectal_cds::fhir {

// In words; keeps the texts for patients near a reading age of 12.
inline constexpr std::size_t longest_plain_sentence = 22;

// Three parts, each led by its label: "**For care:**", "**Watch for:**", "**Tell:**".
std::optional<std::string> nurse_detail_fault(std::string_view detail);

// Plain language: no figure, no dose, no name of a drug or regimen, no command, no promise, no result, stage or outlook
// that the treating team may not have shared yet, no placeholder, short sentences.
std::optional<std::string> patient_text_fault(std::string_view text);

// The same, and it says whom to ask: "your cancer team".
std::optional<std::string> patient_detail_fault(std::string_view detail);

}  // namespace rectal_cds::fhir
