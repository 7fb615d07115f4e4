#include "store/feedback_summary.hpp"

#include <limits>
#include <map>
#include <utility>

#include "store/reading.hpp"

namespace rectal_cds::store {

using soci::into;
using soci::use;

namespace {

struct Period {
    long long since, until;  // microseconds; `until` is not in it
};

Period period_of(const ExportRange& range) {
    const auto microseconds = [](base::Day day) {
        return static_cast<long long>(Instant(day).time_since_epoch().count());
    };
    return {range.from ? microseconds(*range.from) : 0,
            range.to ? microseconds(*range.to + std::chrono::days(1)) : std::numeric_limits<long long>::max()};
}

// 1970-01-01 was a Thursday: weeks that begin on Monday are counted from three days before it.
constexpr const char* week_of_issue = "(c.issued_at + 259200000000) / 604800000000";

base::Day monday_of(long long week) { return base::Day(std::chrono::days(week * 7 - 3)); }

using Weeks = std::map<std::pair<std::string, long long>, WeekOfCards>;

WeekOfCards& entry(Weeks& weeks, const std::string& recommendation, long long week) {
    WeekOfCards& found = weeks[{recommendation, week}];
    found.recommendation_id = recommendation;
    found.monday = monday_of(week);
    return found;
}

void count_issued(soci::session& sql, const Period& period, Weeks& weeks) {
    std::string recommendation, title;
    long long week = 0, count = 0;
    soci::statement rows =
        (sql.prepare << std::string("SELECT c.recommendation, max(c.title), ") + week_of_issue +
                            " AS week, count(*) FROM issued_card c"
                            " WHERE c.issued_at >= :since AND c.issued_at < :until"
                            " GROUP BY c.recommendation, week",
         use(period.since), use(period.until), into(recommendation), into(title), into(week), into(count));
    rows.execute();
    while (rows.fetch()) {
        WeekOfCards& found = entry(weeks, recommendation, week);
        found.title = title;
        found.issued = static_cast<std::size_t>(count);
    }
}

void count_outcomes(soci::session& sql, const Period& period, Weeks& weeks) {
    std::string recommendation, outcome;
    long long week = 0, count = 0;
    soci::statement rows =
        (sql.prepare << std::string("SELECT c.recommendation, f.outcome, ") + week_of_issue +
                            " AS week, count(DISTINCT f.card) FROM feedback f JOIN issued_card c"
                            " ON c.uuid = f.card AND c.client = f.client AND c.service = f.service"
                            " WHERE c.issued_at >= :since AND c.issued_at < :until"
                            " GROUP BY c.recommendation, f.outcome, week",
         use(period.since), use(period.until), into(recommendation), into(outcome), into(week), into(count));
    rows.execute();
    while (rows.fetch()) {
        WeekOfCards& found = entry(weeks, recommendation, week);
        (outcome == "accepted" ? found.accepted : found.overridden) = static_cast<std::size_t>(count);
    }
}

std::vector<CountedReason> count_reasons(soci::session& sql, const Period& period) {
    std::vector<CountedReason> reasons;
    CountedReason reason;
    long long count = 0;
    soci::statement rows =
        (sql.prepare
             << "SELECT c.recommendation, f.reason_code, max(f.reason_display), count(*) AS times"
                " FROM feedback f JOIN issued_card c"
                " ON c.uuid = f.card AND c.client = f.client AND c.service = f.service"
                " WHERE f.outcome = 'overridden' AND c.issued_at >= :since AND c.issued_at < :until"
                " GROUP BY c.recommendation, f.reason_code ORDER BY times DESC, c.recommendation, f.reason_code",
         use(period.since), use(period.until), into(reason.recommendation_id), into(reason.code), into(reason.text),
         into(count));
    rows.execute();
    while (rows.fetch()) {
        reason.count = static_cast<std::size_t>(count);
        reasons.push_back(reason);
    }
    return reasons;
}

std::vector<Comment> newest_comments(soci::session& sql, const Period& period) {
    std::vector<Comment> comments;
    Comment comment;
    long long at = 0;
    const auto most = static_cast<long long>(max_comments);
    soci::statement rows =
        (sql.prepare << "SELECT c.recommendation, c.title, f.outcome, f.reason_display, f.reason_comment, f.outcome_at"
                        " FROM feedback f JOIN issued_card c"
                        " ON c.uuid = f.card AND c.client = f.client AND c.service = f.service"
                        " WHERE f.reason_comment <> '' AND c.issued_at >= :since AND c.issued_at < :until"
                        " ORDER BY f.outcome_at DESC, f.item LIMIT :most",
         use(period.since), use(period.until), use(most), into(comment.recommendation_id), into(comment.title),
         into(comment.action), into(comment.reason), into(comment.text), into(at));
    rows.execute();
    while (rows.fetch()) {
        comment.at = Instant(std::chrono::microseconds(at));
        comments.push_back(comment);
    }
    return comments;
}

}  // namespace

base::Result<FeedbackSummary> summarize_feedback(const std::string& place, const ExportRange& range) {
    const Period period = period_of(range);
    return read_database<FeedbackSummary>(place, [&](soci::session& sql) {
        Weeks weeks;
        count_issued(sql, period, weeks);
        count_outcomes(sql, period, weeks);
        FeedbackSummary summary;
        for (auto& [key, week] : weeks) summary.weeks.push_back(std::move(week));
        summary.reasons = count_reasons(sql, period);
        summary.comments = newest_comments(sql, period);
        return summary;
    });
}

}  // namespace rectal_cds::store
