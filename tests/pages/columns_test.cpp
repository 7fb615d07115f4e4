// Columns by week as pictures.
#include <boost/test/unit_test.hpp>

#include "pages/columns.hpp"
#include "pages/made_pages.hpp"

using namespace rectal_cds;
using namespace rectal_cds::pages_test;

namespace {

const pages::Period period{*base::parse_day("2025-12-08"), 13};

store::WeekOfCards week(const char* monday, std::size_t issued, std::size_t accepted, std::size_t overridden) {
    return {"x", "X", *base::parse_day(monday), issued, accepted, overridden};
}

std::size_t count(const std::string& text, const std::string& part) {
    std::size_t number = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++number;
    return number;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(columns_by_week)

BOOST_AUTO_TEST_CASE(have_a_scale_from_nothing_and_the_present_week_among_their_dates) {
    const std::string svg = pages::columns({week("2026-03-02", 24, 5, 12)}, period, "Cards");
    for (const char* part : {">0</text>", ">25</text>", ">2026-03-02</text>", "aria-label=\"Cards\"",
                             "Week of 2026-03-02: 24 issued, 5 accepted, 12 overridden"})
        BOOST_TEST(contains(svg, part), part);
    BOOST_TEST(count(svg, "class=\"scale\"") == 6u);
}

BOOST_AUTO_TEST_CASE(are_stacked_up_to_what_was_issued) {
    const std::string svg = pages::small_columns({week("2026-03-02", 4, 1, 2)}, period, "Cards");
    for (const char* part : {"class=\"accepted\"", "class=\"overridden\"", "class=\"open\""})
        BOOST_TEST(count(svg, part) == 1u, part);
    const std::string both_ways = pages::small_columns({week("2026-03-02", 2, 2, 2)}, period, "Cards");
    BOOST_TEST(count(both_ways, "class=\"accepted\"") == 1u);
    BOOST_TEST(count(both_ways, "class=\"overridden\"") == 0u);
}

BOOST_AUTO_TEST_CASE(of_other_weeks_are_not_drawn) {
    for (const char* monday : {"2025-12-01", "2026-03-09"})
        BOOST_TEST(count(pages::columns({week(monday, 3, 1, 1)}, period, "Cards"), "<rect") == 0u, monday);
    BOOST_TEST(pages::columns({}, period, "Cards").empty());
}

BOOST_AUTO_TEST_SUITE_END()
