// Response to the current line, the restaging clock and the CEA trend (local-codes.md D8, D15, D23).
#pragma once

#include <optional>
#include <vector>

#include "domain/case.hpp"
#include "domain/finding.hpp"
#include "domain/therapy.hpp"

namespace rectal_cds::domain {

struct Response {
    const DiseaseStatus* newest = nullptr;  // of the current line
    Finding assessed;                       // yes: there is one; no: certainly none; otherwise unknown
};

Response assess_response(const Case& record, const Therapy& therapy);

// Days and cycles since therapy began or since the day on which both an image and a CEA were on record.
struct RestagingClock {
    base::Day since;
    int days;
    std::optional<int> cycles;  // empty when they cannot be counted
    const Source* image = nullptr;  // newest since then, if any
    const Source* cea = nullptr;
};

// Empty without a line of therapy.
std::optional<RestagingClock> restaging_clock(const Case& record, const Therapy& therapy);

// clinical.md 3.7, cea-rising: the last three values of one unit rise strictly, the last is above the
// upper limit (5 ng/mL where none is given) and at least 1.25 times the lowest on treatment.
Finding cea_rising(const Case& record, const Therapy& therapy);

}  // namespace rectal_cds::domain
