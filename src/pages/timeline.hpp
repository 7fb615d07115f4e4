// The course of one patient as the service read it: what happened when, and the intervals that its recommendations on
// bevacizumab and surgery look at.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/case.hpp"

namespace rectal_cds::pages {

struct TimelineEvent {
    enum class Shape : unsigned char {
        dot,      // done
        ring,     // ordered or booked
        diamond,  // drafted
        square,   // a measurement
        number    // a cycle
    };
    std::string lane;  // "Bevacizumab"
    base::DateInterval when;
    std::string what, reference;
    Shape shape = Shape::dot;
    std::optional<double> cea_ng_per_ml = std::nullopt;
    int number = 0;  // of a cycle
};

// From the first day to the last, both included.
struct TimelineWindow {
    std::string kind;  // of the style: "no-surgery", "caution", "surgery-window"
    base::Day first, last;
    std::string label;
};

struct Timeline {
    base::Day today{};
    std::vector<std::string> lanes;     // from top to bottom; only those with events
    std::vector<TimelineEvent> events;  // by lane, then by date
    std::vector<TimelineWindow> windows;
    std::optional<double> cea_upper_limit;  // ng/mL
};

Timeline timeline_of(const domain::Case& record);

// A picture with a title; "" for a Timeline without events. Its colours are classes of style.css.
std::string svg_of(const Timeline& timeline);

// Every event and interval in words, by date: HTML rows of date, what, where it stands.
std::string table_rows_of(const Timeline& timeline);

}  // namespace rectal_cds::pages
