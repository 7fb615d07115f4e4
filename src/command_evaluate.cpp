#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <utility>

#include "cdshooks/governance.hpp"
#include "cdshooks/request.hpp"
#include "cdshooks/respond.hpp"
#include "commands.hpp"
#include "json/writer.hpp"
#include "knowledge_folder.hpp"
#include "wording_options.hpp"

namespace rectal_cds {

namespace {

std::optional<std::string> read_all(const std::string& file) {
    if (file == "-") return std::string(std::istreambuf_iterator<char>(std::cin), {});
    std::error_code unknown;
    std::ifstream stream(file, std::ios::binary);
    if (!stream || std::filesystem::is_directory(file, unknown)) return std::nullopt;
    return std::string(std::istreambuf_iterator<char>(stream), {});
}

// One request; or one a line, when the text as a whole is not JSON but its first line is.
std::vector<std::string> requests_in(const std::string& text) {
    if (json::Document::parse(text)) return {text};
    const auto first_end = text.find('\n');
    if (first_end == std::string::npos || !json::Document::parse(text.substr(0, first_end))) return {text};
    std::vector<std::string> lines;
    for (std::size_t start = 0; start < text.size();) {
        const auto end = std::min(text.find('\n', start), text.size());
        std::string line = text.substr(start, end - start);
        if (line.find_first_not_of(" \t\r") != std::string::npos) lines.push_back(std::move(line));
        start = end + 1;
    }
    return lines;
}

// The hook of the request picks the service. A test scenario holds its request under "request".
cdshooks::Answer answer(const fhir::Knowledge& knowledge, std::string body, const EvaluateOptions& options) {
    std::string hook;
    if (auto document = json::Document::parse(body)) {
        json::Value root = document.value().root();
        if (!root["hook"].exists() && root["request"].is_object()) {
            json::Writer writer;
            writer.value(root["request"]);
            root = root["request"];
            body = writer.take();
        }
        hook = root["hook"].text();
    }
    cdshooks::Call call;
    for (const fhir::Service& service : knowledge.services) {
        if (!call.service || cdshooks::name(service.hook) == hook) call.service = &service;
    }
    call.body = std::move(body);
    call.today = options.today.value_or(today_utc());
    call.seed_from_hook_instance = true;
    call.explain = options.explain;
    call.audience = audience_settings(options.wording);
    call.wire.client = wire_settings(options.wording);
    return cdshooks::respond(knowledge, std::move(call));
}

}  // namespace

int evaluate(const EvaluateOptions& options) {
    std::vector<base::Error> errors;
    fhir::Knowledge knowledge = load_knowledge(options.knowledge, errors, options.site);
    for (const base::Error& error : errors) std::fprintf(stderr, "%s\n", in_words(error).c_str());
    if (!errors.empty()) return 2;
    if (options.require_approved) fhir::keep_approved(knowledge);
    if (knowledge.recommendations.empty()) {
        std::fprintf(stderr, "Nothing can be judged: %s\n", cdshooks::content_description(knowledge).c_str());
        return 2;
    }
    bool refused = false;
    for (const std::string& file : options.files) {
        const auto text = read_all(file);
        if (!text) {
            std::fprintf(stderr, "%s: the file could not be read\n", file.c_str());
            return 2;
        }
        for (std::string& request : requests_in(*text)) {
            const cdshooks::Answer result = answer(knowledge, std::move(request), options);
            refused = refused || result.status >= 400;
            std::printf("%s\n", result.body.c_str());
        }
    }
    return refused ? 1 : 0;
}

}  // namespace rectal_cds
