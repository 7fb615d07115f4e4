#include "conformance/service.hpp"

#include <boost/test/unit_test.hpp>

#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "conformance/clients.hpp"
#include "support/real_knowledge.hpp"
#include "json/document.hpp"

namespace rectal_cds::conformance {

using json::Document;
using json::Value;

namespace {

JudgedBodies judged_so_far;

std::map<std::string, std::unique_ptr<Service>>& services() {
    static std::map<std::string, std::unique_ptr<Service>> running;
    return running;
}

void expect_no_secret(const std::string& all, const char* where) {
    const std::string text = testing::without_random_ids(all);
    for (const std::string& secret : secrets())
        BOOST_TEST(text.find(secret) == std::string::npos,
                   where << " tells a secret: " << secret << " in " << text.substr(0, 4000));
}

// K21: an OperationOutcome with at least one issue, no trace of the program's insides.
void expect_error_form(const HttpAnswer& answer) {
    ++judged_so_far.errors;
    BOOST_TEST(answer.header("Content-Type") == "application/json");
    const auto document = Document::parse(answer.body);
    BOOST_TEST_REQUIRE(document.ok(), "the body of an error is no JSON: " << answer.body);
    const Value root = document.value().root(), issue = root["issue"].at(0);
    BOOST_TEST(root["resourceType"].text() == "OperationOutcome");
    BOOST_TEST(root["issue"].size() >= 1U);
    for (const char* member : {"severity", "code"})
        BOOST_TEST(!issue[member].text().empty(), member << " is missing in " << answer.body);
    for (const char* inside : {"std::", ".cpp", ".hpp", "0x", "terminate", "exception:"})
        BOOST_TEST(answer.body.find(inside) == std::string::npos, answer.body);
    expect_no_secret(answer.body, "the body of an error");
    if (answer.status == 401) BOOST_TEST(answer.header("WWW-Authenticate") == "Bearer");
}

void expect_log_form(const std::string& log) {
    std::istringstream lines(log);
    for (std::string line; std::getline(lines, line);)
        BOOST_TEST(Document::parse(line).ok(), "this log line is no JSON: " << line);
    expect_no_secret(log, "the log");
}

std::vector<std::string> command_line(const Configuration& configuration, const std::string& folder) {
    const auto& knowledge = configuration.knowledge;
    std::vector<std::string> flags{"--listen",    "127.0.0.1:0",
                                   "--log-level", "debug",
                                   "--knowledge", (knowledge.empty() ? testing::source_folder() : knowledge).string()};
    constexpr std::string_view placeholder = "{folder}";
    for (std::string flag : configuration.flags) {
        if (const auto at = flag.find(placeholder); at != std::string::npos)
            flag.replace(at, placeholder.size(), folder);
        flags.push_back(std::move(flag));
    }
    return flags;
}

}  // namespace

const std::vector<std::string>& secrets() {
    static const std::vector<std::string> strings = [] {
        std::vector<std::string> all = testing::patient_strings();
        all.insert(all.end(), {"ehr-token", "eyJ"});  // access tokens; every JWT begins so
        return all;
    }();
    return strings;
}

const JudgedBodies& judged_bodies() { return judged_so_far; }

Service::Service(Configuration configuration) : configuration_(std::move(configuration)) {
    for (const auto& [name, text] : configuration_.files) {
        std::ofstream(folder_.path() / name, std::ios::binary) << text;
        std::filesystem::permissions(folder_.path() / name,
                                     std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    }
    process_ =
        std::make_unique<testing::RunningService>(command_line(configuration_, folder_.path().string()),
                                                  testing::program(), folder_.path(), configuration_.becomes_ready);
}

std::string Service::path(std::string_view hook) const {
    const std::string id =
        configuration_.shared_id.empty() ? "rectal-cancer-" + std::string(hook) : configuration_.shared_id;
    return configuration_.base_path + '/' + id;
}

HttpAnswer Service::ask(std::string_view method, std::string_view target, const HeaderLines& headers,
                        std::string_view body) {
    HttpAnswer answer =
        judged(connect().send(testing::request_bytes(method, target, headers, body)).receive(method == "HEAD"));
    if (method == "GET") judge_discovery(target, answer);
    return answer;
}

// A discovery document has the form of the version of its address.
void Service::judge_discovery(std::string_view target, const HttpAnswer& answer) {
    const auto path = target.substr(0, target.find('?'));
    if (answer.status != 200 || answer.body.empty() || !path.ends_with("/cds-services")) return;
    ++judged_so_far.discoveries;
    const auto document = Document::parse(answer.body);
    BOOST_TEST_REQUIRE(document.ok(), "a discovery is no JSON: " << answer.body);
    Wire version = configuration_.caller.form.version;
    if (path == "/v1/cds-services") version = Wire::v1_0;
    if (path == "/v1.1/cds-services") version = Wire::v1_1;
    if (path == "/v2/cds-services") version = Wire::v2_0;
    if (path == "/v3/cds-services") version = Wire::v3_0;
    for (const std::string& breach : discovery_breaches(document.value().root(), version)) BOOST_ERROR(breach);
}

HttpAnswer Service::judged(HttpAnswer answer) {
    static std::set<std::string> correlation_ids;
    const std::string id = answer.header("X-Correlation-Id");
    BOOST_TEST(id.size() == 32U);
    BOOST_TEST(correlation_ids.insert(id).second, "two answers share a correlation id");
    BOOST_TEST(answer.header("X-Content-Type-Options") == "nosniff");
    const std::string origin = answer.header("Access-Control-Allow-Origin");
    BOOST_TEST((origin == "*") == configuration_.answers_any_origin, "Access-Control-Allow-Origin: " << origin);
    BOOST_TEST(answer.header("Access-Control-Allow-Credentials").empty());
    if (answer.status >= 400 && !answer.body.empty()) expect_error_form(answer);
    return answer;
}

HttpAnswer Service::post(const std::string& target, std::string_view body, const HeaderLines& more) {
    return post_as(configuration_.caller, target, body, more);
}

HttpAnswer Service::post_as(const Caller& caller, const std::string& target, std::string_view body,
                            const HeaderLines& more) {
    HeaderLines headers{{"Content-Type", "application/json"}};
    if (!caller.iss.empty()) headers.emplace_back("Authorization", configuration_.authorization(caller, target));
    headers.insert(headers.end(), more.begin(), more.end());
    HttpAnswer answer = ask("POST", target, headers, body);
    BOOST_TEST(answer.header("Cache-Control") == "no-store");
    if (!target.ends_with("/feedback")) return judged_cards(std::move(answer), caller.form);
    if (answer.status == 200) BOOST_TEST(answer.body.empty());
    return answer;
}

HttpAnswer Service::judged_cards(HttpAnswer answer, const WireForm& form) {
    if (answer.status != 200) return answer;
    ++judged_so_far.answers;
    BOOST_TEST(answer.header("Content-Type") == "application/json");
    const auto document = Document::parse(answer.body);
    BOOST_TEST_REQUIRE(document.ok(), "an answer is no JSON: " << answer.body);
    for (const std::string& breach : card_breaches(document.value().root(), form)) BOOST_ERROR("K00: " + breach);
    return answer;
}

void Service::stop() {
    if (is_stopped_) return;
    is_stopped_ = true;
    BOOST_TEST((process_->has_ended() ? process_->wait() : process_->stop()) == 0, process_->err());
    expect_log_form(process_->err());
    expect_no_secret(process_->out(), "the standard output");
}

Service& running(const std::string& name, const std::function<Configuration()>& configure) {
    const auto found = services().find(name);
    if (found != services().end()) return *found->second;
    return *services().emplace(name, std::make_unique<Service>(configure())).first->second;
}

Service& sandbox() {
    return running("sandbox", [] {
        Configuration configuration;
        configuration.flags = {"--today", example_day};
        return configuration;
    });
}

StopsServices::~StopsServices() {
    for (const auto& [name, service] : services()) service->stop();
    services().clear();
    end_ehr();
}

}  // namespace rectal_cds::conformance
