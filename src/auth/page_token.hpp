// The token with which an administrator opens pages: the header Authorization of a browser (Basic, RFC 7617: any user,
// the token as password) or of a program (Bearer, RFC 6750).
#pragma once

#include <cstddef>
#include <string_view>

#include "auth/secret.hpp"

namespace rectal_cds::auth {

inline constexpr std::size_t least_page_token = 32;  // characters

// Takes the same time whatever differs in a token of the right length.
bool presents(std::string_view authorization, const Secret& token);

}  // namespace rectal_cds::auth
