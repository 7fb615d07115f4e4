// base64url without padding (RFC 7515 2, RFC 4648 5), read so that every byte string has exactly one accepted spelling.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace rectal_cds::auth {

// Empty for padding, whitespace, the other base64 alphabet, a length that no bytes have, and set bits behind the end.
std::optional<std::string> decode_base64url(std::string_view text);

}  // namespace rectal_cds::auth
