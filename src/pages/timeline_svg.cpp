#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>

#include "pages/page.hpp"
#include "pages/timeline.hpp"

namespace rectal_cds::pages {

using base::Day;
using Shape = TimelineEvent::Shape;

namespace {

// In units of the picture, which is 960 wide.
constexpr double width = 960, left = 150, right = 24, top = 64, lane_height = 30, cea_height = 110, axis_height = 34,
                 mark = 6;
constexpr std::size_t most_ticks = 10;

std::string text_of(double number) {
    char buffer[32];
    std::snprintf(buffer, sizeof buffer, "%.1f", number);
    return buffer;
}

std::string text_at(double x, double y, const std::string& kind, const std::string& text) {
    return "<text class=\"" + kind + "\" x=\"" + text_of(x) + "\" y=\"" + text_of(y) + "\">" + escaped(text) +
           "</text>\n";
}

std::string line(double x1, double y1, double x2, double y2, const std::string& kind) {
    return "<line class=\"" + kind + "\" x1=\"" + text_of(x1) + "\" y1=\"" + text_of(y1) + "\" x2=\"" + text_of(x2) +
           "\" y2=\"" + text_of(y2) + "\"/>\n";
}

class Picture {
public:
    explicit Picture(const Timeline& timeline);
    std::string drawn() const;

private:
    double x(Day day) const;
    std::string axis() const;
    std::string windows() const;
    std::string lane(const std::string& name, double y) const;
    std::string cea(double y) const;
    std::string event(const TimelineEvent& event, double y) const;

