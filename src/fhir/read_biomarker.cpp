// KRAS, NRAS, BRAF, HER2, MSI/MMR, DPYD and UGT1A1 (local-codes.md 2; terminology.md 3 and 13, pitfalls 18-28).
//
// Preliminary results are pending at most. Only Present/Absent and their kin decide; anything else is no result.
#include <tuple>
#include <utility>

#include "fhir/biomarker_value.hpp"
#include "fhir/readers.hpp"
#include "fhir/text_forms.hpp"

namespace rectal_cds::fhir {

using domain::Gene;
using domain::GeneResult;
using domain::Metabolizer;
using domain::MmrResult;
using domain::Topic;

namespace {

constexpr const char* contradiction = "Its values contradict each other.";
constexpr const char* variant_without_status = "A variant is reported without the metaboliser status.";

std::string status_word(const ObservationAt& at) { return std::string(at.resource["status"].text()); }

std::string says(const ObservationAt& at, std::string_view subject, std::string_view result) {
    return std::string(subject) + ": " + std::string(result.empty() ? "no result" : result) + " (" + status_word(at) + ")";
}

const char* word(Gene gene) {
    switch (gene) {
        case Gene::kras: return "KRAS";
        case Gene::nras: return "NRAS";
        case Gene::braf: return "BRAF";
        case Gene::erbb2: break;
    }
    return "HER2";
}

Topic topic(Gene gene) {
    switch (gene) {
        case Gene::kras: return Topic::kras;
        case Gene::nras: return Topic::nras;
        case Gene::braf: return Topic::braf;
        case Gene::erbb2: break;
    }
    return Topic::her2;
}

// `v600e_test`: the observation code itself asks for BRAF V600E.
void add_gene(Reading& reading, const ObservationAt& at, Gene gene, const BiomarkerValue& value, bool v600e_test = false) {
    GeneResult result;
    result.gene = gene;
    result.source = source_of(at.resource, says(at, word(gene), value.shown), at.when);
    if (at.standing == Standing::pending) result.outcome = GeneResult::Outcome::pending, result.says_mutant = value.polarity == Polarity::positive;
    else if (value.contradictory || value.denied) return mark_unusable(reading, at.resource, topic(gene), result.source.says, contradiction);
    else if (value.polarity == Polarity::positive) result.outcome = GeneResult::Outcome::mutant;
    else if (value.polarity == Polarity::negative) result.outcome = GeneResult::Outcome::wild_type;
    else result.outcome = value.unclear ? GeneResult::Outcome::unclear : GeneResult::Outcome::no_result;
    // The absence of one named change says nothing about the rest of the gene.
    const bool one_change_absent = gene != Gene::braf && value.polarity == Polarity::negative && !value.changes.empty();
    result.exon2_only = value.exon_2_only || one_change_absent;
    for (const std::string& change : value.changes) {
        const bool g12c = gene == Gene::kras && (change == "G12C" || change == "c.34G>T");
        const bool v600e = gene == Gene::braf && (change == "V600E" || change == "c.1799T>A");
        result.g12c = result.g12c || g12c;
        result.v600e = result.v600e || v600e;
        if (!g12c && !v600e && change.compare(0, 2, "c.") != 0) result.other_variant = true;
    }
    if (result.other_variant) result.g12c = false;
    if (v600e_test && value.changes.empty()) result.v600e = result.outcome == GeneResult::Outcome::mutant;
    reading.into.genes.push_back(std::move(result));
}

// A variant of DPYD or UGT1A1 tells no metaboliser status, so that it is no result; nor is the result then missing.
void note_pharmacogene(Reading& reading, const ObservationAt& at, const VariantComponents& parts) {
    if ((!parts.dpyd && !parts.ugt1a1) || (parts.somatic && !parts.germline) || at.standing == Standing::pending) return;
    const BiomarkerValue value = read_presence(reading, at.resource, parts.changes);
    if (value.polarity != Polarity::positive) return;
    for (const auto& [studied, about, gene] : {std::tuple{parts.dpyd, Topic::dpyd, "DPYD"}, std::tuple{parts.ugt1a1, Topic::ugt1a1, "UGT1A1"}}) {
        if (studied) mark_unusable(reading, at.resource, about, says(at, gene, value.shown), variant_without_status);
    }
}

// 69548-6: the genes studied are components; several genes in one Absent speak for each of them.
void read_variant(Reading& reading, const ObservationAt& at) {
    const VariantComponents parts = read_components(reading, at.resource);
    note_pharmacogene(reading, at, parts);
    if (parts.germline) return;
    const BiomarkerValue value = read_presence(reading, at.resource, parts.changes);
    if (parts.genes.empty() && (parts.unread_gene || !parts.other_gene)) {
        if (value.polarity != Polarity::positive || at.standing == Standing::pending || parts.not_pathogenic) return;
        for (const Topic t : {Topic::kras, Topic::nras, Topic::braf}) {
            mark_unusable(reading, at.resource, t, says(at, "variant", value.shown), "It does not say which gene was studied.");
        }
        return;
    }
    BiomarkerValue judged = value;
    if (parts.not_pathogenic && value.polarity == Polarity::positive) judged.polarity = Polarity::none;
    const bool several = parts.genes.size() > 1 || parts.other_gene || parts.unread_gene;
    const bool ambiguous = judged.polarity == Polarity::positive && several && at.standing == Standing::counts;
    for (const Gene gene : parts.genes) {
        if (ambiguous) mark_unusable(reading, at.resource, topic(gene), says(at, word(gene), value.shown), "It does not say which of the genes is mutated.");
        else add_gene(reading, at, gene, judged);
    }
}

// What the codes and the text of one result say.
struct MmrSays {
    bool unstable, stable, contradictory, unclear;
};

void add_mmr(Reading& reading, const ObservationAt& at, MmrResult::Protein protein, const MmrSays& result, std::string_view shown) {
    using Outcome = MmrResult::Outcome;
    static constexpr const char* subjects[] = {"MMR/MSI", "MLH1 protein", "MSH2 protein", "MSH6 protein", "PMS2 protein"};
    const std::string text = says(at, subjects[static_cast<std::size_t>(protein)], shown);
    Outcome outcome = result.unstable ? Outcome::unstable : result.stable ? Outcome::stable : result.unclear ? Outcome::unclear : Outcome::no_result;
    if (at.standing == Standing::pending) outcome = Outcome::pending;
    else if (result.contradictory || (result.unstable && result.stable)) return mark_unusable(reading, at.resource, Topic::mmr, text, contradiction);
    reading.into.mmr.push_back({source_of(at.resource, text, at.when), outcome, protein, outcome == Outcome::pending && result.stable});
}

// Immunohistochemistry: protein present is proficient, the opposite polarity of MSI (pitfall 24).
bool read_mmr(Reading& reading, const ObservationAt& at) {
    using Protein = MmrResult::Protein;
    static constexpr std::pair<ValueSet, Protein> proteins[] = {{ValueSet::mmr_protein_mlh1, Protein::mlh1},
                                                                {ValueSet::mmr_protein_msh2, Protein::msh2},
                                                                {ValueSet::mmr_protein_msh6, Protein::msh6},
                                                                {ValueSet::mmr_protein_pms2, Protein::pms2}};
    static const Members results = set_of({ValueSet::mmr_protein_mlh1, ValueSet::mmr_protein_msh2, ValueSet::mmr_protein_msh6,
                                           ValueSet::mmr_protein_pms2, ValueSet::msi_immunostain_result, ValueSet::msi_result});
    if (!at.code.in_any(results)) return false;
    const BiomarkerValue value = read_presence(reading, at.holder, {});
    const MmrText text = mmr_text(value.text);
    const bool positive = value.polarity == Polarity::positive, negative = value.polarity == Polarity::negative;
    for (const auto& [set, protein] : proteins) {
        if (!at.code.in(set)) continue;
        const MmrSays says{negative || text == MmrText::lost, positive || text == MmrText::retained, value.contradictory, value.unclear};
        return add_mmr(reading, at, protein, says, value.shown), true;
    }
    MmrSays says{text == MmrText::unstable, text == MmrText::stable, value.contradictory, value.unclear};
    if (at.code.in(ValueSet::msi_immunostain_result)) {
        says.unstable = says.unstable || positive;
        says.stable = says.stable || negative;
        return add_mmr(reading, at, Protein::none, says, value.shown), true;
    }
    const Concept coded = read_concept(reading.book, at.holder["valueCodeableConcept"]);
    says.unstable = says.unstable || coded.in(ValueSet::msi_high);
    says.stable = says.stable || coded.in(ValueSet::msi_stable) || coded.in(ValueSet::msi_low);
    return add_mmr(reading, at, Protein::none, says, value.shown), true;
}

// Every phenotype that the codes and the text name; none of them for a result that is no phenotype.
std::vector<Metabolizer::Phenotype> phenotypes(const Concept& value, const BiomarkerValue& presence) {
    using Phenotype = Metabolizer::Phenotype;
    const MetabolizerText text = metabolizer_text(presence.text);
    std::vector<Phenotype> named;
    if (value.in(ValueSet::metabolizer_poor) || text == MetabolizerText::poor) named.push_back(Phenotype::poor);
    if (value.in(ValueSet::metabolizer_intermediate) || text == MetabolizerText::intermediate) named.push_back(Phenotype::intermediate);
    if (value.in(ValueSet::metabolizer_normal) || text == MetabolizerText::normal) named.push_back(Phenotype::normal);
    if (named.empty() && presence.polarity == Polarity::negative) named.push_back(Phenotype::normal);
    return named;
}

bool read_pharmacogene(Reading& reading, const ObservationAt& at) {
    const bool dpyd = at.code.in(ValueSet::dpyd_result), ugt1a1 = at.code.in(ValueSet::ugt1a1_result);
    if (!dpyd && !ugt1a1) return false;
    if (at.standing == Standing::pending || read_components(reading, at.resource).somatic) return true;
    const BiomarkerValue presence = read_presence(reading, at.holder, {});
    const auto named = phenotypes(read_concept(reading.book, at.holder["valueCodeableConcept"]), presence);
    const std::string text = says(at, dpyd ? "DPYD" : "UGT1A1", presence.shown);
    const Topic about = dpyd ? Topic::dpyd : Topic::ugt1a1;
    if (named.size() > 1 || presence.contradictory) {
        mark_unusable(reading, at.resource, about, text, contradiction);
    } else if (named.size() == 1) {
        reading.into.metabolizers.push_back({source_of(at.resource, text, at.when), dpyd ? Metabolizer::Gene::dpyd : Metabolizer::Gene::ugt1a1, named[0]});
    } else if (presence.polarity == Polarity::positive) {
        mark_unusable(reading, at.resource, about, text, variant_without_status);
    } else if (presence.unclear) {
        mark_unusable(reading, at.resource, about, text, "The result is not understood.");
    }
    return true;
}

// Immunohistochemistry of HER2: 3+ is positive, 0 and 1+ negative, 2+ equivocal.
Polarity her2_score(const ObservationAt& at, const BiomarkerValue& value) {
    const auto score = at.holder["valueInteger"].integer();
    if (value.text == "3+" || score == 3) return Polarity::positive;
    if (value.text == "0" || value.text == "1+" || score == 0 || score == 1) return Polarity::negative;
    return value.polarity;
}

bool read_single_gene(Reading& reading, const ObservationAt& at) {
    using V = ValueSet;
    static const Members results = set_of({V::kras_result, V::nras_result, V::kras_nras_result, V::braf_result, V::braf_v600e_result, V::her2_result});
    if (!at.code.in_any(results)) return false;
    const VariantComponents parts = read_components(reading, at.resource);
    if (parts.germline) return true;
    BiomarkerValue value = read_presence(reading, at.holder, parts.changes);
    if (at.code.in(V::her2_result)) value.polarity = her2_score(at, value);
    const bool both = at.code.in(V::kras_nras_result);
    if (at.code.in(V::kras_result) || both) add_gene(reading, at, Gene::kras, value);
    if (at.code.in(V::nras_result) || (both && value.polarity != Polarity::positive)) add_gene(reading, at, Gene::nras, value);
    if (at.code.in(V::braf_v600e_result)) add_gene(reading, at, Gene::braf, value, true);
    else if (at.code.in(V::braf_result)) add_gene(reading, at, Gene::braf, value);
    if (at.code.in(V::her2_result)) add_gene(reading, at, Gene::erbb2, value);
    return true;
}

}  // namespace

bool read_biomarker(Reading& reading, const ObservationAt& at) {
    if (at.code.in(ValueSet::variant_observation)) return read_variant(reading, at), true;
    return read_single_gene(reading, at) || read_mmr(reading, at) || read_pharmacogene(reading, at);
}

}  // namespace rectal_cds::fhir
