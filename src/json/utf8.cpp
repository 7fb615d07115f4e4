#include "json/utf8.hpp"

#include <simdjson.h>

namespace rectal_cds::json {

namespace {

bool is_between(unsigned char byte, unsigned char low, unsigned char high) { return byte >= low && byte <= high; }

// Length of the valid character `text` begins with, or 0. The ranges are the table of RFC 3629, section 4.
std::size_t character_length(std::string_view text) {
    const auto byte = [text](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0; };
    const auto is_tail = [&byte](std::size_t i) { return is_between(byte(i), 0x80, 0xBF); };
    const unsigned char lead = byte(0);
    if (text.empty()) return 0;
    if (lead < 0x80) return 1;
    if (is_between(lead, 0xC2, 0xDF)) return is_tail(1) ? 2 : 0;
    if (is_between(lead, 0xE0, 0xEF)) {
        const unsigned char low = lead == 0xE0 ? 0xA0 : 0x80;
        const unsigned char high = lead == 0xED ? 0x9F : 0xBF;
        return is_between(byte(1), low, high) && is_tail(2) ? 3 : 0;
    }
    if (is_between(lead, 0xF0, 0xF4)) {
        const unsigned char low = lead == 0xF0 ? 0x90 : 0x80;
        const unsigned char high = lead == 0xF4 ? 0x8F : 0xBF;
        return is_between(byte(1), low, high) && is_tail(2) && is_tail(3) ? 4 : 0;
    }
    return 0;
}

}  // namespace

bool is_utf8(std::string_view text) { return text.empty() || simdjson::validate_utf8(text.data(), text.size()); }

std::size_t valid_utf8_prefix(std::string_view text) {
    std::size_t offset = 0;
    while (const std::size_t length = character_length(text.substr(offset))) offset += length;
    return offset;
}

std::string repair_utf8(std::string_view text) {
    std::string repaired;
    repaired.reserve(text.size() + 8);
    while (!text.empty()) {
        const std::size_t valid = valid_utf8_prefix(text);
        repaired.append(text.substr(0, valid));
        text.remove_prefix(valid);
        if (text.empty()) break;
        repaired += "\xEF\xBF\xBD";
        text.remove_prefix(1);
        while (!text.empty() && is_between(static_cast<unsigned char>(text[0]), 0x80, 0xBF)) text.remove_prefix(1);
    }
    return repaired;
}

}  // namespace rectal_cds::json
