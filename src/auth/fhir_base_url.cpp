#include "auth/fhir_base_url.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

namespace rectal_cds::auth {

namespace {

constexpr std::size_t longest_url = 8 * 1024;
constexpr std::size_t longest_host = 253;
constexpr std::size_t longest_label = 63;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_one_of(char c, std::string_view set) { return set.find(c) != std::string_view::npos; }
std::string in_lower_case(std::string_view text) {
    std::string lower(text);
    for (char& c : lower) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return lower;
}

base::Error refused(const char* what) { return {base::ErrorKind::invalid, {}, what}; }

std::uint16_t default_port(std::string_view scheme) { return scheme == "https" ? 443 : 80; }

// The canonical form of an IP address in text form; empty when it is none.
std::string canonical_address(int family, const std::string& text) {
    std::array<unsigned char, 16> bytes{};
    std::array<char, INET6_ADDRSTRLEN> canonical{};
    if (inet_pton(family, text.c_str(), bytes.data()) != 1) return {};
    return inet_ntop(family, bytes.data(), canonical.data(), canonical.size());
}

bool is_host_name(std::string_view name) {
    if (name.empty() || name.size() > longest_host) return false;
    while (true) {
        const std::string_view label = name.substr(0, name.find('.'));
        if (label.empty() || label.size() > longest_label || label.front() == '-' || label.back() == '-') return false;
        if (!std::all_of(label.begin(), label.end(), [](char c) { return is_digit(c) || is_letter(c) || c == '-'; })) {
            return false;
        }
        if (label.size() == name.size()) return true;
        name.remove_prefix(label.size() + 1);
    }
}

// Some programs read a host as a number when its last label is one, in decimal, octal or hexadecimal.
bool looks_like_number(std::string_view lower_case_host) {
    const std::string_view label = lower_case_host.substr(lower_case_host.rfind('.') + 1);
    return std::all_of(label.begin(), label.end(), is_digit) || label.starts_with("0x");
}

base::Result<std::string> parse_host(std::string_view text) {
    if (text.starts_with('[')) {
        if (!text.ends_with(']')) return refused("The host has an opening bracket and no closing one.");
        std::string address = canonical_address(AF_INET6, std::string(text.substr(1, text.size() - 2)));
        if (address.empty() || address.find('.') != std::string::npos) {
            return refused("The host in brackets is not an IPv6 address, or one that carries an IPv4 address.");
        }
        return address;
    }
    if (!is_host_name(text)) return refused("The host is not a DNS name of ASCII letters, digits and hyphens.");
    std::string host = in_lower_case(text);
    if (looks_like_number(host) && canonical_address(AF_INET, host) != host) {
        return refused("The host looks like an IPv4 address, but is not four decimal numbers.");
    }
    return host;
}

std::optional<std::uint16_t> parse_port(std::string_view digits) {
    std::uint16_t port = 0;
    const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    if (fault != std::errc() || end != digits.data() + digits.size() || port == 0 || digits[0] == '0') return {};
    return port;
}

std::optional<int> hexadecimal(char c) {
    if (is_digit(c)) return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return std::nullopt;
}

// Each '%' is followed by two hexadecimal digits that stand for neither a control character nor one of `forbidden`.
bool is_well_encoded(std::string_view text, std::string_view forbidden) {
    for (auto at = text.find('%'); at != std::string_view::npos; at = text.find('%', at + 1)) {
        if (at + 2 >= text.size()) return false;
        const auto high = hexadecimal(text[at + 1]);
        const auto low = hexadecimal(text[at + 2]);
        if (!high || !low) return false;
        const int byte = *high * 16 + *low;
        if (byte < 0x20 || byte == 0x7f || is_one_of(static_cast<char>(byte), forbidden)) return false;
    }
    return true;
}

bool is_path(std::string_view path) {
    const auto is_allowed = [](char c) { return is_digit(c) || is_letter(c) || is_one_of(c, "-._~!$&'()*+,=:@/%"); };
    if (!std::all_of(path.begin(), path.end(), is_allowed) || !is_well_encoded(path, "./\\%;?#")) return false;
    while (!path.empty()) {
        path.remove_prefix(1);
        const std::string_view segment = path.substr(0, path.find('/'));
        if (segment == "." || segment == ".." || (segment.empty() && !path.empty())) return false;
        path.remove_prefix(segment.size());
    }
    return true;
}

bool is_query(std::string_view query) {
    const auto is_allowed = [](char c) { return c > ' ' && c < 0x7f && !is_one_of(c, "\\\"<>`#"); };
    return std::all_of(query.begin(), query.end(), is_allowed) && is_well_encoded(query, "");
}

base::Result<Url> parse_authority(std::string scheme, std::string_view authority) {
    if (authority.find('@') != std::string_view::npos) return refused("The URL names a user.");
    const auto bracket = authority.rfind(']');
    const auto colon = authority.find(':', bracket == std::string_view::npos ? 0 : bracket);
    auto host = parse_host(authority.substr(0, colon));
    if (!host) return host.error();
    Url url{std::move(scheme), std::move(host).value(), 0, {}, {}};
    url.port = default_port(url.scheme);
    if (colon != std::string_view::npos) {
        const auto port = parse_port(authority.substr(colon + 1));
        if (!port) return refused("The port is not a number from 1 to 65535.");
        url.port = *port;
    }
    return url;
}

}  // namespace

base::Result<Url> parse_url(std::string_view text) {
    if (text.size() > longest_url) return refused("The URL is longer than 8 KiB.");
    const auto scheme_end = text.find("://");
    if (scheme_end == std::string_view::npos) return refused("The URL is not absolute.");
    std::string scheme = in_lower_case(text.substr(0, scheme_end));
    if (scheme != "https" && scheme != "http") return refused("The scheme is neither https nor http.");
    text.remove_prefix(scheme_end + 3);
    const auto authority_end = std::min(text.find_first_of("/?#\\"), text.size());
    auto url = parse_authority(std::move(scheme), text.substr(0, authority_end));
    if (!url) return url;
    text.remove_prefix(authority_end);
    if (text.find('#') != std::string_view::npos) return refused("The URL has a fragment.");
    const auto path_end = std::min(text.find('?'), text.size());
    url.value().path = text.substr(0, path_end);
    url.value().query = text.substr(path_end);
    if (!is_path(url.value().path)) return refused("The path of the URL could be read in two ways.");
    if (!is_query(url.value().query)) return refused("The query of the URL has characters that do not belong there.");
    return url;
}

bool Url::has_ip_address() const {
    return host.find(':') != std::string::npos || !canonical_address(AF_INET, host).empty();
}

bool Url::is_loopback() const {
    return host == "localhost" || host == "::1" || (host.starts_with("127.") && has_ip_address());
}

std::string Url::origin() const {
    const bool is_v6 = host.find(':') != std::string::npos;
    std::string origin = scheme + "://" + (is_v6 ? "[" + host + "]" : host);
    if (port != default_port(scheme)) origin += ":" + std::to_string(port);
    return origin;
}

std::string Url::target() const { return (path.empty() ? "/" : path) + query; }

std::string Url::text() const { return origin() + path + query; }

bool is_confidential(const Url& url) { return url.scheme == "https" || url.is_loopback(); }

base::Result<BaseUrl> parse_base_url(std::string_view text) {
    auto url = parse_url(text);
    if (!url) return url.error();
    if (!url.value().query.empty()) return refused("A base URL has no query.");
    if (url.value().path.ends_with('/')) url.value().path.pop_back();
    return BaseUrl{std::move(url).value()};
}

bool covers(const BaseUrl& base, std::string_view absolute_url) {
    const auto parsed = parse_url(absolute_url);
    if (!parsed) return false;
    const Url& url = parsed.value();
    if (url.scheme != base.url.scheme || url.host != base.url.host || url.port != base.url.port) return false;
    if (!url.path.starts_with(base.url.path)) return false;
    return url.path.size() == base.url.path.size() || url.path[base.url.path.size()] == '/';
}

bool is_same_base(const BaseUrl& base, std::string_view text) {
    const auto other = parse_base_url(text);
    return other && other.value() == base;
}

}  // namespace rectal_cds::auth
