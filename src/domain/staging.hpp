// Which cancer this is, whether it is metastatic, and since when (clinical.md 3.1, Gates).
#pragma once

#include <optional>
#include <vector>

#include "domain/case.hpp"
#include "domain/finding.hpp"

namespace rectal_cds::domain {

enum class MCategory : unsigned char { unknown, conflict, m0, m1 };

struct Staging {
    const Primary* primary = nullptr;            // the newest active one in scope
    const Primary* in_remission = nullptr;       // set when no primary is active
    Finding active_primary;
    MCategory m = MCategory::unknown;
    std::vector<const Source*> m_sources;        // every current source of the M category, newest first
    std::optional<base::DateInterval> stage_iv;  // oldest evidence of M1 (local-codes.md D3)
    Finding synchronous;                         // <= 180 days from primary to M1 (D4)
};

Staging stage(const Case& record);

// Whole days since the stage IV date; empty when it is not dated. The least that a partial date allows.
std::optional<int> days_since_stage_iv(const Case& record, const Staging& staging);

}  // namespace rectal_cds::domain
