#include "http/request_head.hpp"

#include <algorithm>
#include <charconv>
#include <string>
#include <utility>

#include "http/header_text.hpp"

namespace rectal_cds::http {

namespace {

using Fault = std::optional<Refusal>;

constexpr const char* request_line_place = "http.requestLine";
constexpr const char* header_place = "http.header";

Refusal malformed(std::string place, std::string sentence) {
    return {400, std::move(place), "structure", std::move(sentence)};
}

Refusal too_many_bytes(std::size_t limit) {
    return {431, header_place, "too-long",
            "The request line and headers are longer than " + std::to_string(limit) + " bytes."};
}

std::string_view take_line(std::string_view& rest) {
    const auto end = rest.find("\r\n");
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(rest.size(), line.size() + 2));
    return line;
}

bool is_digits(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// What the headers say, as far as the framing of the message depends on it.
struct Framing {
    bool is_http_1_0 = false;
    std::size_t headers = 0;
    std::size_t hosts = 0;
    std::size_t transfer_encodings = 0;
    std::size_t content_lengths = 0;
};

// RFC 9112, 3: method SP request-target SP HTTP-version, single spaces.
Fault check_request_line(std::string_view line, Framing& framing) {
    const auto first = line.find(' ');
    const auto last = line.rfind(' ');
    if (first == std::string_view::npos || first == last || !is_token(line.substr(0, first))) {
        return malformed(request_line_place, "The request line is not a method, a target and a version.");
    }
    const std::string_view target = line.substr(first + 1, last - first - 1);
    const std::string_view version = line.substr(last + 1);
    if (version != "HTTP/1.1" && version != "HTTP/1.0") {
        const bool is_other_version = version.size() == 8 && version.substr(0, 5) == "HTTP/" &&
                                      is_digits(version.substr(5, 1)) && version[6] == '.' &&
                                      is_digits(version.substr(7, 1));
        if (!is_other_version)
            return malformed(request_line_place, "The request line does not end in an HTTP version.");
        return Refusal{505, request_line_place, "not-supported", "Only HTTP/1.1 and HTTP/1.0 are spoken here."};
    }
    framing.is_http_1_0 = version == "HTTP/1.0";
    const bool is_server_wide = target == "*" && line.substr(0, first) == "OPTIONS";
    const bool is_visible =
        std::all_of(target.begin(), target.end(), [](char c) { return c > 0x20 && c < 0x7F && c != '#'; });
    if (!is_visible || !(is_server_wide || target.substr(0, 1) == "/")) {
        return malformed(request_line_place, "The request target is not an absolute path with an optional query.");
    }
    return std::nullopt;
}

Fault check_host(std::string_view value, Framing& framing) {
    if (++framing.hosts > 1) return malformed("http.header.Host", "There is more than one Host header.");
    constexpr std::string_view punctuation = "-._~%!$&'()*+;=:[]";
    const bool is_host = std::all_of(value.begin(), value.end(), [punctuation](char c) {
        return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') ||
               punctuation.find(c) != std::string_view::npos;
    });
    if (!is_host) return malformed("http.header.Host", "The Host header is not a host with an optional port.");
    return std::nullopt;
}

Fault check_content_length(std::string_view value, const HeadLimits& limits, Framing& framing) {
    const char* place = "http.header.Content-Length";
    if (++framing.content_lengths > 1) return malformed(place, "There is more than one Content-Length header.");
    if (!is_digits(value)) return malformed(place, "Content-Length is not a number of bytes.");
    std::uint64_t length = 0;
    const bool is_readable = std::from_chars(value.data(), value.data() + value.size(), length).ec == std::errc();
    if (is_readable && length <= limits.max_body_bytes) return std::nullopt;
    return Refusal{413, "http.body", "too-long",
                   "The body is longer than " + std::to_string(limits.max_body_bytes) + " bytes."};
}

Fault check_transfer_encoding(std::string_view value, Framing& framing) {
    const char* place = "http.header.Transfer-Encoding";
    if (++framing.transfer_encodings > 1) return malformed(place, "There is more than one Transfer-Encoding header.");
    if (framing.is_http_1_0) return malformed(place, "HTTP/1.0 has no transfer codings.");
    if (!equals_ignoring_case(value, "chunked")) {
        return malformed(place, "The only transfer coding understood here is chunked.");
    }
    return std::nullopt;
}

Fault check_header_line(std::string_view line, const HeadLimits& limits, Framing& framing) {
    if (line[0] == ' ' || line[0] == '\t') return malformed(header_place, "A header is folded over several lines.");
    if (++framing.headers > limits.max_headers) {
        return Refusal{431, header_place, "too-long",
                       "There are more than " + std::to_string(limits.max_headers) + " headers."};
    }
    const auto colon = line.find(':');
    if (colon == std::string_view::npos || !is_token(line.substr(0, colon))) {
        return malformed(header_place, "A header does not begin with a name and a colon.");
    }
    const std::string_view name = line.substr(0, colon);
    const std::string_view value = trim(line.substr(colon + 1));
    if (equals_ignoring_case(name, "Host")) return check_host(value, framing);
    if (equals_ignoring_case(name, "Content-Length")) return check_content_length(value, limits, framing);
    if (equals_ignoring_case(name, "Transfer-Encoding")) return check_transfer_encoding(value, framing);
    if (equals_ignoring_case(name, "Expect") && !equals_ignoring_case(value, "100-continue")) {
        return Refusal{417, "http.header.Expect", "not-supported", "The only expectation met here is 100-continue."};
    }
    return std::nullopt;
}

}  // namespace

Fault HeadScanner::scan(std::string_view bytes) {
    for (; scanned_ < bytes.size() && length_ == 0; ++scanned_) {
        if (scanned_ >= limits_.max_bytes) return too_many_bytes(limits_.max_bytes);
        const auto byte = static_cast<unsigned char>(bytes[scanned_]);
        const bool follows_cr = scanned_ > 0 && bytes[scanned_ - 1] == '\r';
        if ((byte == '\n') != follows_cr) return malformed(header_place, "A line does not end in CR LF.");
        if (byte == '\n') {
            if (scanned_ - line_begin_ == 1) length_ = scanned_ + 1;
            line_begin_ = scanned_ + 1;
        } else if ((byte < 0x20 && byte != '\t' && byte != '\r') || byte == 0x7F) {
            return malformed(header_place, "The request line or a header holds a control character.");
        }
    }
    return std::nullopt;
}

Fault find_fault_in_head(std::string_view head, const HeadLimits& limits) {
    Framing framing;
    std::string_view rest = head;
    if (auto fault = check_request_line(take_line(rest), framing)) return fault;
    Fault later;  // a fault of the framing outranks a body that is too long or an unknown expectation
    for (std::string_view line = take_line(rest); !line.empty(); line = take_line(rest)) {
        auto fault = check_header_line(line, limits, framing);
        if (fault && fault->status != 413 && fault->status != 417) return fault;
        if (fault && !later) later = std::move(fault);
    }
    if (framing.content_lengths > 0 && framing.transfer_encodings > 0) {
        return malformed(header_place, "Content-Length and Transfer-Encoding exclude each other.");
    }
    if (framing.hosts == 0 && !framing.is_http_1_0) {
        return malformed("http.header.Host", "An HTTP/1.1 request needs a Host header.");
    }
    return later;
}

}  // namespace rectal_cds::http
