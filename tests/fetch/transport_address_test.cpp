// Which addresses are connected to (reliability.md 1.2, tests T60 and T61).
#include "fetch/fetching.hpp"

using namespace rectal_cds;
using namespace rectal_cds::fetch;
using namespace rectal_cds::fetch::test;

BOOST_AUTO_TEST_SUITE(a_name)

BOOST_DATA_TEST_CASE(that_resolves_to_an_address_not_allowed_for_the_client_is_not_asked, both, kind) {
    FakeServer server(always(reply(200, "{}")));
    Fetching fetching(kind, names({{"ehr.example", {"127.0.0.1"}}}));
    auto wanted = request(server.url_of("ehr.example"));
    wanted.ranges.clear();
    wanted.token = token();
    BOOST_TEST(fetching.get(wanted).fault == Fault::not_allowed);
    wanted.ranges = {auth::parse_range("10.0.0.0/8").value()};
    BOOST_TEST(fetching.get(wanted).fault == Fault::not_allowed);
    BOOST_TEST(server.connections() == 0u);
}

BOOST_DATA_TEST_CASE(with_one_forbidden_address_among_good_ones_is_not_asked, both, kind) {
    FakeServer server(always(reply(200, "{}")));
    for (const char* forbidden : {"169.254.169.254", "0.0.0.0", "10.0.0.1", "::ffff:169.254.169.254", "fe80::1",
                                  "100.100.100.200", "not an address", ""}) {
        for (const Resolver::Addresses& addresses :
             {Resolver::Addresses{"127.0.0.1", forbidden}, Resolver::Addresses{forbidden, "127.0.0.1"}}) {
            Fetching fetching(kind, names({{"ehr.example", addresses}}));
            BOOST_TEST(fetching.get(request(server.url_of("ehr.example"))).fault == Fault::not_allowed, forbidden);
        }
    }
    BOOST_TEST(server.connections() == 0u);
}

BOOST_DATA_TEST_CASE(that_turns_to_another_address_between_two_requests_is_judged_anew, both, kind) {
    const auto authority = make_certificate({.is_authority = true}, nullptr);
    const auto certificate = make_certificate({}, &authority);
    FakeServer server(always(reply(200, "{}")), &certificate);
    std::atomic<int> lookups = 0;
    Fetching fetching(
        kind,
        [&lookups](const std::string&) {
            return Resolver::Addresses{++lookups == 1 ? "127.0.0.1" : "169.254.169.254"};
        },
        &authority);
    BOOST_TEST(fetching.get(request(server.url_of("ehr.example"))).status == 200);
    BOOST_TEST(fetching.get(request(server.url_of("ehr.example"))).fault == Fault::not_allowed);
    BOOST_TEST(server.requests().size() == 1u);
}

BOOST_DATA_TEST_CASE(that_does_not_exist_is_unresolved, both, kind) {
    Fetching fetching(kind, names({}));
    BOOST_TEST(fetching.get(request("https://ehr.example/")).fault == Fault::unresolved);
}

BOOST_DATA_TEST_CASE(that_is_slow_to_resolve_holds_up_neither_its_request_nor_others, both, kind) {
    FakeServer server(always(reply(200, "{}")));
    const auto is_over = std::make_shared<std::atomic<bool>>(false);  // a look-up may outlive this case
    Fetching fetching(kind, [is_over](const std::string& host) {
        while (host == "slow.example" && !*is_over) std::this_thread::sleep_for(5ms);
        return Resolver::Addresses{"127.0.0.1"};
    });
    const auto begin = Clock::now();
    auto slow = fetching.begin(request("https://slow.example/", 200ms));
    BOOST_TEST(fetching.get(request(server.url())).status == 200);
    BOOST_TEST(fetching.get(request("http://localhost:" + std::to_string(server.port()) + "/")).status == 200);
    BOOST_TEST(result(slow).fault == Fault::timed_out);
    BOOST_TEST((Clock::now() - begin < 2s));
    *is_over = true;
}

BOOST_DATA_TEST_CASE(localhost_that_is_elsewhere_gets_nothing_in_the_clear, both, kind) {
    for (const char* elsewhere : {"8.8.8.8", "10.0.0.1"}) {
        Fetching fetching(kind, names({{"localhost", {elsewhere}}}));
        auto wanted = request("http://localhost:8080/");
        wanted.ranges = {auth::parse_range("10.0.0.0/8").value()};
        BOOST_TEST(fetching.get(wanted).fault == Fault::not_allowed, elsewhere);
    }
}

