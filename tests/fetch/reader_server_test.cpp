// A reader, both transports and a server together.
#include "fetch/scripted_transport.hpp"

using namespace rectal_cds;
using namespace rectal_cds::fetch;
using namespace rectal_cds::fetch::test;

namespace {

Access access_to(const FakeServer& server, std::chrono::milliseconds time = 5s) {
    auto given = access(time);
    given.base = auth::parse_base_url(server.url("/fhir")).value();
    return given;
}

FhirReader::Queries eight() {
    FhirReader::Queries queries;
    for (int i = 0; i < 8; ++i) queries.push_back({"q" + std::to_string(i), "R" + std::to_string(i) + "?patient=1"});
    return queries;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(a_reader_at_a_server)

BOOST_DATA_TEST_CASE(asks_in_parallel, both, kind) {  // N02
    std::atomic<int> arrived = 0;
    FakeServer server([&arrived](Wire& wire, const SeenRequest& seen) {  // answers nobody before all have asked
        ++arrived;
        for (int i = 0; i < 1000 && arrived < 8; ++i) std::this_thread::sleep_for(5ms);
        wire.send(reply(200, bundle(seen.target())));
    });
    FhirReader reader(Fetching(kind).transport);
    const auto read = gather(reader, access_to(server, 4s), eight());
    for (std::size_t i = 0; i < read.size(); ++i) {
        BOOST_TEST(said(read[i]) == "q" + std::to_string(i) + ": read 1");
        BOOST_TEST(ids(read[i]) == "/fhir/R" + std::to_string(i) + "?patient=1");
    }
    for (const auto& seen : server.requests()) BOOST_TEST(seen.header("Authorization") == "Bearer token-of-the-test");
}

BOOST_DATA_TEST_CASE(opens_no_more_connections_than_allowed, both, kind) {
    std::atomic<int> now = 0;
    std::atomic<int> most = 0;
    FakeServer server([&](Wire& wire, const SeenRequest&) {
        const int own = ++now;
        if (own > most) most = own;
        std::this_thread::sleep_for(10ms);
        --now;
        wire.send(reply(200, bundle("1")));
    });
    ReaderLimits limits;
    limits.max_connections = 3;
    FhirReader reader(Fetching(kind).transport, limits);
    std::vector<std::future<FhirReader::Results>> calls;
    for (int i = 0; i < 4; ++i) calls.push_back(begin_gather(reader, access_to(server), eight()));
    for (auto& call : calls) {
        for (const auto& result : results(call)) BOOST_TEST((result.failure == cdshooks::FetchFailure::none));
    }
    BOOST_TEST(server.requests().size() == 32u);
    BOOST_TEST(most <= 3);
}

BOOST_DATA_TEST_CASE(reads_three_pages_with_the_token, both, kind) {  // P13
    FakeServer* self = nullptr;
    FakeServer server([&self](Wire& wire, const SeenRequest& seen) {
        if (seen.target() == "/fhir/Observation") wire.send(reply(200, bundle("1", self->url("/fhir?page=2"))));
        if (seen.target() == "/fhir?page=2") wire.send(reply(200, bundle("2", self->url("/fhir/?page=3"))));
        if (seen.target() == "/fhir/?page=3") wire.send(reply(200, bundle("3")));
    });
    self = &server;
    FhirReader reader(Fetching(kind).transport);
    const auto read = gather(reader, access_to(server), {{"labs", "Observation"}});
    BOOST_TEST(said(read.at(0)) == "labs: read 3");
    BOOST_TEST(ids(read.at(0)) == "1 2 3");
    for (const auto& seen : server.requests()) BOOST_TEST(seen.header("Authorization") == "Bearer token-of-the-test");
}

BOOST_DATA_TEST_CASE(never_sends_the_token_elsewhere, both, kind) {  // P14, T62, T63
    FakeServer elsewhere(always(reply(200, bundle("evil"))));
    FakeServer server([&elsewhere](Wire& wire, const SeenRequest& seen) {
        const std::string to = elsewhere.url("/fhir/2");
        if (seen.target() == "/fhir/next") wire.send(reply(200, bundle("1", to)));
        if (seen.target() == "/fhir/moved") wire.send(reply(302, "", "Location: " + to + "\r\n"));
        if (seen.target() == "/fhir/kept") wire.send(reply(307, bundle("1"), "Location: " + to + "\r\n"));
        if (seen.target() == "/fhir/shown") {
            wire.send(reply(200, bundle("1"), "Link: <" + to + ">; rel=\"next\"\r\nRefresh: 0; url=" + to + "\r\n"));
        }
    });
    FhirReader reader(Fetching(kind).transport);
    const auto read = gather(reader, access_to(server),
                             {{"next", "next"},
                              {"moved", "moved"},
                              {"kept", "kept"},
                              {"shown", "shown"},
                              {"given", elsewhere.url("/fhir/Patient/1")}});
    BOOST_TEST(said(read) == (std::vector<std::string>{"next: read 1, incomplete", "moved: not_fhir", "kept: not_fhir",
                                                       "shown: read 1", "given: not_allowed"}),
               boost::test_tools::per_element());
    BOOST_TEST(elsewhere.connections() == 0u);
}

BOOST_DATA_TEST_CASE(gives_up_eight_requests_at_the_deadline, both, kind) {  // F04, T21
    FakeServer server([](Wire& wire, const SeenRequest&) { wire.await_close(); });
    FhirReader reader(Fetching(kind).transport);
    const auto begin = Clock::now();
    for (const auto& result : gather(reader, access_to(server, 300ms), eight())) {
        BOOST_TEST((result.failure == cdshooks::FetchFailure::timed_out));
    }
    BOOST_TEST((Clock::now() - begin >= 300ms));
    BOOST_TEST((Clock::now() - begin < 2s));
    await("all connections are closed", [&] { return server.open() == 0; });
}

BOOST_DATA_TEST_CASE(tells_apart_why_it_could_not_read, both, kind) {  // T22
    FakeServer server([](Wire& wire, const SeenRequest& seen) {
        const std::string what = seen.target().substr(6);
        if (what == "reset") return wire.reset();
        if (what == "html") return void(wire.send(reply(200, "<html></html>")));
        if (what == "torn") return void(wire.send(reply(200, bundle("1").substr(0, 20))));
        if (what == "short") {
            wire.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n" + bundle("1"));
            return wire.close();
        }
        if (what == "huge") return void(wire.send(reply(200, bundle(std::string(3000, 'x')))));
        wire.send(reply(std::stoi(what), "{}"));
    });
    ReaderLimits limits;
    limits.max_page_bytes = 2000;
    limits.breaker.failures = 100;
    FhirReader reader(Fetching(kind).transport, limits);
    const std::vector<std::pair<std::string, std::string>> expected{
        {"401", "refused"},       {"403", "refused"},       {"404", "not_found"},  {"410", "not_found"},
        {"429", "overloaded"},    {"500", "overloaded"},    {"503", "overloaded"}, {"302", "not_fhir"},
        {"reset", "unreachable"}, {"short", "unreachable"}, {"torn", "not_fhir"},  {"html", "not_fhir"},
        {"huge", "too_large"}};
    for (const auto& [what, failure] : expected) {
        const std::size_t before = server.requests().size();
        BOOST_TEST(said(gather(reader, access_to(server), {{what, what}}).at(0)) == what + ": " + failure);
        const std::size_t requests = server.requests().size() - before;
        const bool is_repeated = what == "503" || what == "reset" || what == "short";
        if (!is_repeated) BOOST_TEST(requests == 1u, what);
        // Of a connection that was kept and breaks before the answer, the transport tries the next by itself.
        if (is_repeated) BOOST_TEST((requests >= 2u && requests <= 4u), what);
    }
}

BOOST_AUTO_TEST_SUITE_END()
