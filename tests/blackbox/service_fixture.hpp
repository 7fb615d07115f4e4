// A service for one test: started with the day of the examples, stopped and judged when the test ends. What must hold
// of every answer and of every log line is asserted here, so each test asserts it.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "support/example_requests.hpp"
#include "support/http_client.hpp"
#include "support/running_service.hpp"

namespace rectal_cds::blackbox {

using namespace rectal_cds::testing;

inline constexpr const char* test_day = "2026-03-02";

// --listen on a free port, --knowledge of the checkout, --today, the log at its most talkative; then `more`.
std::vector<std::string> test_flags(const std::vector<std::string>& more = {});

// The one issue of an OperationOutcome; the test fails when the body is none.
struct Outcome {
    std::string code, place, text;
};
Outcome outcome_of(const HttpAnswer& answer);

// source.topic.code of every card, in order; the test fails unless the answer is 200 with cards.
std::vector<std::string> topics(const HttpAnswer& answer);

// The detail of the card with this topic; "" when there is none.
std::string detail_of(const HttpAnswer& answer, std::string_view topic);

class ServiceFixture {
public:
    explicit ServiceFixture(const std::vector<std::string>& more_flags = {});
    ~ServiceFixture();  // exit code 0, silence of the log about patients

    testing::RunningService& service() { return service_; }
    HttpConnection connect() { return HttpConnection(service_.port()); }

    // On a connection of its own. Every answer: a correlation id of its own, nosniff, CORS; an error: an
    // OperationOutcome that repeats nothing of a patient.
    HttpAnswer ask(std::string_view method, std::string_view target, const HeaderLines& headers = {},
                   std::string_view body = "");
    HttpAnswer get(std::string_view target) { return ask("GET", target); }
    HttpAnswer judged(HttpAnswer answer);

    // POST to the service of a hook. The cards of a 200 must have the form of CDS Hooks 2.0.1.
    HttpAnswer view(const std::string& body) { return call("patient-view", body); }
    HttpAnswer select(const std::string& body) { return call("order-select", body); }
    HttpAnswer sign(const std::string& body) { return call("order-sign", body); }
    HttpAnswer call(std::string_view hook, const std::string& body);

private:
    testing::RunningService service_;
    std::set<std::string> correlation_ids_;
};

}  // namespace rectal_cds::blackbox
