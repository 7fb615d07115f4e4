#include "architecture/rules.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <ostream>
#include <regex>
#include <set>
#include <sstream>

namespace rectal_cds::architecture {

namespace {

constexpr std::size_t longest_header = 120;
constexpr std::size_t longest_source = 300;

// What may follow #include in angle brackets besides C++ standard headers, and the rooms that may name it.
struct Owner {
    std::string_view prefix;
    std::array<std::string_view, 3> rooms;
};
constexpr std::array owners{
    Owner{"date/", {"base"}},
    Owner{"rapidjson/", {"json"}},
    Owner{"simdjson.h", {"json"}},
    Owner{"kainjow/", {"cdshooks", "pages"}},
    Owner{"cjose/", {"auth"}},
    Owner{"cmark.h", {"cdshooks"}},
    Owner{"soci/", {"store"}},
    Owner{"libpq-fe.h", {"store"}},
    Owner{"boost/", {"http", "fetch"}},
    Owner{"cpprest/", {"fetch"}},
    Owner{"pplx/", {"fetch"}},
    Owner{"prometheus/", {"service"}},
    Owner{"openssl/", {"auth", "http", "fetch"}},
    Owner{"spdlog/", {"service", "main"}},
    Owner{"fmt/", {"service", "main"}},
    Owner{"CLI/", {"main"}},
    Owner{"sys/", {"store", "http", "main"}},
    Owner{"netinet/", {"http", "fetch"}},
    Owner{"arpa/", {"auth", "http", "fetch"}},
    Owner{"netdb.h", {"fetch"}},
    Owner{"unistd.h", {"store", "http", "main"}},
    Owner{"signal.h", {"http", "main"}},
    Owner{"fcntl.h", {"store", "http", "main"}},
    Owner{"pthread.h", {"http", "main"}},
};

// Standard headers that g++ 12 lacks or clang 14 cannot read.
constexpr std::array<std::string_view, 3> unusable_standard_headers{"format", "print", "ranges"};

bool contains(const auto& range, std::string_view wanted) {
    return std::find(range.begin(), range.end(), wanted) != range.end();
}

std::optional<std::size_t> height(std::string_view of_room, const std::vector<std::string>& layers) {
    if (of_room == "main") return layers.size();
    const auto found = std::find(layers.begin(), layers.end(), of_room);
    if (found == layers.end()) return std::nullopt;
    return static_cast<std::size_t>(found - layers.begin());
}

// Judges #include "<target>" inside `of_room`; empty when it is right.
std::string fault_of_own_header(std::string_view target, std::string_view of_room,
                                const std::vector<std::string>& layers) {
    const auto slash = target.find('/');
    const std::string_view wanted = slash == std::string_view::npos ? "main" : target.substr(0, slash);
    const auto own_height = height(of_room, layers);
    const auto wanted_height = height(wanted, layers);
    if (!own_height) return "The folder '" + std::string(of_room) + "' is not in the order of layers.";
    if (!wanted_height) {
        return "\"" + std::string(target) + "\" is not written as \"layer/file.hpp\" with a known layer.";
    }
    if (*wanted_height <= *own_height) return {};
    return "'" + std::string(of_room) + "' must not include '" + std::string(wanted) + "', which stands above it.";
}

// Judges #include <target> inside `of_room`; empty when it is right.
std::string fault_of_foreign_header(std::string_view target, std::string_view of_room) {
    const std::string shown = "<" + std::string(target) + ">";
    if (contains(unusable_standard_headers, target)) return shown + " is not usable with both g++ 12 and clang 14.";
    const bool standard = target.find_first_of("./") == std::string_view::npos;
    if (standard) return {};
    const auto owner = std::find_if(owners.begin(), owners.end(),
                                    [&](const Owner& candidate) { return target.starts_with(candidate.prefix); });
    if (owner == owners.end()) return shown + " is neither a C++ standard header nor known as a third party's.";
    if (contains(owner->rooms, of_room)) return {};
    return shown + " belongs to '" + std::string(owner->rooms[0]) + "' and must not be named in '" +
           std::string(of_room) + "'.";
}

bool is_header(std::string_view path) { return path.ends_with(".hpp") || path.ends_with(".h"); }
bool is_source(std::string_view path) { return path.ends_with(".cpp") || path.ends_with(".cc"); }

}  // namespace

std::ostream& operator<<(std::ostream& out, const Breach& breach) {
    return out << breach.path << ':' << breach.line << ": " << breach.what;
}

std::string_view room(std::string_view path) {
    constexpr std::string_view top = "src/";
    if (!path.starts_with(top)) return {};
    path.remove_prefix(top.size());
    const auto slash = path.find('/');
    return slash == std::string_view::npos ? "main" : path.substr(0, slash);
}

std::vector<Breach> include_breaches(const SourceFile& file, const std::vector<std::string>& layers) {
    static const std::regex directive(R"(^\s*#\s*include\b\s*(?:"([^"]+)\"|<([^>]+)>)?.*)");
    const std::string_view own_room = room(file.path);
    if (own_room.empty()) return {};
    std::vector<Breach> breaches;
    std::istringstream lines(file.text);
    std::string line;
    for (std::size_t number = 1; std::getline(lines, line); ++number) {
        std::smatch found;
        if (!std::regex_match(line, found, directive)) continue;
        std::string fault = "This include names no file, so it cannot be checked.";
        if (found[1].matched) fault = fault_of_own_header(found[1].str(), own_room, layers);
        if (found[2].matched) fault = fault_of_foreign_header(found[2].str(), own_room);
        if (!fault.empty()) breaches.push_back({file.path, number, fault});
    }
    return breaches;
}

std::vector<Breach> length_breaches(const SourceFile& file) {
    const std::size_t longest = is_header(file.path) ? longest_header : longest_source;
    if (!is_header(file.path) && !is_source(file.path)) return {};
    const auto lines = static_cast<std::size_t>(std::count(file.text.begin(), file.text.end(), '\n'));
    if (lines <= longest) return {};
    return {{file.path, longest + 1,
             "This file has " + std::to_string(lines) + " lines; " + std::to_string(longest) + " are allowed."}};
}

std::vector<Breach> rooms_without_readme(const std::vector<std::string>& paths) {
    std::set<std::string_view> rooms;
    for (const std::string& path : paths) rooms.insert(room(path));
    std::vector<Breach> breaches;
    for (const std::string_view name : rooms) {
        const std::string readme = "src/" + std::string(name) + "/README.md";
        if (name.empty() || name == "main" || contains(paths, readme)) continue;
        breaches.push_back({readme, 0, "The folder has no README.md that says what lives there."});
    }
    return breaches;
}

}  // namespace rectal_cds::architecture
