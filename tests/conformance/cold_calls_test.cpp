// Calls without any prefetch (reliability.md 2.1): what a slow or a hanging FHIR server costs.
// tests/bench/cold_calls.cpp measures the same one call after the other; here only generous bounds are asserted.
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <chrono>
#include <mutex>
#include <thread>

#include "conformance/answers.hpp"
#include "conformance/clients.hpp"

using namespace rectal_cds::conformance;
using namespace rectal_cds::testing;
using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

namespace {

constexpr std::size_t calls = 200, clients = 8, templates = 8;
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr milliseconds in_time{60'000};  // only that it ends: a sanitizer makes everything some ten times slower
#else
constexpr milliseconds in_time{4000};
#endif

Service& open_server(const char* deadline) {
    return running(std::string("cold calls ") + deadline, [&] {
        Configuration configuration;
        configuration.flags = {"--today",         example_day,           "--fhir-server",
                               ehr().fhir_base(), "--fetch-deadline-ms", deadline};
        return configuration;
    });
}

}  // namespace

BOOST_AUTO_TEST_SUITE(cold_calls, *boost::unit_test::fixture<StopsServices>())

BOOST_AUTO_TEST_CASE(ask_once_for_each_template_and_wait_for_the_slowest_only) {
    ehr().forget();
    ehr().serve_prefetch_of(patient_view());
    ehr().delay_everything(milliseconds(100));
    Service& service = open_server("5000");
    const std::string expected = without_uuids(service.view(patient_view()).body);
    const std::string bytes =
        request_bytes("POST", service.path("patient-view"), {{"Content-Type", "application/json"}},
                      fetching_from(ehr(), patient_view()));
    std::vector<milliseconds> took(calls);
    std::vector<std::string> answers(calls);
    std::vector<std::thread> threads;
    for (std::size_t client = 0; client < clients; ++client) {
        threads.emplace_back([&, client] {
            HttpConnection connection(service.process().port());
            for (std::size_t i = client; i < calls; i += clients) {
                const auto begin = Clock::now();
                answers[i] = without_uuids(connection.send(bytes).receive().body);
                took[i] = std::chrono::duration_cast<milliseconds>(Clock::now() - begin);
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    for (const std::string& answer : answers) BOOST_TEST((answer == expected), answer.substr(0, 300));
    BOOST_TEST(ehr().queries().size() == calls * templates);
    std::sort(took.begin(), took.end());
    BOOST_TEST_MESSAGE("p50 " << took[calls / 2].count() << " ms, p95 " << took[calls * 95 / 100].count() << " ms");
    BOOST_TEST((took.front() >= milliseconds(100)));
    BOOST_TEST((took[calls * 95 / 100] < in_time));
}

BOOST_AUTO_TEST_CASE(against_a_server_that_hangs_say_not_checked_by_the_deadline) {
    ehr().forget();
    ehr().answer_everything(silence());
    const auto begin = Clock::now();
    const HttpAnswer answer = open_server("1500").sign(fetching_from(ehr(), order_sign()));
    BOOST_TEST((Clock::now() - begin < in_time));
    BOOST_TEST((topics(answer) == std::vector<std::string>{"dataUnavailable"}));
    BOOST_TEST(detail_of(answer, "dataUnavailable").starts_with("NOT CHECKED:"));
}

BOOST_AUTO_TEST_SUITE_END()
