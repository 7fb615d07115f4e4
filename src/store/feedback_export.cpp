#include "store/feedback_export.hpp"

#include <limits>
#include <optional>
#include <utility>

#include "store/reading.hpp"
#include "store/suggestion_list.hpp"

namespace rectal_cds::store {

using soci::into;
using soci::use;

namespace {

constexpr int page_size = 500;
constexpr std::chrono::minutes clock_difference{5};

Instant instant(long long microseconds) { return Instant(std::chrono::microseconds(microseconds)); }
long long microseconds(base::Day day) { return Instant(day).time_since_epoch().count(); }

// Where the last page ended: the order of the export, which is unique by `item`.
struct Position {
    long long outcome_at = 0, received_at = -1, place = -1;
    std::string item;
};

struct Row {
    ExportedFeedback feedback;
    Position position;
    long long issued = 0, unmatched = 0, test_clock = 0;
    std::string suggestions, issued_suggestions;
};

std::optional<std::string> label_of_row(soci::session& sql, const std::string& id, const std::string& card) {
    std::string label;
    sql << "SELECT label FROM issued_suggestion WHERE uuid = :uuid AND card = :card", use(id), use(card), into(label);
    return sql.got_data() ? std::optional{label} : std::nullopt;
}

// The id itself where none was issued under it.
void add_suggestion(soci::session& sql, const std::string& id, Row& row) {
    ExportedFeedback& feedback = row.feedback;
    auto label = label_of(id, row.issued_suggestions);
    if (!label) label = label_of_row(sql, id, feedback.card);
    feedback.has_unknown_suggestion = feedback.has_unknown_suggestion || (!label && !feedback.is_unmatched);
    feedback.suggestions.push_back(label.value_or(id));
}

void finish(soci::session& sql, Row& row) {
    ExportedFeedback& feedback = row.feedback;
    feedback.at = instant(row.position.outcome_at);
    feedback.received = instant(row.position.received_at);
    feedback.issued = instant(row.issued);
    feedback.is_unmatched = row.unmatched != 0;
    feedback.has_test_clock = row.test_clock != 0;
    feedback.has_unknown_suggestion = false;
    feedback.suggestions.clear();
    for (const std::string& id : split(row.suggestions)) add_suggestion(sql, id, row);
    feedback.is_reason_missing =
        feedback.action == "overridden" && feedback.indicator == "critical" && !feedback.reason.is_given();
    const bool is_before_its_card = !feedback.is_unmatched && feedback.at < feedback.issued - clock_difference;
    feedback.is_time_implausible =
        !feedback.has_test_clock && (is_before_its_card || feedback.at > feedback.received + clock_difference);
}

std::vector<Row> read_page(soci::session& sql, const Position& after, long long end) {
    std::vector<Row> page;
    Row row;
    ExportedFeedback& f = row.feedback;
    soci::statement rows =
        (sql.prepare << "SELECT f.item, f.outcome_at, f.received_at, f.place, f.card, f.outcome, f.suggestions,"
                        " f.reason_system, f.reason_code, f.reason_display, f.reason_category, f.reason_title,"
                        " f.reason_comment, f.client, f.service, f.test_clock, coalesce(c.recommendation, ''),"
                        " coalesce(c.title, ''), coalesce(c.content_version, ''), coalesce(c.indicator, ''),"
                        " coalesce(c.user_id, ''), coalesce(c.encounter, ''), coalesce(c.location, ''),"
                        " coalesce(c.hook, ''), coalesce(c.hook_instance, ''), coalesce(c.patient, ''),"
                        " coalesce(c.issued_at, 0), CASE WHEN c.uuid IS NULL THEN 1 ELSE 0 END,"
                        " coalesce(c.suggestions, '')"
                        " FROM feedback f LEFT JOIN issued_card c"
                        " ON c.uuid = f.card AND c.client = f.client AND c.service = f.service"
                        " WHERE f.outcome_at < :until AND f.outcome_at >= :since"
                        " AND (f.outcome_at, f.received_at, f.place, f.item) > (:at, :received, :position, :last)"
                        " ORDER BY f.outcome_at, f.received_at, f.place, f.item LIMIT :most",
         use(end, "until"), use(after.outcome_at, "since"), use(after.outcome_at, "at"),
         use(after.received_at, "received"), use(after.place, "position"), use(after.item, "last"),
         use(page_size, "most"), into(row.position.item), into(row.position.outcome_at), into(row.position.received_at),
         into(row.position.place), into(f.card), into(f.action), into(row.suggestions), into(f.reason.system),
         into(f.reason.code), into(f.reason.display), into(f.reason.category), into(f.reason.title),
         into(f.reason.comment), into(f.client), into(f.service_id), into(row.test_clock), into(f.recommendation_id),
         into(f.title), into(f.content_version), into(f.indicator), into(f.user_id), into(f.encounter_id),
         into(f.location), into(f.hook), into(f.hook_instance), into(f.patient), into(row.issued), into(row.unmatched),
         into(row.issued_suggestions));
    rows.execute();
    while (rows.fetch()) page.push_back(row);
    return page;
}

}  // namespace

base::Result<std::size_t> export_feedback(const std::string& place, const ExportRange& range,
                                          const std::function<void(const ExportedFeedback&)>& visit) {
    Position position;
    position.outcome_at = range.from ? microseconds(*range.from) : std::numeric_limits<long long>::min();
    const long long end =
        range.to ? microseconds(*range.to + std::chrono::days(1)) : std::numeric_limits<long long>::max();
    return read_database<std::size_t>(place, [&](soci::session& sql) {
        std::size_t count = 0;
        for (std::vector<Row> page; !(page = read_page(sql, position, end)).empty(); count += page.size()) {
            for (Row& row : page) {
                finish(sql, row);
                visit(row.feedback);
            }
            position = page.back().position;
        }
        return count;
    });
}

}  // namespace rectal_cds::store
