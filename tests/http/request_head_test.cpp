// The checks of a head on raw bytes: the same verdict however the bytes arrive, and none that ends the process.
#include "http/request_head.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <random>
#include <string>

#include "http/loopback.hpp"

using namespace rectal_cds::http;
using namespace rectal_cds::http::test;

namespace {

const std::string valid_head = "POST /cds-services/rectal-cancer-order-sign?a=b HTTP/1.1\r\nHost: [::1]:8080\r\n"
                               "Content-Type: application/json; charset=utf-8\r\nAuthorization: Bearer a.b.c\r\n"
                               "Transfer-Encoding: chunked\r\nExpect: 100-continue\r\nConnection: keep-alive\r\n\r\n";

std::string damaged(std::string text, std::mt19937& random) {
    static const std::string meaningful = std::string("\r\n \t:/,*#?HTP1.0;\x7F\xC3", 19) + '\0';
    for (unsigned times = 1 + random() % 4; times > 0; --times) {
        const std::size_t place = random() % text.size();
        switch (random() % 4) {
        case 0: text[place] = meaningful[random() % meaningful.size()]; break;
        case 1: text.insert(place, 1, meaningful[random() % meaningful.size()]); break;
        case 2: text.erase(place, 1 + random() % 10); break;
        default: text.insert(random() % text.size(), text.substr(place, 1 + random() % 40)); break;
        }
        if (text.empty()) text = "\r";
    }
    return text;
}

// The status of the refusal, 0 without one, -1 for a head that has not ended.
int verdict(const std::string& bytes, std::size_t step) {
    HeadScanner scanner{HeadLimits{}};
    for (std::size_t arrived = 0; arrived < bytes.size() && scanner.length() == 0;) {
        arrived = std::min(bytes.size(), arrived + step);
        if (const auto fault = scanner.scan(std::string_view(bytes).substr(0, arrived))) return fault->status;
    }
    if (scanner.length() == 0) return -1;
    const auto fault = find_fault_in_head(std::string_view(bytes).substr(0, scanner.length()), HeadLimits{});
    return fault ? fault->status : 0;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(a_request_head)

BOOST_AUTO_TEST_CASE(gets_the_same_verdict_however_its_bytes_arrive) {
    std::mt19937 random(20'260'302);
    int accepted = 0;
    for (int i = 0; i < 5000; ++i) {
        const std::string bytes = damaged(valid_head, random);
        const int at_once = verdict(bytes, bytes.size());
        BOOST_TEST_REQUIRE(verdict(bytes, 1) == at_once);
        BOOST_TEST_REQUIRE(verdict(bytes, 7) == at_once);
        if (at_once == 0) ++accepted;
    }
    BOOST_TEST(verdict(valid_head, 1) == 0);
    BOOST_TEST(accepted > 300);
    BOOST_TEST(accepted < 4000);
}

BOOST_AUTO_TEST_CASE(that_is_damaged_gets_an_answer_or_a_closed_connection) {
    TestServer server;
    std::mt19937 random(64);
    for (int i = 0; i < 1500; ++i) {
        Client client = server.connect();
        client.send(damaged(valid_head + "4\r\n{}\r\n\r\n0\r\n\r\n", random)).finish_sending();
        const std::string answers = client.rest();  // fails if the server is silent
        BOOST_TEST_REQUIRE((answers.empty() || answers.substr(0, 9) == "HTTP/1.1 "));
    }
    BOOST_TEST(server.connect().send(get("/echo")).answer().status == 200);
}

BOOST_AUTO_TEST_SUITE_END()
