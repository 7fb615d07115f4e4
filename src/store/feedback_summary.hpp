// What became of the cards, counted: for the page that shows it (issue of cards and feedback joined as in
// feedback_export.hpp).
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/date.hpp"
#include "store/feedback_export.hpp"

namespace rectal_cds::store {

// Cards of one recommendation issued in one week. A card that was reported both ways counts in both.
struct WeekOfCards {
    std::string recommendation_id, title;
    base::Day monday{};  // of the week of issue, in UTC
    std::size_t issued = 0, accepted = 0, overridden = 0;
};

struct CountedReason {
    std::string recommendation_id, code, text;  // what users chose; both empty: none was given
    std::size_t count = 0;
};

// Treat as patient data.
struct Comment {
    std::string recommendation_id, title, action, reason, text;
    Instant at{};
};

struct FeedbackSummary {
    std::vector<WeekOfCards> weeks;      // by recommendation, then by week
    std::vector<CountedReason> reasons;  // of overridden cards; the most frequent first
    std::vector<Comment> comments;       // the newest first, at most `max_comments`
};

inline constexpr std::size_t max_comments = 50;

// Of cards issued in the range. Reads beside a running service. Errors as of export_feedback.
base::Result<FeedbackSummary> summarize_feedback(const std::string& place, const ExportRange& range);

}  // namespace rectal_cds::store
