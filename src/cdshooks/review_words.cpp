#include "cdshooks/review_words.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace rectal_cds::cdshooks {

namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 4> spellings{
    {{"iv", "IV"}, {"ecog", "ECOG"}, {"cea", "CEA"}, {"ras", "RAS"}}};

constexpr std::array<const char*, 8> groups{"A. Data quality, testing, goals",
                                            "B. First-line systemic therapy",
                                            "C. Primary tumour and radiotherapy",
                                            "D. Response, conversion, surgery",
                                            "E. After progression",
                                            "F. Orders: EGFR antibodies and immunotherapy",
                                            "G. Orders: bevacizumab",
                                            "H. Orders: cytotoxics, pregnancy, allergy"};

char lower(char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); }
bool is_upper(char c) { return std::isupper(static_cast<unsigned char>(c)) != 0; }

std::string spelt(const std::string& word) {
    for (const auto& [plain, right] : spellings) {
        if (word == plain) return std::string(right);
    }
    return word;
}

// Sections lose their marks, values become «words».
std::string without_placeholders(std::string_view detail) {
    std::string text;
    while (!detail.empty()) {
        const auto open = detail.find("{{");
        text += detail.substr(0, open);
        if (open == std::string_view::npos) break;
        const auto close = detail.find("}}", open);
        const std::string_view name = detail.substr(open + 2, close - open - 2);
        if (!name.empty() && name[0] != '#' && name[0] != '/') text += "«" + placeholder_in_words(name) + "»";
        detail.remove_prefix(std::min(close + 2, detail.size()));
    }
    return text;
}

}  // namespace

const char* group_title(char group) { return groups.at(static_cast<std::size_t>(group - 'A')); }

std::string fact_line(domain::FactId fact) {
    const domain::Fact& entry = domain::vocabulary()[fact];
    return "- **" + std::string(entry.name) + "**: " + std::string(entry.meaning) + "\n";
}

std::string fact_names(const std::vector<domain::FactId>& facts, const char* between) {
    std::string names;
    for (const domain::FactId fact : facts) {
        names += (names.empty() ? "" : between) + ("**" + std::string(domain::vocabulary()[fact].name) + "**");
    }
    return names;
}

std::string quoted_detail(std::string_view detail) {
    const std::string plain = without_placeholders(detail);
    std::string text;
    for (std::size_t start = 0; start <= plain.size();) {
        const auto end = std::min(plain.find('\n', start), plain.size());
        const std::string line = plain.substr(start, end - start);
        text += line.empty() ? ">\n" : "> " + line + "\n";
        start = end + 1;
    }
    return text;
}

std::string placeholder_in_words(std::string_view name) {
    std::string words, word;
    for (const char c : name) {
        if (is_upper(c)) {
            words += spelt(word) + " ";
            word.clear();
        }
        word += lower(c);
    }
    return words + spelt(word);
}

std::string cell(std::string_view text) {
    if (text.empty()) return "-";
    std::string result;
    for (const char c : text) {
        if (c == '|') result += '\\';
        result += c == '\n' ? ' ' : c;
    }
    return result;
}

std::string table_row(const std::vector<std::string>& cells) {
    std::string row = "|";
    for (const std::string& text : cells) row += " " + cell(text) + " |";
    return row + "\n";
}

std::string table_head(const std::vector<std::string>& titles) {
    std::string rule = "|";
    for (std::size_t i = 0; i < titles.size(); ++i) rule += "---|";
    return table_row(titles) + rule + "\n";
}

std::string anchor(std::string_view heading) {
    std::string result;
    for (const char c : heading) {
        if (c == ' ' || c == '-') result += '-';
        else if (std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || static_cast<unsigned char>(c) >= 0x80) result += lower(c);
    }
    return result;
}

std::string numbered_title(std::size_t place, const guideline::Recommendation& recommendation) {
    return std::to_string(place + 1) + ". " + recommendation.title;
}

std::string links_to(const fhir::Knowledge& knowledge, const std::vector<std::string>& ids) {
    std::string links;
    for (std::size_t i = 0; i < knowledge.recommendations.size(); ++i) {
        const auto& recommendation = knowledge.recommendations[i];
        if (std::find(ids.begin(), ids.end(), recommendation.id) == ids.end()) continue;
        links += (links.empty() ? "[" : ", [") + std::to_string(i + 1) + "](#" + anchor(numbered_title(i, recommendation)) + ")";
    }
    return links.empty() ? "-" : links;
}

}  // namespace rectal_cds::cdshooks
