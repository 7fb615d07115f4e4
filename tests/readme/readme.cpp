#include "readme/readme.hpp"

#include <algorithm>
#include <optional>
#include <regex>
#include <set>
#include <sstream>

namespace rectal_cds::readme {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view ellipsis = "…";

std::vector<std::string> lines(std::string_view text) {
    std::vector<std::string> result;
    std::istringstream stream{std::string(text)};
    for (std::string line; std::getline(stream, line);) result.push_back(line);
    return result;
}

std::vector<std::string> code_spans(const std::string& line) {
    static const std::regex span("`([^`]+)`");
    std::vector<std::string> result;
    for (std::sregex_iterator found(line.begin(), line.end(), span), end; found != end; ++found)
        result.push_back((*found)[1]);
    return result;
}

std::vector<std::string> cells(const std::string& row) {
    std::vector<std::string> result;
    std::istringstream stream(row);
    for (std::string cell; std::getline(stream, cell, '|');) result.push_back(cell);
    return result;
}

std::string escaped_for_regex(std::string_view text) {
    static const std::regex special(R"([.^$|()\[\]{}*+?\\])");
    return std::regex_replace(std::string(text), special, R"(\$&)");
}

// "<id>.json" and "*_facts.cpp" as patterns of one file name.
std::regex name_pattern(std::string_view name) {
    static const std::regex wildcard(R"(<[a-z]+>|\\\*)");
    return std::regex(std::regex_replace(escaped_for_regex(name), wildcard, "[^/]+"));
}

std::string_view trimmed(std::string_view text) {
    const auto begin = text.find_first_not_of(' ');
    return begin == std::string_view::npos ? "" : text.substr(begin, text.find_last_not_of(' ') + 1 - begin);
}

// The pieces between ellipses stand in `actual` in this order, the outer ones at its ends.
bool fits(std::string_view shown, std::string_view actual) {
    std::size_t found = 0;
    for (bool is_first = true;; is_first = false) {
        const auto next = shown.find(ellipsis);
        const bool is_last = next == std::string_view::npos;
        const std::string_view piece = trimmed(shown.substr(0, next));
        if (is_last && is_first) return actual == shown;
        if (is_last) return actual.size() >= found + piece.size() && actual.ends_with(piece);
        const auto at = actual.find(piece, found);
        if (at == std::string_view::npos || (is_first && at != 0)) return false;
        found = at + piece.size();
        shown.remove_prefix(next + ellipsis.size());
    }
}

std::vector<std::string> differences_of_elements(json::Value shown, json::Value actual, const std::string& place) {
    if (!actual.is_array()) return {place + ": is no array"};
    std::vector<std::string> result;
    std::size_t index = 0;
    for (const json::Value element : shown.elements()) {
        const std::string here = place + "[" + std::to_string(index++) + "]";
        std::optional<std::vector<std::string>> nearest;
        for (const json::Value candidate : actual.elements()) {
            auto found = differences(element, candidate, here);
            if (!nearest || found.size() < nearest->size()) nearest = std::move(found);
        }
        if (!nearest)
            result.push_back(here + ": the array in the answer is empty");
        else
            result.insert(result.end(), nearest->begin(), nearest->end());
    }
    return result;
}

std::vector<std::string> differences_of_members(json::Value shown, json::Value actual, const std::string& place) {
    std::vector<std::string> result;
    for (const json::Member member : shown.members()) {
        if (member.name == ellipsis) continue;
        const auto found = differences(member.value, actual[member.name], place + "." + std::string(member.name));
        result.insert(result.end(), found.begin(), found.end());
    }
    return result;
}

}  // namespace

std::vector<Block> blocks(std::string_view markdown) {
    std::vector<Block> result;
    bool is_open = false;
    for (const std::string& line : lines(markdown)) {
        const bool is_fence = line.compare(0, 3, "```") == 0;
        if (is_fence && !is_open)
            result.push_back({line.substr(3), ""});
        else if (!is_fence && is_open)
            result.back().text += line + '\n';
        if (is_fence) is_open = !is_open;
    }
    return result;
}

std::vector<std::string> commands(std::string_view markdown) {
    static const std::regex continuation(R"(\\\n\s*)");
    std::vector<std::string> result;
    for (const Block& block : blocks(markdown)) {
        if (block.language != "sh") continue;
        for (const std::string& line : lines(std::regex_replace(block.text, continuation, ""))) {
            if (!line.empty() && line[0] != '#') result.push_back(line);
        }
    }
    return result;
}

std::vector<std::string> dev_verbs(std::string_view markdown) {
    static const std::regex use(R"(\./dev ([a-z][a-z-]*))");
    const std::string text(markdown);
    std::set<std::string> verbs;
    for (std::sregex_iterator found(text.begin(), text.end(), use), end; found != end; ++found)
        verbs.insert((*found)[1]);
    return {verbs.begin(), verbs.end()};
}

std::vector<FolderRow> folder_table(std::string_view markdown) {
    std::vector<FolderRow> rows;
    bool is_inside = false;
    for (const std::string& line : lines(markdown)) {
        if (line.compare(0, 3, "## ") == 0) is_inside = line == "## Folders";
        const auto row = cells(line);
        if (!is_inside || row.size() < 3 || code_spans(row[1]).empty()) continue;
        rows.push_back({code_spans(row[1]), code_spans(row[2])});
    }
    return rows;
}

std::vector<std::string> paths_below(std::string_view markdown, const fs::path& root) {
    std::string tops;
    for (const auto& entry : fs::directory_iterator(root)) {
        const std::string name = entry.path().filename().string();
        if (entry.is_directory() && name != ".git" && name.compare(0, 5, "build") != 0)
            tops += (tops.empty() ? "" : "|") + escaped_for_regex(name);
    }
    const std::regex path("(^|[\\s`(|])((" + tops + R"()/[A-Za-z0-9_.*<>/-]*[A-Za-z0-9_*>/]))");
    const std::string text(markdown);
    std::set<std::string> found;
    for (std::sregex_iterator match(text.begin(), text.end(), path), end; match != end; ++match)
        found.insert((*match)[2]);
    return {found.begin(), found.end()};
}

bool exists(const fs::path& root, std::string_view path) {
    while (!path.empty() && path.back() == '/') path.remove_suffix(1);
    if (path.empty()) return fs::exists(root);
    const auto slash = path.find('/');
    const std::string_view first = path.substr(0, slash),
                           rest = slash == std::string_view::npos ? std::string_view() : path.substr(slash + 1);
    if (!fs::is_directory(root)) return false;
    const std::regex pattern = name_pattern(first);
    const fs::directory_iterator entries(root), end;
    return std::any_of(entries, end, [&](const fs::directory_entry& entry) {
        return std::regex_match(entry.path().filename().string(), pattern) && exists(entry.path(), rest);
    });
}

std::vector<std::string> differences(json::Value shown, json::Value actual, const std::string& place) {
    if (!actual.exists()) return {place + ": is not in the answer"};
    if (shown.is_object()) return differences_of_members(shown, actual, place);
    if (shown.is_array()) return differences_of_elements(shown, actual, place);
    if (shown.text() == ellipsis) return {};
    if (shown.is_string())
        return fits(shown.text(), actual.text()) ? std::vector<std::string>{}
                                                 : std::vector{place + ": reads differently in the answer"};
    const bool same =
        shown.number() == actual.number() && shown.boolean() == actual.boolean() && shown.is_null() == actual.is_null();
    return same ? std::vector<std::string>{} : std::vector{place + ": has another value in the answer"};
}

}  // namespace rectal_cds::readme
