// Rows N that are no measurement: fetching in parallel, an end under load, silent clients, the record of why
// (cds-hooks.md 14, reliability.md 2.4). Latency and overload (N01, N03) are in load_test.cpp, the soak (N05) is
// tests/soak/run.
#include <boost/test/unit_test.hpp>

#include <signal.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <sstream>
#include <thread>

#include "conformance/answers.hpp"
#include "conformance/clients.hpp"
#include "conformance/stored_records.hpp"
#include "support/real_knowledge.hpp"

using namespace rectal_cds;
using namespace rectal_cds::conformance;
using namespace rectal_cds::testing;
using std::chrono::milliseconds;

namespace {

// The log lines that hold this text, as JSON.
std::vector<json::Document> log_lines(Service& service, std::string_view holding) {
    std::vector<json::Document> lines;
    std::istringstream log(service.log());
    for (std::string line; std::getline(log, line);) {
        if (contains(line, holding)) lines.push_back(json::Document::parse(line).value());
    }
    return lines;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(nonfunctional, *boost::unit_test::fixture<StopsServices>())

BOOST_AUTO_TEST_CASE(N02_what_is_missing_is_fetched_in_parallel) {
    constexpr milliseconds delay{700};  // eight of them one after the other take longer than there is time
    ehr().forget();
    ehr().serve_prefetch_of(order_sign());
    ehr().delay_everything(delay);
    const HttpAnswer answer = registered().sign(fetching_from(ehr(), order_sign()));
    BOOST_TEST((topics(answer) == std::vector<std::string>{"antiEgfrRasMutant"}));
    const std::vector<Seen> queries = ehr().queries();
    BOOST_TEST_REQUIRE(queries.size() == 8U);
    for (const Seen& seen : queries)
        BOOST_TEST((seen.at < queries.front().at + delay), seen.target << " waited for the answer to another query");
}

BOOST_AUTO_TEST_CASE(N04_on_sigterm_under_load_what_was_begun_is_answered_and_recorded) {
    Service& service = running("to be stopped", [] { return registered_configuration(); });
    const std::uint16_t port = service.process().port();
    std::vector<std::string> requests;
    for (int i = 0; i < 600; ++i) {
        requests.push_back(request_bytes(
            "POST", service.path("order-sign"),
            {{"Content-Type", "application/json"}, {"Authorization", bearer(other_caller, service.path("order-sign"))}},
            order_sign()));
    }
    std::atomic<std::size_t> next{0}, answered{0};
    std::vector<std::thread> clients;
    for (int client = 0; client < 4; ++client) {
        clients.emplace_back([&] {
            try {
                HttpConnection connection(port);
                for (std::size_t i = next++; i < requests.size(); i = next++) {
                    const HttpAnswer answer = connection.send(requests[i]).receive();
                    if (answer.status == 200 && answer.body.ends_with("]}")) ++answered;
                    if (answer.header("Connection") == "close") return;
                }
            } catch (const std::exception&) {
                // A connection that was idle may be closed while the next request is on its way.
            }
        });
    }
    while (answered < 50) std::this_thread::sleep_for(milliseconds(1));
    service.process().signal(SIGTERM);
    for (std::thread& client : clients) client.join();
    BOOST_TEST(service.process().wait() == 0);
    BOOST_TEST(answered < requests.size());
    BOOST_TEST(!accepts_connections(port));
    BOOST_TEST(audit_records(service, "\"event\":\"evaluation\"", answered).size() >= answered);
}

BOOST_AUTO_TEST_CASE(N06_a_silent_client_is_judged_and_recorded_and_shown_nothing) {
    const std::string instance = "8a1f5e52-6a0e-4b36-9d0e-2f6f5a1d9c11";
    const std::string request = with(order_sign(), "/hookInstance", as_json(instance));
    const HttpAnswer answer = registered().call_as(silent_caller, "order-sign", request);
    BOOST_TEST(answer.status == 200);
    BOOST_TEST(answer.body == R"({"cards":[]})");
    const std::string record = audit_records(registered(), instance, 1).front();
    BOOST_TEST(contains(record, R"("silent":true,"cards":[],"wouldShow":["anti-egfr-ras-mutant")"), record);
    const auto lines = log_lines(registered(), instance);
    BOOST_TEST_REQUIRE(lines.size() == 1U);
    const json::Value line = lines[0].root();
    BOOST_TEST(line["silent"].boolean().value_or(false));
    BOOST_TEST(line["cards"].integer().value_or(-1) == 0);
    BOOST_TEST(line["reason"].text() == "silent_call");
    BOOST_TEST(!line["shown"].exists());
    BOOST_TEST(line["wouldShow"].at(0).text() == "anti-egfr-ras-mutant");
    BOOST_TEST(has_topic(registered().sign(request), "antiEgfrRasMutant"));
}

BOOST_AUTO_TEST_CASE(N07_why_an_answer_was_empty_can_be_looked_up_by_its_hook_instance) {
    const std::string instance = "9a1f5e52-6a0e-4b36-9d0e-2f6f5a1d9c11";
    const std::string request =
        with(with(patient_view(), "/hookInstance", as_json(instance)), "/prefetch/conditions", "null");
    BOOST_TEST(registered().view(request).body == R"({"cards":[]})");
    const auto lines = log_lines(registered(), instance);
    BOOST_TEST_REQUIRE(lines.size() == 1U);
    BOOST_TEST(!lines[0].root()["reason"].text().empty());
    BOOST_TEST(lines[0].root()["cards"].integer().value_or(-1) == 0);
    BOOST_TEST(contains(audit_records(registered(), instance, 1).front(), "\"cards\":[]"));
    // Rule by rule, from the captured call.
    const Finished explained = run({program().string(), "evaluate", "--explain", "--today", example_day, "--knowledge",
                                    source_folder().string(), "-"},
                                   request);
    const auto document = json::Document::parse(explained.out);
    BOOST_TEST_REQUIRE(document.ok(), explained.err);
    const json::Value rules = document.value().root()["extension"]["org.rectal-cds.explanation"]["recommendations"];
    BOOST_TEST(rules.size() > 30U);
    for (const json::Value rule : rules.elements()) BOOST_TEST(rule["applies"].text() != "yes", rule["id"].text());
}

BOOST_AUTO_TEST_SUITE_END()
