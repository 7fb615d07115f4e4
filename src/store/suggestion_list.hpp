// Suggestions in one column, one a line: the ids that feedback accepts, and the ids and labels that a card was issued
// with ("id label"). Neither holds control characters (cdshooks/feedback.hpp). For this folder only.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "cdshooks/card_history.hpp"

namespace rectal_cds::store {

inline std::string joined(const std::vector<std::string>& ids) {
    std::string text;
    for (const std::string& id : ids) text += (text.empty() ? "" : "\n") + id;
    return text;
}

inline std::vector<std::string> split(const std::string& text) {
    std::vector<std::string> ids;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        ids.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return ids;
}

inline std::string joined(const std::vector<cdshooks::WrittenSuggestion>& issued) {
    std::string text;
    for (const auto& suggestion : issued) {
        if (!text.empty()) text += '\n';
        text.append(suggestion.uuid).append(" ").append(suggestion.label);
    }
    return text;
}

// The label under which a card whose column this is was issued with the suggestion of this id.
inline std::optional<std::string> label_of(const std::string& id, const std::string& issued) {
    for (const std::string& line : split(issued)) {
        if (line.size() > id.size() && line[id.size()] == ' ' && line.compare(0, id.size(), id) == 0)
            return line.substr(id.size() + 1);
    }
    return std::nullopt;
}

}  // namespace rectal_cds::store
