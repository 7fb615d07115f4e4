#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <stdexcept>

#include "base/version.hpp"
#include "commands.hpp"
#include "http/listen_address.hpp"
#include "http/server.hpp"
#include "json/writer.hpp"
#include "knowledge_folder.hpp"
#include "service/endpoints.hpp"
#include "wording_options.hpp"

namespace rectal_cds {

namespace {

// One JSON object a line on standard error; spdlog adds nothing, for it does not escape.
void start_log(const std::string& level) {
    auto logger = spdlog::stderr_logger_mt("rectal-cds");
    logger->set_pattern("%v");
    logger->set_level(spdlog::level::from_str(level));
    spdlog::set_default_logger(logger);
}

std::string time_now() {
    const auto now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    const auto day = std::chrono::floor<std::chrono::days>(now);
    const std::chrono::hh_mm_ss time{now - day};
    char text[32];
    std::snprintf(text, sizeof text, "T%02d:%02d:%02d.%03dZ", static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                  static_cast<int>(time.seconds().count()), static_cast<int>(time.subseconds().count()));
    return base::iso(day) + text;
}

void log_answer(const service::Answered& answered) {
    json::Writer line;
    line.begin_object().member("time", time_now()).member("event", "answered").member("route", answered.route);
    line.member("status", answered.status).member("cards", answered.cards).member("microseconds", answered.duration.count());
    line.member("correlationId", answered.correlation_id).end_object();
    spdlog::info(line.take());
}

cdshooks::Seed random_seed() {
    cdshooks::Seed seed;
    if (getentropy(&seed, sizeof seed) != 0) throw std::runtime_error("the system gives no random numbers");
    return seed;
}

// Testing flags and missing authentication are for this machine only, unless --sandbox says otherwise.
bool may_start(const ServeOptions& options, const http::ListenAddress& where) {
    if (where.is_loopback || options.sandbox) return true;
    std::fprintf(stderr,
                 "%s would be reachable from other machines, and this service does not authenticate its callers yet.\n"
                 "Listen on 127.0.0.1, or accept that with --sandbox.\n",
                 options.listen.c_str());
    return false;
}

void announce(const ServeOptions& options, const fhir::Knowledge& knowledge, const std::string& base_url) {
    std::printf("rectal-cds %s, content %s of %s: draft, not reviewed by a clinician. Not a medical device.\n", std::string(base::program_version).c_str(),
                knowledge.version.c_str(), base::iso(knowledge.date).c_str());
    std::printf("SANDBOX MODE: no caller is authenticated.%s\n", options.sandbox ? " Calls from other machines are accepted." : " Only this machine can call.");
    if (options.today) std::printf("TEST CLOCK: today is %s for every call.\n", base::iso(*options.today).c_str());
    if (!options.fhir_server.empty()) std::printf("--fhir-server is noted and not contacted by this version: data come from prefetch alone.\n");
    if (!options.site.empty()) std::printf("Site %s: %zu codes, %zu orderable items.\n", options.site.c_str(), knowledge.site.codes, knowledge.site.orderables);
    std::printf("Discovery: %s/cds-services\n", base_url.c_str());
    for (const fhir::Service& service : knowledge.services) std::printf("  POST %s/cds-services/%s\n", base_url.c_str(), service.id.c_str());
    std::fflush(stdout);
}

service::EndpointOptions endpoint_options(const ServeOptions& options) {
    service::EndpointOptions endpoints;
    endpoints.today = [fixed = options.today] { return fixed.value_or(today_utc()); };
    endpoints.seed = random_seed;
    endpoints.on_answered = log_answer;
    endpoints.version = base::program_version;
    endpoints.audience = audience_settings(options.wording);
    endpoints.wire = wire_settings(options.wording);
    return endpoints;
}

}  // namespace

base::Day today_utc() { return std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()); }

int serve(const ServeOptions& options) {
    const auto where = http::parse_listen_address(options.listen);
    if (!where) return std::fprintf(stderr, "%s\n", in_words(where.error()).c_str()), 2;
    if (!may_start(options, where.value())) return 2;
    std::vector<base::Error> errors;
    const fhir::Knowledge knowledge = load_knowledge(options.knowledge, errors, options.site);
    for (const base::Error& error : errors) std::fprintf(stderr, "%s\n", in_words(error).c_str());
    if (!errors.empty()) return 2;

    start_log(options.log_level);
    const service::Endpoints endpoints(knowledge, endpoint_options(options));
    http::ServerOptions server_options;
    server_options.address = where.value().address, server_options.port = where.value().port;
    server_options.threads = options.threads;
    server_options.max_body_bytes = options.max_body_bytes, server_options.max_connections = options.max_connections;
    server_options.refusal_headers = service::cors_headers();
    server_options.stops_on_signals = true;
    http::Server server(server_options, [&](http::Request request, const http::Respond& respond) { respond(endpoints.answer(std::move(request))); });
    if (const auto listening = server.listen(); !listening) return std::fprintf(stderr, "%s\n", in_words(listening.error()).c_str()), 2;

    const bool v6 = where.value().address.find(':') != std::string::npos;
    announce(options, knowledge, "http://" + (v6 ? "[" + where.value().address + "]" : where.value().address) + ":" + std::to_string(server.port()));
    server.run();
    std::printf("Stopped: every request that had begun was answered.\n");
    return 0;
}

}  // namespace rectal_cds
