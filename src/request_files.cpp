#include "request_files.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

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

}  // namespace

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
