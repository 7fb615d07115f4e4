#include "service/metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <atomic>
#include <mutex>
#include <utility>
#include <vector>

#include "auth/refusal.hpp"

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
    std::string label{};  // with read_each
    std::function<std::map<std::string, double>()> read_each{};
};

}  // namespace

struct Metrics::Families {
    prometheus::Registry registry;
    Histograms& requests = prometheus::BuildHistogram()
                               .Name("http_server_request_duration_seconds")
                               .Help("Answers, by method, route and status")
                               .Register(registry);
    Histograms& fetches = prometheus::BuildHistogram()
                              .Name("http_client_request_duration_seconds")
                              .Help("Requests to FHIR servers, by client and result")
                              .Register(registry);
    Counters& deadlines = counters(registry, "cds_deadline_exceeded_total", "Calls that a deadline cut short, by stage");
    Counters& sheddings = counters(registry, "cds_shed_total", "Calls refused because there were too many, by reason and kind");
    Counters& override_reasons = counters(registry, "cds_override_reason_total", "Stored overrides, by the reason given");
    prometheus::Counter& replays = counters(registry, "cds_jti_replays_total", "Tokens refused because they were used before").Add({});
    Counters& evaluations = counters(registry, "cds_evaluations_total", "Hook calls, by service, hook, client and result");
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
    const std::shared_ptr<std::atomic<int>> active = std::make_shared<std::atomic<int>>(0);
    mutable std::mutex mutex;  // of what follows
    prometheus::Gauge* version_in_use = nullptr;
    std::vector<Watched> watched;
};

Metrics::Metrics(std::string_view program_version) : families_(std::make_unique<Families>()) {
    gauges(families_->registry, "build_info", "The version of the program").Add({{"version", std::string(program_version)}}).Set(1);
    watch("http_server_active_requests", "Requests that are being answered", [active = families_->active] { return static_cast<double>(*active); });
}
Metrics::~Metrics() = default;

void Metrics::answered(const std::string& method, const std::string& route, int status, std::chrono::microseconds duration) {
    const Labels labels{{"method", method}, {"route", route}, {"status", std::to_string(status)}};
    families_->requests.Add(labels, duration_buckets).Observe(std::chrono::duration<double>(duration).count());
}

std::shared_ptr<void> Metrics::begun() {
    ++*families_->active;
    return {nullptr, [active = families_->active](void*) { --*active; }};
}

void Metrics::evaluated(const std::string& service, const std::string& hook, const std::string& client, const std::string& result) {
    families_->evaluations.Add({{"service", service}, {"hook", hook}, {"client", client}, {"result", result}}).Increment();
}

void Metrics::fired(const std::string& recommendation, const std::string& version, const std::string& indicator) {
    families_->rules_fired.Add({{"rule", recommendation}, {"version", version}, {"indicator", indicator}}).Increment();
}

void Metrics::not_assessed(const std::string& recommendation, const std::string& reason) {
    families_->rules_not_assessed.Add({{"rule", recommendation}, {"reason", reason}}).Increment();
}

void Metrics::fetched(const std::string& client, const std::string& result, std::chrono::microseconds duration) {
    families_->fetches.Add({{"peer", client}, {"result", result}}, duration_buckets).Observe(std::chrono::duration<double>(duration).count());
}

void Metrics::deadline_exceeded(const std::string& stage) { families_->deadlines.Add({{"stage", stage}}).Increment(); }

void Metrics::shed(const std::string& reason, const std::string& call) { families_->sheddings.Add({{"reason", reason}, {"call", call}}).Increment(); }

void Metrics::override_reason(const std::string& code) { families_->override_reasons.Add({{"reason", code}}).Increment(); }

void Metrics::input_state(const std::string& input, const std::string& state) {
    families_->input_states.Add({{"input", input}, {"state", state}}).Increment();
}

void Metrics::patient_mismatch() { families_->mismatches.Increment(); }

void Metrics::auth_failed(const std::string& reason) {
    families_->auth_failures.Add({{"reason", reason}}).Increment();
    if (reason == auth::name(auth::Refusal::replayed)) families_->replays.Increment();
}

void Metrics::fhir_server_not_allowed(const std::string& client) { families_->servers_refused.Add({{"client", client}}).Increment(); }

void Metrics::feedback(const std::string& outcome, const std::string& result) {
    families_->feedback_items.Add({{"outcome", outcome}, {"result", result}}).Increment();
}

void Metrics::reloaded(const std::string& what, bool successful, std::chrono::system_clock::time_point when) {
    families_->reload_results.Add({{"what", what}}).Set(successful ? 1 : 0);
    if (successful) families_->reload_times.Add({{"what", what}}).Set(seconds_of(when));
}

void Metrics::content(const std::string& version, const std::string& hash) {
    const std::lock_guard lock(families_->mutex);
    if (families_->version_in_use) families_->knowledge.Remove(families_->version_in_use);
    families_->version_in_use = &families_->knowledge.Add({{"version", version}, {"hash", hash}});
    families_->version_in_use->Set(1);
}

void Metrics::watch(const std::string& name, const std::string& help, std::function<double()> read) {
    const std::lock_guard lock(families_->mutex);
    families_->watched.push_back({name, help, {}, std::move(read), {}, {}});
}

void Metrics::watch(const std::string& name, const std::string& help, const std::string& label, const std::string& value,
                    std::function<double()> read) {
    const std::lock_guard lock(families_->mutex);
    families_->watched.push_back({name, help, {{label, value}}, std::move(read), {}, {}});
}

void Metrics::watch_each(const std::string& name, const std::string& help, const std::string& label,
                         std::function<std::map<std::string, double>()> read) {
    const std::lock_guard lock(families_->mutex);
    families_->watched.push_back({name, help, {}, nullptr, label, std::move(read)});
}

std::string Metrics::text() const {
    std::vector<prometheus::MetricFamily> collected = families_->registry.Collect();
    const std::lock_guard lock(families_->mutex);
    for (const Watched& each : families_->watched) {
        const bool counts = each.name.ends_with("_total");
        if (collected.empty() || collected.back().name != each.name) {
            collected.push_back({each.name, each.help, counts ? prometheus::MetricType::Counter : prometheus::MetricType::Gauge, {}});
        }
        const auto add = [&](const Labels& labels, double number) {
            prometheus::ClientMetric metric;
            for (const auto& [label, value] : labels) metric.label.push_back({label, value});
            (counts ? metric.counter.value : metric.gauge.value) = number;
            collected.back().metric.push_back(std::move(metric));
        };
        if (each.read) add(each.labels, each.read());
        else for (const auto& [value, number] : each.read_each()) add({{each.label, value}}, number);
    }
    return prometheus::TextSerializer{}.Serialize(collected);
}

}  // namespace rectal_cds::service
