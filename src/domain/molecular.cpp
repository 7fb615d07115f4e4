#include "domain/molecular.hpp"

#include <algorithm>

#include "domain/absence.hpp"

namespace rectal_cds::domain {

namespace {

using Outcome = GeneResult::Outcome;
using State = GeneStatus::State;

Sources sources_of(const Case& record, Gene gene, Outcome outcome) {
    Sources found;
    for (const GeneResult& result : record.genes) {
        if (result.gene == gene && result.outcome == outcome) found.push_back(&result.source);
    }
    return found;
}

Sources open_tests(const Case& record, OpenTest::Kind kind) {
    Sources found;
    for (const OpenTest& test : record.open_tests) {
        if (test.kind == kind || test.kind == OpenTest::Kind::panel) found.push_back(&test.source);
    }
    return found;
}

Sources joined(Sources a, const Sources& b) {
    a.insert(a.end(), b.begin(), b.end());
    return a;
}

// A negative result counts only where all of the observations could be read.
bool negatives_count(const Case& record, Topic topic) {
    return none_found(record, {Input::observations}, {topic}, "").no();
}

//   mutant | wild type, exons 2-4 | wild type, exon 2 | pending | state
//   -------+----------------------+-------------------+---------+------------------
//   yes    | yes                  | any               | any     | conflict
//   yes    | no                   | any               | any     | mutant
//   no     | yes                  | any               | any     | wild type (unknown when not all was read or understood)
//   no     | no                   | any               | yes     | pending
//   no     | no                   | yes               | no      | partial wild type
//   no     | no                   | no                | no      | unknown
GeneStatus gene_status(const Case& record, Gene gene, Topic topic) {
    const Sources mutant = sources_of(record, gene, Outcome::mutant);
    Sources full, exon2, against_g12c, pending = sources_of(record, gene, Outcome::pending);
    bool only_g12c = !mutant.empty();
    for (const GeneResult& result : record.genes) {
        if (result.gene != gene) continue;
        if (result.outcome == Outcome::wild_type) (result.exon2_only ? exon2 : full).push_back(&result.source);
        if (result.outcome == Outcome::wild_type && result.exon2_only && !result.other_variant) against_g12c.push_back(&result.source);
        if (result.outcome == Outcome::mutant && !result.g12c) only_g12c = false;
    }
    pending = joined(std::move(pending), open_tests(record, OpenTest::Kind::ras));
    if (!mutant.empty() && !full.empty()) return {State::conflict, joined(mutant, full)};
    // Codon 12 lies in exon 2: a wild-type exon 2, or G12C itself absent, contradicts it.
    if (only_g12c && !against_g12c.empty()) return {State::conflict, joined(mutant, against_g12c)};
    if (!mutant.empty()) return {State::mutant, mutant, only_g12c};
    const Sources unclear = sources_of(record, gene, Outcome::unclear);
    const bool settled = unclear.empty() && negatives_count(record, topic);
    if (!full.empty()) return {settled ? State::wild_type : State::unknown, joined(full, unclear)};
    if (!pending.empty()) return {State::pending, pending};
    if (!exon2.empty()) return {State::partial_wild_type, exon2};
    return {State::unknown, unclear, false, !unclear.empty()};
}

void assess_ras(const Case& record, Molecular& m) {
    m.kras = gene_status(record, Gene::kras, Topic::kras);
    m.nras = gene_status(record, Gene::nras, Topic::nras);
    const auto either = [&](State state) { return m.kras.state == state || m.nras.state == state; };
    const auto evidence = [&](State state) {
        Sources found;
        if (m.kras.state == state) found = m.kras.evidence;
        if (m.nras.state == state) found = joined(std::move(found), m.nras.evidence);
        return found;
    };
    if (either(State::mutant)) m.ras = Ras::mutant;
    else if (either(State::conflict)) m.ras = Ras::conflict;
    else if (m.kras.state == State::wild_type && m.nras.state == State::wild_type) m.ras = Ras::wild_type;
    else if (either(State::pending)) m.ras = Ras::pending;
    else if (either(State::wild_type) || either(State::partial_wild_type)) m.ras = Ras::partial_wild_type;
    if (m.ras == Ras::mutant) m.ras_evidence = evidence(State::mutant);
    else if (m.ras == Ras::conflict) m.ras_evidence = evidence(State::conflict);
    else m.ras_evidence = joined(m.kras.evidence, m.nras.evidence);
    m.kras_g12c_only = m.kras.only_g12c && m.nras.state != State::mutant && m.nras.state != State::conflict;
}

void assess_braf(const Case& record, Molecular& m) {
    Sources v600e, other;
    for (const GeneResult& result : record.genes) {
        if (result.gene != Gene::braf || result.outcome != Outcome::mutant) continue;
        (result.v600e ? v600e : other).push_back(&result.source);
    }
    const Sources wild_type = sources_of(record, Gene::braf, Outcome::wild_type);
    const Sources pending =
        joined(sources_of(record, Gene::braf, Outcome::pending), open_tests(record, OpenTest::Kind::braf));
    const Sources unclear = sources_of(record, Gene::braf, Outcome::unclear);
    const auto set = [&](Braf state, Sources evidence) { m.braf = state, m.braf_evidence = std::move(evidence); };
    if (!v600e.empty() && !wild_type.empty()) set(Braf::conflict, joined(v600e, wild_type));
    else if (!v600e.empty()) set(Braf::v600e, v600e);
    else if (!other.empty()) set(Braf::other_mutation, other);
    else if (!wild_type.empty()) set(unclear.empty() && negatives_count(record, Topic::braf) ? Braf::wild_type : Braf::unknown, joined(wild_type, unclear));
    else if (!pending.empty()) set(Braf::pending, pending);
    else set(Braf::unknown, unclear), m.braf_not_understood = !unclear.empty();
}

// Immunohistochemistry: one protein lost is deficient; proficient needs all four retained.
void assess_mmr(const Case& record, Molecular& m) {
    Sources high, stable, pending, retained, unclear;
    unsigned retained_proteins = 0;
    for (const MmrResult& result : record.mmr) {
        const bool protein = result.protein != MmrResult::Protein::none;
        if (result.outcome == MmrResult::Outcome::unstable) high.push_back(&result.source);
        else if (result.outcome == MmrResult::Outcome::pending) pending.push_back(&result.source);
        else if (result.outcome == MmrResult::Outcome::unclear) unclear.push_back(&result.source);
        else if (result.outcome != MmrResult::Outcome::stable) continue;
        else if (!protein) stable.push_back(&result.source);
        else {
            retained.push_back(&result.source);
            retained_proteins |= 1U << static_cast<unsigned>(result.protein);
        }
    }
    constexpr unsigned all_four = 0b11110;
    const bool protein_lost = std::any_of(record.mmr.begin(), record.mmr.end(), [](const MmrResult& r) {
        return r.protein != MmrResult::Protein::none && r.outcome == MmrResult::Outcome::unstable;
    });
    if (retained_proteins == all_four && !protein_lost) stable = joined(stable, retained);
    pending = joined(std::move(pending), open_tests(record, OpenTest::Kind::mmr));
    const auto set = [&](Mmr state, Sources evidence) { m.mmr = state, m.mmr_evidence = std::move(evidence); };
    if (!high.empty() && !stable.empty()) set(Mmr::conflict, joined(high, stable));
    else if (!high.empty()) set(unclear.empty() ? Mmr::high : Mmr::unknown, joined(high, unclear));
    else if (!stable.empty()) set(unclear.empty() && negatives_count(record, Topic::mmr) ? Mmr::stable : Mmr::unknown, joined(stable, unclear));
    else if (!pending.empty()) set(Mmr::pending, pending);
    else set(Mmr::unknown, unclear), m.mmr_not_understood = !unclear.empty();
}

Finding phenotype(const Case& record, Metabolizer::Gene gene, Topic topic, Metabolizer::Phenotype phenotype,
                  const char* what) {
    Sources found;
    for (const Metabolizer& result : record.metabolizers) {
        if (result.gene == gene && result.phenotype == phenotype) found.push_back(&result.source);
    }
    return found.empty() ? none_found(record, {Input::observations}, {topic}, what) : yes(found);
}

void assess_germline(const Case& record, Molecular& m) {
    using Gene = Metabolizer::Gene;
    using Phenotype = Metabolizer::Phenotype;
    m.dpyd_poor = phenotype(record, Gene::dpyd, Topic::dpyd, Phenotype::poor, "DPYD result");
    m.dpyd_intermediate = all_of({phenotype(record, Gene::dpyd, Topic::dpyd, Phenotype::intermediate, "DPYD result"),
                                  truth(!m.dpyd_poor.yes())});
    m.dpyd_result = any_of({m.dpyd_poor, m.dpyd_intermediate,
                            phenotype(record, Gene::dpyd, Topic::dpyd, Phenotype::normal, "DPYD result")});
    m.ugt1a1_poor = phenotype(record, Gene::ugt1a1, Topic::ugt1a1, Phenotype::poor, "UGT1A1 result");
}

}  // namespace

Molecular assess_molecular(const Case& record) {
    Molecular m;
    assess_ras(record, m);
    assess_braf(record, m);
    assess_mmr(record, m);
    assess_germline(record, m);
    const Sources positive = sources_of(record, Gene::erbb2, Outcome::mutant);
    const Sources negative = sources_of(record, Gene::erbb2, Outcome::wild_type);
    m.her2_positive = !positive.empty() ? yes(positive)
                      : !negative.empty() && negatives_count(record, Topic::her2)
                          ? no(negative)
                          : unknown({Gap::Cause::not_recorded, "final HER2 result"});
    if (positive.empty()) m.her2_positive.evidence = negative;
    return m;
}

}  // namespace rectal_cds::domain
