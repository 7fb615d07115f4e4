// UTF-8 (RFC 3629): the check, and the repair of text that fails it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace rectal_cds::json {

bool is_utf8(std::string_view text);

// The number of bytes from the beginning that are whole, valid characters.
std::size_t valid_utf8_prefix(std::string_view text);

// Every maximal piece that begins no valid character becomes U+FFFD.
std::string repair_utf8(std::string_view text);

}  // namespace rectal_cds::json
