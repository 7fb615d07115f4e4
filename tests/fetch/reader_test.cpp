// What a gather() asks, and what its results say.
#include "fetch/scripted_transport.hpp"

using namespace rectal_cds;
using namespace rectal_cds::fetch;
using namespace rectal_cds::fetch::test;
using cdshooks::FetchFailure;

namespace {

struct Reading {
    std::shared_ptr<ScriptedTransport> transport = std::make_shared<ScriptedTransport>();
    FhirReader reader{transport};

    std::string said_of(Answer answer) {
        transport->replies["/fhir/Condition?patient=1"] = always_answer(std::move(answer));
        return said(gather(reader, access(), {{"conditions", "Condition?patient=1"}}).at(0));
    }
};

}  // namespace

#define BOOST_TEST_TEXTS(left, ...)                                                                                    \
    BOOST_TEST(left == (std::vector<std::string> __VA_ARGS__), boost::test_tools::per_element())

BOOST_FIXTURE_TEST_SUITE(gathering, Reading)

BOOST_AUTO_TEST_CASE(asks_all_queries_at_once_and_answers_in_their_order) {
    auto future = begin_gather(reader, access(),
                               {{"a", "Patient/1"}, {"b", "Condition?patient=1"}, {"c", "Observation?patient=1"}});
    BOOST_TEST_TEXTS(transport->targets(),
                     {"/fhir/Patient/1", "/fhir/Condition?patient=1", "/fhir/Observation?patient=1"});
    transport->answer("/fhir/Observation?patient=1", page("o"));
    transport->answer("/fhir/Patient/1", resource("Patient", "1"));
    BOOST_TEST((future.wait_for(0s) != std::future_status::ready));
    transport->answer("/fhir/Condition?patient=1", page("c"));
    BOOST_TEST_TEXTS(said(results(future)), {"a: read 1", "b: read 1", "c: read 1"});
}

BOOST_AUTO_TEST_CASE(gives_every_request_the_token_the_ranges_the_limit_and_the_deadline) {
    const auto wanted = access(3s);
    auto future = begin_gather(reader, wanted, {{"a", "Patient/1"}});
    const Request asked = transport->requests().at(0);
    BOOST_TEST(asked.client == "ehr");
    BOOST_TEST(asked.url.text() == "https://ehr.example/fhir/Patient/1");
    BOOST_TEST((asked.token == wanted.token));
    BOOST_TEST((asked.ranges == wanted.ranges));
    BOOST_TEST((asked.deadline == wanted.deadline));
    BOOST_TEST(asked.max_bytes == 8u * 1024 * 1024);
    transport->answer("/fhir/Patient/1", resource("Patient", "1"));
    results(future);
}

BOOST_AUTO_TEST_CASE(of_nothing_asks_nothing) {
    BOOST_TEST(gather(reader, access(), {}).empty());
    BOOST_TEST(transport->requests().empty());
}

BOOST_AUTO_TEST_CASE(keeps_what_was_read_when_other_queries_fail) {
    transport->replies["/fhir/Patient/1"] = always_answer(resource("Patient", "1"));
    transport->replies["/fhir/Condition"] = always_answer(with_status(500));
    transport->replies["/fhir/Observation"] = always_answer(with_fault(Fault::timed_out));
    const auto read = gather(reader, access(), {{"p", "Patient/1"}, {"c", "Condition"}, {"o", "Observation"}});
    BOOST_TEST_TEXTS(said(read), {"p: read 1", "c: overloaded", "o: timed_out"});
    BOOST_TEST(ids(read[0]) == "1");
}

BOOST_AUTO_TEST_CASE(takes_nothing_for_an_answer_but_fhir_json) {
    BOOST_TEST(said_of(resource("Patient", "1")) == "conditions: read 1");
    BOOST_TEST(said_of(resource("OperationOutcome", "1")) == "conditions: read 1");
    for (const char* body :
         {"", "<html><body>Sign in</body></html>", "{", "{\"resourceType\":\"Bundle\"", "[]", "null", "\"Bundle\"",
          "{}", "{\"resourceType\":1}", "{\"resourceType\":\"\"}", "{\"resourceType\":\"Bundle\"} x",
          "{\"resourceType\":\"Bundle\",\"resourceType\":\"Bundle\"}", "\xef\xbb\xbf{\"resourceType\":\"Bundle\"}",
          "{\"resourceType\":\"Bundle\",\"a\":\"\xff\"}"}) {
        BOOST_TEST(said_of(with_status(200, body)) == "conditions: not_fhir", body);
    }
    const std::string deep = std::string(100, '[') + std::string(100, ']');
    BOOST_TEST(said_of(with_status(200, R"({"resourceType":"Bundle","a":)" + deep + "}")) == "conditions: not_fhir");
}

