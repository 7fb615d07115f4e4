#include "http/message.hpp"

#include "http/header_text.hpp"

namespace rectal_cds::http {

std::optional<std::string_view> find_header(const Headers& headers, std::string_view name) {
    for (const auto& [candidate, value] : headers) {
        if (equals_ignoring_case(candidate, name)) return value;
    }
    return std::nullopt;
}

}  // namespace rectal_cds::http
