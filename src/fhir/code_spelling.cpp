#include "fhir/code_spelling.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

namespace rectal_cds::fhir {

using namespace code_system;

namespace {

constexpr std::string_view loinc = "http://loinc.org";
constexpr std::string_view rxnorm = "http://www.nlm.nih.gov/research/umls/rxnorm";
constexpr std::string_view atc = "http://www.whocc.no/atc";
constexpr std::string_view hcpcs = "https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets";
constexpr std::string_view ncit = "http://ncicb.nci.nih.gov/xml/owl/EVS/Thesaurus.owl";

constexpr std::array<std::pair<std::string_view, std::string_view>, 21> aliases{{
    {"urn:oid:2.16.840.1.113883.6.96", snomed},
    {"urn:oid:2.16.840.1.113883.6.1", loinc},
    {"urn:oid:2.16.840.1.113883.6.90", icd_10},
    {"urn:oid:2.16.840.1.113883.6.88", rxnorm},
    {"urn:oid:2.16.840.1.113883.6.12", "http://www.ama-assn.org/go/cpt"},
    {"urn:oid:2.16.840.1.113883.6.69", "http://hl7.org/fhir/sid/ndc"},
    {"urn:oid:2.16.840.1.113883.6.4", "http://www.cms.gov/Medicare/Coding/ICD10"},
    {"urn:oid:2.16.840.1.113883.6.285", hcpcs},
    {"urn:oid:2.16.840.1.113883.6.43.1", icd_o_3},
    {"http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets", hcpcs},
    {"http://hl7.org/fhir/sid/icd-10", icd_10},
    {"http://hl7.org/fhir/sid/icd-10-de", icd_10},
    {"http://fhir.de/CodeSystem/bfarm/icd-10-gm", icd_10},
    {"http://fhir.de/CodeSystem/dimdi/icd-10-gm", icd_10},
    {"http://fhir.de/CodeSystem/bfarm/atc", atc},
    {"http://fhir.de/CodeSystem/dimdi/atc", atc},
    {"http://fhir.de/CodeSystem/dimdi/ops", "http://fhir.de/CodeSystem/bfarm/ops"},
    {"http://www.genenames.org/geneId", hgnc},
    {"http://ncimeta.nci.nih.gov", ncit},
    {"http://ncithesaurus-stage.nci.nih.gov", ncit},
    // Placeholders of mCODE STU2 for codes that SNOMED CT issued later.
    {"http://hl7.org/fhir/us/mcode/CodeSystem/snomed-requested-cs", snomed},
}};

std::string without_blanks(std::string_view text) {
    const auto is_blank = [](char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; };
    std::string result(text);
    if (std::any_of(text.begin(), text.end(), is_blank))
        result.erase(std::remove_if(result.begin(), result.end(), is_blank), result.end());
    return result;
}

// Finding context, procedure context, subject relationship, temporal context: attributes by which an expression says
// that its focus is absent, planned, of a relative or past.
bool changes_context(std::string_view refinement) {
    for (const std::string_view attribute : {"408729009", "408730004", "408732007", "408731000"}) {
        if (refinement.find(attribute) != std::string_view::npos) return true;
    }
    return false;
}

// SNOMED CT compositional grammar: [=== or <<<] focus [|term|] [+ focus ...] [: refinement].
std::string snomed_focus(std::string expression) {
    for (const std::string_view definition : {"===", "<<<"}) {
        if (expression.compare(0, definition.size(), definition) == 0) expression.erase(0, definition.size());
    }
    const auto colon = expression.find(':');
    if (colon != std::string::npos && changes_context(std::string_view(expression).substr(colon))) return {};
    expression.resize(std::min(colon, expression.size()));
    if (expression.find('+') != std::string::npos) return {};
    return expression.substr(0, expression.find('|'));
}

}  // namespace

std::string_view canonical_system(std::string_view system) {
    if (system == loinc || system == snomed) return system;  // most are
    for (const auto& [alias, canonical] : aliases) {
        if (system == alias) return canonical;
    }
    return system;
}

std::string canonical_code(std::string_view system, std::string_view code) {
    std::string result = without_blanks(code);
    if (system == snomed) return snomed_focus(std::move(result));
    if (system == hgnc && result.compare(0, 5, "HGNC:") == 0) return result.substr(5);
    if (system != icd_10) return result;
    std::string undotted;
    for (const char c : result) {
        if (c != '.') undotted += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    }
    if (undotted.size() == 4 && undotted.back() == '-') undotted.pop_back();  // "C20.-", the category
    return undotted;
}

}  // namespace rectal_cds::fhir
