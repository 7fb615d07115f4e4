// Surgery, radiotherapy and their distance from bevacizumab (clinical.md 3.7 D and G; local-codes.md D18-D20).
#pragma once

#include <optional>

#include "domain/case.hpp"
#include "domain/finding.hpp"

namespace rectal_cds::domain {

// From the last bevacizumab to an elective operation that causes no remark: six weeks.
inline constexpr int bevacizumab_to_surgery_days = 42;

// The last bevacizumab: administered if any is on record, else ordered; a drafted dose counts as today.
struct LastBevacizumab {
    const Source* source = nullptr;
    base::DateInterval when{};
    bool drafted = false;
    bool administered = false;
};
std::optional<LastBevacizumab> last_bevacizumab(const Case& record);

// The earliest major surgery drafted or booked for today or later; of one day an elective one, which can be moved.
// An urgent one without a date is today.
struct PlannedSurgery {
    const Intervention* surgery = nullptr;
    std::optional<base::DateInterval> when;  // empty: elective, drafted without a date
};
std::optional<PlannedSurgery> next_dated_surgery(const Case& record);

struct SurgeryAfterBevacizumab {
    Finding elective_under_28_days;
    Finding elective_28_to_41_days;
    Finding urgent_under_42_days;
    std::optional<int> days;  // from the last bevacizumab to the dated surgery; the least that partial dates allow
};
SurgeryAfterBevacizumab assess_bevacizumab_interval(const Case& record);

// Completed major surgery less than `days` days ago on some day that its date may mean.
Finding major_surgery_within(const Case& record, int days);

bool is_short_course(const Radiotherapy& radiation);  // 25 Gy in 5 fractions, or named
bool is_long_course(const Radiotherapy& radiation);   // >= 45 Gy in >= 25 fractions, or named

// Pelvic short-course radiotherapy that ended between `least` and `most` days ago on every day its date may mean.
Finding short_course_ended(const Case& record, int least, std::optional<int> most);

Finding primary_in_situ(const Case& record);

}  // namespace rectal_cds::domain
