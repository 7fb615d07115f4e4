// What GET /metrics says.
#include "service/metrics.hpp"

#include <boost/test/unit_test.hpp>

#include <sstream>

using rectal_cds::service::Metrics;

namespace {

bool has_line(const std::string& text, const std::string& wanted) {
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        if (line == wanted) return true;
    }
    return false;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(the_metrics)

BOOST_AUTO_TEST_CASE(count_what_happened_under_closed_labels) {
    Metrics metrics("1.2.3");
    metrics.fired("anti-egfr-ras-mutant", "1.0.0", "critical");
    metrics.fired("anti-egfr-ras-mutant", "1.0.0", "critical");
    metrics.patient_mismatch();
    const std::string text = metrics.text();
    BOOST_TEST(has_line(text, "cds_rule_fired_total{indicator=\"critical\",rule=\"anti-egfr-ras-mutant\",version=\"1.0.0\"} 2"), text);
    BOOST_TEST(has_line(text, "cds_patient_mismatch_total 1"));
    BOOST_TEST(has_line(text, "build_info{version=\"1.2.3\"} 1"));
}

BOOST_AUTO_TEST_CASE(name_only_the_content_in_use) {
    Metrics metrics("1");
    metrics.content("1.0.0", "aa");
    metrics.content("1.1.0", "bb");
    const std::string text = metrics.text();
    BOOST_TEST(has_line(text, "cds_knowledge_info{hash=\"bb\",version=\"1.1.0\"} 1"));
    BOOST_TEST(text.find("version=\"1.0.0\"") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(read_watched_numbers_at_each_scrape) {
    Metrics metrics("1");
    double fetches = 3;
    metrics.watch("cds_fhir_fetch_total", "Queries", "result", "none", [&] { return fetches; });
    metrics.watch("cds_fhir_fetch_total", "Queries", "result", "timed_out", [] { return 1.0; });
    metrics.watch("cds_store_up", "Store", [] { return 0.0; });
    fetches = 4;
    const std::string text = metrics.text();
    BOOST_TEST(has_line(text, "# TYPE cds_fhir_fetch_total counter"));
    BOOST_TEST(has_line(text, "cds_fhir_fetch_total{result=\"none\"} 4"), text);
    BOOST_TEST(has_line(text, "cds_fhir_fetch_total{result=\"timed_out\"} 1"));
    BOOST_TEST(has_line(text, "# TYPE cds_store_up gauge"));
    BOOST_TEST(has_line(text, "cds_store_up 0"));
}

BOOST_AUTO_TEST_CASE(count_requests_while_they_are_active_and_replays_beside_their_reason) {
    Metrics metrics("1");
    {
        const auto first = metrics.begun(), second = metrics.begun();
        BOOST_TEST(has_line(metrics.text(), "http_server_active_requests 2"));
    }
    BOOST_TEST(has_line(metrics.text(), "http_server_active_requests 0"));
    metrics.auth_failed("expired");
    BOOST_TEST(has_line(metrics.text(), "cds_jti_replays_total 0"));
    metrics.auth_failed("replayed");
    BOOST_TEST(has_line(metrics.text(), "cds_jti_replays_total 1"));
}

BOOST_AUTO_TEST_CASE(read_families_whose_labels_come_later) {
    Metrics metrics("1");
    std::map<std::string, double> overridden;
    metrics.watch_each("cds_rule_overridden_total", "Overrides", "rule", [&] { return overridden; });
    BOOST_TEST(metrics.text().find("cds_rule_overridden_total{") == std::string::npos);
    overridden["a"] = 2;
    BOOST_TEST(has_line(metrics.text(), "cds_rule_overridden_total{rule=\"a\"} 2"), metrics.text());
}

BOOST_AUTO_TEST_CASE(keep_the_last_result_of_each_reload) {
    Metrics metrics("1");
    metrics.reloaded("knowledge", true, std::chrono::system_clock::time_point(std::chrono::seconds(1000)));
    metrics.reloaded("knowledge", false, std::chrono::system_clock::time_point(std::chrono::seconds(2000)));
    const std::string text = metrics.text();
    BOOST_TEST(has_line(text, "cds_config_last_reload_successful{what=\"knowledge\"} 0"));
    BOOST_TEST(has_line(text, "cds_config_last_reload_success_timestamp_seconds{what=\"knowledge\"} 1000"), text);
}

BOOST_AUTO_TEST_SUITE_END()
