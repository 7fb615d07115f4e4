// The molecular status of the tumour, and germline pharmacogenetics (clinical.md 3.1, Biomarker status).
#pragma once

#include <vector>

#include "domain/case.hpp"
#include "domain/finding.hpp"

namespace rectal_cds::domain {

using Sources = std::vector<const Source*>;

// One gene over all its results. A newer wild-type never cancels an older mutant.
struct GeneStatus {
    enum class State : unsigned char { unknown, pending, partial_wild_type, wild_type, conflict, mutant } state{};
    Sources evidence;  // the results that decide, the pending ones, or else those that are not understood
    bool only_g12c = false;
    bool not_understood = false;  // unknown, and the only results are in words or codes that are not read
};

enum class Ras : unsigned char { unknown, pending, partial_wild_type, wild_type, conflict, mutant };
enum class Braf : unsigned char { unknown, pending, wild_type, other_mutation, conflict, v600e };
enum class Mmr : unsigned char { unknown, pending, conflict, stable, high };

struct Molecular {
    GeneStatus kras, nras;
    Ras ras{};
    Sources ras_evidence;
    Braf braf{};
    Sources braf_evidence;
    bool braf_not_understood = false;  // as GeneStatus::not_understood
    Mmr mmr{};
    Sources mmr_evidence;
    bool mmr_not_understood = false;
    bool kras_g12c_only = false;  // KRAS p.G12C is the only RAS alteration on record
    Finding her2_positive;
    Finding dpyd_poor, dpyd_intermediate, dpyd_result;
    Finding ugt1a1_poor;
};

Molecular assess_molecular(const Case& record);

}  // namespace rectal_cds::domain
