// The numbers that the parts of a running service keep themselves, read at each scrape.
#include <chrono>

#include "deployment.hpp"
#include "process_metrics.hpp"

namespace rectal_cds {

void Deployment::watch_counters() {
    for (std::size_t i = 0; i < fetch::failure_kinds; ++i) {
        metrics_.watch("cds_fhir_fetch_total", "Queries to FHIR servers, by result", "result",
                       cdshooks::name(static_cast<cdshooks::FetchFailure>(i)),
                       [this, i] { return static_cast<double>(reader_->counts().fetches[i]); });
    }
    metrics_.watch("cds_fhir_fetch_retries_total", "Queries that were asked again",
                   [this] { return static_cast<double>(reader_->counts().retries); });
    const char* const keys = "Fetches of clients' keys, by result";
    metrics_.watch("cds_jwks_refresh_total", keys, "result", "ok",
                   [this] { return static_cast<double>(keys_->counts().fetches - keys_->counts().failures); });
    metrics_.watch("cds_jwks_refresh_total", keys, "result", "failed",
                   [this] { return static_cast<double>(keys_->counts().failures); });
    metrics_.watch("cds_store_up", "1 while the store takes what is written",
                   [this] { return store_->health().up ? 1.0 : 0.0; });
    metrics_.watch("cds_store_answers_dropped_total", "Issued answers that were not recorded",
                   [this] { return static_cast<double>(store_->health().answers_dropped); });
    metrics_.watch_each("cds_rule_overridden_total", "Stored overrides of cards, by recommendation", "rule", [this] {
        std::map<std::string, double> overridden;
        for (const auto& [recommendation, count] : store_->health().overridden)
            overridden[recommendation] = static_cast<double>(count);
        return overridden;
    });
    metrics_.watch("cds_work_waiting", "Calls whose fetched data wait to be judged",
                   [this] { return static_cast<double>(work_->waiting()); });
    metrics_.watch("cds_work_waiting_bytes", "What was fetched for calls that wait to be judged",
                   [this] { return static_cast<double>(work_->waiting_bytes()); });
    metrics_.watch("cds_knowledge_age_days", "Days since the date of the content", [this, today = clocks().today] {
        return static_cast<double>((today() - content()->knowledge.date).count());
    });
    metrics_.watch("cds_clock_jumps_total", "Jumps of the wall clock by more than five minutes", [this] {
        look_at_clock();  // also where nobody asks for readiness
        return static_cast<double>(clock_watch_.jumps());
    });
    watch_process(metrics_);
}

// A clock that is fixed for tests is believed.
const char* Deployment::look_at_clock() {
    if (options_.today || options_.now) return nullptr;
    return clock_watch_.look(std::chrono::system_clock::now(), std::chrono::steady_clock::now(),
                             content()->knowledge.date);
}

}  // namespace rectal_cds
