#include "fhir/knowledge_names.hpp"

#include <algorithm>
#include <cctype>
#include <numeric>

namespace rectal_cds::fhir {

namespace {

char lower(char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); }

// Levenshtein distance, case aside.
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i + 1;
        for (std::size_t j = 0; j < b.size(); ++j) {
            const std::size_t replaced = diagonal + (lower(a[i]) == lower(b[j]) ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({replaced, row[j] + 1, diagonal + 1});
        }
    }
    return row.back();
}

std::size_t tolerated(std::string_view a, std::string_view b) {
    return std::max<std::size_t>(1, std::max(a.size(), b.size()) / 3);
}

}  // namespace

bool is_near(std::string_view a, std::string_view b) { return distance(a, b) <= tolerated(a, b); }

std::optional<std::size_t> nearest(std::string_view name, const std::vector<std::string>& candidates) {
    std::optional<std::size_t> best;
    std::size_t fewest = 0;
    for (std::size_t i = 0; i < candidates.size(); ++i) {
        const std::size_t changes = distance(name, candidates[i]);
        if (changes > tolerated(name, candidates[i]) || (best && changes >= fewest)) continue;
        best = i;
        fewest = changes;
    }
    return best;
}

std::string nearest_hint(std::string_view name, const std::vector<std::string>& candidates) {
    const auto best = nearest(name, candidates);
    return best ? " The nearest is '" + candidates[*best] + "'." : "";
}

std::string topic_code(std::string_view recommendation_id) {
    std::string code;
    bool capital = false;
    for (const char c : recommendation_id) {
        if (c != '-') code += capital ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c;
        capital = c == '-';
    }
    return code;
}

}  // namespace rectal_cds::fhir
