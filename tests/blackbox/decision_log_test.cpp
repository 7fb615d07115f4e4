// How a call can be followed (reliability.md 5; T113, row N07): its trace, and the log of decisions by hookInstance.
#include <boost/test/unit_test.hpp>

#include <signal.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <regex>
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
namespace fs = std::filesystem;

namespace {

const std::string sign_path = "/cds-services/rectal-cancer-order-sign";
const std::string view_path = "/cds-services/rectal-cancer-patient-view";

bool says(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

HttpAnswer post(std::uint16_t port, const std::string& path, const std::string& body, HeaderLines headers = {}) {
    headers.emplace_back("Content-Type", "application/json");
    return HttpConnection(port).send(request_bytes("POST", path, headers, body)).receive();
}

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

std::string file_text(const fs::path& file) {
    std::ifstream stream(file);
    return {std::istreambuf_iterator<char>(stream), {}};
}

// Waits until the file holds so many lines.
std::string await_lines(const fs::path& file, long count) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    std::string text;
    while (std::count(text.begin(), text.end(), '\n') < count && std::chrono::steady_clock::now() < end) {
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
        text = file_text(file);
    }
    return text;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(following_a_call)

BOOST_AUTO_TEST_CASE(a_call_goes_on_with_its_callers_trace_and_the_log_names_it) {
    RunningService service(test_flags({}));
    const std::string id = "4bf92f3577b34da6a3ce929d0e0e4736";
    const HttpAnswer traced =
        post(service.port(), sign_path, order_sign(),
             {{"traceparent", "00-" + id + "-00f067aa0ba902b7-01"}, {"tracestate", "canary=pat-022"}});
    BOOST_TEST(std::regex_match(traced.header("traceparent"), std::regex("00-" + id + "-[0-9a-f]{16}-01")),
               traced.header("traceparent"));
    BOOST_TEST(!says(traced.header("traceparent"), "00f067aa0ba902b7"));
    BOOST_TEST(traced.header("tracestate").empty());
    const HttpAnswer untraced = post(service.port(), sign_path, order_sign(),
                                     {{"traceparent", "00-" + std::string(32, '0') + "-00f067aa0ba902b7-01"}});
    BOOST_TEST(untraced.header("traceparent").empty());
    BOOST_TEST(service.stop() == 0);
    BOOST_TEST(says(service.err(), "\"traceId\":\"" + id + "\""));
    BOOST_TEST(!says(service.err(), "canary"));
}

BOOST_AUTO_TEST_CASE(the_log_of_decisions_says_why_by_hook_instance_and_nothing_of_the_patient) {
    const TemporaryFolder folder;
    const fs::path file = folder.path() / "decisions.ndjson", moved = folder.path() / "decisions.ndjson.1";
    RunningService service(test_flags({"--decision-log", file.string()}));
    const std::string instance = "6a1f5e52-6a0e-4b36-9d0e-2f6f5a1d9c11", empty = "7a1f5e52-6a0e-4b36-9d0e-2f6f5a1d9c11";
    BOOST_TEST(post(service.port(), sign_path, with(order_sign(), "/hookInstance", '"' + instance + '"')).status ==
               200);
    BOOST_TEST(post(service.port(), sign_path, "{").status == 400);  // judged by nobody
    await_lines(file, 1);
    fs::rename(file, moved);
    service.signal(SIGHUP);
    while (!fs::exists(file)) std::this_thread::sleep_for(std::chrono::milliseconds(2));
    const std::string request = with(with(patient_view(), "/hookInstance", '"' + empty + '"'), "/prefetch/conditions",
                                     R"({"resourceType":"Bundle","type":"searchset","total":0})");
    BOOST_TEST(post(service.port(), view_path, request).body == R"({"cards":[]})");
    await_lines(file, 1);
    BOOST_TEST(service.stop() == 0);

    const std::string text = file_text(moved) + file_text(file);
    const Lines lines(text);
    BOOST_TEST_REQUIRE(lines.all.size() == 2U, text);
    const json::Value first = lines.all[0].root(), second = lines.all[1].root();
    BOOST_TEST(first["hookInstance"].text() == instance);
    BOOST_TEST(first["hook"].text() == "order-sign");
    BOOST_TEST(first["client"].text() == "sandbox");
    BOOST_TEST(!first["contentVersion"].text().empty());
    BOOST_TEST(first["fired"].at(0).text() == "anti-egfr-ras-mutant");
    BOOST_TEST(first["didNotFire"].size() > 10U);
    BOOST_TEST(!first["nothingShownBecause"].exists());
    BOOST_TEST(second["hookInstance"].text() == empty);
    BOOST_TEST(second["fired"].size() == 0U);
    BOOST_TEST(second["nothingShownBecause"].text() == "out_of_scope", text);
    BOOST_TEST(second["inputs"]["conditions"].text() == "empty", text);
    for (const std::string& patient : patient_strings()) BOOST_TEST(!says(without_random_ids(text), patient), patient);
    BOOST_TEST(((fs::status(file).permissions() & (fs::perms::group_all | fs::perms::others_all)) == fs::perms::none));
}

BOOST_AUTO_TEST_CASE(a_log_of_decisions_that_cannot_be_opened_anew_goes_on_in_the_old_file) {
    const TemporaryFolder folder;
    const fs::path file = folder.path() / "decisions.ndjson", moved = folder.path() / "decisions.ndjson.1";
    RunningService service(test_flags({"--decision-log", file.string()}));
    fs::rename(file, moved);
    fs::create_directory(file);  // no file can be opened there
    service.signal(SIGHUP);
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (!says(service.err(), "decision_log_not_reopened") && std::chrono::steady_clock::now() < end)
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    BOOST_TEST(post(service.port(), sign_path, order_sign()).status == 200);
    BOOST_TEST(says(await_lines(moved, 1), "anti-egfr-ras-mutant"));
    BOOST_TEST(service.stop() == 0);
    BOOST_TEST(says(service.err(), "decision_log_not_reopened"));
}

// T79: what is lost is told in the service's own log, and calls are answered.
BOOST_AUTO_TEST_CASE(a_log_of_decisions_on_standard_output_has_it_to_itself) {
    RunningService service(test_flags({"--decision-log", "-"}));
    BOOST_TEST(post(service.port(), sign_path, order_sign()).status == 200);
    BOOST_TEST(service.stop() == 0);
    BOOST_TEST(Lines(service.out()).all.size() == 1U, service.out());
    BOOST_TEST(says(service.err(), "Not a medical device."));
}

BOOST_AUTO_TEST_CASE(a_log_of_decisions_on_a_full_disk_costs_no_call_and_is_told) {
    RunningService service(test_flags({"--decision-log", "/dev/full"}));
    for (int i = 0; i < 3; ++i) BOOST_TEST(post(service.port(), sign_path, order_sign()).status == 200);
    BOOST_TEST(service.stop() == 0);
    const std::string log = service.err();
    BOOST_TEST(says(log, "\"event\":\"decision_log_not_written\""), log);
    BOOST_TEST(!says(log, "[***"), log);
}

BOOST_AUTO_TEST_CASE(a_log_of_decisions_that_cannot_be_written_is_refused) {
    const Finished finished = run({program().string(), "serve", "--listen", "127.0.0.1:0", "--decision-log",
                                   "/proc/nonexistent/decisions", "--knowledge", source_folder().string()},
                                  "", "/tmp");
    BOOST_TEST(finished.exit_code == 2);
    BOOST_TEST(says(finished.err, "--decision-log: "), finished.err);
}

BOOST_AUTO_TEST_SUITE_END()
