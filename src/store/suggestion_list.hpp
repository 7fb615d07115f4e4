// The ids of suggestions in one column: one a line. Ids hold no control characters (cdshooks/feedback.hpp). For this
// folder only.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

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

}  // namespace rectal_cds::store
