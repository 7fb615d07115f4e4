#include "pages/timeline.hpp"

#include <algorithm>
#include <cctype>

#include "domain/assessment.hpp"
#include "domain/surgery.hpp"
#include "pages/page.hpp"

namespace rectal_cds::pages {

using domain::Case;
using Shape = TimelineEvent::Shape;

namespace {

constexpr const char* diagnosis = "Diagnosis";
constexpr const char* images = "Imaging, response";
constexpr const char* radiotherapy = "Radiotherapy";
constexpr const char* surgery = "Surgery";
constexpr const char* cea_lane = "CEA";
constexpr const char* cycles = "Cycles";

std::string capitalised(std::string_view text) {
    std::string result(text);
    if (!result.empty()) result[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(result[0])));
    return result;
}

class Collector {
public:
    explicit Collector(const Case& record) : record_(record) { timeline_.today = record.today; }

    void add(const std::string& lane, const domain::Source& source, Shape shape = Shape::dot) {
        if (source.when) add_at(lane, *source.when, source, shape);
    }
    void add_at(const std::string& lane, base::DateInterval when, const domain::Source& source, Shape shape) {
        if (std::find(timeline_.lanes.begin(), timeline_.lanes.end(), lane) == timeline_.lanes.end())
            timeline_.lanes.push_back(lane);
        timeline_.events.push_back({lane, when, source.says, source.reference, shape});
    }

    void add_diagnosis();
    void add_cycles();
    void add_drugs();
    void add_interventions(const std::vector<domain::Intervention>& interventions, Shape shape);
    void add_cea();
    void add_windows();
    Timeline take();

private:
    const Case& record_;
    Timeline timeline_;
};

void Collector::add_diagnosis() {
    for (const auto& primary : record_.primaries) {
        const auto when = primary.onset ? primary.onset : primary.recorded;
        if (when) add_at(diagnosis, *when, primary.source, Shape::dot);
    }
    for (const auto& secondary : record_.secondaries) add(diagnosis, secondary.source);
    for (const auto& stage : record_.stages) add(diagnosis, stage.source, Shape::square);
    for (const auto& image : record_.images) add(images, image, Shape::square);
    for (const auto& status : record_.disease_statuses) add(images, status.source, Shape::dot);
}

// As the rules count them: day 1 of each cycle of the backbone (domain/therapy.hpp).
void Collector::add_cycles() {
    const domain::Assessment assessment(record_);
    if (!assessment.therapy.cycles_known) return;
    int number = 0;
    for (const domain::Cycle& cycle : assessment.therapy.cycles) {
        const std::string says = "Day 1 of cycle " + std::to_string(++number) + ", as this service counts";
        add_at(cycles, base::DateInterval::exactly(cycle.day_1), {{}, says, std::nullopt}, Shape::number);
        timeline_.events.back().number = number;
    }
}

void Collector::add_drugs() {
    for (const auto& dose : record_.doses)
        add_at(capitalised(name(dose.drug)), dose.when, dose.source, dose.administered ? Shape::dot : Shape::ring);
    for (const auto* drafts : {&record_.drafts, &record_.other_drafts}) {
        for (const auto& draft : *drafts)
            add_at(capitalised(name(draft.drug)), base::DateInterval::exactly(record_.today), draft.source,
                   Shape::diamond);
    }
}

void Collector::add_interventions(const std::vector<domain::Intervention>& interventions, Shape shape) {
    using Kind = domain::Intervention;
    for (const auto& each : interventions) {
        const bool is_radiation = each.kinds[Kind::radiotherapy];
        const bool is_drafted = shape == Shape::diamond;
        const auto when = each.source.when ? each.source.when
                          : is_drafted     ? std::optional(base::DateInterval::exactly(record_.today))
                                           : std::nullopt;
        if (when && each.kinds.any()) add_at(is_radiation ? radiotherapy : surgery, *when, each.source, shape);
    }
}

void Collector::add_cea() {
    for (const auto& measurement : record_.measurements) {
        if (measurement.quantity != domain::Quantity::cea_mass || !measurement.source.when) continue;
        add(cea_lane, measurement.source, Shape::square);
        timeline_.events.back().cea_ng_per_ml = measurement.value;
        if (measurement.upper_limit) timeline_.cea_upper_limit = measurement.upper_limit;
    }
}

// The label asks for 28 days between bevacizumab and elective surgery, the source document for six weeks; surgery after
// short-course radiotherapy is looked for at five to six months (domain/surgery.hpp, local-codes.md D18-D20).
void Collector::add_windows() {
    constexpr std::chrono::days label_minimum{28}, six_weeks{42};
    constexpr int first_month = 5, last_month = 6;
    if (const auto last = domain::last_bevacizumab(record_)) {
        const base::Day given = last->when.last;
        timeline_.windows.push_back(
            {"no-surgery", given, given + label_minimum - std::chrono::days(1), "under 28 days after bevacizumab"});
        timeline_.windows.push_back({"caution", given + label_minimum, given + six_weeks - std::chrono::days(1),
                                     "28 to 41 days (under 6 weeks) after bevacizumab"});
    }
    std::optional<base::Day> ended;
    for (const auto& each : record_.done) {
        if (!each.radiation || !each.radiation->pelvic || !domain::is_short_course(*each.radiation) ||
            !each.source.when)
            continue;
        ended = std::max(ended.value_or(each.source.when->last), each.source.when->last);
    }
    if (!ended) return;
    timeline_.windows.push_back({"surgery-window", base::add_months(*ended, first_month),
                                 base::add_months(*ended, last_month), "5 to 6 months after 5 x 5 Gy"});
}

Timeline Collector::take() {
    const auto place = [&](const std::string& lane) {
        return std::find(timeline_.lanes.begin(), timeline_.lanes.end(), lane);
    };
    std::stable_sort(timeline_.events.begin(), timeline_.events.end(), [&](const auto& a, const auto& b) {
        const auto lane_a = place(a.lane), lane_b = place(b.lane);
        return lane_a != lane_b ? lane_a < lane_b : a.when.first < b.when.first;
    });
    return std::move(timeline_);
}

}  // namespace

Timeline timeline_of(const Case& record) {
    Collector collector(record);
    collector.add_diagnosis();
    collector.add_cycles();
    collector.add_drugs();
    collector.add_interventions(record.done, Shape::dot);
    collector.add_interventions(record.booked, Shape::ring);
    collector.add_interventions(record.draft_interventions, Shape::diamond);
    collector.add_interventions(record.other_draft_interventions, Shape::diamond);
    collector.add_cea();
    collector.add_windows();
    return collector.take();
}

std::string table_rows_of(const Timeline& timeline) {
    struct Row {
        base::Day day;
        std::string date, lane, what, reference;
    };
    std::vector<Row> rows;
    for (const auto& event : timeline.events)
        rows.push_back({event.when.first, iso(event.when), event.lane, event.what, event.reference});
    for (const auto& window : timeline.windows)
        rows.push_back(
            {window.first, base::iso(window.first) + " to " + base::iso(window.last), "Interval", window.label, ""});
    rows.push_back({timeline.today, base::iso(timeline.today), "Today", "The day that the call is judged by", ""});
    std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return a.day < b.day; });
    std::string html;
    for (const Row& row : rows) {
        html += "<tr><th scope=\"row\">" + escaped(row.date) + "</th><td>" + escaped(row.lane) + "</td><td>" +
                escaped(row.what) + "</td><td>";
        if (!row.reference.empty()) html += "<code>" + escaped(row.reference) + "</code>";
        html += "</td></tr>\n";
    }
    return html;
}

}  // namespace rectal_cds::pages
