// How many requests are under way to one server.
#include "fetch/places.hpp"

#include <boost/test/unit_test.hpp>

using rectal_cds::fetch::Places;

BOOST_AUTO_TEST_SUITE(places)

// A server that hangs lets thousands of queued reads end at the same moment: each gives its place to the next.
BOOST_AUTO_TEST_CASE(are_handed_on_through_a_long_queue_without_growing_the_stack) {
    constexpr int waiting = 1'000'000;
    Places places(1);
    int begun = 0;
    places.take("server", [&] { ++begun; });
    for (int i = 0; i < waiting; ++i) {
        places.take("server", [&] {
            ++begun;
            places.give_back("server");
        });
    }
    BOOST_TEST(begun == 1);
    places.give_back("server");
    BOOST_TEST(begun == waiting + 1);
    BOOST_TEST(places.taken_and_waiting().first == 0U);
}

BOOST_AUTO_TEST_SUITE_END()
