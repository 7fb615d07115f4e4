#include "base/date.hpp"

namespace rectal_cds::base {

using std::chrono::day;
using std::chrono::last;
using std::chrono::month;
using std::chrono::months;
using std::chrono::year;
using std::chrono::year_month_day;

namespace {

// `count` digits at `at`, or -1.
int digits(std::string_view text, std::size_t at, std::size_t count) {
    if (text.size() < at + count) return -1;
    int value = 0;
    for (std::size_t i = at; i < at + count; ++i) {
        if (text[i] < '0' || text[i] > '9') return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

std::optional<DateInterval> whole_year(int y) {
    if (y < 1900 || y > 2200) return std::nullopt;
    return DateInterval{Day{year{y} / 1 / 1}, Day{year{y} / 12 / 31}};
}

std::optional<DateInterval> whole_month(int y, int m) {
    if (!whole_year(y) || m < 1 || m > 12) return std::nullopt;
    const auto in_month = year{y} / month{static_cast<unsigned>(m)};
    return DateInterval{Day{in_month / 1}, Day{in_month / last}};
}

bool is_time(std::string_view text) {  // Thh:mm[:ss[.fff]][Z|+hh:mm]
    const int hour = digits(text, 1, 2), minute = digits(text, 4, 2);
    return text.size() >= 6 && text[0] == 'T' && text[3] == ':' && hour >= 0 && hour < 25 && minute >= 0 && minute < 60;
}

}  // namespace

Day add_months(Day from, int count) {
    const year_month_day start{from};
    const auto target = start.year() / start.month() + months{count};
    const year_month_day same_day = target / start.day();
    return same_day.ok() ? Day{same_day} : Day{target / last};
}

std::string iso(Day value) {
    const year_month_day ymd{value};
    const auto two_digits = [](std::string& text, unsigned number) {
        text += static_cast<char>('0' + number / 10 % 10);
        text += static_cast<char>('0' + number % 10);
    };
    const auto year_number = static_cast<unsigned>(static_cast<int>(ymd.year()));  // 0 to 9999
    std::string text;
    two_digits(text, year_number / 100);
    two_digits(text, year_number % 100);
    two_digits(text += '-', static_cast<unsigned>(ymd.month()));
    two_digits(text += '-', static_cast<unsigned>(ymd.day()));
    return text;
}

std::optional<Day> parse_day(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const int y = digits(text, 0, 4), m = digits(text, 5, 2), d = digits(text, 8, 2);
    if (!whole_month(y, m) || d < 1) return std::nullopt;
    const auto ymd = year{y} / month{static_cast<unsigned>(m)} / day{static_cast<unsigned>(d)};
    return ymd.ok() ? std::optional{Day{ymd}} : std::nullopt;
}

std::optional<DateInterval> parse_fhir_date(std::string_view text) {
    const int y = digits(text, 0, 4);
    if (y < 0) return std::nullopt;
    if (text.size() == 4) return whole_year(y);
    if (text.size() == 7 && text[4] == '-') return whole_month(y, digits(text, 5, 2));
    if (text.size() > 10 && !is_time(text.substr(10))) return std::nullopt;
    const auto exact = parse_day(text.substr(0, 10));
    if (!exact || *exact == Day{}) return std::nullopt;
    return DateInterval::exactly(*exact);
}

std::string iso(const DateInterval& interval) {
    return interval.is_one_day() ? iso(interval.first) : iso(interval.first) + " to " + iso(interval.last);
}

int age_in_years(Day birth, Day on) {
    const year_month_day b{birth}, d{on};
    const int years = static_cast<int>(d.year()) - static_cast<int>(b.year());
    const bool birthday_passed = d.month() > b.month() || (d.month() == b.month() && d.day() >= b.day());
    return birthday_passed ? years : years - 1;
}

}  // namespace rectal_cds::base
