#include "decision_log.hpp"

#include <spdlog/details/file_helper.h>
#include <spdlog/sinks/base_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <memory>
#include <mutex>
#include <vector>

#include "serve_log.hpp"
#include "json/writer.hpp"

namespace rectal_cds {

namespace {

// spdlog's own sink of a file cannot open it anew.
class ReopenedFile : public spdlog::sinks::base_sink<std::mutex> {
public:
    explicit ReopenedFile(const std::string& file) : name_(file), file_(open(file)) {}

    // The old file goes on where the new one cannot be opened, which throws.
    void reopen() {
        auto fresh = open(name_);
        const std::lock_guard lock(mutex_);
        file_ = std::move(fresh);
    }

protected:
    void sink_it_(const spdlog::details::log_msg& message) override {
        spdlog::memory_buf_t line;
        formatter_->format(message, line);
        file_->write(line);
    }
    void flush_() override { file_->flush(); }

private:
    using File = spdlog::details::file_helper;

    static std::unique_ptr<File> open(const std::string& name) {
        auto file = std::make_unique<File>();
        file->open(name);
        return file;
    }

    const std::string name_;
    std::unique_ptr<File> file_;
};

struct DecisionLog {
    std::shared_ptr<spdlog::logger> logger;  // null: off
    std::shared_ptr<ReopenedFile> file;      // null: standard output
};

DecisionLog& the_log() {
    static DecisionLog log;
    return log;
}

void write_list(json::Writer& line, const char* name, const std::vector<std::string>& ids) {
    line.key(name).begin_array();
    for (const std::string& id : ids) line.string(id);
    line.end_array();
}

void write_not_assessed(json::Writer& line, const service::Answered& answered) {
    line.key("notAssessed").begin_array();
    for (std::size_t i = 0; i < answered.not_assessed.size() && i < answered.not_assessed_because.size(); ++i) {
        line.begin_object().member("recommendation", answered.not_assessed[i]);
        line.member("because", answered.not_assessed_because[i]).end_object();
    }
    for (const std::string& id : answered.failed)
        line.begin_object().member("recommendation", id).member("because", "failed").end_object();
    line.end_array();
}

void write_call(json::Writer& line, const service::Answered& answered) {
    line.member("hookInstance", answered.hook_instance).member("hook", answered.hook).member("client", answered.client);
    line.member("contentVersion", answered.content_version)
        .member("status", answered.status)
        .member("cards", answered.cards);
    line.member("traceId", answered.trace_id).member("correlationId", answered.correlation_id);
    if (!answered.reason.empty()) line.member("nothingShownBecause", answered.reason);
    if (!answered.obstacle.empty()) line.member("obstacle", answered.obstacle);
    if (answered.silent) line.member("silentClient", true);
}

}  // namespace

base::Result<base::Done> start_decision_log(const std::string& file) {
    DecisionLog& log = the_log();
    if (file.empty()) return base::Done{};
    try {
        spdlog::sink_ptr sink;
        if (file == "-")
            sink = std::make_shared<spdlog::sinks::stdout_sink_mt>();
        else
            sink = log.file = std::make_shared<ReopenedFile>(file);
        log.logger = std::make_shared<spdlog::logger>("decisions", std::move(sink));
    } catch (const spdlog::spdlog_ex&) {
        return base::Error{base::ErrorKind::system, "--decision-log", "The file " + file + " cannot be written to."};
    }
    log.logger->set_pattern("%v");
    log.logger->flush_on(spdlog::level::info);
    log.logger->set_error_handler([](const std::string&) { log_alarm({"decision_log_not_written", "", "", ""}); });
    return base::Done{};
}

void log_decision(const service::Answered& answered) {
    const DecisionLog& log = the_log();
    if (!log.logger || answered.hook.empty()) return;
    json::Writer line;
    line.begin_object().member("time", time_now()).member("event", "decision");
    write_call(line, answered);
    write_list(line, "fired", answered.shown);
    write_list(line, "folded", answered.folded);
    write_list(line, "suppressed", answered.suppressed);
    write_list(line, "switchedOff", answered.switched_off);
    write_not_assessed(line, answered);
    write_list(line, "didNotFire", answered.did_not_fire);
    line.key("inputs").begin_object();
    for (const auto& [input, state] : answered.inputs) line.member(input, state);
    line.end_object();
    log.logger->info(line.end_object().take());
}

void reopen_decision_log() {
    const DecisionLog& log = the_log();
    if (!log.file) return;
    try {
        log.file->reopen();
    } catch (const spdlog::spdlog_ex&) {
        log_alarm({"decision_log_not_reopened", "", "", ""});
    }
}

}  // namespace rectal_cds
