#include "fhir/audience_wording.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "domain/drug.hpp"
#include "fhir/knowledge_wording.hpp"

namespace rectal_cds::fhir {

namespace {

constexpr std::array<std::string_view, 3> nurse_labels{"**For care:**", "**Watch for:**", "**Tell:**"};

constexpr std::array<std::string_view, 9> units{"mg", "g", "gy", "ml", "iu", "dose", "doses", "dosage", "percent"};
constexpr std::array<std::string_view, 10> regimens{"folfox", "mfolfox6", "folfiri",   "folfoxiri", "capox",
                                                    "xelox",  "xeloda",   "avastin", "erbitux",   "vectibix"};
constexpr std::array<std::string_view, 8> medicine_commands{"take",   "skip",  "avoid",  "swallow",
                                                            "double", "begin", "cancel", "refuse"};
constexpr std::array<std::string_view, 10> reassurances{
    "harmless",  "no danger",   "no risk",       "no need to worry", "nothing to worry about",
    "all clear", "do not worry", "nothing is wrong", "will be cured", "will work"};
constexpr std::array<std::string_view, 15> disclosures{
    "stage",       "metastasis",   "metastases", "metastatic", "incurable", "terminal", "palliative", "hospice",
    "progression", "progressed", "prognosis",  "survival",   "spread",    "mutation", "mutant"};

template <std::size_t n>
std::optional<std::string> fault_of(std::string_view text, const std::array<std::string_view, n>& words) {
    return forbidden_word_fault(text, words.data(), words.size());
}

std::optional<std::string> drug_fault(std::string_view text) {
    for (int i = 0; i < domain::drug_count; ++i) {
        const std::string_view name = domain::name(static_cast<domain::Drug>(i));
        if (auto fault = forbidden_word_fault(text, &name, 1)) return fault;
    }
    return fault_of(text, regimens);
}

std::optional<std::string> figure_fault(std::string_view text) {
    const auto is_digit = [](unsigned char c) { return std::isdigit(c) != 0; };
    if (std::none_of(text.begin(), text.end(), is_digit)) return std::nullopt;
    return "A text without figures is expected: a patient could read a dose into them.";
}

// Calls `visit` with every sentence; a line break ends one as well.
template <class Visit>
std::optional<std::string> first_sentence_fault(std::string_view text, const Visit& visit) {
    for (std::size_t start = 0; start < text.size();) {
        const std::size_t end = std::min(text.find_first_of(".!?:;\n", start), text.size());
        if (auto fault = visit(text.substr(start, end - start))) return fault;
        start = end + 1;
    }
    return std::nullopt;
}

std::optional<std::string> length_fault(std::string_view sentence) {
    std::size_t words = 0;
    bool in_word = false;
    for (const char c : sentence) {
        const bool letter = c != ' ';
        if (letter && !in_word) ++words;
        in_word = letter;
    }
    if (words <= longest_plain_sentence) return std::nullopt;
    return "Sentences of at most " + std::to_string(longest_plain_sentence) + " words are expected; one has " +
           std::to_string(words) + ".";
}

// command_fault knows what prescribers are told; these are what one could tell a patient to do with medicines.
std::optional<std::string> medicine_command_fault(std::string_view sentence) {
    const std::size_t begin = sentence.find_first_not_of("-* ");
    if (begin == std::string_view::npos) return std::nullopt;
    const std::size_t end = std::min(sentence.find_first_of(" ,", begin), sentence.size());
    return fault_of(sentence.substr(begin, end - begin), medicine_commands);
}

std::optional<std::string> sentence_fault(std::string_view text) {
    return first_sentence_fault(text, [](std::string_view sentence) -> std::optional<std::string> {
        if (auto fault = length_fault(sentence)) return fault;
        if (auto fault = medicine_command_fault(sentence)) return fault;
        return command_fault(sentence);
    });
}

}  // namespace

std::optional<std::string> nurse_detail_fault(std::string_view detail) {
    if (detail.empty()) return std::nullopt;
    for (auto fault : {markdown_fault(detail), placeholder_fault(detail), promise_fault(detail)}) {
        if (fault) return fault;
    }
    for (const std::string_view label : nurse_labels) {
        if (detail.find(label) == std::string_view::npos)
            return "The three parts \"**For care:**\", \"**Watch for:**\" and \"**Tell:**\" are expected.";
    }
    return std::nullopt;
}

std::optional<std::string> patient_text_fault(std::string_view text) {
    if (text.find_first_of("{}") != std::string_view::npos) return "A text without placeholders is expected.";
    for (auto fault : {markdown_fault(text), figure_fault(text), promise_fault(text), fault_of(text, units),
                       drug_fault(text), fault_of(text, reassurances), fault_of(text, disclosures),
                       sentence_fault(text)}) {
        if (fault) return fault;
    }
    return std::nullopt;
}

std::optional<std::string> patient_detail_fault(std::string_view detail) {
    if (auto fault = patient_text_fault(detail)) return fault;
    if (detail.empty() || detail.find("your cancer team") != std::string_view::npos) return std::nullopt;
    return "Whom to ask is expected: \"your cancer team\".";
}

}  // namespace rectal_cds::fhir
