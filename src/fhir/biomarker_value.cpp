#include "fhir/biomarker_value.hpp"

#include <algorithm>

#include "fhir/text_forms.hpp"

namespace rectal_cds::fhir {

using domain::Gene;

namespace {

Polarity coded_polarity(const Concept& value) {
    if (value.in(ValueSet::result_none)) return Polarity::none;
    if (value.in(ValueSet::result_positive)) return Polarity::positive;
    return value.in(ValueSet::result_negative) ? Polarity::negative : Polarity::none;
}

void add_change(std::vector<std::string>& changes, std::string_view text) {
    const auto change = hgvs_change(text);
    if (change && std::find(changes.begin(), changes.end(), *change) == changes.end()) changes.push_back(*change);
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
    if (text == GeneText::mutant) add_change(value.changes, value.text);
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
    const bool has_value = coded.coded || boolean || !result.text.empty();
    if (!has_value && !observation["dataAbsentReason"].exists()) {
        for (const json::Value item : observation["interpretation"].elements()) {
            const Polarity polarity = coded_polarity(read_concept(reading.book, item));
            if (polarity == Polarity::none) continue;
            if (result.polarity != Polarity::none && result.polarity != polarity) result.contradictory = true;
            result.polarity = polarity;
        }
    }
    result.shown = std::string(coded.shown.empty() ? result.text : coded.shown);
    if (result.shown.empty() && result.polarity != Polarity::none) {
        result.shown = result.polarity == Polarity::positive ? "positive" : "negative";
    }
    for (const std::string& change : result.changes) {
        if (result.shown.find(change) == std::string::npos) result.shown += (result.shown.empty() ? "" : ", ") + change;
    }
    return result;
}

VariantComponents read_components(const Reading& reading, json::Value observation) {
    VariantComponents result;
    static constexpr std::pair<ValueSet, Gene> genes[] = {{ValueSet::gene_kras, Gene::kras}, {ValueSet::gene_nras, Gene::nras},
                                                          {ValueSet::gene_braf, Gene::braf}, {ValueSet::gene_erbb2, Gene::erbb2}};
    for (const json::Value component : observation["component"].elements()) {
        const Concept code = read_concept(reading.book, component["code"]);
        const json::Value raw = component["valueCodeableConcept"];
        const Concept value = read_concept(reading.book, raw);
        if (code.in(ValueSet::gene_studied_component)) {
            const auto before = result.genes.size();
            for (const auto& [set, gene] : genes) {
                if (value.in(set)) result.genes.push_back(gene);
            }
            if (result.genes.size() == before) result.other_gene = result.other_gene || value.coded;
        } else if (code.in(ValueSet::source_class_component)) {
            result.somatic = result.somatic || value.in(ValueSet::somatic);
            result.germline = result.germline || value.in(ValueSet::germline);
        } else if (code.in(ValueSet::protein_change_component) || code.in(ValueSet::dna_change_component)) {
            for (const json::Value coding : raw["coding"].elements()) {
                add_change(result.changes, coding["code"].text());
                add_change(result.changes, coding["display"].text());
            }
            add_change(result.changes, value.text);
            add_change(result.changes, component["valueString"].text());
        } else if (code.in(ValueSet::clinical_significance_component)) {
            result.not_pathogenic = value.in(ValueSet::significance_not_pathogenic);
        }
    }
    return result;
}

}  // namespace rectal_cds::fhir
