#include "request_files.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string_view>

#include "json/document.hpp"
#include "json/writer.hpp"

namespace rectal_cds {

namespace {

std::string without_scenario(std::string body) {
    const auto document = json::Document::parse(std::string(body));
    if (!document) return body;
    const json::Value root = document.value().root();
    if (root["hook"].exists() || !root["request"].is_object()) return body;
    json::Writer writer;
    writer.value(root["request"]);
    return writer.take();
}

// Where the body begins behind "POST … HTTP/1.1" and the header lines; 0 when the text does not begin so.
std::size_t end_of_http_head(std::string_view text) {
    const std::string_view first = text.substr(0, text.find('\n'));
    if (first.substr(0, 5) != "POST " || first.find(" HTTP/") == std::string_view::npos) return 0;
    for (const std::string_view end : {"\r\n\r\n", "\n\n"}) {
        if (const auto at = text.find(end); at != std::string_view::npos) return at + end.size();
    }
    return 0;
}

}  // namespace

std::string body_in_capture(std::string text, std::vector<std::string>& remarks) {
    constexpr std::string_view mark = "\xEF\xBB\xBF";
    const auto drop_mark = [&] {
        if (text.compare(0, mark.size(), mark) != 0) return;
        text.erase(0, mark.size());
        remarks.emplace_back("a byte order mark in front was passed over; in a call it is refused with 400");
    };
    drop_mark();
    if (const std::size_t head = end_of_http_head(text); head > 0) {
        text.erase(0, head);
        remarks.emplace_back("the HTTP head in front was passed over");
        drop_mark();
    }
    return text;
}

std::optional<std::string> read_all(const std::string& file) {
    if (file == "-") return std::string(std::istreambuf_iterator<char>(std::cin), {});
    std::error_code unknown;
    std::ifstream stream(file, std::ios::binary);
    if (!stream || std::filesystem::is_directory(file, unknown)) return std::nullopt;
    return std::string(std::istreambuf_iterator<char>(stream), {});
}

std::vector<std::string> requests_in(const std::string& text) {
    if (json::Document::parse(text)) return {without_scenario(text)};
    const auto first_end = text.find('\n');
    if (first_end == std::string::npos || !json::Document::parse(text.substr(0, first_end))) return {text};
    std::vector<std::string> lines;
    for (std::size_t start = 0; start < text.size();) {
        const auto end = std::min(text.find('\n', start), text.size());
        std::string line = text.substr(start, end - start);
        if (line.find_first_not_of(" \t\r") != std::string::npos) lines.push_back(without_scenario(std::move(line)));
        start = end + 1;
    }
    return lines;
}

}  // namespace rectal_cds
