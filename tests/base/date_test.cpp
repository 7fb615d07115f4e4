// FHIR's dates as intervals of calendar days: what is read, what is refused, and how days and ages are counted.
#include "base/date.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>

using namespace rectal_cds::base;

namespace {

Day day(std::string_view text) {
    const auto parsed = parse_day(text);
    BOOST_TEST_REQUIRE(parsed.has_value(), text);
    return *parsed;
}

// "first to last" of a FHIR date, "refused" for anything that is none.
std::string read(std::string_view text) {
    const auto interval = parse_fhir_date(text);
    return interval ? iso(interval->first) + " to " + iso(interval->last) : "refused";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(a_fhir_date)

BOOST_AUTO_TEST_CASE(that_names_a_day_is_that_day) {
    BOOST_TEST(read("2026-03-02") == "2026-03-02 to 2026-03-02");
    BOOST_TEST(parse_fhir_date("2026-03-02")->is_one_day());
}

BOOST_AUTO_TEST_CASE(that_names_a_month_may_mean_any_day_of_it) {
    BOOST_TEST(read("2026-03") == "2026-03-01 to 2026-03-31");
    BOOST_TEST(read("2026-04") == "2026-04-01 to 2026-04-30");
    BOOST_TEST(read("2026-02") == "2026-02-01 to 2026-02-28");
    BOOST_TEST(read("2024-02") == "2024-02-01 to 2024-02-29");
    BOOST_TEST(read("2000-02") == "2000-02-01 to 2000-02-29");
    BOOST_TEST(read("1900-02") == "1900-02-01 to 1900-02-28");
    BOOST_TEST(!parse_fhir_date("2026-03")->is_one_day());
}

BOOST_AUTO_TEST_CASE(that_names_a_year_may_mean_any_day_of_it) { BOOST_TEST(read("2025") == "2025-01-01 to 2025-12-31"); }

BOOST_AUTO_TEST_CASE(on_29_february_exists_in_leap_years_only) {
    BOOST_TEST(read("2024-02-29") == "2024-02-29 to 2024-02-29");
    BOOST_TEST(read("2023-02-29") == "refused");
    BOOST_TEST(read("2000-02-29") == "2000-02-29 to 2000-02-29");
    BOOST_TEST(read("2100-02-29") == "refused");
}

BOOST_AUTO_TEST_CASE(with_a_time_is_the_day_as_written_whatever_the_offset) {
    for (const char* text : {"2026-03-02T23:30:00Z", "2026-03-02T00:10:00+14:00", "2026-03-02T23:50:00-12:00",
                             "2026-03-02T08:15:30.125+01:00", "2026-03-02T08:15"}) {
        BOOST_TEST(read(text) == "2026-03-02 to 2026-03-02", text);
    }
}

BOOST_AUTO_TEST_CASE(followed_by_something_else_than_a_time_is_refused) {
    for (const char* text : {"2026-03-02T", "2026-03-02T8:15", "2026-03-02 08:15", "2026-03-02T08", "2026-03-02T08:61:00Z", "2026-03-02X",
                             "2026-03-02T25:00:00Z", "2026-03-02 or later"}) {
        BOOST_TEST(read(text) == "refused", text);
    }
}

// The time is never used, so seconds and offset are not judged: a result does not lose its day over "+0100".
BOOST_AUTO_TEST_CASE(with_an_untidy_offset_is_still_the_day_as_written) {
    BOOST_TEST(read("2026-03-02T08:15:00+0100") == "2026-03-02 to 2026-03-02");
}

BOOST_AUTO_TEST_CASE(that_is_no_day_of_the_calendar_is_refused) {
    for (const char* text : {"2026-13-01", "2026-00-10", "2026-04-31", "2026-01-00", "2026-01-32", "2026-13", "2026-00"}) {
        BOOST_TEST(read(text) == "refused", text);
    }
}

BOOST_AUTO_TEST_CASE(that_is_garbage_is_refused) {
    for (const char* text : {"", "unknown", "26", "202", "20260302", "02.03.2026", "03/02/2026", "2026-3-2", "2026-03-2", "2026-", "2026-03-",
                             "-2026", " 2026", "2026 ", "２０２６", "0000", "9999", "2026-W10"}) {
        BOOST_TEST(read(text) == "refused", text);
    }
}

BOOST_AUTO_TEST_CASE(on_the_first_day_of_1970_stands_for_a_missing_one) {
    BOOST_TEST(read("1970-01-01") == "refused");
    BOOST_TEST(read("1970-01-01T00:00:00Z") == "refused");
}

BOOST_AUTO_TEST_CASE(in_1970_but_not_on_its_first_day_is_a_date_like_others) {
    BOOST_TEST(read("1970-01-02") == "1970-01-02 to 1970-01-02");
    BOOST_TEST(read("1970") == "1970-01-01 to 1970-12-31");
    BOOST_TEST(read("1970-01") == "1970-01-01 to 1970-01-31");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_day)

BOOST_AUTO_TEST_CASE(is_read_from_a_whole_date_and_nothing_else) {
    BOOST_TEST((parse_day("2026-03-02") == Day{std::chrono::year{2026} / 3 / 2}));
    for (const char* text : {"2026-03", "2026", "2026-03-02T00:00", "2026-3-02", "2026/03/02", "2026-02-30", "", "today"}) {
        BOOST_TEST(!parse_day(text), text);
    }
}

BOOST_AUTO_TEST_CASE(is_written_as_it_is_read) {
    for (const char* text : {"1900-01-01", "1968-11-30", "2024-02-29", "2026-03-02", "2200-12-31"}) BOOST_TEST(iso(day(text)) == text);
}

BOOST_AUTO_TEST_CASE(and_another_are_whole_days_apart_with_a_sign) {
    BOOST_TEST(days_between(day("2026-03-02"), day("2026-03-02")) == 0);
    BOOST_TEST(days_between(day("2026-02-28"), day("2026-03-01")) == 1);
    BOOST_TEST(days_between(day("2024-02-28"), day("2024-03-01")) == 2);
    BOOST_TEST(days_between(day("2026-03-02"), day("2026-02-02")) == -28);
    BOOST_TEST(days_between(day("2025-03-30"), day("2025-10-26")) == 210);
}

BOOST_AUTO_TEST_CASE(some_months_later_is_the_same_day_of_the_month) {
    BOOST_TEST(iso(add_months(day("2026-03-02"), 6)) == "2026-09-02");
    BOOST_TEST(iso(add_months(day("2026-03-02"), -6)) == "2025-09-02");
    BOOST_TEST(iso(add_months(day("2025-11-15"), 12)) == "2026-11-15");
    BOOST_TEST(iso(add_months(day("2026-01-15"), -1)) == "2025-12-15");
    BOOST_TEST(iso(add_months(day("2026-03-02"), 0)) == "2026-03-02");
}

BOOST_AUTO_TEST_CASE(some_months_later_is_the_last_day_of_a_shorter_month) {
    BOOST_TEST(iso(add_months(day("2025-08-31"), 6)) == "2026-02-28");
    BOOST_TEST(iso(add_months(day("2023-08-31"), 6)) == "2024-02-29");
    BOOST_TEST(iso(add_months(day("2026-03-31"), -1)) == "2026-02-28");
    BOOST_TEST(iso(add_months(day("2024-02-29"), 12)) == "2025-02-28");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(an_interval)

BOOST_AUTO_TEST_CASE(of_one_day_is_written_as_that_day_and_others_with_both_ends) {
    BOOST_TEST(iso(DateInterval::exactly(day("2026-03-02"))) == "2026-03-02");
    BOOST_TEST(iso(*parse_fhir_date("2026-03")) == "2026-03-01 to 2026-03-31");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(an_age)

BOOST_AUTO_TEST_CASE(grows_on_the_birthday_not_the_day_before) {
    BOOST_TEST(age_in_years(day("2008-03-03"), day("2026-03-02")) == 17);
    BOOST_TEST(age_in_years(day("2008-03-02"), day("2026-03-02")) == 18);
    BOOST_TEST(age_in_years(day("2008-03-01"), day("2026-03-02")) == 18);
    BOOST_TEST(age_in_years(day("1967-12-31"), day("2026-03-02")) == 58);
}

BOOST_AUTO_TEST_CASE(of_one_born_on_29_february_grows_on_1_march_of_common_years) {
    BOOST_TEST(age_in_years(day("2008-02-29"), day("2026-02-28")) == 17);
    BOOST_TEST(age_in_years(day("2008-02-29"), day("2026-03-01")) == 18);
    BOOST_TEST(age_in_years(day("2008-02-29"), day("2028-02-28")) == 19);
    BOOST_TEST(age_in_years(day("2008-02-29"), day("2028-02-29")) == 20);
}

BOOST_AUTO_TEST_CASE(is_nought_on_the_day_of_birth) { BOOST_TEST(age_in_years(day("2026-03-02"), day("2026-03-02")) == 0); }

BOOST_AUTO_TEST_SUITE_END()
