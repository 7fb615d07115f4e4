// What the rest of the program sees of HTTP: two plain structs. Values only, no sockets.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rectal_cds::http {

using Header = std::pair<std::string, std::string>;
using Headers = std::vector<Header>;

// Header names are compared without regard to case (RFC 9110, 5.1). Answers the first of several.
std::optional<std::string_view> find_header(const Headers& headers, std::string_view name);

struct Request {
    std::string method;          // as sent: "GET"
    std::string target;          // as sent: "/cds-services?x=1"
    std::string path;            // target up to the first '?'; percent-encoding is left as it is
    std::string query;           // after the first '?'
    Headers headers;             // of the head only: trailers of a chunked body are dropped
    std::string body;            // complete, without transfer coding
    std::string remote_address;  // of the peer, without the port; a proxy's if there is one
    std::string correlation_id;  // 32 hexadecimal digits, made here; the answer carries it as X-Correlation-Id

    std::optional<std::string_view> header(std::string_view name) const { return find_header(headers, name); }
};

// The server adds Date, Content-Length, Connection, X-Correlation-Id and X-Content-Type-Options to every answer,
// and `Cache-Control: no-store` to the answer of a POST that does not say otherwise.
struct Response {
    int status = 200;
    Headers headers;
    std::string body;
    // Run once, on the thread of the connection, when the operating system has taken the last byte of the answer for a
    // peer that was there; never when the writing failed. Must be quick; what it throws is dropped.
    std::function<void()> on_sent = nullptr;
    bool closes = false;  // the connection ends with this answer

    std::optional<std::string_view> header(std::string_view name) const { return find_header(headers, name); }
};

}  // namespace rectal_cds::http
