// "ADDR:PORT" as --listen takes it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace rectal_cds::http {

struct ListenAddress {
    std::string address;  // IP literal without brackets, as ServerOptions::address
    std::uint16_t port = 0;
    bool is_loopback = false;  // 127.0.0.0/8 or ::1: not reachable from another machine
};

// Accepts "127.0.0.1:8080", "[::1]:8080", "localhost:8080" (127.0.0.1), ":8080" (every IPv4 address), port 0 to 65535.
// Error: kind invalid, where "--listen".
base::Result<ListenAddress> parse_listen_address(std::string_view text);

}  // namespace rectal_cds::http
