// A FHIR R4 CodeableConcept as the reader sees it: the ValueSets it belongs to, and its text.
#pragma once

#include <string>
#include <string_view>

#include "fhir/code_book.hpp"
#include "json/document.hpp"

namespace rectal_cds::fhir {

struct Concept {
    Members sets;
    Members excluded;       // look-alikes: known not to be in these
    Members siblings;       // sets that hold another code of the same ICD-10 category
    bool coded = false;     // it has a coding with a code
    bool readable = false;  // one of them is of a system that the value sets use, or is in a set
    std::string_view text;  // CodeableConcept.text, trimmed
    std::string_view shown; // text, else the first display, else the first code: for people, never for matching

    bool in(ValueSet set) const { return sets.test(static_cast<std::size_t>(set)); }
    bool in_any(const Members& of) const { return (sets & of).any(); }
};

// `codeable` may be a CodeableConcept, a Coding or missing.
Concept read_concept(const CodeBook& book, json::Value codeable);

Members set_of(std::initializer_list<ValueSet> sets);

std::string_view trimmed(std::string_view text);

}  // namespace rectal_cds::fhir
