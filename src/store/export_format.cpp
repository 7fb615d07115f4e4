#include <array>
#include <string_view>

#include "store/feedback_export.hpp"
#include "json/writer.hpp"

namespace rectal_cds::store {

namespace {

std::string remark_on(const ExportedFeedback& feedback) {
    std::string remark;
    const auto add = [&](bool is_so, const char* words) {
        if (is_so) remark += (remark.empty() ? "" : "; ") + std::string(words);
    };
    add(feedback.is_unmatched, "unmatched");
    add(feedback.has_unknown_suggestion, "suggestion unknown");
    add(feedback.is_reason_missing, "reason missing");
    add(feedback.is_time_implausible, "time implausible");
    add(feedback.has_test_clock, "test clock");
    return remark;
}

std::string listed(const std::vector<std::string>& labels) {
    std::string text;
    for (const std::string& label : labels) text += (text.empty() ? "" : " | ") + label;
    return text;
}

struct Column {
    const char* name;
    std::string (*value)(const ExportedFeedback&);
};

const std::array columns{
    Column{"intervention", [](const ExportedFeedback& f) { return f.recommendation_id; }},
    Column{"title", [](const ExportedFeedback& f) { return f.title; }},
    Column{"content_version", [](const ExportedFeedback& f) { return f.content_version; }},
    Column{"indicator", [](const ExportedFeedback& f) { return f.indicator; }},
    Column{"action", [](const ExportedFeedback& f) { return f.action; }},
    Column{"suggestions", [](const ExportedFeedback& f) { return listed(f.suggestions); }},
    Column{"reason_code", [](const ExportedFeedback& f) { return f.reason.code; }},
    Column{"reason_system", [](const ExportedFeedback& f) { return f.reason.system; }},
    Column{"reason", [](const ExportedFeedback& f) { return f.reason.display; }},
    Column{"reason_category", [](const ExportedFeedback& f) { return f.reason.category; }},
    Column{"reason_title", [](const ExportedFeedback& f) { return f.reason.title; }},
    Column{"comment", [](const ExportedFeedback& f) { return f.reason.comment; }},
    Column{"remark", remark_on},
    Column{"user", [](const ExportedFeedback& f) { return f.user_id; }},
    Column{"date", [](const ExportedFeedback& f) { return cdshooks::iso(f.at); }},
    Column{"location", [](const ExportedFeedback& f) { return f.location; }},
    Column{"encounter", [](const ExportedFeedback& f) { return f.encounter_id; }},
    Column{"client", [](const ExportedFeedback& f) { return f.client; }},
    Column{"service", [](const ExportedFeedback& f) { return f.service_id; }},
    Column{"hook", [](const ExportedFeedback& f) { return f.hook; }},
    Column{"hook_instance", [](const ExportedFeedback& f) { return f.hook_instance; }},
    Column{"patient_pseudonym", [](const ExportedFeedback& f) { return f.patient; }},
    Column{"card", [](const ExportedFeedback& f) { return f.card; }},
    Column{"issued", [](const ExportedFeedback& f) { return f.is_unmatched ? std::string() : cdshooks::iso(f.issued); }},
    Column{"received", [](const ExportedFeedback& f) { return cdshooks::iso(f.received); }},
};

// Spreadsheets run what begins with = + - @, also behind a tab or a line break, and full-width forms of these.
bool begins_formula(std::string_view text) {
    if (text.empty()) return false;
    constexpr std::string_view starts = "=+-@\t\r\n'";
    if (starts.find(text[0]) != std::string_view::npos) return true;
    for (const std::string_view wide : {"\uff1d", "\uff0b", "\uff0d", "\uff20"}) {
        if (text.substr(0, wide.size()) == wide) return true;
    }
    return false;
}

std::string field(std::string_view text) {
    std::string quoted = begins_formula(text) ? "\"'" : "\"";
    for (const char c : text) quoted.append(c == '"' ? 2 : 1, c);
    return quoted + '"';
}

}  // namespace

std::string csv_heading() {
    std::string line;
    for (const Column& column : columns) line += (line.empty() ? "" : ",") + field(column.name);
    return line + "\r\n";
}

std::string csv_line(const ExportedFeedback& feedback) {
    std::string line;
    for (const Column& column : columns) line += (line.empty() ? "" : ",") + field(column.value(feedback));
    return line + "\r\n";
}

std::string json_object(const ExportedFeedback& feedback) {
    json::Writer writer;
    writer.begin_object();
    for (const Column& column : columns) {
        if (column.name == std::string_view("suggestions")) {
            writer.key(column.name).begin_array();
            for (const std::string& label : feedback.suggestions) writer.string(label);
            writer.end_array();
        } else if (const std::string value = column.value(feedback); !value.empty()) {
            writer.member(column.name, value);
        }
    }
    return writer.end_object().take();
}

}  // namespace rectal_cds::store
