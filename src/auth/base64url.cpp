#include "auth/base64url.hpp"

#include <cstdint>

namespace rectal_cds::auth {

namespace {

constexpr int no_value = -1;

constexpr int sextet(char c) {
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    if (c == '-') return 62;
    if (c == '_') return 63;
    return no_value;
}

}  // namespace

std::optional<std::string> decode_base64url(std::string_view text) {
    if (text.size() % 4 == 1) return std::nullopt;
    std::string bytes;
    bytes.reserve(text.size() * 3 / 4);
    std::uint32_t pending = 0;
    int pending_bits = 0;
    for (const char c : text) {
        const int value = sextet(c);
        if (value == no_value) return std::nullopt;
        pending = pending << 6 | static_cast<std::uint32_t>(value);
        pending_bits += 6;
        if (pending_bits < 8) continue;
        pending_bits -= 8;
        bytes.push_back(static_cast<char>(pending >> pending_bits & 0xff));
        pending &= (1u << pending_bits) - 1;
    }
    if (pending != 0) return std::nullopt;
    return bytes;
}

}  // namespace rectal_cds::auth
