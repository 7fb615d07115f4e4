// What both transports send, and what they make of an answer.
#include "fetch/fetching.hpp"

using namespace rectal_cds;
using namespace rectal_cds::fetch;
using namespace rectal_cds::fetch::test;

BOOST_AUTO_TEST_SUITE(a_request)

BOOST_DATA_TEST_CASE(carries_what_it_was_given_and_nothing_else, both, kind) {
    FakeServer server(always(reply(200, "{}")));
    Fetching fetching(kind);
    auto wanted = request(server.url("/fhir/Patient/1"));
    wanted.token = token("abc.def-ghi_jkl~mno+pqr/stu==");
    BOOST_TEST(fetching.get(wanted).fault == Fault::none);
    const auto seen = server.requests();
    BOOST_TEST_REQUIRE(seen.size() == 1u);
    BOOST_TEST(seen[0].head.starts_with("GET /fhir/Patient/1 HTTP/1.1\r\n"));
    BOOST_TEST(seen[0].header("Authorization") == "Bearer abc.def-ghi_jkl~mno+pqr/stu==");
    BOOST_TEST(seen[0].header("Host") == "127.0.0.1:" + std::to_string(server.port()));
    BOOST_TEST(seen[0].header("Accept") == "application/fhir+json");
    for (const char* name : {"Cookie", "Accept-Encoding", "Proxy-Authorization", "Content-Length", "Expect", "TE"}) {
        BOOST_TEST(seen[0].header(name) == "", name);
    }
}

BOOST_DATA_TEST_CASE(without_a_token_carries_no_authorization, both, kind) {
    FakeServer server(always(reply(200, "{}")));
    Fetching fetching(kind);
    auto with_token = request(server.url("/1"));
    with_token.token = token();
    fetching.get(with_token);
    fetching.get(request(server.url("/2")));
    BOOST_TEST(server.requests().at(1).header("Authorization") == "");
}

BOOST_DATA_TEST_CASE(arrives_with_its_target_byte_by_byte, both, kind) {
    FakeServer server(always(reply(200, "{}")));
    Fetching fetching(kind);
    const std::vector<std::string> targets{
        "/",
        "/?a=b",
        "/fhir",
        "/fhir/",
        "/fhir/Patient/a%20b",
        "/fhir/Condition?patient=a%20b%26c&_count=200",
        "/fhir/Observation?code=http://loinc.org%7C1234-5,http://loinc.org%7C9-8&date=ge2020-01-01T00:00:00%2B01:00",
        "/fhir?_getpages=1e9a-4&_getpagesoffset=20&_bundletype=searchset",
        "/fhir/Patient/1?a=b&&c=$x!'()*;@/?",
        "/fhir/(a)/~b/c,d=e:f"};
    for (const std::string& target : targets) fetching.get(request(server.url(target)));
    BOOST_TEST(server.targets() == targets, boost::test_tools::per_element());
}

