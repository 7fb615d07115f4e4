// What is asked of FHIR servers belongs to the caller's trace, and is counted by client and result (reliability.md 5,
// T113).
#include <boost/test/unit_test.hpp>

#include <set>

#include "conformance/answers.hpp"
#include "conformance/clients.hpp"

using namespace rectal_cds::conformance;
using namespace rectal_cds::testing;

BOOST_AUTO_TEST_SUITE(tracing, *boost::unit_test::fixture<StopsServices>())

BOOST_AUTO_TEST_CASE(every_query_carries_the_trace_of_its_call_and_nothing_of_tracestate) {
    const std::string id = "4bf92f3577b34da6a3ce929d0e0e4736";
    ehr().forget();
    ehr().serve_prefetch_of(order_sign());
    const HttpAnswer answer =
        registered().post(registered().path("order-sign"), fetching_from(ehr(), order_sign()),
                          {{"traceparent", "00-" + id + "-00f067aa0ba902b7-01"}, {"tracestate", "vendor=canary"}});
    BOOST_TEST(answer.status == 200);
    const std::vector<Seen> queries = ehr().queries();
    BOOST_TEST_REQUIRE(queries.size() == 8U);
    for (const Seen& seen : queries) {
        BOOST_TEST(seen.header("traceparent") == answer.header("traceparent"));
        BOOST_TEST(seen.header("tracestate").empty());
    }
    BOOST_TEST(answer.header("traceparent").starts_with("00-" + id + "-"));
}

BOOST_AUTO_TEST_CASE(calls_without_a_trace_begin_one_each) {
    std::set<std::string> traces;
    for (int i = 0; i < 3; ++i) {
        ehr().forget();
        ehr().serve_prefetch_of(order_sign());
        BOOST_TEST(registered().sign(fetching_from(ehr(), order_sign())).status == 200);
        BOOST_TEST_REQUIRE(!ehr().queries().empty());
        traces.insert(ehr().queries().front().header("traceparent"));
    }
    BOOST_TEST(traces.size() == 3U);
}

BOOST_AUTO_TEST_CASE(queries_are_counted_by_client_and_result_with_their_duration) {
    ehr().forget();
    ehr().serve_prefetch_of(order_sign());
    ehr().answer("Procedure?patient=pat-022&_count=200", failure(503));
    registered().sign(fetching_from(ehr(), order_sign()));
    const std::string metrics = registered().get("/metrics").body;
    for (const char* series : {"http_client_request_duration_seconds_count{peer=\"ehr\",result=\"2xx\"}",
                               "http_client_request_duration_seconds_count{peer=\"ehr\",result=\"5xx\"}",
                               "http_client_request_duration_seconds_bucket{peer=\"ehr\",result=\"2xx\",le=\"0.005\"}"})
        BOOST_TEST(contains(metrics, series), metrics);
}

BOOST_AUTO_TEST_SUITE_END()
