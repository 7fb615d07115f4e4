// What users made of the cards: counts over time, reasons, comments, and which recommendations a reviewer should look
// at.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "pages/columns.hpp"

namespace rectal_cds::pages {

// A recommendation asks for review when at least this many cards were answered and at least this share was overridden.
// Chosen here, to be set by whoever governs the content; it judges nothing by itself.
inline constexpr std::size_t least_answered = 10;
inline constexpr double asking_share = 0.5;

struct Use {
    std::string recommendation_id, title;
    std::size_t issued = 0, accepted = 0, overridden = 0;
    std::vector<store::WeekOfCards> weeks;  // by date; weeks without a card are left out

    std::size_t answered() const { return accepted + overridden; }
    bool asks_for_review() const;
};

// Those that ask for review first, then by overridden cards.
std::vector<Use> use_of(const store::FeedbackSummary& summary);

// ?weeks=4, 13 or 52, the present one included; 13 when it is none of them.
base::Day last_day_of(const View& view);
Period period_of(const View& view);
store::ExportRange range_of(const View& view);

// ?from= and ?to=, days that are both included and may be left out; without both as range_of. Empty: one is no day, or
// they are in the wrong order.
std::optional<store::ExportRange> export_range_of(const View& view);

// `summary` null: the store could not be read (503). `shows_comments`: to those who may see them.
Page feedback_page(const View& view, const store::FeedbackSummary* summary, bool shows_comments);

// The section "Use" of a recommendation's page; `summary` null: the store could not be read.
std::string use_section(const View& view, const store::FeedbackSummary* summary, const std::string& id);

// What stands there for those who may not see the counts.
std::string closed_use_section(const View& view);

Page feedback_denied_page(bool is_configured);  // 401 where a token would open it, otherwise 404

Page unclear_export_page();               // 400: not a range of days
Page long_export_page(std::size_t rows);  // 400: more than one answer holds

}  // namespace rectal_cds::pages
