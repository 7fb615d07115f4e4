#include "fhir/biomarker_value.hpp"

#include <algorithm>

#include "fhir/text_forms.hpp"

namespace rectal_cds::fhir {

void add_changes(std::vector<std::string>& changes, std::string_view text) {
    for (std::string& change : hgvs_changes(text)) {
        if (std::find(changes.begin(), changes.end(), change) == changes.end()) changes.push_back(std::move(change));
    }
}

namespace {

Polarity coded_polarity(const Concept& value) {
    if (value.in(ValueSet::result_none)) return Polarity::none;
    if (value.in(ValueSet::result_positive)) return Polarity::positive;
    return value.in(ValueSet::result_negative) ? Polarity::negative : Polarity::none;
}

bool says_both(const Concept& value) {
    return value.in(ValueSet::result_positive) && value.in(ValueSet::result_negative);
}

// Notes and method may limit the test to exon 2.
bool limited_to_exon_2(json::Value observation) {
    for (const json::Value note : observation["note"].elements()) {
        if (names_only_exon_2(note["text"].text())) return true;
    }
    return names_only_exon_2(observation["method"]["text"].text()) || names_only_exon_2(observation["code"]["text"].text());
}

void read_text(BiomarkerValue& value, bool coded_result) {
    const GeneText text = gene_text(value.text);
    if (text == GeneText::other) return;
    const Polarity written = text == GeneText::mutant ? Polarity::positive : Polarity::negative;
    if (coded_result && value.polarity != written) value.contradictory = true;
    value.polarity = written;
    value.exon_2_only = value.exon_2_only || text == GeneText::wild_type_exon_2;
    if (text == GeneText::mutant) add_changes(value.changes, value.text);
}

}  // namespace

BiomarkerValue read_presence(const Reading& reading, json::Value observation, std::vector<std::string> changes) {
    BiomarkerValue result;
    result.changes = std::move(changes);
    result.exon_2_only = limited_to_exon_2(observation);
    const Concept coded = read_concept(reading.book, observation["valueCodeableConcept"]);
    result.text = !coded.text.empty() ? coded.text : trimmed(observation["valueString"].text());
    result.polarity = coded_polarity(coded);
    const auto boolean = observation["valueBoolean"].boolean();
    if (boolean) result.polarity = *boolean ? Polarity::positive : Polarity::negative;
    const bool coded_result = result.polarity != Polarity::none || coded.in(ValueSet::result_none);
    if (!coded.in(ValueSet::result_none)) read_text(result, coded_result);
    result.contradictory = result.contradictory || says_both(coded);
    const bool has_value = coded.coded || boolean || !result.text.empty();
    const Polarity value = result.polarity;
    for (const json::Value item : observation["interpretation"].elements()) {
        const Polarity polarity = coded_polarity(read_concept(reading.book, item));
        if (polarity == Polarity::none || observation["dataAbsentReason"].exists()) continue;
        if (has_value) result.denied = result.denied || (value != Polarity::none && value != polarity);
        else if (result.polarity != Polarity::none && result.polarity != polarity) result.contradictory = true;
        else result.polarity = polarity;
    }
    const bool none = coded.in(ValueSet::result_none) || is_no_result_text(result.text);
    result.unclear = has_value && result.polarity == Polarity::none && !result.contradictory && !none;
    result.shown = std::string(coded.shown.empty() ? result.text : coded.shown);
    if (result.shown.empty() && result.polarity != Polarity::none) {
        result.shown = result.polarity == Polarity::positive ? "positive" : "negative";
    }
    for (const std::string& change : result.changes) {
        if (result.shown.find(change) == std::string::npos) result.shown += (result.shown.empty() ? "" : ", ") + change;
    }
    return result;
}

}  // namespace rectal_cds::fhir
