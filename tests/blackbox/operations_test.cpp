// What operators see (reliability.md 2.4 and 5; T112, row N04): the admin address, readiness while the service drains,
// and the metrics by name.
#include <boost/test/unit_test.hpp>

#include <signal.h>

#include <algorithm>
#include <chrono>
#include <regex>
#include <set>
#include <sstream>
#include <thread>

#include "blackbox/service_fixture.hpp"
#include "support/example_requests.hpp"
#include "support/http_client.hpp"
#include "support/real_knowledge.hpp"
#include "support/running_service.hpp"
#include "json/document.hpp"

using namespace rectal_cds;
using namespace rectal_cds::testing;
using blackbox::test_flags;

namespace {

const std::string sign_path = "/cds-services/rectal-cancer-order-sign";

bool says(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

HttpAnswer get(std::uint16_t port, std::string_view target, std::string_view method = "GET") {
    return HttpConnection(port).send(request_bytes(method, target)).receive(method == "HEAD");
}

HttpAnswer post(std::uint16_t port, const std::string& path, const std::string& body, HeaderLines headers = {}) {
    headers.emplace_back("Content-Type", "application/json");
    return HttpConnection(port).send(request_bytes("POST", path, headers, body)).receive();
}

// A service with an admin address of its own.
struct Administered {
    explicit Administered(std::vector<std::string> more = {})
        : service(started(std::move(more)), program(), "/", false), port(service.port()) {
        static const std::regex line(R"(Operations: http://127\.0\.0\.1:(\d+)/readyz)");
        std::smatch found;
        const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(30);
        std::string said = service.out();
        while (!std::regex_search(said, found, line)) {
            BOOST_TEST_REQUIRE((std::chrono::steady_clock::now() < end), said);
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
            said = service.out();
        }
        admin_port = static_cast<std::uint16_t>(std::stoul(found[1]));
        while (get(admin_port, "/readyz").status != 200 && std::chrono::steady_clock::now() < end) {
        }
    }
    static std::vector<std::string> started(std::vector<std::string> more) {
        more.insert(more.begin(), {"--admin-listen", "127.0.0.1:0"});
        return test_flags(more);
    }

    RunningService service;
    std::uint16_t port = 0, admin_port = 0;
};

struct Lines {
    std::vector<json::Document> all;
    explicit Lines(const std::string& text) {
        std::istringstream stream(text);
        for (std::string line; std::getline(stream, line);) {
            auto document = json::Document::parse(line);
            BOOST_TEST_REQUIRE(document.ok(), line);
            all.push_back(std::move(document).value());
        }
    }
};

std::set<std::string> families(const std::string& metrics) {
    std::set<std::string> names;
    std::istringstream stream(metrics);
    for (std::string line; std::getline(stream, line);) {
        if (line.starts_with("# TYPE ")) BOOST_TEST(names.insert(line.substr(7, line.find(' ', 7) - 7)).second, line);
    }
    return names;
}

double value_of(const std::string& metrics, const std::string& series) {
    const auto at = metrics.find("\n" + series + " ");
    return at == std::string::npos ? -1 : std::stod(metrics.substr(at + series.size() + 2));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(operations)

BOOST_AUTO_TEST_CASE(are_on_the_admin_address_alone_when_there_is_one) {
    Administered site;
    BOOST_TEST(get(site.admin_port, "/healthz").body == R"({"status":"alive"})");
    BOOST_TEST(says(get(site.admin_port, "/readyz").body, R"({"status":"ready","store":"up")"));
    BOOST_TEST(says(get(site.admin_port, "/metrics").body, "build_info{version="));
    const HttpAnswer version = get(site.admin_port, "/version");
    BOOST_TEST(says(version.body, R"("commit":")"), version.body);
    BOOST_TEST(std::regex_search(version.body, std::regex(R"("hash":"[0-9a-f]{16}")")), version.body);
    for (const char* target : {"/healthz", "/readyz", "/metrics", "/version"}) {
        BOOST_TEST(get(site.port, target).status == 404, target);
        BOOST_TEST(get(site.admin_port, target, "HEAD").status == 200, target);
        BOOST_TEST(post(site.admin_port, target, "{}").status == 405, target);
    }
    BOOST_TEST(post(site.admin_port, sign_path, "{}").status == 404);
    BOOST_TEST(get(site.admin_port, "/cds-services").status == 404);
    BOOST_TEST(post(site.port, sign_path, order_sign()).status == 200);
    BOOST_TEST(site.service.stop() == 0);
}

BOOST_AUTO_TEST_CASE(are_answered_however_many_hold_the_admin_address_with_heads_that_do_not_end) {
    Administered site;
    std::vector<HttpConnection> unfinished;
    for (int i = 0; i < 300; ++i) {
        unfinished.emplace_back(site.admin_port);
        unfinished.back().send("GET /healthz HTTP/1.1\r\nHost: x");
        if (i % 25 == 24) BOOST_TEST(get(site.admin_port, "/readyz").status == 200, i);
    }
    BOOST_TEST(get(site.admin_port, "/metrics").status == 200);
    BOOST_TEST(site.service.stop() == 0);
}

BOOST_AUTO_TEST_CASE(an_admin_address_that_cannot_be_had_is_refused_by_its_flag) {
    RunningService first(test_flags({}));
    const TemporaryFolder folder;
    for (const std::string& where :
         {std::string("nonsense"), std::string("127.0.0.1"), "127.0.0.1:" + std::to_string(first.port())}) {
        const Finished finished =
            run({program().string(), "serve", "--listen", "127.0.0.1:0", "--admin-listen", where, "--knowledge",
                 source_folder().string(), "--store", (folder.path() / "store.sqlite").string()});
        BOOST_TEST(finished.exit_code == 2);
        BOOST_TEST(says(finished.err, "--admin-listen: "), finished.err);
    }
}

BOOST_AUTO_TEST_CASE(readiness_says_draining_while_what_has_begun_is_finished) {
    Administered site;
    const std::string body = order_sign();
    HttpConnection in_flight(site.port);
    in_flight.send(
        "POST " + sign_path +
        " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: " +
        std::to_string(body.size()) + "\r\n\r\n");
    BOOST_TEST(in_flight.receive(true).status == 100);
    site.service.signal(SIGTERM);
    HttpAnswer readiness = get(site.admin_port, "/readyz");
    for (const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(5);
         readiness.status == 200 && std::chrono::steady_clock::now() < end;)
        readiness = get(site.admin_port, "/readyz");
    BOOST_TEST(readiness.status == 503);
    BOOST_TEST(says(readiness.body, "draining"), readiness.body);
    BOOST_TEST(get(site.admin_port, "/healthz").status == 200);
    BOOST_TEST(in_flight.send(body).receive().status == 200);
    BOOST_TEST(site.service.wait() == 0);
}

BOOST_AUTO_TEST_CASE(with_a_delay_calls_are_taken_while_readiness_says_draining) {
    Administered site({"--drain-delay-ms", "60000"});
    site.service.signal(SIGTERM);
    HttpAnswer readiness = get(site.admin_port, "/readyz");
    for (const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(5);
         readiness.status == 200 && std::chrono::steady_clock::now() < end;)
        readiness = get(site.admin_port, "/readyz");
    BOOST_TEST(says(readiness.body, "draining"), readiness.body);
    BOOST_TEST(post(site.port, sign_path, order_sign()).status == 200);  // on a new connection
    site.service.signal(SIGTERM);                                        // does not wait
    BOOST_TEST(site.service.wait() == 0);
}

BOOST_AUTO_TEST_CASE(a_second_sigterm_ends_at_once_and_what_was_acknowledged_is_stored) {
    RunningService service(test_flags({}));
    const auto card = json::Document::parse(post(service.port(), sign_path, order_sign()).body);
    BOOST_TEST_REQUIRE(card.ok());
    const std::string uuid(card.value().root()["cards"].at(0)["uuid"].text());
    const std::string overridden =
        R"({"feedback":[{"card":")" + uuid +
        R"(","outcome":"overridden","outcomeTimestamp":"2026-03-02T12:00:05Z","overrideReason":{"reason":{"code":"OR-MDT"}}}]})";
    BOOST_TEST(post(service.port(), sign_path + "/feedback", overridden).status == 200);
    HttpConnection never_ends(service.port());
    never_ends.send("POST " + sign_path +
                    " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{");
    service.signal(SIGTERM);
    while (accepts_connections(service.port())) std::this_thread::sleep_for(std::chrono::milliseconds(2));
    const auto begun = std::chrono::steady_clock::now();
    service.signal(SIGTERM);
    BOOST_TEST(service.wait() == 0);
    BOOST_TEST(
        (std::chrono::steady_clock::now() - begun < std::chrono::seconds(5)));  // the drain alone would take 10 s
    const Finished exported =
        run({program().string(), "feedback", "export", "--store", service.store().string(), "--format", "json"});
    BOOST_TEST(says(exported.out, uuid), exported.out + exported.err);
    const Finished audit = run({program().string(), "audit", "export", "--store", service.store().string()});
    BOOST_TEST(audit.exit_code == 0, audit.err);
    BOOST_TEST(Lines(audit.out).all.size() == 2U);
}

