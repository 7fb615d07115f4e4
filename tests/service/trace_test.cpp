// W3C Trace Context, level 1 (T113).
#include "service/trace.hpp"

#include <boost/test/unit_test.hpp>

using namespace rectal_cds;
using service::Trace;

namespace {

const std::string own_id = "0123456789abcdef0123456789abcdef";
const std::string id = "4bf92f3577b34da6a3ce929d0e0e4736", span = "00f067aa0ba902b7";

Trace trace_with(http::Headers headers) {
    http::Request request;
    request.correlation_id = own_id;
    request.headers = std::move(headers);
    return service::trace_of(request);
}
Trace trace_with(const std::string& traceparent) { return trace_with(http::Headers{{"traceparent", traceparent}}); }

}  // namespace

BOOST_AUTO_TEST_SUITE(trace)

BOOST_AUTO_TEST_CASE(goes_on_with_the_callers_trace_in_a_span_of_its_own) {
    const Trace sampled = trace_with("00-" + id + "-" + span + "-01");
    BOOST_TEST(sampled.id == id);
    BOOST_TEST(sampled.is_the_callers);
    BOOST_TEST(sampled.header() == "00-" + id + "-0123456789abcdef-01");
    BOOST_TEST(trace_with("00-" + id + "-" + span + "-00").header() == "00-" + id + "-0123456789abcdef-00");
    BOOST_TEST(trace_with(http::Headers{{"TraceParent", "00-" + id + "-" + span + "-01"}}).id == id);
}

BOOST_AUTO_TEST_CASE(only_the_bit_that_says_recorded_is_sent_on) {
    BOOST_TEST(trace_with("00-" + id + "-" + span + "-ff").header().ends_with("-01"));
    BOOST_TEST(trace_with("00-" + id + "-" + span + "-fe").header().ends_with("-00"));
}

BOOST_AUTO_TEST_CASE(a_later_version_is_read_as_far_as_it_is_known) {
    BOOST_TEST(trace_with("01-" + id + "-" + span + "-01").id == id);
    BOOST_TEST(trace_with("cc-" + id + "-" + span + "-01-what-comes-later").id == id);
    BOOST_TEST(trace_with("cc-" + id + "-" + span + "-01.what").id == own_id);
}

BOOST_AUTO_TEST_CASE(anything_else_begins_a_trace_of_its_own) {
    for (const std::string& invalid :
         {std::string(), "00-" + id + "-" + span, "00-" + id + "-" + span + "-0", "00-" + id + "-" + span + "-01-more",
          "00-" + id + "-" + span + "-01 ", "ff-" + id + "-" + span + "-01", "0-" + id + "-" + span + "-01",
          "00-" + std::string(32, '0') + "-" + span + "-01", "00-" + id + "-" + std::string(16, '0') + "-01",
          "00-4BF92F3577B34DA6A3CE929D0E0E4736-" + span + "-01", "00-" + id + "-" + span + "-0G",
          "00_" + id + "_" + span + "_01", "0X-" + id + "-" + span + "-01",
          "00-" + id.substr(1) + "g-" + span + "-01"}) {
        BOOST_TEST(trace_with(invalid).id == own_id, invalid);
        BOOST_TEST(!trace_with(invalid).is_the_callers, invalid);
        BOOST_TEST(trace_with(invalid).header() == "00-" + own_id + "-0123456789abcdef-00", invalid);
    }
    const std::string valid = "00-" + id + "-" + span + "-01";
    BOOST_TEST(trace_with(http::Headers{{"traceparent", valid}, {"Traceparent", valid}}).id == own_id);
    BOOST_TEST(trace_with(http::Headers{}).id == own_id);
}

BOOST_AUTO_TEST_SUITE_END()
