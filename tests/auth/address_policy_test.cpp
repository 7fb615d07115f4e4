// What a resolver answered is an attacker's text as well: reliability.md 1.2, tests T60 and T61.
#include "auth/address_policy.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace rectal_cds::auth;

namespace {

std::vector<IpRange> ranges(std::initializer_list<const char*> texts) {
    std::vector<IpRange> parsed;
    for (const char* text : texts) parsed.push_back(parse_range(text).value());
    return parsed;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(an_address)

BOOST_AUTO_TEST_CASE(that_is_public_may_be_connected_to) {
    for (const char* text : {"8.8.8.8", "1.1.1.1", "172.15.255.255", "172.32.0.1", "100.63.255.255", "100.128.0.0",
                             "128.0.0.1", "126.255.255.255", "192.169.0.1", "223.255.255.255", "198.20.0.1", "2600::1",
                             "2a00:1450:4001::1", "2001:4860:4860::8888", "2001:200::1", "::ffff:8.8.8.8"}) {
        BOOST_TEST(may_connect(text, {}), text);
    }
}

BOOST_AUTO_TEST_CASE(that_is_not_public_needs_a_range_that_holds_it) {
    const auto lan = ranges({"10.20.0.0/16", "192.168.7.7", "fd12:3456::/32", "127.0.0.0/8", "::1", "100.64.0.0/10",
                             "172.16.0.0/12", "192.0.2.0/24", "2001:db8::/32"});
    for (const char* text :
         {"10.20.0.1", "10.20.255.255", "192.168.7.7", "fd12:3456:7::8", "127.0.0.1", "127.255.255.255", "::1",
          "100.64.0.1", "172.31.255.255", "192.0.2.1", "2001:db8::1", "::ffff:10.20.0.1", "::ffff:127.0.0.1"}) {
        BOOST_TEST(!may_connect(text, {}), text);
        BOOST_TEST(may_connect(text, lan), text);
    }
    for (const char* text : {"10.21.0.0", "10.19.255.255", "192.168.7.8", "192.168.0.1", "fd12:3457::1", "fc00::1",
                             "198.18.0.1", "198.51.100.1", "203.0.113.7", "192.0.0.1"}) {
        BOOST_TEST(!may_connect(text, lan), text);
    }
}

BOOST_AUTO_TEST_CASE(of_the_metadata_service_and_its_like_is_never_connected_to) {
    const auto all = ranges({"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "127.0.0.0/8",
                             "192.0.0.0/24", "198.18.0.0/15", "fc00::/7", "::1/128"});
    for (const char* text : {"169.254.169.254",
                             "169.254.0.1",
                             "0.0.0.0",
                             "0.1.2.3",
                             "224.0.0.1",
                             "239.255.255.255",
                             "240.0.0.1",
                             "255.255.255.255",
                             "100.100.100.200",
                             "192.0.0.192",
                             "168.63.129.16",
                             "192.88.99.1",
                             "::",
                             "fe80::1",
                             "febf::1",
                             "fec0::1",
                             "ff02::1",
                             "fd00:ec2::254",
                             "fd20:ce::254",
                             "::ffff:169.254.169.254",
                             "::ffff:0.0.0.0",
                             "::169.254.169.254",
                             "::127.0.0.1",
                             "64:ff9b::169.254.169.254",
                             "64:ff9b::a9fe:a9fe",
                             "64:ff9b:1::1",
                             "2002:a9fe:a9fe::1",
                             "2002:7f00:1::",
                             "2001:0:4136:e378::1",
                             "100::1",
                             "3fff::1",
                             "4000::1",
                             "::ffff:0:127.0.0.1"}) {
        BOOST_TEST(!may_connect(text, all), text);
    }
}

BOOST_AUTO_TEST_CASE(in_any_other_form_is_refused) {
    for (const std::string text :
         {"",         "localhost",   "ehr.example", "2852039166",   "0xa9fea9fe", "0251.0376.0251.0376",
          "127.1",    "8.8.8",       "8.8.8.8.8",   "8.8.8.08",     "8.8.8.256",  " 8.8.8.8",
          "8.8.8.8 ", "8.8.8.8:443", "[2600::1]",   "2600::1%eth0", "2600:::1",   "2600::1::2",
          "+8.8.8.8", "8.8.8.8/32",  "8.8.8.8\n"}) {
        BOOST_TEST(!may_connect(text, {}), text);
    }
    BOOST_TEST(!may_connect(std::string_view("8.8.8.8\0", 8), {}));
    BOOST_TEST(!may_connect(std::string_view("8.8.8.8\0.evil", 13), {}));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_range)

BOOST_AUTO_TEST_CASE(is_one_address_without_a_prefix) {
    BOOST_TEST((parse_range("10.1.2.3").value() == parse_range("10.1.2.3/32").value()));
    BOOST_TEST((parse_range("fd00::1").value() == parse_range("fd00::1/128").value()));
    BOOST_TEST((parse_range("::ffff:10.0.0.0/104").value() == parse_range("10.0.0.0/8").value()));
}

BOOST_AUTO_TEST_CASE(is_refused_when_it_would_open_more_than_one_private_network) {
    for (const char* text : {"0.0.0.0/0", "::/0", "10.0.0.0/7", "172.0.0.0/8", "192.0.0.0/8", "8.8.8.0/24", "2600::/16",
                             "::ffff:0.0.0.0/96", "169.254.0.0/16", "169.254.169.254", "0.0.0.0", "fe80::/10",
                             "224.0.0.0/4", "255.255.255.255", "fc00::/6"}) {
        BOOST_TEST(!parse_range(text).ok(), text);
    }
}

BOOST_AUTO_TEST_CASE(is_refused_when_it_is_not_written_as_one) {
    for (const char* text : {"", "/", "/8", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/+8", "10.0.0.0/08",
                             "10.0.0.0/8 ", "10.0.0.0/8/8", "10.0.0.0/0x8", "10.0.0.1/8", "10.0.0.128/24", "10/8",
                             "fd00::/129", "fd00::1/64", "10.0.0.0-10.0.0.9", "localhost", "10.0.0.0/255.0.0.0"}) {
        BOOST_TEST(!parse_range(text).ok(), text);
    }
}

BOOST_AUTO_TEST_SUITE_END()
