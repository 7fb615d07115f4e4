// A wall clock that jumps or is wrong (reliability.md 2.4; T89).
#include <boost/test/unit_test.hpp>

#include "service/clock_watch.hpp"

using namespace rectal_cds;
using namespace std::chrono_literals;
using service::ClockWatch;

namespace {

constexpr base::Day content_date = std::chrono::sys_days{std::chrono::year{2026} / 2 / 24};

struct Watched {
    ClockWatch::Wall wall = content_date + std::chrono::days{90};
    ClockWatch::Steady steady{1h};
    ClockWatch watch{wall, steady};

    bool is_believed(std::chrono::seconds passed, std::chrono::seconds wall_passed) {
        wall += wall_passed, steady += passed;
        return watch.look(wall, steady, content_date) == nullptr;
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(a_clock, Watched)

BOOST_AUTO_TEST_CASE(that_goes_with_the_steady_one_is_believed) {
    for (int i = 0; i < 100; ++i) BOOST_TEST(is_believed(10s, 10s));
    BOOST_TEST(is_believed(24h, 24h + 4min));
    BOOST_TEST(is_believed(10s, -4min));
    BOOST_TEST(watch.jumps() == 0U);
}

BOOST_AUTO_TEST_CASE(that_jumps_forth_or_back_is_not_believed_for_five_minutes_and_counted) {
    for (const auto jump : {1h, -1h}) {
        const auto before = watch.jumps();
        BOOST_TEST(!is_believed(10s, 10s + jump));
        BOOST_TEST(!is_believed(4min, 4min));
        BOOST_TEST(is_believed(61s, 61s));
        BOOST_TEST(watch.jumps() == before + 1);
    }
}

// As when a machine's time is set right: that all nodes are corrected at once must not take them all away.
BOOST_AUTO_TEST_CASE(that_is_put_right_within_five_minutes_is_believed_at_once) {
    BOOST_TEST(!is_believed(10s, 10s + 1h));
    BOOST_TEST(is_believed(10s, 10s - 1h));
    BOOST_TEST(!is_believed(10s, 10s - 1h));
    BOOST_TEST(!is_believed(10s, 10s - 1h));
    BOOST_TEST(!is_believed(10s, 10s + 1h));
    BOOST_TEST(is_believed(10s, 10s + 1h));
    BOOST_TEST(watch.jumps() == 6U);
}

BOOST_AUTO_TEST_CASE(that_is_behind_the_date_of_the_content_is_not_believed_however_long_it_goes_on) {
    const ClockWatch::Wall early = content_date - 25h;
    ClockWatch behind{early, steady};
    for (const auto passed : {0s, 1s, 3599s})
        BOOST_TEST(behind.look(early + passed, steady + passed, content_date) != nullptr);
    BOOST_TEST(behind.look(early + 1h, steady + 1h, content_date) == nullptr);
    BOOST_TEST(behind.jumps() == 0U);
}

BOOST_AUTO_TEST_SUITE_END()
