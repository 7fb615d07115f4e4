// TNM categories and stage groups (terminology.md 2): SNOMED CT or AJCC codes, or anchored text.
#include "fhir/readers.hpp"
#include "fhir/text_forms.hpp"

namespace rectal_cds::fhir {

using domain::StageStatement;

namespace {

// The text of the value, in whichever element it stands; AJCC codes are texts of the same form.
std::string_view value_text(json::Value observation) {
    const json::Value concept_value = observation["valueCodeableConcept"];
    for (const json::Value coding : concept_value["coding"].elements()) {
        if (coding["system"].text() == "http://cancerstaging.org") return trimmed(coding["code"].text());
    }
    const std::string_view text = trimmed(concept_value["text"].text());
    return text.empty() ? trimmed(observation["valueString"].text()) : text;
}

std::string says(const ObservationAt& at, const Concept& value, std::string_view text) {
    return std::string(at.code.shown) + ": " + std::string(text.empty() ? value.shown : text);
}

void read_t(Reading& reading, const ObservationAt& at, const Concept& value, std::string_view text) {
    const auto tnm = tnm_text(text);
    const bool by_text = tnm && tnm->category == 'T' && tnm->value != "X" && tnm->value != "4";
    const bool t4b = value.in(ValueSet::t_category_t4b) || (by_text && tnm->value == "4B");
    if (!t4b && !by_text && !value.in(ValueSet::t_category_other)) return;  // TX, or T4 without a letter
    reading.into.t_categories.push_back({source_of(at.resource, says(at, value, text), at.when), t4b});
}

void read_m(Reading& reading, const ObservationAt& at, const Concept& value, std::string_view text) {
    const auto tnm = tnm_text(text);
    const bool by_text = tnm && tnm->category == 'M' && tnm->value[0] != 'X';
    const bool m1 = value.in(ValueSet::m_category_m1) || (by_text && tnm->value[0] == '1');
    const bool m0 = value.in(ValueSet::m_category_m0) || (by_text && tnm->value[0] == '0');
    if (m1 && m0) return mark_unusable(reading, at.resource, domain::Topic::stage, says(at, value, text), "Its codes contradict each other.");
    if (m1 || m0) reading.into.stages.push_back({source_of(at.resource, says(at, value, text), at.when), StageStatement::Kind::m_category, m1});
}

void read_group(Reading& reading, const ObservationAt& at, const Concept& value, std::string_view text) {
    std::optional<bool> four = is_stage_iv_text(text);
    if (value.in(ValueSet::stage_iv)) four = true;
    else if (value.in(ValueSet::stage_below_iv)) four = false;
    if (four) reading.into.stages.push_back({source_of(at.resource, says(at, value, text), at.when), StageStatement::Kind::stage_group, *four});
}

}  // namespace

bool read_stage(Reading& reading, const ObservationAt& at) {
    const bool t = at.code.in(ValueSet::t_category_observation), m = at.code.in(ValueSet::m_category_observation);
    const bool group = at.code.in(ValueSet::stage_group_observation);
    if (!t && !m && !group) return false;
    const Concept value = read_concept(reading.book, at.resource["valueCodeableConcept"]);
    const std::string_view text = value_text(at.resource);
    if (t) read_t(reading, at, value, text);
    if (m) read_m(reading, at, value, text);
    if (group) read_group(reading, at, value, text);
    return true;
}

}  // namespace rectal_cds::fhir
