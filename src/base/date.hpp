// Calendar days, and FHIR's partial dates as intervals of days.
//
// FHIR R4 date, dateTime and instant may say only a year or a month. Such a date is an interval of
// days: a safety rule fires when any day of it would, a treatment rule only when all days would
// (clinical.md 3.1). Times and offsets are ignored: the day is the one written in the resource
// (decisions.md 39).
#pragma once

#include <chrono>
#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace rectal_cds::base {

using Day = std::chrono::sys_days;

// Whole days from `from` to `to`; negative when `to` is earlier.
constexpr int days_between(Day from, Day to) { return static_cast<int>((to - from).count()); }

// The same day `months` calendar months earlier or later; the last day of the month when there is no such day.
Day add_months(Day day, int months);

std::string iso(Day day);  // "2026-03-02"

// "YYYY-MM-DD" and nothing else; empty when it is not a day of the calendar.
std::optional<Day> parse_day(std::string_view text);

// The days that a partial date may mean, first and last included. Invariant: first <= last.
struct DateInterval {
    Day first;
    Day last;

    static DateInterval exactly(Day day) { return {day, day}; }
    bool is_one_day() const { return first == last; }
    friend bool operator==(const DateInterval&, const DateInterval&) = default;
};

// FHIR R4 date, dateTime or instant: YYYY, YYYY-MM, YYYY-MM-DD, with or without a time. Empty for
// anything else, for days that do not exist, and for 1970-01-01, which real systems send for "unknown"
// (terminology.md 13, pitfall 41).
std::optional<DateInterval> parse_fhir_date(std::string_view text);

std::string iso(const DateInterval& interval);  // "2026-03-02", or "2026-03-01 to 2026-03-31"

// Whole years from birth to `day`, counted on birthdays; 29 February counts on 1 March in common years.
int age_in_years(Day birth, Day day);

}  // namespace rectal_cds::base
