// Histology of the primary (terminology.md 1): extensions of the Condition, Observations, and the separate Conditions
// into which some senders put the ICD-O-3 morphology (pitfall 6).
#include <algorithm>
#include <array>

#include "fhir/code_spelling.hpp"
#include "fhir/readers.hpp"

namespace rectal_cds::fhir {

using Histology = domain::Primary::Histology;

namespace {

constexpr std::array<std::string_view, 2> urls{
    "http://hl7.org/fhir/us/mcode/StructureDefinition/mcode-histology-morphology-behavior",
    "https://www.medizininformatik-initiative.de/fhir/ext/modul-onko/StructureDefinition/"
    "mii-ex-onko-histology-morphology-behavior-icdo3"};

//  the value holds                     | histology
//  ------------------------------------+--------------
//  a morphology that is none           | other
//  an adenocarcinoma                   | adenocarcinoma
//  "not recorded" and the like         | unstated
//  another code                        | unrecognised
//  no code                             | unstated
Histology histology_of(const Concept& stated, Histology unstated) {
    if (stated.in(ValueSet::non_adenocarcinoma_histology)) return Histology::other;
    if (stated.in(ValueSet::adenocarcinoma_histology)) return Histology::adenocarcinoma;
    return stated.coded && !stated.in(ValueSet::result_none) ? Histology::unrecognised : unstated;
}

// "8140/3", which the misspelt "80463/3" is not.
bool is_icd_o_3_morphology(json::Value coding) {
    const std::string_view code = trimmed(coding["code"].text());
    const auto digit = [&](std::size_t i) { return code[i] >= '0' && code[i] <= '9'; };
    return canonical_system(trimmed(coding["system"].text())) == code_system::icd_o_3 && code.size() == 6 &&
           code[4] == '/' && digit(0) && digit(1) && digit(2) && digit(3) && digit(5);
}

// ICD-O-3 814 to 838 (adenomas and adenocarcinomas, without the carcinoids of 824) and 844 to 849 (cystic, mucinous and
// serous), malignant.
bool is_subtype_of_adenocarcinoma(json::Value codeable) {
    bool found = false;
    for (const json::Value coding : codeable["coding"].elements()) {
        if (!is_icd_o_3_morphology(coding)) continue;
        const std::string_view code = trimmed(coding["code"].text());
        const int group = (code[0] - '0') * 100 + (code[1] - '0') * 10 + (code[2] - '0');
        const bool listed = (group >= 814 && group <= 838 && group != 824) || (group >= 844 && group <= 849);
        if (!listed || code[5] != '3') return false;
        found = true;
    }
    return found;
}

bool states_icd_o_3(json::Value codeable) {
    for (const json::Value coding : codeable["coding"].elements()) {
        if (is_icd_o_3_morphology(coding)) return true;
    }
    return false;
}

// A morphology, as opposed to a bare behaviour digit or a topography.
bool states_morphology(json::Value value) {
    if (states_icd_o_3(value)) return true;
    for (const json::Value coding : value["coding"].elements()) {
        if (canonical_system(trimmed(coding["system"].text())) == code_system::snomed) return true;
    }
    return false;
}

// Another morphology than adenocarcinoma always counts; adenocarcinoma settles what the Condition left open.
void settle(domain::Primary& primary, Histology stated) {
    const bool open = primary.histology == Histology::presumed || primary.histology == Histology::unrecognised;
    if (open || stated == Histology::other) primary.histology = stated;
}

bool is_about(json::Value observation, const domain::Primary& primary) {
    bool about = observation["focus"].size() == 0;
    for (const json::Value focus : observation["focus"].elements()) {
        about = about || relative_reference(focus["reference"].text()) == "Condition/" + primary.id;
    }
    return about;
}

// Observations 59847-4, 31206-6, 77753-2 with the Condition of the primary as focus, or with none.
void settle_by_observations(Reading& reading) {
    if (reading.into.primaries.empty()) return;
    for (const json::Value observation : reading.from[domain::Input::observations].resources) {
        const json::Value value = observation["valueCodeableConcept"];
        if (!states_morphology(value) || has_unknown_modifier(observation)) continue;
        if (!read_concept(reading.book, observation["code"]).in(ValueSet::histology_observation)) continue;
        if (standing(observation["status"].text(), {"final", "amended", "corrected"}, {}) != Standing::counts) continue;
        const Histology stated = histology_of(read_concept(reading.book, value), Histology::presumed);
        if (stated == Histology::presumed) continue;
        for (domain::Primary& primary : reading.into.primaries) {
            if (is_about(observation, primary)) settle(primary, stated);
        }
    }
}

// Nothing but their place in one record ties such Conditions to a primary, so it must be the only one.
void settle_by_conditions(Reading& reading) {
    if (reading.into.primaries.size() != 1 || !reading.into.other_primaries.empty()) return;
    for (const json::Value condition : reading.from[domain::Input::conditions].resources) {
        const json::Value code = condition["code"];
        const Concept named = read_concept(reading.book, code);
        const Histology listed = histology_of(named, Histology::presumed);
        const bool tells = listed == Histology::unrecognised ? states_icd_o_3(code) : listed != Histology::presumed;
        if (!tells || verification(condition) != Standing::counts || has_unknown_modifier(condition)) continue;
        settle(reading.into.primaries.front(), listed);
    }
}

}  // namespace

Histology stated_histology(const Reading& reading, json::Value condition, Histology unstated) {
    Histology result = unstated;
    bool listed = false;
    for (const json::Value item : condition["extension"].elements()) {
        if (std::find(urls.begin(), urls.end(), item["url"].text()) == urls.end()) continue;
        const Histology stated = histology_of(read_concept(reading.book, item["valueCodeableConcept"]), unstated);
        if (stated == Histology::other) return stated;
        // A subtype that is not known does not take back what the diagnosis itself states.
        const bool is_subtype = is_subtype_of_adenocarcinoma(item["valueCodeableConcept"]);
        if (stated == Histology::unrecognised && unstated == Histology::adenocarcinoma && is_subtype) continue;
        if (!listed) result = stated;
        listed = listed || stated == Histology::adenocarcinoma;
    }
    return result;
}

void settle_histology(Reading& reading) {
    settle_by_observations(reading);
    settle_by_conditions(reading);
}

}  // namespace rectal_cds::fhir