BOOST_DATA_TEST_CASE(with_several_addresses_is_asked_at_the_first_that_answers, both, kind) {
    FakeServer server(always(reply(200, "{}")));
    Fetching fetching(kind, names({{"localhost", {"127.0.0.2", "127.0.0.3", "127.0.0.1"}}}));
    BOOST_TEST(fetching.get(request("http://localhost:" + std::to_string(server.port()) + "/")).status == 200);
    BOOST_TEST(server.requests().at(0).header("Host") == "localhost:" + std::to_string(server.port()));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(an_address)

// Each spelling of loopback or of the metadata service is refused by the parser or by the fences.
BOOST_DATA_TEST_CASE(in_any_spelling_is_not_connected_to_unless_it_is_allowed, both, kind) {
    FakeServer server(always(reply(200, "{}")));
    FakeServer server_v6(always(reply(200, "{}")), "::1");
    const std::string port = ":" + std::to_string(server.port()) + "/";
    Fetching fetching(kind);
    for (const char* host : {"127.0.0.1",
                             "127.0.0.2",
                             "127.1",
                             "127.0.1",
                             "0x7f000001",
                             "0x7f.0.0.1",
                             "0x7F.0x0.0x0.0x1",
                             "017700000001",
                             "0177.0.0.1",
                             "2130706433",
                             "127.0.0.1.",
                             "127.0.0.01",
                             "[::1]",
                             "[0:0:0:0:0:0:0:1]",
                             "[::ffff:127.0.0.1]",
                             "[::ffff:7f00:1]",
                             "[::127.0.0.1]",
                             "[::]",
                             "0.0.0.0",
                             "0",
                             "localhost.",
                             "user@127.0.0.1",
                             "127.0.0.1%00",
                             "127.0.0.1#@ehr.example",
                             "127.0.0.1\\@ehr.example",
                             "127%2e0%2e0%2e1",
                             "169.254.169.254",
                             "2852039166",
                             "0xa9fea9fe",
                             "0251.0376.0251.0376",
                             "169.16689662",
                             "[::ffff:169.254.169.254]",
                             "[fd00:ec2::254]",
                             "[64:ff9b::7f00:1]",
                             "[2002:7f00:1::]",
                             "[fe80::1%25lo]",
                             "100.100.100.200",
                             "localhost"}) {
        for (const char* scheme : {"http://", "https://"}) {
            const auto url = auth::parse_url(scheme + std::string(host) + port);
            if (!url) continue;
            Request wanted;
            wanted.client = "ehr";
            wanted.url = url.value();
            wanted.token = token();
            wanted.deadline = Clock::now() + 5s;
            BOOST_TEST(fetching.get(wanted).fault == Fault::not_allowed, scheme << host);
        }
    }
    BOOST_TEST(server.connections() == 0u);
    BOOST_TEST(server_v6.connections() == 0u);
}

BOOST_DATA_TEST_CASE(of_version_6_is_connected_to_when_it_is_allowed, both, kind) {
    FakeServer server(always(reply(200, "{}")), "::1");
    if (!server.is_listening()) return;  // a machine without IPv6
    const std::string port = ":" + std::to_string(server.port());
    BOOST_TEST(Fetching(kind).get(request("http://[::1]" + port + "/")).status == 200);
    Fetching by_name(kind, names({{"localhost", {"::1"}}}));
    BOOST_TEST(by_name.get(request("http://localhost" + port + "/")).status == 200);
    BOOST_TEST(server.requests().at(0).header("Host") == "[::1]" + port);
    BOOST_TEST(server.requests().at(1).header("Host") == "localhost" + port);
}

BOOST_DATA_TEST_CASE(beyond_this_machine_is_not_asked_in_the_clear, both, kind) {
    auto wanted = request("http://127.0.0.1:1/");
    wanted.url.host = "10.0.0.1";
    wanted.ranges = {auth::parse_range("10.0.0.0/8").value()};
    BOOST_TEST(Fetching(kind).get(wanted).fault == Fault::not_allowed);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_request_that_is_not_well_formed)

// A Url is a plain struct; nothing but the parser's own work goes out.
BOOST_DATA_TEST_CASE(because_of_its_url_is_not_sent, both, kind) {
    FakeServer server(always(reply(200, "{}")));
    Fetching fetching(kind);
    const auto good = request(server.url("/fhir/Patient/1"));
    const std::vector<std::function<void(auth::Url&)>> faults{
        [](auth::Url& url) { url.path = "/a\r\nX-Injected: yes"; },
        [](auth::Url& url) { url.query = "?a=b\r\n\r\nGET /b HTTP/1.1"; },
        [](auth::Url& url) { url.query = "?a b"; },
        [](auth::Url& url) { url.path = "a"; },
        [](auth::Url& url) { url.path = "/../a"; },
        [](auth::Url& url) { url.host = "127.0.0.1\r\nX: y"; },
        [](auth::Url& url) { url.host = "127.0.0.1/"; },
        [](auth::Url& url) { url.host = "user@127.0.0.1"; },
        [](auth::Url& url) { url.host = ""; },
        [](auth::Url& url) { url.scheme = "file"; },
        [](auth::Url& url) { url.scheme = "HTTP"; },
        [](auth::Url& url) { url = {}; }};
    for (const auto& spoil : faults) {
        auto wanted = good;
        spoil(wanted.url);
        BOOST_TEST(fetching.get(wanted).fault == Fault::not_allowed, wanted.url.text());
    }
    BOOST_TEST(server.connections() == 0u);
    BOOST_TEST(fetching.get(good).status == 200);
}

BOOST_DATA_TEST_CASE(because_of_its_token_is_not_sent, both, kind) {
    FakeServer server(always(reply(200, "{}")));
    Fetching fetching(kind);
    for (const std::string text : {"", "a b", "a\r\nX: y", "a\n", "\t", "a,b", "a\"b", "\xc3\xa4", "=", "a=b"}) {
        auto wanted = request(server.url());
        wanted.token = token(text);
        BOOST_TEST(fetching.get(wanted).fault == Fault::not_allowed, text);
    }
    BOOST_TEST(server.connections() == 0u);
}

BOOST_AUTO_TEST_SUITE_END()
