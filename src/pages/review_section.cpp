#include "pages/review_section.hpp"

#include <algorithm>

#include "cdshooks/governance.hpp"
#include "cdshooks/html.hpp"
#include "pages/change_log.hpp"

namespace rectal_cds::pages {

using guideline::Recommendation;
using guideline::ReviewStep;

namespace {

bool names(const std::vector<std::string>& ids, const std::string& id) {
    return std::find(ids.begin(), ids.end(), id) != ids.end();
}

// Where it stands between its author and a named clinician: the three steps, with the one it is in.
Values steps_of(const Recommendation& r) {
    const std::string here = cdshooks::review_step(r);
    Values list{Values::type::list};
    for (const char* step : {"draft", "in review", "approved"}) {
        Values item;
        item["step"] = std::string(step), item["isHere"] = flag(here == step);
        list << item;
    }
    return list;
}

// What is dated, the earliest first; days to come among it.
Values dates_of(const View& view, const Recommendation& r) {
    std::vector<std::pair<base::Day, std::string>> dates{
        {r.date, "Content " + r.version + " written"},
        {r.review_by, "Review due; from the next day on the card says that it is overdue"},
        {r.expires, "Not assessed from this day on"}};
    if (r.review.step == ReviewStep::in_review) dates.emplace_back(r.review.since, "In review by " + r.review.reviewer);
    if (r.review.step == ReviewStep::approved) {
        dates.emplace_back(r.review.since, "Approved by " + r.review.reviewer);
        if (r.review.last_reviewed) dates.emplace_back(*r.review.last_reviewed, "Last reviewed");
    }
    std::stable_sort(dates.begin(), dates.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    Values list{Values::type::list};
    for (const auto& [day, words] : dates) {
        Values item;
        item["day"] = base::iso(day), item["words"] = words, item["isToCome"] = flag(day > view.today);
        list << item;
    }
    return list;
}

Values changes_in(const std::string& log, const Recommendation& r, bool& has_any) {
    Values list{Values::type::list};
    for (const Change& change : changes_of(log, r.id)) {
        Values item;
        item["heading"] = change.heading, item["html"] = cdshooks::html_of(change.markdown);
        list << item;
        has_any = true;
    }
    return list;
}

Values questions_about(const fhir::Governance& governance, const Recommendation& r, bool& has_any) {
    Values list{Values::type::list};
    for (const fhir::OpenQuestion& open : governance.open_questions) {
        if (!names(open.affects, r.id)) continue;
        Values item;
        item["text"] = open.question;
        list << item;
        has_any = true;
    }
    return list;
}

Values decisions_about(const fhir::Governance& governance, const Recommendation& r, bool& has_any) {
    Values list{Values::type::list};
    for (const fhir::PendingDecision& decision : governance.watch_list) {
        if (!names(decision.affects, r.id)) continue;
        Values item;
        item["day"] = base::iso(decision.expected), item["authority"] = decision.authority;
        item["subject"] = decision.subject, item["consequence"] = decision.consequence;
        list << item;
        has_any = true;
    }
    return list;
}

}  // namespace

void add_review(Values& values, const View& view, const Recommendation& r, bool is_judged) {
    const fhir::Governance& governance = view.content.knowledge.governance;
    values["status"] = cdshooks::review_status(r), values["step"] = cdshooks::review_step(r);
    values["steps"] = steps_of(r), values["dates"] = dates_of(view, r);
    values["reviewBy"] = base::iso(r.review_by), values["expires"] = base::iso(r.expires);
    values["isDue"] = flag(view.today > r.review_by && view.today < r.expires);
    values["isExpired"] = flag(view.today >= r.expires);
    values["isAside"] = flag(!is_judged);
    bool has_changes = false, has_questions = false, has_decisions = false;
    values["changes"] = changes_in(governance.change_log, r, has_changes), values["hasChanges"] = flag(has_changes);
    values["questions"] = questions_about(governance, r, has_questions), values["hasQuestions"] = flag(has_questions);
    values["decisions"] = decisions_about(governance, r, has_decisions), values["hasDecisions"] = flag(has_decisions);
}

}  // namespace rectal_cds::pages
