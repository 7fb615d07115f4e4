// Servers that send without end over TLS, and what of it is taken.
#include <openssl/ssl.h>

#include "fetch/fetching.hpp"

using namespace rectal_cds;
using namespace rectal_cds::fetch;
using namespace rectal_cds::fetch::test;

namespace {

constexpr std::size_t limit = 64 * 1024;
constexpr std::size_t most_sent = 16u * 1024 * 1024;  // what sockets hold included

struct Tls {
    Certificate own = make_certificate({.is_authority = true}, nullptr);
    Certificate of_server = make_certificate({}, &own);

    Fetching fetching(TransportKind kind) const {
        return Fetching(kind, names({{"ehr.example", {"127.0.0.1"}}}), &own);
    }
    static Request wanted(const FakeServer& server) {
        auto request = test::request(server.url_of("ehr.example", "/fhir/Patient/1"), 8s);
        request.max_bytes = limit;
        return request;
    }
};

// Sends `begin`, then `block` for as long as somebody takes it, at most 256 MiB; counts.
FakeServer::Script flood(std::atomic<std::size_t>& sent, std::string begin, std::string block) {
    return [&sent, begin = std::move(begin), block = std::move(block)](Wire& wire, const SeenRequest&) {
        wire.send(begin);
        while (sent < 256u * 1024 * 1024 && wire.send(block)) sent += block.size();
    };
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(a_flood_over_tls, Tls)

BOOST_DATA_TEST_CASE(is_cut_off_at_a_multiple_of_what_an_answer_may_weigh, both, kind) {
    const std::string text = "HTTP/1.1 200 OK\r\n", block(16 * 1024, 'x');
    const std::vector<std::pair<std::string, std::string>> floods{
        {text + "X: ", block},                                            // one header
        {text, "X: y\r\nX-Other: a value of some length\r\n"},            // headers
        {text + "Transfer-Encoding: chunked\r\n\r\n4000000\r\n", block},  // one chunk of 64 MiB
        {text + "Transfer-Encoding: chunked\r\n\r\n", block},
    };  // the size of a chunk
    for (const int newest : {0, TLS1_2_VERSION}) {
        for (std::size_t i = 0; i < floods.size(); ++i) {
            BOOST_TEST_CONTEXT("flood " << i << ", TLS " << newest) {
                std::atomic<std::size_t> sent = 0;
                FakeServer server(flood(sent, floods[i].first, floods[i].second), &of_server, newest);
                const Answer answer = fetching(kind).get(wanted(server));
                BOOST_TEST((answer.fault == Fault::too_large || answer.fault == Fault::malformed), answer.fault);
                await("the connection is closed", [&] { return server.open() == 0; });
                BOOST_TEST(sent < most_sent);
            }
        }
    }
}

BOOST_DATA_TEST_CASE(is_not_seen_in_an_answer_of_the_greatest_length_that_comes_in_small_pieces, both, kind) {
    FakeServer server(
        [](Wire& wire, const SeenRequest&) {
            wire.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (std::size_t i = 0; i < limit / 128; ++i) wire.send("80\r\n" + std::string(128, 'x') + "\r\n");
            wire.send("0\r\n\r\n");
        },
        &of_server);
    const Answer answer = fetching(kind).get(wanted(server));
    BOOST_TEST(answer.fault == Fault::none);
    BOOST_TEST(answer.body.size() == limit);
}

BOOST_DATA_TEST_CASE(is_not_seen_in_many_answers_on_few_connections, both, kind) {
    FakeServer server(always(reply(200, std::string(limit, 'x'))), &of_server);
    Fetching one = fetching(kind);
    for (int i = 0; i < 20; ++i) BOOST_TEST(one.get(wanted(server)).fault == Fault::none);
    BOOST_TEST(server.connections() < 5U);  // cpprestsdk may take a moment to keep one
}

BOOST_AUTO_TEST_SUITE_END()