BOOST_AUTO_TEST_CASE(says_why_it_could_not_read) {
    const std::vector<std::pair<int, const char*>> statuses{
        {201, "not_fhir"},   {204, "not_fhir"},   {302, "not_fhir"},  {400, "not_fhir"},
        {401, "refused"},    {403, "refused"},    {404, "not_found"}, {410, "not_found"},
        {429, "overloaded"}, {500, "overloaded"}, {503, "overloaded"}};
    for (const auto& [status, word] : statuses) {
        Reading fresh;
        BOOST_TEST(fresh.said_of(with_status(status, bundle("1"))) == "conditions: " + std::string(word), status);
    }
    const std::vector<std::pair<Fault, const char*>> faults{
        {Fault::not_allowed, "not_allowed"},     {Fault::timed_out, "timed_out"}, {Fault::unresolved, "unreachable"},
        {Fault::unreachable, "unreachable"},     {Fault::tls, "unreachable"},     {Fault::too_large, "too_large"},
        {Fault::connection_lost, "unreachable"}, {Fault::malformed, "not_fhir"}};
    for (const auto& [fault, word] : faults) {
        Reading fresh;
        BOOST_TEST(fresh.said_of(with_fault(fault)) == "conditions: " + std::string(word));
    }
}

BOOST_AUTO_TEST_CASE(does_not_ask_outside_the_base) {
    const std::vector<std::string> targets{"https://evil.example/fhir/Patient/1",
                                           "https://ehr.example/other/Patient/1",
                                           "https://ehr.example/fhirx",
                                           "https://ehr.example:444/fhir/Patient/1",
                                           "http://ehr.example/fhir/Patient/1",
                                           "https://ehr.example",
                                           "https://ehr.example/fhir/../secret",
                                           "//evil.example/Patient/1",
                                           "/Patient/1",
                                           "../secret",
                                           "Patient/../../secret",
                                           "Patient/%2e%2e/x",
                                           "Patient/1#x",
                                           "Patient/a b",
                                           "Patient/1\r\nX: y",
                                           "https://ehr.example@evil.example/fhir",
                                           "HTTPS://evil.example/",
                                           "https://ehr.example/fhir/Patient//1"};
    FhirReader::Queries queries;
    for (const auto& target : targets) queries.push_back({target, target});
    for (const auto& result : gather(reader, access(), queries)) {
        BOOST_TEST((result.failure == FetchFailure::not_allowed), result.key);
    }
    BOOST_TEST(transport->requests().empty());
}

