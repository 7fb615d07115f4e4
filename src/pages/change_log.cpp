#include "pages/change_log.hpp"

#include <algorithm>

namespace rectal_cds::pages {

namespace {

std::string_view next_line(std::string_view& text) {
    const auto end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return line;
}

bool begins_entry(std::string_view line) { return line.starts_with("* ") || line.starts_with("- "); }

}  // namespace

std::vector<Change> changes_of(std::string_view log, std::string_view id) {
    const std::string named = '`' + std::string(id) + '`';
    std::vector<Change> changes;
    std::string heading, entry;
    const auto settle = [&] {
        if (entry.find(named) != std::string::npos) changes.push_back({heading, entry});
        entry.clear();
    };
    while (!log.empty()) {
        const std::string_view line = next_line(log);
        if (!entry.empty() && line.starts_with(' ')) {
            entry += '\n' + std::string(line.substr(
                                line.find_first_not_of(' ') == line.npos ? line.size() : line.find_first_not_of(' ')));
            continue;
        }
        settle();
        if (line.starts_with("## ")) heading = line.substr(3);
        if (begins_entry(line)) entry = line.substr(2);
    }
    settle();
    return changes;
}

}  // namespace rectal_cds::pages
