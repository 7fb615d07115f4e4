#include "service/metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <mutex>
#include <utility>
#include <vector>

namespace rectal_cds::service {

namespace {

using prometheus::Labels;
using Counters = prometheus::Family<prometheus::Counter>;
using Gauges = prometheus::Family<prometheus::Gauge>;
using Histograms = prometheus::Family<prometheus::Histogram>;

// The buckets that OpenTelemetry advises for HTTP, in seconds.
const prometheus::Histogram::BucketBoundaries duration_buckets{0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10};

Counters& counters(prometheus::Registry& registry, const char* name, const char* help) {
    return prometheus::BuildCounter().Name(name).Help(help).Register(registry);
}

Gauges& gauges(prometheus::Registry& registry, const char* name, const char* help) {
    return prometheus::BuildGauge().Name(name).Help(help).Register(registry);
}

double seconds_of(std::chrono::system_clock::time_point when) {
    return std::chrono::duration<double>(when.time_since_epoch()).count();
}

struct Watched {
    std::string name, help;
    Labels labels;
    std::function<double()> read;
};

}  // namespace

struct Metrics::Families {
    prometheus::Registry registry;
    Histograms& requests = prometheus::BuildHistogram()
                               .Name("http_server_request_duration_seconds")
                               .Help("Answers, by method, route and status")
                               .Register(registry);
    Counters& evaluations = counters(registry, "cds_evaluations_total", "Hook calls, by service, client and result");
    Counters& rules_fired = counters(registry, "cds_rule_fired_total", "Recommendations that fired, by indicator");
    Counters& rules_not_assessed = counters(registry, "cds_rule_not_assessed_total", "Recommendations that could not be assessed");
    Counters& input_states = counters(registry, "cds_input_state_total", "Inputs of hook calls, by state");
    prometheus::Counter& mismatches = counters(registry, "cds_patient_mismatch_total", "Calls with data of another patient").Add({});
    Counters& auth_failures = counters(registry, "cds_auth_failures_total", "Tokens refused, by reason");
    Counters& servers_refused = counters(registry, "cds_fhir_server_not_allowed_total", "Calls that named a FHIR server not registered for the client");
    Counters& feedback_items = counters(registry, "cds_feedback_total", "Items of feedback, by outcome and result");
    Gauges& reload_results = gauges(registry, "cds_config_last_reload_successful", "1 when the last reload was taken over");
    Gauges& reload_times = gauges(registry, "cds_config_last_reload_success_timestamp_seconds", "When the last reload was taken over");
    Gauges& knowledge = gauges(registry, "cds_knowledge_info", "The version of the content in use");
    mutable std::mutex mutex;  // of what follows
    prometheus::Gauge* version_in_use = nullptr;
    std::vector<Watched> watched;
};

Metrics::Metrics(std::string_view program_version) : families_(std::make_unique<Families>()) {
    gauges(families_->registry, "build_info", "The version of the program").Add({{"version", std::string(program_version)}}).Set(1);
}
Metrics::~Metrics() = default;

void Metrics::answered(const std::string& method, const std::string& route, int status, std::chrono::microseconds duration) {
    const Labels labels{{"method", method}, {"route", route}, {"status", std::to_string(status)}};
    families_->requests.Add(labels, duration_buckets).Observe(std::chrono::duration<double>(duration).count());
}

void Metrics::evaluated(const std::string& service, const std::string& client, const std::string& result) {
    families_->evaluations.Add({{"service", service}, {"client", client}, {"result", result}}).Increment();
}

void Metrics::fired(const std::string& recommendation, const std::string& indicator) {
    families_->rules_fired.Add({{"rule", recommendation}, {"indicator", indicator}}).Increment();
}

void Metrics::not_assessed(const std::string& recommendation) { families_->rules_not_assessed.Add({{"rule", recommendation}}).Increment(); }

void Metrics::input_state(const std::string& input, const std::string& state) {
    families_->input_states.Add({{"input", input}, {"state", state}}).Increment();
}

void Metrics::patient_mismatch() { families_->mismatches.Increment(); }

void Metrics::auth_failed(const std::string& reason) { families_->auth_failures.Add({{"reason", reason}}).Increment(); }

void Metrics::fhir_server_not_allowed(const std::string& client) { families_->servers_refused.Add({{"client", client}}).Increment(); }

void Metrics::feedback(const std::string& outcome, const std::string& result) {
    families_->feedback_items.Add({{"outcome", outcome}, {"result", result}}).Increment();
}

void Metrics::reloaded(const std::string& what, bool successful, std::chrono::system_clock::time_point when) {
    families_->reload_results.Add({{"what", what}}).Set(successful ? 1 : 0);
    if (successful) families_->reload_times.Add({{"what", what}}).Set(seconds_of(when));
}

void Metrics::content(const std::string& version) {
    const std::lock_guard lock(families_->mutex);
    if (families_->version_in_use) families_->knowledge.Remove(families_->version_in_use);
    families_->version_in_use = &families_->knowledge.Add({{"version", version}});
    families_->version_in_use->Set(1);
}

void Metrics::watch(const std::string& name, const std::string& help, std::function<double()> read) {
    const std::lock_guard lock(families_->mutex);
    families_->watched.push_back({name, help, {}, std::move(read)});
}

void Metrics::watch(const std::string& name, const std::string& help, const std::string& label, const std::string& value,
                    std::function<double()> read) {
    const std::lock_guard lock(families_->mutex);
    families_->watched.push_back({name, help, {{label, value}}, std::move(read)});
}

std::string Metrics::text() const {
    std::vector<prometheus::MetricFamily> collected = families_->registry.Collect();
    const std::lock_guard lock(families_->mutex);
    for (const Watched& each : families_->watched) {
        const bool counts = each.name.ends_with("_total");
        if (collected.empty() || collected.back().name != each.name) {
            collected.push_back({each.name, each.help, counts ? prometheus::MetricType::Counter : prometheus::MetricType::Gauge, {}});
        }
        prometheus::ClientMetric metric;
        for (const auto& [label, value] : each.labels) metric.label.push_back({label, value});
        (counts ? metric.counter.value : metric.gauge.value) = each.read();
        collected.back().metric.push_back(std::move(metric));
    }
    return prometheus::TextSerializer{}.Serialize(collected);
}

}  // namespace rectal_cds::service
