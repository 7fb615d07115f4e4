// One spelling for one code: the same code arrives under several system URIs and in several forms.
//
// Systems: OIDs, German and WHO editions, older and misspelt URIs. Codes: dots and case of ICD-10, the prefix of HGNC
// ids, the focus of a post-coordinated SNOMED CT expression (terminology.md 13, pitfalls 2, 3, 19, 41).
#pragma once

#include <string>
#include <string_view>

namespace rectal_cds::fhir {

namespace code_system {
inline constexpr std::string_view icd_10 = "http://hl7.org/fhir/sid/icd-10-cm";
inline constexpr std::string_view snomed = "http://snomed.info/sct";
inline constexpr std::string_view hgnc = "http://www.genenames.org";
inline constexpr std::string_view ajcc = "http://cancerstaging.org";
inline constexpr std::string_view uicc = "https://www.uicc.org/resources/tnm";
inline constexpr std::string_view icd_o_3 = "http://terminology.hl7.org/CodeSystem/icd-o-3";
inline constexpr std::string_view ucum = "http://unitsofmeasure.org";
}  // namespace code_system

// The URI under which the value sets of profiles/ know the system; the URI itself when no other is known.
std::string_view canonical_system(std::string_view system);

// `system` is canonical. Empty for an expression that must not be read as its focus concept: one with two foci, or
// one that says absent, planned, past or of a relative.
std::string canonical_code(std::string_view system, std::string_view code);

}  // namespace rectal_cds::fhir
