#include "service/media_type.hpp"

#include <algorithm>
#include <cctype>
#include <string>
#include <string_view>

#include "http/header_text.hpp"
#include "service/parts.hpp"

namespace rectal_cds::service {

namespace {

// Lower case, without blanks and quotes.
std::string plain(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(), [](char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); });
    result.erase(std::remove_if(result.begin(), result.end(), [](char c) { return c == ' ' || c == '\t' || c == '"'; }), result.end());
    return result;
}

// All values of a header, joined as RFC 9110, 5.3 has it; "" when it is absent.
std::string every_value(const http::Request& request, std::string_view name) {
    std::string values;
    bool is_first = true;
    for (const auto& [other, value] : request.headers) {
        if (!http::equals_ignoring_case(other, name)) continue;
        values += (is_first ? "" : ",") + value;
        is_first = false;
    }
    return plain(values);
}

// Whether no parameter of the media type names another charset than UTF-8.
bool is_utf_8(std::string_view parameters) {
    while (!parameters.empty()) {
        const std::string_view parameter = parameters.substr(0, parameters.find(';'));
        parameters.remove_prefix(std::min(parameters.size(), parameter.size() + 1));
        if (parameter.substr(0, 8) == "charset=" && parameter != "charset=utf-8") return false;
    }
    return true;
}

}  // namespace

std::optional<http::Response> check_media_type(const http::Request& request) {
    const std::string type = every_value(request, "Content-Type");
    const std::string media = type.substr(0, type.find(';'));
    const bool is_json = media == "application/json" || media == "application/fhir+json";
    const bool is_one = type.find(',') == std::string::npos;
    if (!is_json || !is_one || !is_utf_8(std::string_view(type).substr(media.size()))) {
        return refuse(415, "not-supported", "http.header.Content-Type", "application/json in UTF-8 is expected.");
    }
    const std::string coding = every_value(request, "Content-Encoding");
    if (!coding.empty() && coding != "identity") return refuse(415, "not-supported", "http.header.Content-Encoding", "The body is expected without a content coding.");
    return std::nullopt;
}

}  // namespace rectal_cds::service
