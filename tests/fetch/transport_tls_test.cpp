// TLS: who may answer for a name.
#include <openssl/x509.h>

#include "fetch/fetching.hpp"

using namespace rectal_cds;
using namespace rectal_cds::fetch;
using namespace rectal_cds::fetch::test;

namespace {

struct Authority {
    Certificate own = make_certificate({.is_authority = true}, nullptr);

    Answer ask(TransportKind kind, const FakeServer& server, const std::string& host = "ehr.example") const {
        Fetching fetching(kind, names({{"ehr.example", {"127.0.0.1"}}}), &own);
        auto wanted = request(server.url_of(host, "/fhir/Patient/1"));
        wanted.token = token();
        return fetching.get(wanted);
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(a_certificate, Authority)

BOOST_DATA_TEST_CASE(for_the_name_is_accepted_and_the_name_announced, both, kind) {
    const auto certificate = make_certificate({}, &own);
    FakeServer server(always(reply(200, "{}")), &certificate);
    BOOST_TEST(ask(kind, server).status == 200);
    BOOST_TEST_REQUIRE(server.requests().size() == 1u);
    BOOST_TEST(server.requests()[0].server_name == "ehr.example");
    BOOST_TEST(server.requests()[0].header("Host") == "ehr.example:" + std::to_string(server.port()));
}

BOOST_DATA_TEST_CASE(for_the_address_is_accepted_and_no_name_announced, both, kind) {
    const auto certificate = make_certificate({.names = "IP:127.0.0.1"}, &own);
    FakeServer server(always(reply(200, "{}")), &certificate);
    BOOST_TEST(ask(kind, server, "127.0.0.1").status == 200);
    BOOST_TEST(server.requests().at(0).server_name == "");
}

BOOST_DATA_TEST_CASE(for_another_name_is_refused_and_no_token_sent, both, kind) {
    for (const char* others : {"DNS:evil.example", "DNS:ehr.example.evil.example", "DNS:*.ehr.example", "DNS:example",
                               "DNS:e*r.example", "DNS:*.*", "IP:127.0.0.1", "DNS:127.0.0.1"}) {
        const auto certificate = make_certificate({.names = others}, &own);
        FakeServer server(always(reply(200, "{}")), &certificate);
        BOOST_TEST(ask(kind, server).fault == Fault::tls, others);
        BOOST_TEST(server.requests().empty(), others);
    }
    const auto for_name = make_certificate({.names = "DNS:ehr.example,DNS:127.0.0.1"}, &own);
    FakeServer server(always(reply(200, "{}")), &for_name);
    BOOST_TEST(ask(kind, server, "127.0.0.1").fault == Fault::tls);
}

BOOST_DATA_TEST_CASE(that_nobody_we_know_has_signed_is_refused, both, kind) {
    const auto self_signed = make_certificate({}, nullptr);
    const auto stranger = make_certificate({.is_authority = true}, nullptr);
    const auto by_stranger = make_certificate({}, &stranger);
    const auto no_authority = make_certificate({}, &own);
    const auto by_no_authority = make_certificate({}, &no_authority);
    for (const Certificate* certificate : {&self_signed, &by_stranger, &by_no_authority}) {
        FakeServer server(always(reply(200, "{}")), certificate);
        BOOST_TEST(ask(kind, server).fault == Fault::tls);
        BOOST_TEST(server.requests().empty());
    }
}

BOOST_DATA_TEST_CASE(out_of_its_time_is_refused, both, kind) {
    const auto expired = make_certificate({.starts_in = -7200, .ends_in = -3600}, &own);
    const auto not_yet_valid = make_certificate({.starts_in = 3600, .ends_in = 7200}, &own);
    for (const Certificate* certificate : {&expired, &not_yet_valid}) {
        FakeServer server(always(reply(200, "{}")), certificate);
        BOOST_TEST(ask(kind, server).fault == Fault::tls);
    }
}

BOOST_DATA_TEST_CASE(by_an_authority_of_the_system_only_is_wanted_without_a_file, both, kind) {
    const auto certificate = make_certificate({}, &own);
    FakeServer server(always(reply(200, "{}")), &certificate);
    Fetching without_file(kind, names({{"ehr.example", {"127.0.0.1"}}}));
    BOOST_TEST(without_file.get(request(server.url_of("ehr.example"))).fault == Fault::tls);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(a_tls_server, Authority)

BOOST_DATA_TEST_CASE(of_an_old_version_is_refused, both, kind) {
    const auto certificate = make_certificate({}, &own);
    FakeServer old(always(reply(200, "{}")), &certificate, TLS1_1_VERSION);
    BOOST_TEST(ask(kind, old).fault == Fault::tls);
    FakeServer good(always(reply(200, "{}")), &certificate, TLS1_2_VERSION);
    BOOST_TEST(ask(kind, good).status == 200);
}

BOOST_DATA_TEST_CASE(that_speaks_no_tls_is_refused, both, kind) {
    FakeServer server(always(reply(200, "{}")));
    auto wanted = request(server.url_of("127.0.0.1"), 1s);
    const Fault fault = Fetching(kind).get(wanted).fault;
    BOOST_TEST((fault == Fault::tls || fault == Fault::timed_out));
    BOOST_TEST(server.requests().empty());
}

BOOST_DATA_TEST_CASE(that_stalls_in_the_handshake_is_waited_for_until_the_deadline, both, kind) {
    FakeServer silent([](Wire& wire, const SeenRequest&) { wire.await_close(); });
    const auto begin = Clock::now();
    BOOST_TEST(Fetching(kind).get(request(silent.url_of("127.0.0.1"), 200ms)).fault == Fault::timed_out);
    BOOST_TEST((Clock::now() - begin < 2s));
}

BOOST_DATA_TEST_CASE(that_breaks_off_within_the_body_is_a_lost_connection, both, kind) {
    const auto certificate = make_certificate({}, &own);
    FakeServer server(
        [](Wire& wire, const SeenRequest&) {
            wire.send("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{\"resourceType\":\"Bundle\"}");
            wire.close();  // without close_notify: the end could be anybody's
        },
        &certificate);
    BOOST_TEST(ask(kind, server).fault == Fault::connection_lost);
}

BOOST_DATA_TEST_CASE(is_asked_again_on_the_same_connection, both, kind) {
    const auto certificate = make_certificate({}, &own);
    FakeServer server(always(reply(200, "{}")), &certificate);
    Fetching fetching(kind, names({{"ehr.example", {"127.0.0.1"}}}), &own);
    for (int i = 0; i < 20; ++i) BOOST_TEST(fetching.get(request(server.url_of("ehr.example"))).status == 200);
    BOOST_TEST(server.connections() < 20u);  // cpprestsdk gives a connection back a moment after the answer
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_CASE(a_file_of_authorities_that_cannot_be_used_is_an_error) {
    for (const auto kind : {TransportKind::cpprest, TransportKind::beast}) {
        TransportOptions options;
        options.ca_file = "/nowhere/ca.pem";
        const auto made = make_transport(kind, options);
        BOOST_TEST_REQUIRE(!made.ok());
        BOOST_TEST(made.error().where == "/nowhere/ca.pem");
    }
}
