// The latest laboratory values, vital signs and scores inside their look-back windows (local-codes.md D16).
#pragma once

#include "domain/case.hpp"
#include "domain/finding.hpp"

namespace rectal_cds::domain {

// Look-back windows in days.
inline constexpr int ecog_window = 90;
inline constexpr int blood_pressure_window = 30;
inline constexpr int creatinine_window = 30;
inline constexpr int urine_protein_window = 30;
inline constexpr int blood_count_window = 14;
inline constexpr int bilirubin_window = 14;
inline constexpr int body_weight_window = 90;   // for Cockcroft-Gault; this service's own choice
inline constexpr int any_age = 1'000'000;

// The newest value of the quantity that some day of its date puts inside the window, or null. Of several values of one
// day, whose order is not read, the one that adds caution.
const Measurement* latest(const Case& record, Quantity quantity, int window_days);

// Whether the latest value inside the window is below / at least / at most / above the limit. A comparator that
// leaves it open, no value, or a "no" beside something unusable or unread is unknown.
Finding below(const Case& record, Quantity quantity, int window_days, double limit, Topic topic, const char* what);
Finding at_least(const Case& record, Quantity quantity, int window_days, double limit, Topic topic, const char* what);
Finding at_most(const Case& record, Quantity quantity, int window_days, double limit, Topic topic, const char* what);
Finding above(const Case& record, Quantity quantity, int window_days, double limit, Topic topic, const char* what);

// Creatinine clearance in mL/min at most / below the limit: measured, or Cockcroft-Gault from creatinine,
// weight, age and sex, whichever is newer.
Finding clearance_at_most(const Case& record, double limit);
Finding clearance_below(const Case& record, double limit);

// ECOG of the last 90 days (Karnofsky mapped when there is none, D26), or null.
const Measurement* performance_status(const Case& record);

}  // namespace rectal_cds::domain