BOOST_AUTO_TEST_CASE(counts_what_came_of_it) {
    transport->replies["/fhir/a"] = always_answer(page("1"));
    transport->replies["/fhir/b"] = always_answer(with_status(404));
    transport->replies["/fhir/c"] = always_answer(page("1", "https://evil.example/"));
    gather(reader, access(), {{"a", "a"}, {"b", "b"}, {"c", "c"}});
    const ReaderCounts counts = reader.counts();
    BOOST_TEST(counts.fetches[static_cast<std::size_t>(FetchFailure::none)] == 2u);
    BOOST_TEST(counts.fetches[static_cast<std::size_t>(FetchFailure::not_found)] == 1u);
    BOOST_TEST(counts.pages == 2u);
    BOOST_TEST(counts.incomplete == 1u);
    BOOST_TEST(counts.under_way == 0u);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(a_follow_up, Reading)

BOOST_AUTO_TEST_CASE(is_asked_once_with_what_was_read_and_its_results_come_last) {
    transport->replies["/fhir/MedicationRequest"] = always_answer(page("m"));
    transport->replies["/fhir/Medication/1"] = always_answer(resource("Medication", "1"));
    transport->replies["/fhir/Medication/2"] = always_answer(with_status(404));
    int calls = 0;
    const auto read = gather(reader, access(), {{"requests", "MedicationRequest"}}, [&calls](const auto& first) {
        ++calls;
        BOOST_TEST_TEXTS(said(first), {"requests: read 1"});
        return FhirReader::Queries{{"Medication/1", "Medication/1"}, {"Medication/2", "Medication/2"}};
    });
    BOOST_TEST(calls == 1);
    BOOST_TEST_TEXTS(said(read), {"requests: read 1", "Medication/1: read 1", "Medication/2: not_found"});
}

BOOST_AUTO_TEST_CASE(that_wants_nothing_ends_the_call) {
    transport->replies["/fhir/a"] = always_answer(page("1"));
    const auto read = gather(reader, access(), {{"a", "a"}}, [](const auto&) { return FhirReader::Queries(); });
    BOOST_TEST_TEXTS(said(read), {"a: read 1"});
}

BOOST_AUTO_TEST_CASE(is_asked_when_nothing_was_queried_or_read) {
    transport->replies["/fhir/b"] = always_answer(page("1"));
    const auto further = [](const auto&) { return FhirReader::Queries{{"b", "b"}}; };
    BOOST_TEST_TEXTS(said(gather(reader, access(), {}, further)), {"b: read 1"});
    BOOST_TEST_TEXTS(said(gather(reader, access(), {{"a", "//"}}, further)), {"a: not_allowed", "b: read 1"});
}

BOOST_AUTO_TEST_CASE(that_throws_leaves_what_was_read) {
    transport->replies["/fhir/a"] = always_answer(page("1"));
    const auto read = gather(reader, access(), {{"a", "a"}}, [](const auto&) -> FhirReader::Queries { throw 1; });
    BOOST_TEST_TEXTS(said(read), {"a: read 1"});
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(a_token, Reading)

BOOST_AUTO_TEST_CASE(that_was_refused_is_not_sent_again) {
    transport->replies["/fhir/a"] = always_answer(with_status(401));
    const auto further = [](const auto&) { return FhirReader::Queries{{"b", "b"}}; };
    BOOST_TEST_TEXTS(said(gather(reader, access(), {{"a", "a"}}, further)), {"a: refused", "b: refused"});
    BOOST_TEST(transport->requests().size() == 1u);
}

BOOST_AUTO_TEST_CASE(that_does_not_reach_one_resource_may_reach_another) {
    transport->replies["/fhir/a"] = always_answer(with_status(403));
    transport->replies["/fhir/b"] = always_answer(page("1"));
    const auto further = [](const auto&) { return FhirReader::Queries{{"b", "b"}}; };
    BOOST_TEST_TEXTS(said(gather(reader, access(), {{"a", "a"}}, further)), {"a: refused", "b: read 1"});
}

BOOST_AUTO_TEST_CASE(that_has_expired_is_not_sent) {
    auto expired = access();
    expired.token_expires = Clock::now() - 1ms;
    BOOST_TEST_TEXTS(said(gather(reader, expired, {{"a", "a"}})), {"a: not_attempted"});
    BOOST_TEST(transport->requests().empty());
}

BOOST_AUTO_TEST_CASE(that_expires_on_the_way_ends_what_is_under_way_and_begins_nothing_more) {
    auto expiring = access();
    expiring.token_expires = Clock::now() + 100ms;
    transport->replies["/fhir/a"] = [](const Request&, int) {
        std::this_thread::sleep_for(120ms);
        return page("1", "https://ehr.example/fhir?page=2");
    };
    const auto further = [](const auto&) { return FhirReader::Queries{{"b", "b"}}; };
    BOOST_TEST_TEXTS(said(gather(reader, expiring, {{"a", "a"}}, further)),
                     {"a: read 1, incomplete", "b: not_attempted"});
    BOOST_TEST(transport->requests().size() == 1u);
    BOOST_TEST((transport->requests()[0].deadline == expiring.token_expires));
}

BOOST_AUTO_TEST_CASE(is_given_back_when_the_call_has_ended) {
    transport->replies["/fhir/a"] = always_answer(page("1"));
    auto mine = access();
    const std::weak_ptr<const auth::Secret> watched = mine.token;
    const auto alive = [&] { return !watched.expired(); };
    {
        auto quiet = std::make_shared<ScriptedTransport>();
        FhirReader own(quiet);
        auto future = begin_gather(own, std::move(mine), {{"a", "a"}, {"b", "b"}});
        mine = Access();
        BOOST_TEST(alive());
        quiet->answer("/fhir/a", page("1"));
        quiet->answer("/fhir/b", page("1"));
        results(future);
    }
    BOOST_TEST(!alive());
}

BOOST_AUTO_TEST_CASE(is_given_back_even_if_the_transport_forgets_to_answer) {
    struct Forgetful final : FhirTransport {
        std::vector<Done> kept;
        Cancel get(Request, Done done) override {
            kept.push_back(std::move(done));
            return [] {};
        }
        std::size_t open_connections() const override { return 0; }
    };
    const auto forgetful = std::make_shared<Forgetful>();
    FhirReader own(forgetful);
    auto mine = access(50ms);
    const std::weak_ptr<const auth::Secret> watched = mine.token;
    BOOST_TEST(said(gather(own, std::move(mine), {{"a", "a"}}).at(0)) == "a: timed_out");
    BOOST_TEST(forgetful->kept.size() == 1u);
    BOOST_TEST(watched.expired());
    forgetful->kept.clear();  // the answer it owes keeps the reader, which keeps the transport
}

BOOST_AUTO_TEST_SUITE_END()
