#include "pages/columns.hpp"

#include <algorithm>
#include <cstdio>

namespace rectal_cds::pages {

using store::WeekOfCards;

namespace {

// Where the columns stand, in units of the picture.
struct Plot {
    double left, top, width, height;
    Period period;
    std::size_t most = 1;  // cards at the upper end of the scale

    double slot() const { return width / period.weeks; }
    double column() const { return std::min(36.0, slot() * 0.72); }
    double bottom() const { return top + height; }
    double middle(int week) const { return left + slot() * (week + 0.5); }
    double y(std::size_t cards) const {
        return bottom() - height * static_cast<double>(cards) / static_cast<double>(most);
    }
};

std::string number(double value) {
    char buffer[32];
    std::snprintf(buffer, sizeof buffer, "%.1f", value);
    return buffer;
}

std::string line(const char* kind, double x1, double y1, double x2, double y2) {
    return std::string("<line class=\"") + kind + "\" x1=\"" + number(x1) + "\" y1=\"" + number(y1) + "\" x2=\"" +
           number(x2) + "\" y2=\"" + number(y2) + "\"/>\n";
}

std::string text(const char* kind, double x, double y, const std::string& words) {
    return std::string("<text class=\"") + kind + "\" x=\"" + number(x) + "\" y=\"" + number(y) + "\">" +
           escaped(words) + "</text>\n";
}

std::string column(const Plot& plot, const WeekOfCards& week) {
    constexpr int days_of_week = 7;
    const int place = base::days_between(plot.period.first_monday, week.monday) / days_of_week;
    if (place < 0 || place >= plot.period.weeks) return {};
    const std::size_t accepted = std::min(week.accepted, week.issued);
    const std::size_t answered = std::min(week.issued, accepted + week.overridden);
    std::string svg = "<g><title>Week of " + base::iso(week.monday) + ": " + std::to_string(week.issued) + " issued, " +
                      std::to_string(week.accepted) + " accepted, " + std::to_string(week.overridden) +
                      " overridden</title>";
    const auto part = [&](const char* kind, std::size_t from, std::size_t to) {
        if (from == to) return;
        svg += std::string("<rect class=\"") + kind + "\" x=\"" + number(plot.middle(place) - plot.column() / 2) +
               "\" y=\"" + number(plot.y(to)) + "\" width=\"" + number(plot.column()) + "\" height=\"" +
               number(plot.y(from) - plot.y(to)) + "\"/>";
    };
    part("accepted", 0, accepted), part("overridden", accepted, answered), part("open", answered, week.issued);
    return svg + "</g>\n";
}

std::size_t most_of(const std::vector<WeekOfCards>& weeks) {
    std::size_t most = 1;
    for (const WeekOfCards& week : weeks) most = std::max(most, week.issued);
    return most;
}

// 1, 2 or 5 times a power of ten, so that the scale has at most five lines.
std::size_t step_for(std::size_t most) {
    constexpr std::size_t most_lines = 5;
    for (std::size_t power = 1;; power *= 10) {
        for (const std::size_t step : {power, 2 * power, 5 * power}) {
            if (most <= step * most_lines) return step;
        }
    }
}

std::string scale(const Plot& plot, std::size_t step) {
    std::string svg;
    for (std::size_t cards = 0; cards <= plot.most; cards += step) {
        svg += line(cards == 0 ? "axis" : "grid", plot.left, plot.y(cards), plot.left + plot.width, plot.y(cards));
        svg += text("scale", plot.left - 8, plot.y(cards) + 4, std::to_string(cards));
    }
    return svg;
}

// The Mondays, as many as have room; the present week is always named.
std::string dates(const Plot& plot) {
    constexpr int most_dates = 7;
    const int step = (plot.period.weeks + most_dates - 1) / most_dates;
    std::string svg;
    for (int week = plot.period.weeks - 1; week >= 0; week -= step)
        svg += text("date", plot.middle(week), plot.bottom() + 17, base::iso(plot.period.monday(week)));
    return svg;
}

std::string framed(const char* kind, double width, double height, const std::string& label, const std::string& inside) {
    return std::string("<svg class=\"") + kind + "\" viewBox=\"0 0 " + number(width) + " " + number(height) +
           "\" role=\"img\" aria-label=\"" + escaped(label) + "\" xmlns=\"http://www.w3.org/2000/svg\">\n" + inside +
           "</svg>";
}

std::string all_columns(const Plot& plot, const std::vector<WeekOfCards>& weeks) {
    std::string svg;
    for (const WeekOfCards& week : weeks) svg += column(plot, week);
    return svg;
}

}  // namespace

std::string columns(const std::vector<WeekOfCards>& weeks, const Period& period, const std::string& label) {
    if (weeks.empty()) return {};
    constexpr double width = 760, height = 210, left = 44, right = 30, top = 14, foot = 26;
    const std::size_t step = step_for(most_of(weeks));
    const std::size_t most = (most_of(weeks) + step - 1) / step * step;
    const Plot plot{left, top, width - left - right, height - top - foot, period, most};
    return framed("columns", width, height, label, scale(plot, step) + all_columns(plot, weeks) + dates(plot));
}

std::string small_columns(const std::vector<WeekOfCards>& weeks, const Period& period, const std::string& label) {
    if (weeks.empty()) return {};
    constexpr double width = 180, height = 40;
    const Plot plot{0, 2, width, height - 4, period, most_of(weeks)};
    return framed("columns small", width, height, label,
                  all_columns(plot, weeks) + line("axis", 0, plot.bottom(), width, plot.bottom()));
}

Values weeks_in_words(const std::vector<WeekOfCards>& weeks) {
    Values list{Values::type::list};
    for (const WeekOfCards& week : weeks) {
        Values item;
        item["monday"] = base::iso(week.monday), item["issued"] = std::to_string(week.issued);
        item["accepted"] = std::to_string(week.accepted), item["overridden"] = std::to_string(week.overridden);
        list << item;
    }
    return list;
}

}  // namespace rectal_cds::pages
