// What a reader spares a server: places, and the circuit breaker.
#include "fetch/scripted_transport.hpp"

using namespace rectal_cds;
using namespace rectal_cds::fetch;
using namespace rectal_cds::fetch::test;
using cdshooks::FetchFailure;

namespace {

FhirReader::Queries many(int count) {
    FhirReader::Queries queries;
    for (int i = 0; i < count; ++i) queries.push_back({"q" + std::to_string(i), "r" + std::to_string(i)});
    return queries;
}

}  // namespace

#define BOOST_TEST_TEXTS(left, ...)                                                                                    \
    BOOST_TEST(left == (std::vector<std::string> __VA_ARGS__), boost::test_tools::per_element())

BOOST_AUTO_TEST_SUITE(places_at_a_server)

BOOST_AUTO_TEST_CASE(are_limited_and_given_on_in_order) {
    const auto transport = std::make_shared<ScriptedTransport>();
    ReaderLimits limits;
    limits.max_connections = 2;
    FhirReader reader(transport, limits);
    auto future = begin_gather(reader, access(), many(4));
    BOOST_TEST_TEXTS(transport->targets(), {"/fhir/r0", "/fhir/r1"});
    BOOST_TEST(reader.counts().under_way == 2u);
    BOOST_TEST(reader.counts().waiting == 2u);
    transport->answer("/fhir/r1", page("1"));
    BOOST_TEST_TEXTS(transport->targets(), {"/fhir/r0", "/fhir/r1", "/fhir/r2"});
    transport->answer("/fhir/r0", with_status(500));
    transport->answer("/fhir/r3", page("1"));
    transport->answer("/fhir/r2", page("1"));
    BOOST_TEST_TEXTS(said(results(future)), {"q0: overloaded", "q1: read 1", "q2: read 1", "q3: read 1"});
    BOOST_TEST(reader.counts().under_way == 0u);
}

BOOST_AUTO_TEST_CASE(are_each_clients_and_servers_own) {
    const auto transport = std::make_shared<ScriptedTransport>();
    ReaderLimits limits;
    limits.max_connections = 1;
    FhirReader reader(transport, limits);
    auto first = begin_gather(reader, access(), many(1));
    auto other_client = access();
    other_client.client = "other";
    auto second = begin_gather(reader, other_client, many(1));
    BOOST_TEST(transport->requests().size() == 2u);
    auto third = begin_gather(reader, access(), many(1));
    BOOST_TEST(transport->requests().size() == 2u);
    for (int i = 0; i < 3; ++i) transport->answer("/fhir/r0", page("1"));
    for (auto* future : {&first, &second, &third}) BOOST_TEST_TEXTS(said(results(*future)), {"q0: read 1"});
}

BOOST_AUTO_TEST_CASE(that_come_free_too_late_are_given_back) {
    const auto transport = std::make_shared<ScriptedTransport>();
    ReaderLimits limits;
    limits.max_connections = 1;
    FhirReader reader(transport, limits);
    auto first = begin_gather(reader, access(), {{"a", "a"}});
    BOOST_TEST_TEXTS(said(gather(reader, access(50ms), {{"b", "b"}})), {"b: timed_out"});
    await("nobody waits", [&] { return reader.counts().waiting == 0; });
    transport->answer("/fhir/a", page("1"));
    results(first);
    BOOST_TEST_TEXTS(transport->targets(), {"/fhir/a"});
    transport->replies["/fhir/c"] = always_answer(page("1"));
    BOOST_TEST_TEXTS(said(gather(reader, access(), {{"c", "c"}})), {"c: read 1"});
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_failing_server)

BOOST_AUTO_TEST_CASE(is_left_alone_for_a_while_and_then_tried_by_one_call) {
    const auto transport = std::make_shared<ScriptedTransport>();
    std::atomic<Clock::time_point> now = Clock::time_point(1h);
    FhirReader reader(transport, {}, [&now] { return now.load(); });
    bool is_up = false;
    transport->replies["/fhir/r0"] = [&is_up](const Request&, int) { return is_up ? page("1") : with_status(500); };
    const auto ask = [&] { return said(gather(reader, access(), many(1)).at(0)); };
    for (int i = 0; i < 5; ++i) BOOST_TEST(ask() == "q0: overloaded");
    BOOST_TEST(reader.counts().breaker_openings == 1u);
    BOOST_TEST(ask() == "q0: circuit_open");
    BOOST_TEST(transport->requests().size() == 5u);
    now = now.load() + 5s;
    BOOST_TEST(ask() == "q0: overloaded");
    BOOST_TEST(ask() == "q0: circuit_open");
    is_up = true;
    now = now.load() + 5s;
    BOOST_TEST(ask() == "q0: circuit_open");  // twice as long after a failed trial
    now = now.load() + 5s;
    BOOST_TEST(ask() == "q0: read 1");
    BOOST_TEST(ask() == "q0: read 1");
    BOOST_TEST(reader.counts().breaker_openings == 2u);
    BOOST_TEST(reader.counts().fetches[static_cast<std::size_t>(FetchFailure::circuit_open)] == 3u);
}

