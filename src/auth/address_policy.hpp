// Which resolved addresses the service may connect to (reliability.md 1.2: SSRF and DNS rebinding).
//
// | addresses | may connect |
// |---|---|
// | public | yes |
// | private (RFC 1918, fc00::/7), shared (100.64.0.0/10), loopback, test and benchmark networks | only inside a range
// of `extra` | | unspecified, link-local, multicast, reserved, cloud metadata, IPv6 that carries an IPv4 address
// elsewhere | never | An IPv4-mapped IPv6 address is judged as the IPv4 address it carries.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace rectal_cds::auth {

// A CIDR range. IPv4 is held as IPv4-mapped IPv6. Invariant: no bit of `network` is set behind the prefix.
struct IpRange {
    std::array<std::uint8_t, 16> network{};
    int prefix_bits = 0;  // 0 to 128; an IPv4 range has 96 more than it is written with

    friend bool operator==(const IpRange&, const IpRange&) = default;
};

// "10.20.0.0/16", "fd12:3456::/32", or one address. Only ranges that lie within one of the networks that need a
// permission (second row): 0.0.0.0/0 would open everything, and a public range needs none.
// Error: kind invalid, `where` empty, `what` a sentence.
base::Result<IpRange> parse_range(std::string_view text);

// `ip_literal`: one resolved address, IPv4 or IPv6, without brackets, port and zone. False for anything else.
// To be asked for every address of every answer of the resolver, and only those addresses be connected to.
bool may_connect(std::string_view ip_literal, const std::vector<IpRange>& extra);

}  // namespace rectal_cds::auth
