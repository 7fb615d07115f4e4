#include "service/trace.hpp"

#include <algorithm>
#include <optional>

#include "http/header_text.hpp"

namespace rectal_cds::service {

namespace {

constexpr std::size_t length_of_version_00 = 55;  // 2-32-16-2 with three dashes

bool is_lower_hex(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

bool is_id(std::string_view text) {
    return is_lower_hex(text) && text.find_first_not_of('0') != std::string_view::npos;
}

// Only one; two could name different traces.
std::optional<std::string_view> only_header(const http::Request& request) {
    std::optional<std::string_view> found;
    for (const auto& [name, value] : request.headers) {
        if (!http::equals_ignoring_case(name, "traceparent")) continue;
        if (found) return std::nullopt;
        found = value;
    }
    return found;
}

// A later version may go on behind its flags, with a dash; version ff is none.
bool is_valid(std::string_view text) {
    if (text.size() < length_of_version_00) return false;
    const std::string_view version = text.substr(0, 2);
    if (!is_lower_hex(version) || version == "ff" || text[2] != '-' || text[35] != '-' || text[52] != '-') return false;
    if (text.size() > length_of_version_00 && (version == "00" || text[length_of_version_00] != '-')) return false;
    return is_id(text.substr(3, 32)) && is_id(text.substr(36, 16)) && is_lower_hex(text.substr(53, 2));
}

bool is_odd(char digit) { return std::string_view("13579bdf").find(digit) != std::string_view::npos; }

}  // namespace

std::string Trace::header() const { return "00-" + id + "-" + span + (is_sampled ? "-01" : "-00"); }

Trace trace_of(const http::Request& request) {
    Trace trace{request.correlation_id, request.correlation_id.substr(0, 16)};
    if (!is_id(trace.span)) trace.span = "0000000000000001";
    const auto given = only_header(request);
    if (!given || !is_valid(*given)) return trace;
    trace.id = given->substr(3, 32);
    trace.is_sampled = is_odd((*given)[54]);
    trace.is_the_callers = true;
    return trace;
}

}  // namespace rectal_cds::service