BOOST_AUTO_TEST_CASE(every_metric_of_the_specification_is_there_and_lint_clean) {
    RunningService service(test_flags({}));
    const HttpAnswer signing = post(service.port(), sign_path, order_sign());
    const auto answer = json::Document::parse(signing.body);
    const std::string uuid(answer.value().root()["cards"].at(0)["uuid"].text());
    const char* const failed = R"({"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"exception"}]})";
    BOOST_TEST(post(service.port(), sign_path, with(order_sign(), "/prefetch/observations", failed)).status == 200);
    const std::string overridden =
        R"({"feedback":[{"card":")" + uuid +
        R"(","outcome":"overridden","outcomeTimestamp":"2026-03-02T12:00:05Z","overrideReason":{"reason":{"code":"OR-MDT"}}}]})";
    for (int i = 0; i < 100; ++i) {  // the card is recorded after its answer was sent
        const auto feedback = post(service.port(), sign_path + "/feedback", overridden);
        BOOST_TEST(feedback.status == 200);
        if (says(get(service.port(), "/metrics").body, "cds_rule_overridden_total{rule=\"anti-egfr-ras-mutant\"} 1"))
            break;
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    const std::string metrics = get(service.port(), "/metrics").body;
    const auto names = families(metrics);
    for (const char* name : {"http_server_request_duration_seconds",
                             "http_server_active_requests",
                             "cds_evaluations_total",
                             "cds_rule_fired_total",
                             "cds_rule_not_assessed_total",
                             "cds_rule_overridden_total",
                             "cds_input_state_total",
                             "cds_patient_mismatch_total",
                             "cds_jti_replays_total",
                             "cds_jwks_refresh_total",
                             "cds_fhir_fetch_total",
                             "cds_feedback_total",
                             "cds_override_reason_total",
                             "cds_store_up",
                             "cds_config_last_reload_successful",
                             "cds_config_last_reload_success_timestamp_seconds",
                             "cds_knowledge_age_days",
                             "cds_knowledge_info",
                             "build_info",
                             "process_cpu_seconds_total",
                             "process_resident_memory_bytes",
                             "process_open_fds"})
        BOOST_TEST(names.contains(name), name);
    BOOST_TEST(
        value_of(metrics, "cds_evaluations_total{client=\"sandbox\",hook=\"order-sign\",result=\"cards\",service=\"" +
                              sign_path + "\"}") == 1,
        metrics);
    BOOST_TEST(says(metrics, "cds_rule_fired_total{indicator=\"critical\",rule=\"anti-egfr-ras-mutant\",version=\""));
    BOOST_TEST(says(metrics, "cds_rule_not_assessed_total{reason=\"unreadable\",rule=\""));
    BOOST_TEST(value_of(metrics, "cds_rule_overridden_total{rule=\"anti-egfr-ras-mutant\"}") == 1);
    BOOST_TEST(value_of(metrics, "cds_override_reason_total{reason=\"OR-MDT\"}") >= 1);
    BOOST_TEST(value_of(metrics, "http_server_active_requests") == 1);  // this scrape
    BOOST_TEST(value_of(metrics, "process_resident_memory_bytes") > 1e6);
    BOOST_TEST(value_of(metrics, "cds_config_last_reload_successful{what=\"knowledge\"}") == 1);
    for (const char* bound : {"0.005", "0.01", "0.025", "0.05", "0.075", "0.1", "0.25", "0.5", "0.75", "1", "2.5", "5",
                              "7.5", "10", "+Inf"})
        BOOST_TEST(says(metrics, "http_server_request_duration_seconds_bucket{method=\"POST\",route=\"" + sign_path +
                                     "\",status=\"200\",le=\"" + bound + "\"}"),
                   bound);
    const auto series = std::count(metrics.begin(), metrics.end(), '\n');
    BOOST_TEST(series < 2000);
    for (const std::string& patient : patient_strings()) BOOST_TEST(!says(metrics, patient), patient);
}

BOOST_AUTO_TEST_SUITE_END()
