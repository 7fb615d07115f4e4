#include "http/response_head.hpp"

#include <algorithm>
#include <array>

#include "http/header_text.hpp"

namespace rectal_cds::http {

namespace {

constexpr std::array<std::string_view, 6> owned_headers = {"Date",       "Content-Length",   "Transfer-Encoding",
                                                           "Connection", "X-Correlation-Id", "X-Content-Type-Options"};

bool is_owned(std::string_view name) {
    return std::any_of(owned_headers.begin(), owned_headers.end(),
                       [name](std::string_view owned) { return equals_ignoring_case(owned, name); });
}

bool is_bodiless(int status) { return status == 204 || status == 304; }

void append_line(std::string& head, std::string_view name, std::string_view value) {
    head.append(name).append(": ").append(value).append("\r\n");
}

}  // namespace

bool is_sendable(const Response& response) {
    return response.status >= 200 && response.status <= 599 &&
           std::all_of(response.headers.begin(), response.headers.end(),
                       [](const Header& header) { return is_token(header.first) && is_header_value(header.second); });
}

bool has_body(const Response& response, const AnswerTerms& terms) {
    return !terms.is_head && !is_bodiless(response.status);
}

std::string format_head(const Response& response, const AnswerTerms& terms, std::string_view reason,
                        std::string_view date) {
    std::string head;
    head.reserve(512);
    head.append("HTTP/1.1 ").append(std::to_string(response.status)).append(" ").append(reason).append("\r\n");
    append_line(head, "Date", date);
    for (const auto& [name, value] : response.headers) {
        if (!is_owned(name)) append_line(head, name, value);
    }
    append_line(head, "X-Correlation-Id", terms.correlation_id);
    append_line(head, "X-Content-Type-Options", "nosniff");
    if (terms.is_post && !response.header("Cache-Control")) append_line(head, "Cache-Control", "no-store");
    if (!is_bodiless(response.status)) append_line(head, "Content-Length", std::to_string(response.body.size()));
    if (!terms.keeps_alive) append_line(head, "Connection", "close");
    if (terms.keeps_alive && terms.is_http_1_0) append_line(head, "Connection", "keep-alive");
    return head.append("\r\n");
}

}  // namespace rectal_cds::http
