#include "fhir/words.hpp"

#include <algorithm>
#include <cctype>

#include "fhir/concept.hpp"

namespace rectal_cds::fhir {

namespace {

bool is_part_of_word(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return std::isalpha(byte) != 0 || byte >= 0x80;
}

}  // namespace

std::string lowered(std::string_view text) {
    std::string result(trimmed(text));
    std::transform(result.begin(), result.end(), result.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return result;
}

bool has_word(std::string_view text, std::string_view word) {
    for (auto at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
        const auto after = at + word.size();
        if ((at == 0 || !is_part_of_word(text[at - 1])) && (after == text.size() || !is_part_of_word(text[after])))
            return true;
    }
    return false;
}

bool in_words(json::Value codeable, bool (*mentions)(std::string_view)) {
    if (mentions(codeable["text"].text()) || mentions(codeable["display"].text())) return true;
    for (const json::Value coding : codeable["coding"].elements()) {
        if (mentions(coding["display"].text())) return true;
    }
    return false;
}

}  // namespace rectal_cds::fhir
