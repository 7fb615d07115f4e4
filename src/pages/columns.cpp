#include <algorithm>
#include <cstdio>

#include "pages/feedback_page.hpp"

namespace rectal_cds::pages {

using store::WeekOfCards;

namespace {

// In units of the picture; a week is one column.
constexpr double column = 14, gap = 4, height = 84, head = 14, foot = 16;

std::string number(double value) {
    char buffer[32];
    std::snprintf(buffer, sizeof buffer, "%.1f", value);
    return buffer;
}

std::string part(const char* kind, double x, double y, double tall) {
    if (tall <= 0) return {};
    return std::string("<rect class=\"") + kind + "\" x=\"" + number(x) + "\" y=\"" + number(y) + "\" width=\"" +
           number(column) + "\" height=\"" + number(tall) + "\"/>";
}

std::string drawn(const WeekOfCards& week, double x, double per_card) {
    const std::size_t answered = std::min(week.issued, week.accepted + week.overridden);
    const double accepted = per_card * static_cast<double>(std::min(week.accepted, week.issued));
    const double overridden = per_card * static_cast<double>(std::min(week.overridden, week.issued));
    const double open = per_card * static_cast<double>(week.issued - answered);
    double y = head + height;
    std::string svg = "<g><title>Week of " + base::iso(week.monday) + ": " + std::to_string(week.issued) + " issued, " +
                      std::to_string(week.accepted) + " accepted, " + std::to_string(week.overridden) +
                      " overridden</title>";
    for (const auto& [kind, tall] : {std::pair{"accepted", accepted}, {"overridden", overridden}, {"open", open}}) {
        y -= tall;
        svg += part(kind, x, y, tall);
    }
    return svg + "</g>\n";
}

}  // namespace

std::string columns(const std::vector<WeekOfCards>& weeks, const store::ExportRange& range, const std::string& label) {
    if (weeks.empty() || !range.from) return {};
    constexpr int days_of_week = 7;
    const base::Day last = weeks.back().monday;
    const int count = std::max(base::days_between(*range.from, last) / days_of_week + 1, 1);
    std::size_t most = 1;
    for (const WeekOfCards& week : weeks) most = std::max(most, week.issued);
    const double width = count * (column + gap) + 40, bottom = head + height;
    std::string svg = "<svg class=\"columns\" viewBox=\"0 0 " + number(width) + " " + number(bottom + foot) +
                      "\" width=\"" + number(width) + "\" height=\"" + number(bottom + foot) +
                      "\" role=\"img\" aria-label=\"" + escaped(label) + "\" xmlns=\"http://www.w3.org/2000/svg\">\n";
    svg += "<line class=\"axis\" x1=\"0\" x2=\"" + number(width) + "\" y1=\"" + number(bottom) + "\" y2=\"" +
           number(bottom) + "\"/>";
    for (const WeekOfCards& week : weeks) {
        const int place = base::days_between(*range.from, week.monday) / days_of_week;
        svg += drawn(week, place * (column + gap) + gap, height / static_cast<double>(most));
    }
    svg += "<text x=\"0\" y=\"10\">" + std::to_string(most) + "</text>";
    svg += "<text x=\"0\" y=\"" + number(bottom + 13) + "\">" + base::iso(*range.from) + "</text>";
    return svg + "</svg>";
}

}  // namespace rectal_cds::pages
