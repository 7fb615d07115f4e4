// The components of a genetic variant, and what other Observations say of it (terminology.md 3 and 13, pitfalls 18-21).
// Components repeat and have no order; genes count by code, whatever the display says (local-codes.md D25).
#include <algorithm>
#include <optional>

#include "fhir/biomarker_value.hpp"
#include "fhir/code_spelling.hpp"
#include "fhir/readers.hpp"

namespace rectal_cds::fhir {

using domain::Gene;

namespace {

std::optional<Gene> tumour_gene(const Concept& named) {
    if (named.in(ValueSet::gene_kras)) return Gene::kras;
    if (named.in(ValueSet::gene_nras)) return Gene::nras;
    if (named.in(ValueSet::gene_braf)) return Gene::braf;
    if (named.in(ValueSet::gene_erbb2)) return Gene::erbb2;
    return std::nullopt;
}

// One component 48018-6: its codings name one gene in several systems, or several genes.
void read_gene(VariantComponents& into, const CodeBook& book, json::Value codeable) {
    bool known = false;
    const Concept all = read_concept(book, codeable);
    into.dpyd = into.dpyd || all.in(ValueSet::gene_dpyd);
    into.ugt1a1 = into.ugt1a1 || all.in(ValueSet::gene_ugt1a1);
    for (const json::Value coding : codeable["coding"].elements()) {
        const Concept named = read_concept(book, coding);
        const bool hgnc = named.coded && canonical_system(trimmed(coding["system"].text())) == code_system::hgnc;
        if (const auto gene = tumour_gene(named)) {
            const bool seen = std::find(into.genes.begin(), into.genes.end(), *gene) != into.genes.end();
            if (!seen) into.genes.push_back(*gene);
            known = true;
        } else if (hgnc) {
            into.other_gene = known = true;
        }
    }
    into.unread_gene = into.unread_gene || !known;
}

void read_change(VariantComponents& into, json::Value component) {
    for (const json::Value coding : component["valueCodeableConcept"]["coding"].elements()) {
        add_changes(into.changes, coding["code"].text());
        add_changes(into.changes, coding["display"].text());
    }
    add_changes(into.changes, component["valueCodeableConcept"]["text"].text());
    add_changes(into.changes, component["valueString"].text());
}

// `stating`: an Observation or component whose code is 53037-8.
void add_significance(Significance& into, const CodeBook& book, json::Value stating) {
    const Concept value = read_concept(book, stating["valueCodeableConcept"]);
    if (!value.coded || value.in(ValueSet::result_none)) return;
    (value.in(ValueSet::significance_not_pathogenic) ? into.not_pathogenic : into.pathogenic) = true;
}

Significance stated_significance(const CodeBook& book, json::Value observation) {
    const auto asks = [&](json::Value item) {
        return read_concept(book, item["code"]).in(ValueSet::clinical_significance_component);
    };
    Significance stated;
    if (asks(observation)) add_significance(stated, book, observation);
    for (const json::Value component : observation["component"].elements()) {
        if (asks(component)) add_significance(stated, book, component);
    }
    return stated;
}

}  // namespace

VariantComponents read_components(const Reading& reading, json::Value observation) {
    VariantComponents result;
    for (const json::Value component : observation["component"].elements()) {
        const Concept code = read_concept(reading.book, component["code"]);
        const json::Value value = component["valueCodeableConcept"];
        if (code.in(ValueSet::gene_studied_component)) {
            read_gene(result, reading.book, value);
        } else if (code.in(ValueSet::source_class_component)) {
            const Concept source = read_concept(reading.book, value);
            result.somatic = result.somatic || source.in(ValueSet::somatic);
            result.germline = result.germline || source.in(ValueSet::germline);
        } else if (code.in(ValueSet::protein_change_component) || code.in(ValueSet::dna_change_component)) {
            read_change(result, component);
        }
    }
    Significance significance = stated_significance(reading.book, observation);
    if (const auto beside = reading.significance.find(reference_to(observation)); beside != reading.significance.end()) {
        significance.pathogenic = significance.pathogenic || beside->second.pathogenic;
        significance.not_pathogenic = significance.not_pathogenic || beside->second.not_pathogenic;
    }
    result.not_pathogenic = significance.not_pathogenic && !significance.pathogenic;
    return result;
}

void read_significance(Reading& reading) {
    for (const json::Value observation : reading.from[domain::Input::observations].resources) {
        if (observation["derivedFrom"].size() == 0 || has_unknown_modifier(observation)) continue;
        if (standing(observation["status"].text(), {"final", "amended", "corrected"}, {}) != Standing::counts) continue;
        const Significance stated = stated_significance(reading.book, observation);
        if (!stated.pathogenic && !stated.not_pathogenic) continue;
        for (const json::Value variant : observation["derivedFrom"].elements()) {
            Significance& known = reading.significance[relative_reference(variant["reference"].text())];
            known.pathogenic = known.pathogenic || stated.pathogenic;
            known.not_pathogenic = known.not_pathogenic || stated.not_pathogenic;
        }
    }
}

}  // namespace rectal_cds::fhir
