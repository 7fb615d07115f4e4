// Deadlines, cancellation and retries of a reader.
#include "fetch/scripted_transport.hpp"

using namespace rectal_cds;
using namespace rectal_cds::fetch;
using namespace rectal_cds::fetch::test;
using cdshooks::FetchFailure;

namespace {

struct Timing {
    std::shared_ptr<ScriptedTransport> transport = std::make_shared<ScriptedTransport>();
    FhirReader reader{transport};
};

FhirReader::Queries many(int count) {
    FhirReader::Queries queries;
    for (int i = 0; i < count; ++i) queries.push_back({"q" + std::to_string(i), "r" + std::to_string(i)});
    return queries;
}

}  // namespace

#define BOOST_TEST_TEXTS(left, ...)                                                                                    \
    BOOST_TEST(left == (std::vector<std::string> __VA_ARGS__), boost::test_tools::per_element())

BOOST_FIXTURE_TEST_SUITE(at_the_deadline, Timing)

BOOST_AUTO_TEST_CASE(the_call_is_answered_with_what_is_there) {
    transport->replies["/fhir/b"] = always_answer(page("1"));
    transport->replies["/fhir/c"] = always_answer(page("1", "https://ehr.example/fhir?page=2"));
    const auto begin = Clock::now();
    const auto read = gather(reader, access(200ms), {{"a", "a"}, {"b", "b"}, {"c", "c"}});
    BOOST_TEST((Clock::now() - begin >= 200ms));
    BOOST_TEST((Clock::now() - begin < 2s));
    BOOST_TEST_TEXTS(said(read), {"a: timed_out", "b: read 1", "c: read 1, incomplete"});
    await("what was under way is cancelled", [&] { return transport->waiting() == 0; });
    BOOST_TEST(transport->cancelled() == 2u);
}

BOOST_AUTO_TEST_CASE(the_queries_of_the_follow_up_are_named_too) {
    std::vector<std::string> first_said;
    const auto read = gather(reader, access(100ms), {{"a", "a"}}, [&first_said](const auto& first) {
        first_said = said(first);
        return FhirReader::Queries{{"Medication/1", "Medication/1"}};
    });
    BOOST_TEST_TEXTS(first_said, {"a: timed_out"});
    BOOST_TEST_TEXTS(said(read), {"a: timed_out", "Medication/1: not_attempted"});
}

BOOST_AUTO_TEST_CASE(a_follow_up_under_way_is_timed_out) {
    transport->replies["/fhir/a"] = always_answer(page("1"));
    const auto read = gather(reader, access(100ms), {{"a", "a"}}, [](const auto&) {
        return FhirReader::Queries{{"b", "b"}};
    });
    BOOST_TEST_TEXTS(said(read), {"a: read 1", "b: timed_out"});
}

BOOST_AUTO_TEST_CASE(a_follow_up_that_was_being_asked_for_is_named) {
    transport->replies["/fhir/a"] = always_answer(page("1"));
    transport->replies["/fhir/b"] = always_answer(page("1"));
    const auto read = gather(reader, access(100ms), {{"a", "a"}}, [](const auto&) {
        std::this_thread::sleep_for(200ms);
        return FhirReader::Queries{{"b", "b"}};
    });
    BOOST_TEST_TEXTS(said(read), {"a: read 1", "b: not_attempted"});
    BOOST_TEST_TEXTS(transport->targets(), {"/fhir/a"});
}

BOOST_AUTO_TEST_CASE(that_has_passed_nothing_is_begun) {
    BOOST_TEST_TEXTS(said(gather(reader, access(-1ms), {{"a", "a"}, {"b", "//"}})),
                     {"a: not_attempted", "b: not_allowed"});
    BOOST_TEST(transport->requests().empty());
}

