// URLs that others send us, and the configured base URLs they have to lie under (reliability.md 1.2).
//
// One strict parser for fhirServer, jku, link.next, absolute references and CORS origins. It refuses every spelling
// that two programs could read in two ways: userinfo, fragments, backslashes, control and non-ASCII characters, dot
// segments, empty segments, path parameters, percent-encoded dots, slashes, percents and controls, IPv4 addresses in
// any form but four decimal numbers, IPv4-mapped IPv6 addresses, trailing dots of a host. What is left is compared byte
// by byte.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace rectal_cds::auth {

// An absolute http or https URL in its parts (RFC 3986 3).
struct Url {
    std::string scheme;      // "https" or "http"
    std::string host;        // DNS name in lower case, or an IP address in canonical form, without brackets
    std::uint16_t port = 0;  // the scheme's default (443, 80) where the text names none
    std::string path;        // as written: empty, or beginning with '/'
    std::string query;       // as written, with its '?'; empty when there is none

    bool has_ip_address() const;  // the host is an IP address, not a name
    bool is_loopback() const;     // the host is localhost, 127.0.0.0/8 or ::1
    std::string origin() const;   // "https://ehr.example:8443": default port left out, IPv6 address in brackets
    std::string target() const;   // path, at least "/", and query: the target of a request line
    std::string text() const;     // origin(), path and query

    friend bool operator==(const Url&, const Url&) = default;
};

// At most 8 KiB. Error: kind invalid, `where` empty, `what` a sentence that repeats nothing of the text.
base::Result<Url> parse_url(std::string_view text);

// True when what is sent there cannot be read on the way: https, or http that does not leave the machine.
bool is_confidential(const Url& url);

// Invariants: url has no query, and its path no trailing slash ("" for the root).
struct BaseUrl {
    Url url;

    friend bool operator==(const BaseUrl&, const BaseUrl&) = default;
};

// A URL without a query; one trailing slash is dropped. Both http and https: see is_confidential. Errors as parse_url.
base::Result<BaseUrl> parse_base_url(std::string_view text);

// Whether `absolute_url` is the base itself or lies below it: same scheme, host and port, and a path that continues the
// base's at a segment boundary (decisions.md 25). False for everything parse_url refuses.
bool covers(const BaseUrl& base, std::string_view absolute_url);

// Whether the text names this base and nothing below it; what a call's fhirServer has to satisfy (decisions.md 15).
bool is_same_base(const BaseUrl& base, std::string_view text);

}  // namespace rectal_cds::auth