    const Timeline& timeline_;
    Day first_, last_;
    double bottom_ = 0;
};

Picture::Picture(const Timeline& timeline) : timeline_(timeline), first_(timeline.today), last_(timeline.today) {
    for (const auto& event : timeline.events)
        first_ = std::min(first_, event.when.first), last_ = std::max(last_, event.when.last);
    for (const auto& window : timeline.windows) last_ = std::max(last_, window.last);
    const std::chrono::days margin{std::max<long>(4, (last_ - first_).count() / 30)};
    first_ -= margin, last_ += margin;
    bottom_ = top;
    for (const std::string& name : timeline.lanes) bottom_ += name == "CEA" ? cea_height : lane_height;
}

double Picture::x(Day day) const {
    return left + (width - left - right) * static_cast<double>((day - first_).count()) /
                      static_cast<double>((last_ - first_).count());
}

// The first of every month, or of every second, third, sixth or twelfth.
std::string Picture::axis() const {
    using namespace std::chrono;
    std::vector<Day> ticks;
    for (const int step : {1, 2, 3, 6, 12, 24, 60, 120}) {
        ticks.clear();
        const year_month_day begin{first_};
        for (Day day = sys_days(begin.year() / January / 1); day <= last_; day = base::add_months(day, step)) {
            if (day >= first_) ticks.push_back(day);
        }
        if (ticks.size() <= most_ticks) break;
    }
    std::string svg = line(left, bottom_, width - right, bottom_, "axis");
    for (const Day day : ticks) {
        svg += line(x(day), top - 8, x(day), bottom_, "grid");
        svg += text_at(x(day), bottom_ + 18, "tick", base::iso(day).substr(0, 7));
    }
    return svg;
}

// Each with a bar in a row of its own above the lanes, and its name beside the bar, where there is more room.
std::string Picture::windows() const {
    constexpr double row = 17, bar = 9, gap = 6;
    std::string areas, bars;
    double y = 14;
    for (const auto& window : timeline_.windows) {
        const double begin = x(window.first), end = x(window.last + std::chrono::days(1));
        const auto rectangle = [&](const std::string& kind, double from, double height) {
            return "<rect class=\"" + kind + " " + window.kind + "\" x=\"" + text_of(begin) + "\" y=\"" +
                   text_of(from) + "\" width=\"" + text_of(end - begin) + "\" height=\"" + text_of(height) + "\"/>\n";
        };
        areas += rectangle("window", top - gap, bottom_ - top + gap);
        bars += rectangle("window-bar", y - bar, bar);
        const bool is_late = begin - left > width - right - end;
        bars +=
            text_at(is_late ? begin - gap : end + gap, y, is_late ? "window-label late" : "window-label", window.label);
        y += row;
    }
    return areas + bars;
}

std::string Picture::event(const TimelineEvent& event, double y) const {
    const double begin = x(event.when.first), end = x(event.when.last), middle = (begin + end) / 2;
    std::string svg = "<g><title>" + escaped(iso(event.when) + ": " + event.what) + "</title>";
    if (!event.when.is_one_day()) svg += line(begin, y, end, y, "span");
    switch (event.shape) {
    case Shape::dot:
        svg += "<circle class=\"mark\" cx=\"" + text_of(middle) + "\" cy=\"" + text_of(y) + "\" r=\"5.5\"/>";
        break;
    case Shape::ring:
        svg += "<circle class=\"mark open\" cx=\"" + text_of(middle) + "\" cy=\"" + text_of(y) + "\" r=\"5\"/>";
        break;
    case Shape::square:
        svg += "<rect class=\"mark\" x=\"" + text_of(middle - 5) + "\" y=\"" + text_of(y - 5) +
               "\" width=\"10\" height=\"10\"/>";
        break;
    case Shape::number:
        svg += "<circle class=\"mark cycle\" cx=\"" + text_of(middle) + "\" cy=\"" + text_of(y) + "\" r=\"9\"/>" +
               text_at(middle, y + 4, "cycle-number", std::to_string(event.number));
        break;
    case Shape::diamond:
        svg += "<path class=\"mark draft\" d=\"M" + text_of(middle) + " " + text_of(y - mark - 2) +
               " l8 8 l-8 8 l-8 -8 z\"/>";
        break;
    }
    return svg + "</g>\n";
}

std::string Picture::lane(const std::string& name, double y) const {
    std::string svg = line(left, y, width - right, y, "lane") + text_at(left - 12, y + 4, "lane-label", name);
    for (const auto& each : timeline_.events) {
        if (each.lane == name) svg += event(each, y);
    }
    return svg;
}

// The curve on a linear scale from 0, with the upper limit of normal where the results name one.
std::string Picture::cea(double y) const {
    const double base = y + cea_height - 22, height = cea_height - 46;
    double most = timeline_.cea_upper_limit.value_or(0);
    for (const auto& each : timeline_.events) most = std::max(most, each.cea_ng_per_ml.value_or(0));
    const auto place = [&](double value) { return base - height * value / std::max(most, 1.0); };
    std::string svg = text_at(left - 12, base - height / 2, "lane-label", "CEA") +
                      text_at(left - 12, base - height / 2 + 15, "lane-label unit", "ng/mL");
    svg += line(left, base, width - right, base, "lane");
    std::string points;
    for (const auto& each : timeline_.events) {
        if (!each.cea_ng_per_ml) continue;
        const double at = x(each.when.first), value_y = place(*each.cea_ng_per_ml);
        points += text_of(at) + "," + text_of(value_y) + " ";
        svg += event(each, value_y);
        std::string value = text_of(*each.cea_ng_per_ml);
        if (value.ends_with(".0")) value.resize(value.size() - 2);
        svg += text_at(at, value_y - 9, "value", value);
    }
    if (const auto limit = timeline_.cea_upper_limit) {
        svg += line(left, place(*limit), width - right, place(*limit), "limit");
        svg += text_at(width - right, place(*limit) - 4, "limit-label", "upper limit " + text_of(*limit));
    }
    return svg + "<polyline class=\"curve\" points=\"" + points + "\"/>\n";
}

std::string Picture::drawn() const {
    std::string svg = "<svg class=\"timeline\" viewBox=\"0 0 " + text_of(width) + " " + text_of(bottom_ + axis_height) +
                      "\" role=\"img\" aria-label=\"Course of the patient; the table below says the same in words\" "
                      "xmlns=\"http://www.w3.org/2000/svg\">\n";
    svg += windows() + axis();
    double y = top;
    for (const std::string& name : timeline_.lanes) {
        if (name == "CEA") {
            svg += cea(y);
            y += cea_height;
        } else {
            svg += lane(name, y + lane_height / 2);
            y += lane_height;
        }
    }
    const double today = x(timeline_.today);
    svg += line(today, top - 12, today, bottom_, "today") + text_at(today, bottom_ + 32, "tick today-label", "today");
    return svg + "</svg>";
}

}  // namespace

std::string svg_of(const Timeline& timeline) {
    return timeline.events.empty() ? std::string() : Picture(timeline).drawn();
}

}  // namespace rectal_cds::pages
