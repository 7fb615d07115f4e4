// The letters HTTP headers are made of (RFC 9110, 5.5 and 5.6): ASCII only, whatever the locale.
#pragma once

#include <string_view>

namespace rectal_cds::http {

bool equals_ignoring_case(std::string_view left, std::string_view right);
bool is_token(std::string_view text);          // a method or a header name; at least one character
bool is_header_value(std::string_view text);   // visible characters, spaces and tabs; no line break, no NUL
std::string_view trim(std::string_view text);  // without spaces and tabs at both ends

}  // namespace rectal_cds::http
