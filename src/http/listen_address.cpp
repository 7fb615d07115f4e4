#include "http/listen_address.hpp"

#include <charconv>

#include "http/net.hpp"

namespace rectal_cds::http {

namespace {

base::Error not_an_address(std::string what) { return {base::ErrorKind::invalid, "--listen", std::move(what)}; }

}  // namespace

base::Result<ListenAddress> parse_listen_address(std::string_view text) {
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos) return not_an_address("The address has no port: expected ADDRESS:PORT.");
    std::string_view host = text.substr(0, colon);
    const std::string_view digits = text.substr(colon + 1);

    ListenAddress listen;
    const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), listen.port);
    if (fault != std::errc() || end != digits.data() + digits.size()) {
        return not_an_address("The port is not a number from 0 to 65535.");
    }
    const bool is_bracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
    if (is_bracketed) host = host.substr(1, host.size() - 2);
    if (host.empty()) host = "0.0.0.0";
    if (host == "localhost") host = "127.0.0.1";

    ErrorCode error;
    const auto address = net::ip::make_address(std::string(host), error);
    if (error || address.is_v6() != is_bracketed) {
        return not_an_address("The address is not an IPv4 address, an IPv6 address in brackets, or localhost.");
    }
    listen.address = address.to_string();
    listen.is_loopback = address.is_loopback();
    return listen;
}

}  // namespace rectal_cds::http
