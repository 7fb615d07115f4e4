// Requests that can be read in two ways, and requests beyond a limit. Each is refused, the connection closes, and
// nothing behind it is taken for a request: a proxy in front may have read it differently (request smuggling).
#include "http/loopback.hpp"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <ostream>
#include <string>

using namespace rectal_cds::http::test;
namespace data = boost::unit_test::data;

namespace {

struct Sample {
    const char* name;
    int status;
    const char* place;
    std::string bytes;
};

std::ostream& operator<<(std::ostream& out, const Sample& sample) { return out << sample.name; }

std::string with_headers(const std::string& headers) { return "POST /echo HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n"; }

std::string with_chunks(const std::string& chunks) { return with_headers("Transfer-Encoding: chunked\r\n") + chunks; }

std::string many_headers(int count) {
    std::string headers;
    for (int i = 0; i < count; ++i) headers += "X-" + std::to_string(i) + ": y\r\n";
    return headers;
}

const char* const line = "http.requestLine";
const char* const header = "http.header";
const char* const host = "http.header.Host";
const char* const length = "http.header.Content-Length";
const char* const coding = "http.header.Transfer-Encoding";
const char* const body = "http.body";

const Sample samples[] = {
    {"no Host", 400, host, "GET /echo HTTP/1.1\r\n\r\n"},
    {"two Hosts", 400, host, "GET /echo HTTP/1.1\r\nHost: x\r\nHost: x\r\n\r\n"},
    {"two Hosts under HTTP/1.0", 400, host, "GET /echo HTTP/1.0\r\nHost: x\r\nhost: y\r\n\r\n"},
    {"a Host with a path", 400, host, "GET /echo HTTP/1.1\r\nHost: x/y\r\n\r\n"},
    {"a Host with a user", 400, host, "GET /echo HTTP/1.1\r\nHost: a@b\r\n\r\n"},
    {"two Hosts in one line", 400, host, "GET /echo HTTP/1.1\r\nHost: a, b\r\n\r\n"},
    {"a length and a coding", 400, header,
     with_headers("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n") + "0\r\n\r\n"},
    {"a coding and a length", 400, header,
     with_headers("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n") + "0\r\n\r\n"},
    {"a coding and a length that is too great", 400, header,
     with_headers("Content-Length: 99999999\r\nTransfer-Encoding: chunked\r\n") + "0\r\n\r\n"},
    {"an unknown coding", 400, coding, with_headers("Transfer-Encoding: xchunked\r\n")},
    {"identity as a coding", 400, coding, with_headers("Transfer-Encoding: identity\r\n")},
    {"gzip ahead of chunked", 400, coding, with_headers("Transfer-Encoding: gzip, chunked\r\n") + "0\r\n\r\n"},
    {"chunked twice in one line", 400, coding, with_headers("Transfer-Encoding: chunked, chunked\r\n") + "0\r\n\r\n"},
    {"chunked in two lines", 400, coding,
     with_headers("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n") + "0\r\n\r\n"},
    {"chunked and an unknown coding", 400, coding,
     with_headers("Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n") + "0\r\n\r\n"},
    {"chunked with a vertical tab", 400, header,
     with_headers("Transfer-Encoding: \x0B"
                  "chunked\r\n") +
         "0\r\n\r\n"},
    {"an empty coding", 400, coding, with_headers("Transfer-Encoding:\r\n")},
    {"chunked under HTTP/1.0", 400, coding, "POST /echo HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
    {"two lengths that differ", 400, length, with_headers("Content-Length: 0\r\nContent-Length: 5\r\n")},
    {"two lengths that agree", 400, length, with_headers("Content-Length: 0\r\nContent-Length: 0\r\n")},
    {"two lengths in one line", 400, length, with_headers("Content-Length: 0, 0\r\n")},
    {"a length with a plus", 400, length, with_headers("Content-Length: +5\r\n")},
    {"a negative length", 400, length, with_headers("Content-Length: -1\r\n")},
    {"a hexadecimal length", 400, length, with_headers("Content-Length: 0x5\r\n")},
    {"a length with a space", 400, length, with_headers("Content-Length: 1 0\r\n")},
    {"an empty length", 400, length, with_headers("Content-Length:\r\n")},
    {"a folded header", 400, header, with_headers("X-A: b\r\n c\r\n")},
    {"a folded coding", 400, header, with_headers("X-A: b\r\n\tTransfer-Encoding: chunked\r\n")},
    {"a folded first header", 400, header, "GET /echo HTTP/1.1\r\n Host: x\r\n\r\n"},
    {"a space ahead of the colon", 400, header, with_headers("Content-Length : 5\r\n")},
    {"a header without a name", 400, header, with_headers(": x\r\n")},
    {"a header without a colon", 400, header, with_headers("Content-Length\r\n")},
    {"a header name with a bracket", 400, header, with_headers("X(a): b\r\n")},
    {"a NUL in a header", 400, header, with_headers(std::string("X-A: a\0b\r\n", 10))},
    {"a bare CR in a header", 400, header, with_headers("X-A: a\rb\r\n")},
    {"a bare LF at the end of a header", 400, header, "GET /echo HTTP/1.1\r\nHost: x\nX-A: b\r\n\r\n"},
    {"bare LFs throughout", 400, header, "GET /echo HTTP/1.1\nHost: x\n\n"},
    {"a DEL in a header", 400, header, with_headers("X-A: \x7F\r\n")},
    {"no version", 400, line, "GET /echo\r\n\r\n"},
    {"no target", 400, line, "GET  HTTP/1.1\r\nHost: x\r\n\r\n"},
    {"two spaces ahead of the target", 400, line, "GET  /echo HTTP/1.1\r\nHost: x\r\n\r\n"},
    {"a tab for a space", 400, line, "GET\t/echo HTTP/1.1\r\nHost: x\r\n\r\n"},
    {"a space in the target", 400, line, "GET /echo /b HTTP/1.1\r\nHost: x\r\n\r\n"},
    {"a space ahead of the method", 400, line, " GET /echo HTTP/1.1\r\nHost: x\r\n\r\n"},
    {"a method with a colon", 400, line, "GET: /echo HTTP/1.1\r\nHost: x\r\n\r\n"},
    {"a target that is a whole URL", 400, line, "GET http://x/echo HTTP/1.1\r\nHost: x\r\n\r\n"},
    {"a target that is an authority", 400, line, "CONNECT x:443 HTTP/1.1\r\nHost: x\r\n\r\n"},
    {"a target that is a star", 400, line, "GET * HTTP/1.1\r\nHost: x\r\n\r\n"},
    {"a target with a fragment", 400, line, "GET /echo#a HTTP/1.1\r\nHost: x\r\n\r\n"},
    {"a target with a raw letter beyond ASCII", 400, line, "GET /\xC3\xA9 HTTP/1.1\r\nHost: x\r\n\r\n"},
    {"a version in small letters", 400, line, "GET /echo http/1.1\r\nHost: x\r\n\r\n"},
    {"a version with two digits", 400, line, "GET /echo HTTP/1.10\r\nHost: x\r\n\r\n"},
    {"HTTP/1.2", 505, line, "GET /echo HTTP/1.2\r\nHost: x\r\n\r\n"},
    {"HTTP/9.9", 505, line, "GET /echo HTTP/9.9\r\nHost: x\r\n\r\n"},
    {"the preface of HTTP/2", 505, line, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"},
    {"a TLS client", 400, header, std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11)},
    {"an unknown expectation", 417, "http.header.Expect", with_headers("Expect: tea\r\n")},
    {"a header of 17 KB", 431, header, with_headers("X-A: " + std::string(17'000, 'a') + "\r\n")},
    {"a header that does not end", 431, header, "GET / HTTP/1.1\r\nX-A: " + std::string(200'000, 'a')},
    {"a target of 17 KB", 431, header, "GET /" + std::string(17'000, 'a') + " HTTP/1.1\r\nHost: x\r\n\r\n"},
    {"101 headers", 431, header, with_headers(many_headers(100))},
    {"10,000 headers", 431, header, with_headers(many_headers(10'000))},
    {"a length above the limit", 413, body, with_headers("Content-Length: 4194305\r\n")},
    {"a length of 10 GB", 413, body, with_headers("Content-Length: 10000000000\r\n")},
    {"a length above 64 bits", 413, body, with_headers("Content-Length: 18446744073709551617\r\n")},
    {"a body above the limit that is sent", 413, body,
     with_headers("Content-Length: 6000000\r\n") + std::string(6'000'000, 'x')},
    {"a chunk above the limit", 413, body, with_chunks("400001\r\n")},
    {"a chunk of 2 GB", 413, body, with_chunks("7fffffff\r\n")},
    {"a chunk of 2^64 - 1", 413, body, with_chunks("ffffffffffffffff\r\n")},
    {"chunks that add up above the limit", 413, body,
     with_chunks("200000\r\n" + std::string(0x200000, 'x') + "\r\n200001\r\n" + std::string(0x200001, 'x') + "\r\n")},
    {"a chunk of 2^64", 400, body, with_chunks("10000000000000000\r\n")},
    {"a negative chunk", 400, body, with_chunks("-2\r\nab\r\n0\r\n\r\n")},
    {"a chunk with 0x", 400, body, with_chunks("0x2\r\nab\r\n0\r\n\r\n")},
    {"a chunk without a length", 400, body, with_chunks("\r\nab\r\n0\r\n\r\n")},
    {"a chunk extension of 200 KB", 400, body, with_chunks("2;a=" + std::string(200'000, 'b') + "\r\nab\r\n0\r\n\r\n")},
    {"trailers of 200 KB", 400, body, with_chunks("0\r\nX-A: " + std::string(200'000, 'b') + "\r\n\r\n")},
    {"100,000 trailers", 400, body, with_chunks("0\r\n" + many_headers(100'000) + "\r\n")},
    {"a trailer that is no header", 400, body, with_chunks("0\r\n: x\r\n\r\n")},
    {"a folded trailer with a NUL", 400, body, with_chunks(std::string("0\r\nX-A: a\r\n b\0\r\n\r\n", 18))},
    {"a chunk that is longer than it says", 400, body, with_chunks("2\r\nabc\r\n0\r\n\r\n")},
};

std::size_t count_of(std::string_view part, std::string_view text) {
    std::size_t count = 0;
    for (auto place = text.find(part); place != std::string_view::npos; place = text.find(part, place + 1)) ++count;
    return count;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(an_http_request_is_refused)

BOOST_DATA_TEST_CASE(and_nothing_behind_it_is_read, data::make(samples), sample) {
    TestServer server;
    Client client = server.connect();
    client.send(sample.bytes).send(get("/echo"));
    const Answer answer = client.answer();
    BOOST_TEST(answer.status == sample.status);
    BOOST_TEST(answer.outcome("expression") == sample.place);
    BOOST_TEST(answer.outcome("severity") == "error");
    BOOST_TEST(answer.outcome("diagnostics").back() == '.');
    BOOST_TEST(answer.header("Content-Type") == "application/json");
    BOOST_TEST(answer.has("Connection: close"));
    BOOST_TEST(count_of("HTTP/1.1 ", client.rest()) == 0U);
    BOOST_TEST(server.requests == 0);
}

BOOST_AUTO_TEST_CASE(if_its_body_ends_early) {
    TestServer server;
    BOOST_TEST(server.connect().send(with_headers("Content-Length: 9\r\n") + "x").finish_sending().answer().status ==
               400);
    BOOST_TEST(server.connect().send(with_chunks("5\r\nabcde\r\n")).finish_sending().answer().status == 400);
    BOOST_TEST(server.requests == 0);
}

BOOST_AUTO_TEST_CASE(even_behind_good_ones) {
    TestServer server;
    Client client = server.connect();
    client.send(get("/echo") + post("/echo", "x") + "GET /echo HTTP/1.1\r\n\r\n" + get("/echo"));
    BOOST_TEST(client.answer().status == 200);
    BOOST_TEST(client.answer().status == 200);
    BOOST_TEST(client.answer().status == 400);
    BOOST_TEST(client.is_closed_by_server());
    BOOST_TEST(server.requests == 2);
}

// Closing while the client still sends would reset the connection, and the client might never read the answer.
BOOST_AUTO_TEST_CASE(so_politely_that_a_client_in_the_middle_of_20_mb_reads_the_answer) {
    TestServer server;
    for (int i = 0; i < 5; ++i) {
        Client client = server.connect();
        client.send(with_headers("Content-Length: 20000000\r\n")).send(std::string(20'000'000, 'x'));
        BOOST_TEST(client.answer().status == 413);
        BOOST_TEST(client.is_closed_by_server());
    }
}

BOOST_AUTO_TEST_CASE(without_showing_any_of_it) {
    TestServer server;
    const Answer answer =
        server.connect().send("GET /Patient?name=Mustermann HTTP/1.1\r\nHost: x\r\nMustermann\r\n\r\n").answer();
    BOOST_TEST(answer.status == 400);
    BOOST_TEST(answer.body.find("Mustermann") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(but_not_at_the_very_edge_of_a_limit) {
    TestServer server;
    BOOST_TEST(server.connect().send(with_headers("Content-Length: 0\r\n" + many_headers(98))).answer().status == 200);
    const std::string fixed = "GET /echo HTTP/1.1\r\nHost: x\r\nX-A: \r\n\r\n";
    const std::string filling(16 * 1024 - fixed.size(), 'a');
    BOOST_TEST(server.connect().send("GET /echo HTTP/1.1\r\nHost: x\r\nX-A: " + filling + "\r\n\r\n").answer().status ==
               200);
    BOOST_TEST(
        server.connect().send("GET /echo HTTP/1.1\r\nHost: x\r\nX-A: a" + filling + "\r\n\r\n").answer().status == 431);
}

BOOST_AUTO_TEST_CASE(but_not_for_what_is_merely_unusual) {
    TestServer server;
    for (const char* request : {"GET /echo HTTP/1.1\r\nHost:\r\n\r\n", "GET /echo HTTP/1.1\r\nhOST:[::1]:8080\r\n\r\n",
                                "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n", "BREW /echo HTTP/1.1\r\nHost: x\r\n\r\n",
                                "GET /echo?a=b?c HTTP/1.1\r\nHost: x\r\n\r\n",
                                "GET /echo HTTP/1.1\r\nHost: x\r\nX-A:\r\nX-B: \xC3\xA9\r\n\r\n",
                                "DELETE /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 000\r\n\r\n"}) {
        BOOST_TEST(server.connect().send(request).answer().status == 200, request);
    }
}

BOOST_AUTO_TEST_SUITE_END()
