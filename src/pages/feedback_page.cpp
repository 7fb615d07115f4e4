#include "pages/feedback_page.hpp"

#include <algorithm>
#include <map>

#include "cdshooks/instant.hpp"

namespace rectal_cds::pages {

using store::WeekOfCards;

namespace {

constexpr int default_weeks = 13;
constexpr std::size_t most_reasons = 3;

std::string percent(std::size_t part, std::size_t whole) {
    return whole == 0 ? "-" : std::to_string((part * 100 + whole / 2) / whole) + " %";
}

int weeks_of(const http::Request& request) {
    const std::string weeks = parameter(request, "weeks");
    return weeks == "4" ? 4 : weeks == "52" ? 52 : default_weeks;
}

std::string title_of(const View& view, const std::string& id, const std::string& stored) {
    const auto* known = view.content.knowledge.recommendation(id);
    return known ? known->title : stored;
}

std::vector<WeekOfCards> all_together(const store::FeedbackSummary& summary) {
    std::map<base::Day, WeekOfCards> by_week;
    for (const WeekOfCards& week : summary.weeks) {
        WeekOfCards& sum = by_week[week.monday];
        sum.monday = week.monday;
        sum.issued += week.issued, sum.accepted += week.accepted, sum.overridden += week.overridden;
    }
    std::vector<WeekOfCards> weeks;
    for (auto& [monday, week] : by_week) weeks.push_back(week);
    return weeks;
}

Values reasons_of(const store::FeedbackSummary& summary, const std::string& id) {
    Values list{Values::type::list};
    std::size_t shown = 0;
    for (const auto& reason : summary.reasons) {
        if (reason.recommendation_id != id || shown++ >= most_reasons) continue;
        Values item;
        const bool is_given = !reason.code.empty() || !reason.text.empty();
        item["text"] = !is_given ? "no reason given" : !reason.text.empty() ? reason.text : reason.code;
        item["count"] = std::to_string(reason.count);
        list << item;
    }
    return list;
}

void add_counts(Values& values, const Use& use) {
    values["issued"] = std::to_string(use.issued), values["accepted"] = std::to_string(use.accepted);
    values["overridden"] = std::to_string(use.overridden);
    const std::size_t answered = use.answered();
    values["unanswered"] = std::to_string(use.issued > answered ? use.issued - answered : 0);
    values["share"] = percent(use.overridden, answered);
    values["asks"] = flag(use.asks_for_review());
}

Values line_of(const View& view, const store::FeedbackSummary& summary, const Use& use) {
    const std::string title = title_of(view, use.recommendation_id, use.title);
    Values line;
    line["title"] = title;
    line["hasPage"] = flag(view.content.knowledge.recommendation(use.recommendation_id) != nullptr);
    line["address"] = view.settings.base_path + "/recommendations/" + use.recommendation_id;
    add_counts(line, use);
    line["picture"] = small_columns(use.weeks, period_of(view), title + ": cards by week");
    line["reasons"] = reasons_of(summary, use.recommendation_id);
    return line;
}

Values comments_of(const View& view, const store::FeedbackSummary& summary) {
    Values list{Values::type::list};
    for (const store::Comment& comment : summary.comments) {
        Values item;
        item["day"] = base::iso(std::chrono::floor<std::chrono::days>(comment.at));
        item["title"] = title_of(view, comment.recommendation_id, comment.title);
        item["action"] = comment.action, item["reason"] = comment.reason,
        item["hasReason"] = flag(!comment.reason.empty());
        item["text"] = comment.text;
        list << item;
    }
    return list;
}

Values choices_of(int chosen) {
    Values list{Values::type::list};
    for (const int weeks : {4, 13, 52}) {
        Values item;
        item["weeks"] = std::to_string(weeks), item["isChosen"] = flag(weeks == chosen);
        list << item;
    }
    return list;
}

}  // namespace

bool Use::asks_for_review() const {
    return answered() >= least_answered &&
           static_cast<double>(overridden) >= asking_share * static_cast<double>(answered());
}

std::vector<Use> use_of(const store::FeedbackSummary& summary) {
    std::vector<Use> uses;
    for (const WeekOfCards& week : summary.weeks) {
        if (uses.empty() || uses.back().recommendation_id != week.recommendation_id)
            uses.push_back({week.recommendation_id, week.title, 0, 0, 0, {}});
        Use& use = uses.back();
        use.issued += week.issued, use.accepted += week.accepted, use.overridden += week.overridden;
        use.weeks.push_back(week);
    }
    std::stable_sort(uses.begin(), uses.end(), [](const Use& a, const Use& b) {
        if (a.asks_for_review() != b.asks_for_review()) return a.asks_for_review();
        return a.overridden != b.overridden ? a.overridden > b.overridden : a.issued > b.issued;
    });
    return uses;
}

base::Day last_day_of(const View& view) { return std::max(view.today, view.last_day); }

Period period_of(const View& view) {
    const base::Day last_day = last_day_of(view);
    const auto days_since_monday = std::chrono::weekday(last_day) - std::chrono::Monday;
    const int weeks = weeks_of(view.request);
    return {last_day - days_since_monday - std::chrono::days(7 * (weeks - 1)), weeks};
}

store::ExportRange range_of(const View& view) { return {period_of(view).first_monday, std::nullopt}; }

std::optional<store::ExportRange> export_range_of(const View& view) {
    const std::string from = parameter(view.request, "from"), to = parameter(view.request, "to");
    if (from.empty() && to.empty()) return range_of(view);
    const store::ExportRange range{base::parse_day(from), base::parse_day(to)};
    const bool is_sound = (from.empty() || range.from) && (to.empty() || range.to);
    return is_sound && (!range.from || !range.to || *range.from <= *range.to) ? std::optional(range) : std::nullopt;
}

Page feedback_page(const View& view, const store::FeedbackSummary* summary, bool shows_comments) {
    Values values;
    values["base"] = view.settings.base_path;
    values["isDown"] = flag(summary == nullptr);
    const store::FeedbackSummary nothing;
    const store::FeedbackSummary& known = summary ? *summary : nothing;
    const auto weeks = all_together(known);
    Use all;
    Values lines{Values::type::list};
    std::size_t asking = 0;
    for (const Use& use : use_of(known)) {
        all.issued += use.issued, all.accepted += use.accepted, all.overridden += use.overridden;
        asking += use.asks_for_review() ? 1 : 0;
        lines << line_of(view, known, use);
    }
    add_counts(values, all);
    values["isEmpty"] = flag(known.weeks.empty());
    values["asking"] = std::to_string(asking), values["isAsking"] = flag(asking > 0);
    values["least"] = std::to_string(least_answered),
    values["askingShare"] = percent(static_cast<std::size_t>(asking_share * 100), 100);
    values["weeks"] = std::to_string(weeks_of(view.request)), values["choices"] = choices_of(weeks_of(view.request));
    values["picture"] = columns(weeks, period_of(view), "Cards by week, also told by the table below");
    values["weeksInWords"] = weeks_in_words(weeks);
    values["from"] = base::iso(period_of(view).first_monday), values["to"] = base::iso(last_day_of(view));
    values["lines"] = std::move(lines);
    values["showsComments"] = flag(shows_comments), values["hasComments"] = flag(!known.comments.empty());
    values["comments"] = comments_of(view, known);
    values["commentCount"] = std::to_string(known.comments.size());
    return {"Feedback", "feedback", filled("feedback.mustache", values), summary ? 200 : 503, true};
}

std::string use_section(const View& view, const store::FeedbackSummary* summary, const std::string& id) {
    const auto uses = summary ? use_of(*summary) : std::vector<Use>();
    const auto own =
        std::find_if(uses.begin(), uses.end(), [&](const Use& use) { return use.recommendation_id == id; });
    Values values;
    values["base"] = view.settings.base_path;
    values["isOpen"] = flag(true), values["isDown"] = flag(!summary), values["isUsed"] = flag(own != uses.end());
    if (own != uses.end()) {
        add_counts(values, *own);
        values["picture"] = columns(own->weeks, period_of(view), "Cards by week, also told by the table below");
        values["weeksInWords"] = weeks_in_words(own->weeks);
        values["reasons"] = reasons_of(*summary, id), values["isOverridden"] = flag(own->overridden > 0);
    }
    return filled("use.mustache", values);
}

std::string closed_use_section(const View& view) {
    Values values;
    values["base"] = view.settings.base_path;
    values["isOpen"] = flag(false), values["hasFeedback"] = flag(view.settings.has_feedback);
    return filled("use.mustache", values);
}

Page feedback_denied_page(bool is_configured) {
    Values values;
    values["isConfigured"] = flag(is_configured);
    return {"Feedback", "feedback", filled("feedback_denied.mustache", values), is_configured ? 401 : 404};
}

Page unclear_export_page() {
    Values values;
    values["isUnclear"] = flag(true), values["isLong"] = flag(false);
    return {"No export", "feedback", filled("feedback_no_export.mustache", values), 400};
}

Page long_export_page(std::size_t rows) {
    Values values;
    values["isUnclear"] = flag(false), values["isLong"] = flag(true), values["rows"] = std::to_string(rows);
    return {"No export", "feedback", filled("feedback_no_export.mustache", values), 400, true};
}

}  // namespace rectal_cds::pages