BOOST_AUTO_TEST_CASE(a_late_answer_changes_nothing) {
    auto stubborn = std::make_shared<ScriptedTransport>();
    std::atomic<int> answers = 0;
    FhirReader own(stubborn);
    own.gather(access(50ms), {{"a", "a"}}, nullptr, [&answers](const auto&) { ++answers; });
    await("the call was answered", [&] { return answers == 1; });
    await("the request was cancelled", [&] { return stubborn->waiting() == 0; });
    BOOST_TEST(answers == 1);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(a_call, Timing)

BOOST_AUTO_TEST_CASE(that_is_cancelled_is_answered_at_once_and_stops_asking) {
    FhirReader::Cancel cancel;
    auto future = begin_gather(reader, access(), many(3), nullptr, &cancel);
    transport->answer("/fhir/r1", page("1"));
    cancel();
    cancel();
    BOOST_TEST_TEXTS(said(results(future)), {"q0: not_attempted", "q1: read 1", "q2: not_attempted"});
    BOOST_TEST(transport->cancelled() == 2u);
    BOOST_TEST(reader.counts().under_way == 0u);
}

BOOST_AUTO_TEST_CASE(is_answered_when_the_reader_ends) {
    std::future<FhirReader::Results> future;
    {
        FhirReader own(transport);
        future = begin_gather(own, access(), many(2));
    }
    BOOST_TEST_TEXTS(said(results(future)), {"q0: not_attempted", "q1: not_attempted"});
    BOOST_TEST(transport->waiting() == 0u);
}

BOOST_AUTO_TEST_CASE(is_answered_exactly_once_however_close_the_deadline) {
    FakeServer server([](Wire& wire, const SeenRequest& seen) {
        std::this_thread::sleep_for(1ms);
        wire.send(reply(200, bundle(seen.target())));
    });
    Fetching fetching(TransportKind::beast);
    FhirReader own(fetching.transport);
    std::atomic<int> answers = 0;
    std::atomic<int> complete = 0;
    constexpr int calls = 200;
    for (int i = 0; i < calls; ++i) {
        auto given = access();
        given.base = auth::parse_base_url(server.url("/fhir")).value();
        given.deadline = Clock::now() + std::chrono::microseconds(i * 50);
        own.gather(
            given, many(3), [](const auto&) { return many(2); },
            [&](const FhirReader::Results& results) {
                ++answers;
                complete += results.size() == 5 ? 1 : 0;
            });
    }
    await("all are answered", [&] { return answers >= calls; });
    std::this_thread::sleep_for(50ms);
    BOOST_TEST(answers == calls);
    BOOST_TEST(complete +
                   static_cast<int>(own.counts().fetches[static_cast<std::size_t>(FetchFailure::circuit_open)] / 3) ==
               calls);
}

BOOST_AUTO_TEST_CASE(that_ends_in_an_exception_of_the_caller_ends) {
    transport->replies["/fhir/r0"] = always_answer(page("1"));
    reader.gather(access(), many(1), nullptr, [](const auto&) { throw std::runtime_error("a fault of the caller"); });
    BOOST_TEST_TEXTS(said(gather(reader, access(), many(1))), {"q0: read 1"});
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(a_second_attempt, Timing)

BOOST_AUTO_TEST_CASE(is_made_once_for_what_passes) {
    for (const Answer& passing :
         {with_status(502), with_status(503), with_status(504), with_fault(Fault::connection_lost)}) {
        Timing fresh;
        fresh.transport->replies["/fhir/a"] = [&passing](const Request&, int attempt) {
            return attempt == 1 ? passing : page("1");
        };
        fresh.transport->replies["/fhir/b"] = always_answer(passing);
        const auto read = gather(fresh.reader, access(), {{"a", "a"}, {"b", "b"}});
        BOOST_TEST(said(read[0]) == "a: read 1");
        BOOST_TEST((read[1].failure == failure_of(passing)));
        BOOST_TEST(fresh.transport->requests().size() == 4u);
        BOOST_TEST(fresh.reader.counts().retries == 2u);
    }
}

BOOST_AUTO_TEST_CASE(is_not_made_for_what_stays) {
    for (const Answer& staying :
         {with_status(400), with_status(401), with_status(403), with_status(404), with_status(410), with_status(429),
          with_status(500), with_status(302), with_status(200, "<html>"), with_fault(Fault::tls),
          with_fault(Fault::unreachable), with_fault(Fault::unresolved), with_fault(Fault::timed_out),
          with_fault(Fault::too_large), with_fault(Fault::malformed), with_fault(Fault::not_allowed)}) {
        Timing fresh;
        fresh.transport->replies["/fhir/a"] = always_answer(staying);
        gather(fresh.reader, access(), {{"a", "a"}});
        BOOST_TEST(fresh.transport->requests().size() == 1u);
        BOOST_TEST(fresh.reader.counts().retries == 0u);
    }
}

BOOST_AUTO_TEST_CASE(needs_two_fifths_of_the_time) {
    transport->replies["/fhir/a"] = [](const Request&, int) {
        std::this_thread::sleep_for(350ms);
        return with_status(503);
    };
    BOOST_TEST_TEXTS(said(gather(reader, access(500ms), {{"a", "a"}})), {"a: overloaded"});
    BOOST_TEST(transport->requests().size() == 1u);
}

BOOST_AUTO_TEST_CASE(waits_as_long_as_the_server_says_or_is_not_made) {
    transport->replies["/fhir/a"] = [](const Request&, int attempt) {
        return attempt == 1 ? with_status(503, "", 1s) : page("1");
    };
    const auto begin = Clock::now();
    BOOST_TEST_TEXTS(said(gather(reader, access(8s), {{"a", "a"}})), {"a: read 1"});
    BOOST_TEST((Clock::now() - begin >= 1s));
    transport->replies["/fhir/b"] = always_answer(with_status(503, "", 4s));
    BOOST_TEST_TEXTS(said(gather(reader, access(5s), {{"b", "b"}})), {"b: overloaded"});
    BOOST_TEST(transport->requests().size() == 3u);
}

BOOST_AUTO_TEST_SUITE_END()
