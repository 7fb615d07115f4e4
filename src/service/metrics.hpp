// What is counted, and GET /metrics in the text format of Prometheus (names: reliability.md 5). Label values come from
// closed lists only: routes, services, recommendations, reasons and the names of registered clients; never a patient, a
// user, a card or an address.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace rectal_cds::service {

// Safe to use from several threads.
class Metrics {
public:
    explicit Metrics(std::string_view program_version);
    ~Metrics();
    Metrics(const Metrics&) = delete;
    Metrics& operator=(const Metrics&) = delete;

    void answered(const std::string& method, const std::string& route, int status, std::chrono::microseconds duration);
    std::shared_ptr<void> begun();  // a request is active while this lives
    void evaluated(const std::string& service, const std::string& hook, const std::string& client, const std::string& result);
    void fired(const std::string& recommendation, const std::string& version, const std::string& indicator);
    void not_assessed(const std::string& recommendation, const std::string& reason);
    void fetched(const std::string& client, const std::string& result, std::chrono::microseconds duration);
    void deadline_exceeded(const std::string& stage);  // "fetch", "judge", "answer"
    void shed(const std::string& reason, const std::string& call);
    void override_reason(const std::string& code);
    void input_state(const std::string& input, const std::string& state);
    void patient_mismatch();
    void auth_failed(const std::string& reason);
    void fhir_server_not_allowed(const std::string& client);
    void feedback(const std::string& outcome, const std::string& result);
    void reloaded(const std::string& what, bool successful, std::chrono::system_clock::time_point when);
    void content(const std::string& version, const std::string& hash);

    // A number that somebody else keeps: read at each scrape. `name` ends in _total for what only grows.
    void watch(const std::string& name, const std::string& help, std::function<double()> read);
    void watch(const std::string& name, const std::string& help, const std::string& label, const std::string& value,
               std::function<double()> read);

    // The same under values that come to be known meanwhile.
    void watch_each(const std::string& name, const std::string& help, const std::string& label,
                    std::function<std::map<std::string, double>()> read);

    std::string text() const;

private:
    struct Families;
    std::unique_ptr<Families> families_;
};

}  // namespace rectal_cds::service
