// Columns of issued cards by week, divided into accepted, overridden and unanswered, as SVG pictures.
#pragma once

#include <string>
#include <vector>

#include "pages/page.hpp"
#include "store/feedback_summary.hpp"

namespace rectal_cds::pages {

// Whole weeks; the last one is the present.
struct Period {
    base::Day first_monday{};
    int weeks = 1;

    base::Day monday(int week) const { return first_monday + std::chrono::days(7 * week); }
};

// With a scale and dates. "" without cards.
std::string columns(const std::vector<store::WeekOfCards>& weeks, const Period& period, const std::string& label);

// The same without words, for a row of a table.
std::string small_columns(const std::vector<store::WeekOfCards>& weeks, const Period& period, const std::string& label);

// For those who do not see the columns: {monday, issued, accepted, overridden}, weeks without cards left out.
Values weeks_in_words(const std::vector<store::WeekOfCards>& weeks);

}  // namespace rectal_cds::pages
