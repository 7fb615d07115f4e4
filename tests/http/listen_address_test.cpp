// --listen ADDRESS:PORT
#include "http/listen_address.hpp"

#include <boost/test/unit_test.hpp>

using rectal_cds::http::parse_listen_address;

BOOST_AUTO_TEST_SUITE(a_listen_address)

BOOST_AUTO_TEST_CASE(is_an_ip_address_and_a_port) {
    const auto v4 = parse_listen_address("127.0.0.1:8080");
    BOOST_TEST_REQUIRE(v4.ok());
    BOOST_TEST(v4.value().address == "127.0.0.1");
    BOOST_TEST(v4.value().port == 8080);
    const auto v6 = parse_listen_address("[::1]:0");
    BOOST_TEST_REQUIRE(v6.ok());
    BOOST_TEST(v6.value().address == "::1");
    BOOST_TEST(v6.value().port == 0);
    BOOST_TEST(parse_listen_address("localhost:80").value().address == "127.0.0.1");
    BOOST_TEST(parse_listen_address(":80").value().address == "0.0.0.0");
}

BOOST_AUTO_TEST_CASE(is_known_to_be_out_of_reach_of_other_machines_or_not) {
    for (const char* text : {"127.0.0.1:1", "127.9.9.9:1", "localhost:1", "[::1]:1"}) {
        BOOST_TEST(parse_listen_address(text).value().is_loopback, text);
    }
    for (const char* text : {"0.0.0.0:1", "[::]:1", ":1", "10.0.0.1:1", "[fe80::1]:1"}) {
        BOOST_TEST(!parse_listen_address(text).value().is_loopback, text);
    }
}

BOOST_AUTO_TEST_CASE(is_refused_when_it_could_mean_something_else) {
    for (const char* text :
         {"", "8080", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1", "127.0.0.1:+1", "127.0.0.1:80x",
          "::1:8080", "[::1]", "[127.0.0.1]:80", "[]:80", "example.org:80", "127.1:80 "}) {
        BOOST_TEST(!parse_listen_address(text).ok(), text);
    }
}

BOOST_AUTO_TEST_SUITE_END()
