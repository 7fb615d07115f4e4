// The small clinical domain, enumerated: every molecular state of the typical patient, and the real plans judged on it.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "domain/typical_patient.hpp"
#include "guideline/judge.hpp"
#include "support/real_knowledge.hpp"

namespace rectal_cds::testing {

enum class Tested : unsigned char { untested, wild_type, exon_2, mutant, g12c, pending, contradictory };

struct MolecularState {
    Tested kras{}, nras{}, braf{}, mmr{};
    domain::Readability observations = domain::Readability::complete;
};

inline void add_gene(Case& record, domain::Gene gene, Tested tested) {
    using Outcome = domain::GeneResult::Outcome;
    const auto add = [&](Outcome outcome) {
        domain::GeneResult result;
        result.source = source("gene result", days_ago(5));
        result.gene = gene, result.outcome = outcome;
        result.exon2_only = tested == Tested::exon_2;
        result.g12c = tested == Tested::g12c;
        result.v600e = gene == domain::Gene::braf && outcome == Outcome::mutant && tested != Tested::g12c;
        record.genes.push_back(result);
    };
    if (tested == Tested::wild_type || tested == Tested::exon_2 || tested == Tested::contradictory) add(Outcome::wild_type);
    if (tested == Tested::mutant || tested == Tested::g12c || tested == Tested::contradictory) add(Outcome::mutant);
    if (tested == Tested::pending) add(Outcome::pending);
}

inline void add_mmr(Case& record, Tested tested) {
    using Outcome = domain::MmrResult::Outcome;
    const auto add = [&](Outcome outcome) { record.mmr.push_back({source("MMR", days_ago(5)), outcome, domain::MmrResult::Protein::none}); };
    if (tested == Tested::wild_type || tested == Tested::contradictory) add(Outcome::stable);
    if (tested == Tested::mutant || tested == Tested::contradictory) add(Outcome::unstable);
    if (tested == Tested::pending) add(Outcome::pending);
}

// Unreadable observations hold nothing; incompletely read ones hold what was found.
inline Case patient_with(const MolecularState& state) {
    Case record = typical_patient();
    record.readability[static_cast<std::size_t>(domain::Input::observations)] = state.observations;
    if (state.observations == domain::Readability::unreadable) {
        record.measurements.clear(), record.stages.clear(), record.t_categories.clear();
        return record;
    }
    add_gene(record, domain::Gene::kras, state.kras);
    add_gene(record, domain::Gene::nras, state.nras);
    add_gene(record, domain::Gene::braf, state.braf);
    add_mmr(record, state.mmr);
    return record;
}

inline std::vector<MolecularState> every_molecular_state(domain::Readability observations) {
    using T = Tested;
    std::vector<MolecularState> states;
    for (const T kras : {T::untested, T::wild_type, T::exon_2, T::mutant, T::g12c, T::pending, T::contradictory})
        for (const T nras : {T::untested, T::wild_type, T::mutant, T::pending, T::contradictory})
            for (const T braf : {T::untested, T::wild_type, T::mutant, T::g12c, T::pending, T::contradictory})
                for (const T mmr : {T::untested, T::wild_type, T::mutant, T::pending, T::contradictory})
                    states.push_back({kras, nras, braf, mmr, observations});
    return states;
}

// Ids of the recommendations of the real knowledge that fire.
inline std::set<std::string> firing(const Case& record) {
    domain::Facts facts(record);
    std::set<std::string> ids;
    for (const auto& verdict : guideline::judge_all(real_knowledge().recommendations, facts)) {
        if (verdict.fires()) ids.insert(verdict.recommendation->id);
    }
    return ids;
}

inline std::size_t count_of(const std::set<std::string>& ids, std::initializer_list<const char*> group) {
    std::size_t count = 0;
    for (const char* id : group) count += ids.count(id);
    return count;
}

}  // namespace rectal_cds::testing
