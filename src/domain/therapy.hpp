// Exposure, lines and cycles of systemic therapy (clinical.md 3.1; local-codes.md D5-D10).
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "domain/case.hpp"
#include "domain/finding.hpp"
#include "domain/staging.hpp"

namespace rectal_cds::domain {

struct Line {
    base::Day start;
};

struct Cycle {
    base::Day day_1;
    int length_days;  // from the order's timing, 14 when it says none
};

struct Therapy {
    std::vector<const Dose*> doses;    // since the stage IV date, oldest first
    std::vector<const Dose*> earlier;  // (neo)adjuvant: before the stage IV date
    std::vector<Line> lines;
    bool started = false;              // a dose since the stage IV date, or an active antineoplastic order
    std::vector<Cycle> cycles;         // administered backbone cycles since the stage IV date, oldest first
    bool cycles_known = true;          // false when only orders tell of the backbone (D7)
    Finding active;                    // "On therapy" (D10)

    const Line* current_line() const { return lines.empty() ? nullptr : &lines.back(); }
};

Therapy assess_therapy(const Case& record, const Staging& staging);

using DrugTest = std::function<bool(Drug)>;

// Whether a drug of the kind was given or ordered since the stage IV date (`ever`: at any time), or is active.
Finding used(const Case& record, const Therapy& therapy, const DrugTest& kind, const char* what, bool ever = false);

// Whether a drug of the kind is in the draft; in the draft or among active orders; active only.
Finding drafted(const Case& record, const DrugTest& kind);
Finding drafted_or_active(const Case& record, const DrugTest& kind, const char* what);
Finding active_order(const Case& record, const DrugTest& kind, const char* what,
                     std::initializer_list<Topic> topics = {Topic::medication});

// Sum of the lengths of the treated cycles, in days (D9); empty when cycles cannot be counted.
std::optional<int> treated_days(const Therapy& therapy);

// Cycles whose day 1 is on or after `from`; empty when they cannot be counted.
std::optional<int> cycles_from(const Therapy& therapy, base::Day from);

}  // namespace rectal_cds::domain
