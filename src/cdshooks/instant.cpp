#include "cdshooks/instant.hpp"

#include <cstdio>

#include "base/date.hpp"

namespace rectal_cds::cdshooks {

using std::chrono::hours;
using std::chrono::microseconds;
using std::chrono::minutes;
using std::chrono::seconds;

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Two digits at the front of `text`, which are then gone; -1 when they are not there or above `most`.
int take_two(std::string_view& text, int most) {
    if (text.size() < 2 || !is_digit(text[0]) || !is_digit(text[1])) return -1;
    const int value = (text[0] - '0') * 10 + (text[1] - '0');
    text.remove_prefix(2);
    return value <= most ? value : -1;
}

bool take(std::string_view& text, char wanted, char or_this) {
    if (text.empty() || (text[0] != wanted && text[0] != or_this)) return false;
    text.remove_prefix(1);
    return true;
}

std::optional<microseconds> take_time(std::string_view& text) {
    const int hour = take_two(text, 23);
    if (hour < 0 || !take(text, ':', ':')) return std::nullopt;
    const int minute = take_two(text, 59);
    if (minute < 0 || !take(text, ':', ':')) return std::nullopt;
    const int second = take_two(text, 60);
    if (second < 0) return std::nullopt;
    microseconds time = hours(hour) + minutes(minute) + seconds(second);
    if (!take(text, '.', '.')) return time;
    if (text.empty() || !is_digit(text[0])) return std::nullopt;
    for (microseconds unit{100'000}; !text.empty() && is_digit(text[0]); unit /= 10, text.remove_prefix(1)) {
        if (second < 60) time += unit * (text[0] - '0');
    }
    return time;
}

// What is left must be the offset and nothing else.
std::optional<minutes> offset(std::string_view text) {
    if (take(text, 'Z', 'z')) return text.empty() ? std::optional(minutes(0)) : std::nullopt;
    const bool west = !text.empty() && text[0] == '-';
    if (!take(text, '+', '-')) return std::nullopt;
    const int hour = take_two(text, 23);
    if (hour < 0 || !take(text, ':', ':')) return std::nullopt;
    const int minute = take_two(text, 59);
    if (minute < 0 || !text.empty()) return std::nullopt;
    const minutes east = hours(hour) + minutes(minute);
    return west ? -east : east;
}

}  // namespace

std::optional<Instant> parse_instant(std::string_view text) {
    constexpr std::size_t day_length = 10;
    const auto day = base::parse_day(text.substr(0, day_length));
    if (!day) return std::nullopt;
    text.remove_prefix(day_length);
    if (!take(text, 'T', 't')) return std::nullopt;
    const auto time = take_time(text);
    if (!time) return std::nullopt;
    const auto east = offset(text);
    if (!east) return std::nullopt;
    return Instant{*day} + *time - *east;
}

std::string iso(Instant instant) {
    const auto day = std::chrono::floor<std::chrono::days>(instant);
    const std::chrono::hh_mm_ss time{instant - day};
    char text[24];
    std::snprintf(text, sizeof text, "T%02d:%02d:%02d.%06dZ", static_cast<int>(time.hours().count()),
                  static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()),
                  static_cast<int>(time.subseconds().count()));
    return base::iso(day) + text;
}

}  // namespace rectal_cds::cdshooks
