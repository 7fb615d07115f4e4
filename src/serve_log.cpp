#include "serve_log.hpp"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <chrono>
#include <cstdio>

#include "base/date.hpp"
#include "json/writer.hpp"

namespace rectal_cds {

namespace {

void begin(json::Writer& line, const char* event) { line.begin_object().member("time", time_now()).member("event", event); }

void write_text(json::Writer& line, const char* name, const std::string& text) {
    if (!text.empty()) line.member(name, text);
}

void write_list(json::Writer& line, const char* name, const std::vector<std::string>& texts) {
    if (texts.empty()) return;
    line.key(name).begin_array();
    for (const std::string& text : texts) line.string(text);
    line.end_array();
}

// What was read of each input, and which recommendations came of it: enough to say why nothing was shown.
void write_decision(json::Writer& line, const service::Answered& answered) {
    if (answered.silent) line.member("silent", true);
    write_list(line, answered.silent ? "wouldShow" : "shown", answered.shown);
    write_list(line, answered.silent ? "wouldFold" : "folded", answered.folded);
    write_list(line, "suppressed", answered.suppressed);
    write_list(line, "notAssessed", answered.not_assessed);
    if (answered.inputs.empty()) return;
    line.key("inputs").begin_object();
    for (const auto& [input, state] : answered.inputs) line.member(input, state);
    line.end_object();
}

}  // namespace

std::string time_now() {
    const auto now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    const auto day = std::chrono::floor<std::chrono::days>(now);
    const std::chrono::hh_mm_ss time{now - day};
    char text[32];
    std::snprintf(text, sizeof text, "T%02d:%02d:%02d.%03dZ", static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                  static_cast<int>(time.seconds().count()), static_cast<int>(time.subseconds().count()));
    return base::iso(day) + text;
}

// spdlog adds nothing to the line, for it does not escape.
void start_log(const std::string& level) {
    auto logger = spdlog::stderr_logger_mt("rectal-cds");
    logger->set_pattern("%v");
    logger->set_level(spdlog::level::from_str(level));
    spdlog::set_default_logger(logger);
}

void log_answer(const service::Answered& answered) {
    if (!spdlog::should_log(spdlog::level::info)) return;
    json::Writer line;
    begin(line, "answered");
    const bool is_known = answered.route != "unknown";
    line.member("route", is_known ? answered.method + " " + answered.route : answered.route);
    line.member("status", answered.status).member("cards", answered.cards).member("microseconds", answered.duration.count());
    write_text(line, "client", answered.client);
    write_text(line, "hookInstance", answered.hook_instance);
    write_text(line, "reason", answered.reason);
    write_text(line, "obstacle", answered.obstacle);
    write_decision(line, answered);
    write_text(line, "traceId", answered.trace_id);
    line.member("correlationId", answered.correlation_id).end_object();
    spdlog::info(line.take());
}

void log_alarm(const service::Alarm& alarm) {
    json::Writer line;
    begin(line, alarm.name.c_str());
    write_text(line, "client", alarm.client);
    write_text(line, "reason", alarm.reason);
    write_text(line, "correlationId", alarm.correlation_id);
    spdlog::warn(line.end_object().take());
}

void log_reload(const std::string& what, const std::vector<std::string>& faults) {
    json::Writer line;
    begin(line, faults.empty() ? "reloaded" : "reload_refused");
    line.member("what", what);
    write_list(line, "faults", faults);
    line.end_object();
    if (faults.empty()) spdlog::info(line.take());
    else spdlog::error(line.take());
}

}  // namespace rectal_cds
