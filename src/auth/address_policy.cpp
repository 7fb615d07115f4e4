#include "auth/address_policy.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>

namespace rectal_cds::auth {

namespace {

using Address = std::array<std::uint8_t, 16>;

constexpr Address v4(std::uint8_t a, std::uint8_t b, std::uint8_t c, std::uint8_t d) {
    return {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, a, b, c, d};
}

constexpr Address v6(std::uint16_t a, std::uint16_t b = 0, std::uint16_t c = 0, std::uint16_t d = 0,
                     std::uint16_t last = 0) {
    const auto high = [](std::uint16_t word) { return static_cast<std::uint8_t>(word >> 8); };
    const auto low = [](std::uint16_t word) { return static_cast<std::uint8_t>(word); };
    return {high(a), low(a), high(b), low(b), high(c), low(c), high(d),    low(d),
            0,       0,      0,       0,      0,       0,      high(last), low(last)};
}

constexpr IpRange v4_range(std::uint8_t a, std::uint8_t b, std::uint8_t c, std::uint8_t d, int bits) {
    return {v4(a, b, c, d), 96 + bits};
}

// Networks that a client's ranges can open (IANA special-purpose address registries, RFC 6890 and its updates).
constexpr std::array need_permission{
    v4_range(10, 0, 0, 0, 8),         // private
    v4_range(172, 16, 0, 0, 12),      // private
    v4_range(192, 168, 0, 0, 16),     // private
    v4_range(100, 64, 0, 0, 10),      // shared by carriers and cloud networks
    v4_range(127, 0, 0, 0, 8),        // loopback
    v4_range(192, 0, 0, 0, 24),       // protocol assignments
    v4_range(192, 0, 2, 0, 24),       // documentation
    v4_range(198, 51, 100, 0, 24),    // documentation
    v4_range(203, 0, 113, 0, 24),     // documentation
    v4_range(198, 18, 0, 0, 15),      // benchmarks
    IpRange{v6(0, 0, 0, 0, 1), 128},  // loopback
    IpRange{v6(0xfc00), 7},           // unique local
    IpRange{v6(0x2001, 0x0db8), 32},  // documentation
};

// Networks and addresses that nothing can open.
constexpr std::array never{
    v4_range(0, 0, 0, 0, 8),                        // this host on this network
    v4_range(169, 254, 0, 0, 16),                   // link-local, and the metadata service of most clouds
    v4_range(224, 0, 0, 0, 4),                      // multicast
    v4_range(240, 0, 0, 0, 4),                      // reserved, and limited broadcast
    v4_range(192, 88, 99, 0, 24),                   // 6to4 relays
    v4_range(168, 63, 129, 16, 32),                 // metadata (Azure)
    v4_range(100, 100, 100, 200, 32),               // metadata (Alibaba)
    v4_range(192, 0, 0, 192, 32),                   // metadata (Oracle)
    IpRange{v6(0xfd00, 0x0ec2, 0, 0, 0x254), 128},  // metadata (AWS)
    IpRange{v6(0xfd20, 0x00ce, 0, 0, 0x254), 128},  // metadata (Google)
    IpRange{v6(0x2001), 23},                        // protocol assignments, with Teredo
    IpRange{v6(0x2002), 16},                        // 6to4
    IpRange{v6(0x3fff), 20},                        // documentation
};
constexpr IpRange mapped_v4 = v4_range(0, 0, 0, 0, 0);
constexpr IpRange global_v6{v6(0x2000), 3};  // all that is assigned; the rest is link-local, multicast, NAT64, reserved

bool contains(const IpRange& range, const Address& address) {
    const auto whole_bytes = static_cast<std::size_t>(range.prefix_bits / 8);
    if (!std::equal(range.network.begin(), range.network.begin() + static_cast<std::ptrdiff_t>(whole_bytes),
                    address.begin())) {
        return false;
    }
    const int rest = range.prefix_bits % 8;
    return rest == 0 || ((range.network[whole_bytes] ^ address[whole_bytes]) >> (8 - rest)) == 0;
}

bool any_contains(const auto& ranges, const Address& address) {
    return std::any_of(ranges.begin(), ranges.end(), [&](const IpRange& range) { return contains(range, address); });
}

std::optional<Address> parse_address(std::string_view text) {
    const std::string terminated(text);
    if (terminated.find('\0') != std::string::npos) return std::nullopt;
    Address address = v4(0, 0, 0, 0);
    if (inet_pton(AF_INET, terminated.c_str(), address.data() + 12) == 1) return address;
    if (inet_pton(AF_INET6, terminated.c_str(), address.data()) == 1) return address;
    return std::nullopt;
}

base::Error not_a_range(const char* what) { return {base::ErrorKind::invalid, {}, what}; }

}  // namespace

base::Result<IpRange> parse_range(std::string_view text) {
    const auto slash = text.find('/');
    const auto address = parse_address(text.substr(0, slash));
    if (!address) return not_a_range("An IPv4 or IPv6 address, with or without a prefix length, is expected.");
    const bool is_v4 = text.substr(0, slash).find(':') == std::string_view::npos;
    int bits = is_v4 ? 32 : 128;
    if (slash != std::string_view::npos) {
        const std::string_view digits = text.substr(slash + 1);
        int written = -1;
        const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), written);
        const bool is_number = fault == std::errc() && end == digits.data() + digits.size() && digits[0] != '-';
        if (!is_number || written > bits || (digits.size() > 1 && digits[0] == '0')) {
            return not_a_range("The prefix length is not a number of bits of the address.");
        }
        bits = written;
    }
    const IpRange range{*address, is_v4 ? 96 + bits : bits};
    for (int bit = range.prefix_bits; bit < 128; ++bit) {
        if ((range.network[static_cast<std::size_t>(bit / 8)] >> (7 - bit % 8)) & 1) {
            return not_a_range("The address has bits behind its prefix; the first address of the range is expected.");
        }
    }
    const auto holds_all = [&](const IpRange& network) {
        return network.prefix_bits <= range.prefix_bits && contains(network, range.network);
    };
    if (std::none_of(need_permission.begin(), need_permission.end(), holds_all)) {
        return not_a_range("The range does not lie within one private, shared, loopback or test network.");
    }
    return range;
}

bool may_connect(std::string_view ip_literal, const std::vector<IpRange>& extra) {
    const auto address = parse_address(ip_literal);
    if (!address || any_contains(never, *address)) return false;
    if (any_contains(need_permission, *address)) return any_contains(extra, *address);
    return contains(mapped_v4, *address) || contains(global_v6, *address);
}

}  // namespace rectal_cds::auth