BOOST_AUTO_TEST_CASE(is_tried_by_one_call_at_a_time) {
    const auto transport = std::make_shared<ScriptedTransport>();
    std::atomic<Clock::time_point> now = Clock::time_point(1h);
    FhirReader reader(transport, {}, [&now] { return now.load(); });
    transport->replies["/fhir/down"] = always_answer(with_status(500));
    for (int i = 0; i < 5; ++i) gather(reader, access(), {{"q", "down"}});
    now = now.load() + 5s;
    FhirReader::Cancel cancel;
    auto given_up = begin_gather(reader, access(), {{"q", "r"}}, nullptr, &cancel);
    BOOST_TEST(said(gather(reader, access(), {{"q", "r"}}).at(0)) == "q: circuit_open");
    cancel();  // a trial that came to nothing makes room for another
    BOOST_TEST(said(results(given_up).at(0)) == "q: not_attempted");
    auto trial = begin_gather(reader, access(), {{"q", "r"}});
    BOOST_TEST(said(gather(reader, access(), {{"q", "r"}}).at(0)) == "q: circuit_open");
    transport->answer("/fhir/r", page("1"));
    BOOST_TEST(said(results(trial).at(0)) == "q: read 1");
    transport->replies["/fhir/r"] = always_answer(page("1"));
    BOOST_TEST(said(gather(reader, access(), {{"q", "r"}}).at(0)) == "q: read 1");
}

BOOST_AUTO_TEST_CASE(is_another_clients_server_still) {
    const auto transport = std::make_shared<ScriptedTransport>();
    FhirReader reader(transport);
    transport->replies["/fhir/r0"] = always_answer(with_fault(Fault::timed_out));
    for (int i = 0; i < 5; ++i) gather(reader, access(), many(1));
    auto other = access();
    other.client = "other";
    BOOST_TEST(said(gather(reader, other, many(1)).at(0)) == "q0: timed_out");
    BOOST_TEST(said(gather(reader, access(), many(1)).at(0)) == "q0: circuit_open");
}

BOOST_AUTO_TEST_CASE(that_answers_anything_else_is_not_left_alone) {
    for (const Answer& answer : {with_status(401), with_status(404), with_status(200, "<html>"), with_status(302)}) {
        const auto transport = std::make_shared<ScriptedTransport>();
        FhirReader reader(transport);
        transport->replies["/fhir/r0"] = always_answer(answer);
        transport->replies["/fhir/r1"] = always_answer(with_fault(Fault::timed_out));
        for (int i = 0; i < 10; ++i) gather(reader, access(), many(2));
        BOOST_TEST(reader.counts().breaker_openings == 0u);
    }
}

BOOST_AUTO_TEST_CASE(is_recognised_by_the_deadline_too) {
    const auto transport = std::make_shared<ScriptedTransport>();
    FhirReader reader(transport);
    for (int i = 0; i < 5; ++i) BOOST_TEST(said(gather(reader, access(30ms), many(1)).at(0)) == "q0: timed_out");
    BOOST_TEST(said(gather(reader, access(30ms), many(1)).at(0)) == "q0: circuit_open");
}

BOOST_AUTO_TEST_CASE(is_not_inferred_from_our_own_doing) {
    const auto transport = std::make_shared<ScriptedTransport>();
    FhirReader reader(transport);
    for (int i = 0; i < 10; ++i) {
        BOOST_TEST_TEXTS(said(gather(reader, access(), {{"a", "//"}})), {"a: not_allowed"});
        FhirReader::Cancel cancel;
        auto future = begin_gather(reader, access(), many(1), nullptr, &cancel);
        cancel();
        BOOST_TEST_TEXTS(said(results(future)), {"q0: not_attempted"});
    }
    BOOST_TEST(reader.counts().breaker_openings == 0u);
}

BOOST_AUTO_TEST_SUITE_END()