BOOST_DATA_TEST_CASE(has_its_query_encoded_where_servers_would_refuse_it, both, kind) {
    FakeServer server(always(reply(200, "{}")));
    Fetching fetching(kind);
    fetching.get(request(server.url("/Observation?code=http://loinc.org|1-8&x={y}^[z]")));
    BOOST_TEST(server.targets().at(0) == "/Observation?code=http://loinc.org%7C1-8&x=%7By%7D%5E%5Bz%5D");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(an_answer)

BOOST_DATA_TEST_CASE(is_handed_over_as_it_came, both, kind) {
    const std::string body = std::string("{\"a\":\"\xc3\xa4\"}") + std::string(1, '\0') + std::string(30'000, 'x');
    FakeServer server(always(reply(200, body, "X-Other: 1\r\n")));
    Fetching fetching(kind);
    const Answer answer = fetching.get(request(server.url()));
    BOOST_TEST(answer.fault == Fault::none);
    BOOST_TEST(answer.status == 200);
    BOOST_TEST(answer.content_type == "application/fhir+json");
    BOOST_TEST(!answer.retry_after.has_value());
    BOOST_TEST((answer.body == body));
}

BOOST_DATA_TEST_CASE(in_chunks_or_up_to_the_end_of_the_connection_is_whole, both, kind) {
    FakeServer server([](Wire& wire, const SeenRequest& seen) {
        if (seen.target() == "/chunks") {
            wire.send(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6;x=y\r\n world\r\n0\r\n\r\n");
        } else {
            wire.send("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nhello world");
            wire.close();
        }
    });
    Fetching fetching(kind);
    BOOST_TEST(fetching.get(request(server.url("/chunks"))).body == "hello world");
    BOOST_TEST(fetching.get(request(server.url("/end"))).body == "hello world");
}

BOOST_DATA_TEST_CASE(of_any_status_is_an_answer, both, kind) {
    FakeServer server([](Wire& wire, const SeenRequest& seen) {
        wire.send(reply(std::stoi(seen.target().substr(1)), "body", "Retry-After: 17\r\n"));
    });
    Fetching fetching(kind);
    for (const int status : {200, 201, 299, 400, 401, 403, 404, 410, 412, 418, 429, 500, 501, 502, 503, 504, 599}) {
        const Answer answer = fetching.get(request(server.url("/" + std::to_string(status))));
        BOOST_TEST(answer.fault == Fault::none);
        BOOST_TEST(answer.status == status);
        BOOST_TEST((answer.retry_after == 17s));
        BOOST_TEST(answer.body == "body");
    }
}

BOOST_DATA_TEST_CASE(that_redirects_is_not_followed, both, kind) {
    FakeServer elsewhere(always(reply(200, "{}")));
    for (const int status : {301, 302, 303, 307, 308, 300, 304}) {
        FakeServer* self = nullptr;
        FakeServer server([&](Wire& wire, const SeenRequest& seen) {
            const std::string to = seen.target() == "/same" ? self->url("/other") : elsewhere.url("/other");
            wire.send(reply(status, "", "Location: " + to + "\r\n"));
        });
        self = &server;
        Fetching fetching(kind);
        for (const char* target : {"/same", "/elsewhere"}) {
            auto wanted = request(server.url(target));
            wanted.token = token();
            const Answer answer = fetching.get(wanted);
            BOOST_TEST(answer.status == status);
            BOOST_TEST((failure_of(answer) == cdshooks::FetchFailure::not_fhir));
        }
        BOOST_TEST(server.targets() == (std::vector<std::string>{"/same", "/elsewhere"}),
                   boost::test_tools::per_element());
    }
    BOOST_TEST(elsewhere.connections() == 0u);
}

BOOST_AUTO_TEST_CASE(means_for_a_read_what_its_status_says) {
    using cdshooks::FetchFailure;
    const auto of = [](int status) {
        Answer answer;
        answer.status = status;
        return failure_of(answer);
    };
    BOOST_TEST((of(200) == FetchFailure::none));
    for (const int status : {401, 403}) BOOST_TEST((of(status) == FetchFailure::refused));
    for (const int status : {404, 410}) BOOST_TEST((of(status) == FetchFailure::not_found));
    for (const int status : {429, 500, 502, 503, 504}) BOOST_TEST((of(status) == FetchFailure::overloaded));
    for (const int status : {0, 100, 201, 204, 206, 302, 304, 400, 412, 600}) {
        BOOST_TEST((of(status) == FetchFailure::not_fhir), status);
    }
}

BOOST_AUTO_TEST_CASE(that_did_not_come_is_never_taken_for_one) {
    for (const Fault fault :
         {Fault::not_allowed, Fault::timed_out, Fault::cancelled, Fault::unresolved, Fault::unreachable,
          Fault::connection_lost, Fault::tls, Fault::too_large, Fault::malformed}) {
        Answer answer;
        answer.fault = fault;
        answer.status = 200;
        BOOST_TEST((failure_of(answer) != cdshooks::FetchFailure::none), name(fault));
    }
}

BOOST_AUTO_TEST_SUITE_END()
