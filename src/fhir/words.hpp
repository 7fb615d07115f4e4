// Whole words in what people wrote: for saying that something was not read, never for matching (decisions.md 34).
#pragma once

#include <string>
#include <string_view>

#include "json/document.hpp"

namespace rectal_cds::fhir {

std::string lowered(std::string_view text);  // ASCII, trimmed

// Whether `word` stands in the text as a whole word. Both in lower case; letters and all bytes of UTF-8 make words.
bool has_word(std::string_view text, std::string_view word);

// Whether the text or any display of a CodeableConcept or a Reference mentions it.
bool in_words(json::Value codeable, bool (*mentions)(std::string_view));

}  // namespace rectal_cds::fhir
