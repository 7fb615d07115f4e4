#include "fhir/knowledge_wording.hpp"

#include <algorithm>
#include <cctype>
#include <initializer_list>

#include "fhir/concept.hpp"
#include "fhir/knowledge_names.hpp"

namespace rectal_cds::fhir {

namespace {

// A summary states a finding and an option; it does not give commands and promises nothing.
constexpr std::array<std::string_view, 12> commands{"start", "stop", "give", "order",    "use",    "remove",
                                                    "keep",  "hold", "omit", "postpone", "reduce", "do not"};
constexpr std::array<std::string_view, 4> promises{"safe", "cleared", "normal", "no issues"};

bool is_letter(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || static_cast<unsigned char>(c) >= 0x80;
}
bool is_space(char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; }

bool has_word_at(std::string_view text, std::size_t at, std::string_view word) {
    const auto same = [](char a, char b) { return std::tolower(static_cast<unsigned char>(a)) == b; };
    const std::string_view found = text.substr(at, word.size());
    const std::size_t end = at + word.size();
    return std::equal(found.begin(), found.end(), word.begin(), word.end(), same) &&
           (at == 0 || !is_letter(text[at - 1])) && (end == text.size() || !is_letter(text[end]));
}

// A clause begins the text or a line of it, or follows a colon, a semicolon, or a full stop or dash and a blank ("0.5"
// and "MSI-H" hold no clause).
bool begins_clause(std::string_view text, std::size_t at) {
    const std::string_view before = trimmed(text.substr(0, at));
    if (text.substr(before.size(), at - before.size()).find('\n') != std::string_view::npos) return true;
    if (before.empty() || before.back() == ':' || before.back() == ';') return true;
    const std::string_view last_three = before.substr(before.size() - std::min<std::size_t>(3, before.size()));
    if (last_three == "\u2013" || last_three == "\u2014") return true;
    return is_space(text[at - 1]) && (before.back() == '.' || before.back() == '-');
}

std::optional<std::string> length_fault(std::string_view text, std::size_t longest) {
    const std::size_t length = code_points(text);
    if (length <= longest) return std::nullopt;
    return "At most " + std::to_string(longest) + " characters are expected; these are " + std::to_string(length) + ".";
}

std::optional<std::string> form_fault(std::string_view text) {
    const auto is_control = [](unsigned char c) { return c < 0x20; };
    if (std::any_of(text.begin(), text.end(), is_control)) return "One line without a line break is expected.";
    const bool has_marks = text.find_first_of("*`[]{}_~\\") != std::string_view::npos;
    const bool begins_block = text.substr(0, 2) == "- " || text.substr(0, 2) == "+ " || text.substr(0, 1) == ">";
    if (!has_marks && !begins_block && !markdown_fault(text)) return std::nullopt;
    return "Plain text is expected, without Markdown, HTML or placeholders.";
}

std::vector<std::string> only_faults(std::initializer_list<std::optional<std::string>> answers) {
    std::vector<std::string> faults;
    for (const auto& answer : answers) {
        if (answer) faults.push_back(*answer);
    }
    return faults;
}

}  // namespace

std::size_t code_points(std::string_view utf8) {
    const auto begins = [](unsigned char byte) { return (byte & 0xC0) != 0x80; };
    return static_cast<std::size_t>(std::count_if(utf8.begin(), utf8.end(), begins));
}

std::optional<std::string> forbidden_word_fault(std::string_view text, const std::string_view* words,
                                                std::size_t count) {
    for (std::size_t at = 0; at < text.size(); ++at) {
        for (std::size_t i = 0; i < count; ++i) {
            if (has_word_at(text, at, words[i]))
                return "A text without the word '" + std::string(words[i]) + "' is expected.";
        }
    }
    return std::nullopt;
}

std::optional<std::string> command_fault(std::string_view summary) {
    for (std::size_t at = 0; at < summary.size(); ++at) {
        if (is_space(summary[at]) || !begins_clause(summary, at)) continue;
        for (const std::string_view word : commands) {
            if (!has_word_at(summary, at, word)) continue;
            return "A finding and an option are expected: no clause may begin with '" + std::string(word) +
                   "', one may with consider, confirm, check, review or discuss.";
        }
    }
    return std::nullopt;
}

std::optional<std::string> promise_fault(std::string_view text) {
    return forbidden_word_fault(text, promises.data(), promises.size());
}

std::vector<std::string> summary_faults(std::string_view summary) {
    return only_faults(
        {length_fault(summary, longest_summary), form_fault(summary), command_fault(summary), promise_fault(summary)});
}

std::vector<std::string> label_faults(std::string_view label) {
    return only_faults(
        {length_fault(label, longest_label), form_fault(label), command_fault(label), promise_fault(label)});
}

std::vector<std::string> prose_faults(std::string_view text) {
    return only_faults({markdown_fault(text), command_fault(text), promise_fault(text)});
}

bool tells_a_year(std::string_view text) {
    const auto is_digit = [&](std::size_t at) {
        return at < text.size() && std::isdigit(static_cast<unsigned char>(text[at])) != 0;
    };
    for (std::size_t at = 0; at + 4 <= text.size(); ++at) {
        const std::string_view century = text.substr(at, 2);
        const bool is_number = is_digit(at) && is_digit(at + 1) && is_digit(at + 2) && is_digit(at + 3);
        if (is_number && (century == "19" || century == "20") && !is_digit(at + 4) && (at == 0 || !is_digit(at - 1)))
            return true;
    }
    return false;
}

std::optional<std::string> markdown_fault(std::string_view detail) {
    for (std::size_t at = 0; at < detail.size(); ++at) {
        const char next = at + 1 < detail.size() ? detail[at + 1] : ' ';
        const bool opens_tag =
            std::isalpha(static_cast<unsigned char>(next)) != 0 || next == '/' || next == '!' || next == '?';
        if (detail[at] == '<' && opens_tag) return "Markdown without raw HTML is expected.";
        const bool line_begins = at == 0 || detail[at - 1] == '\n';
        if (line_begins && detail[at] == '#') return "Markdown without headings is expected.";
    }
    return std::nullopt;
}

std::optional<std::string> placeholder_fault(std::string_view detail) {
    const std::vector<std::string> known(placeholder_names.begin(), placeholder_names.end());
    std::vector<std::string> open;
    for (std::size_t at = 0; (at = detail.find_first_of("{}", at)) != std::string_view::npos;) {
        const std::size_t end = detail.find("}}", at);
        const bool is_tag = detail.substr(at, 2) == "{{" && end != std::string_view::npos;
        if (!is_tag) return "Placeholders between {{ and }} are expected.";
        const std::string_view tag = trimmed(detail.substr(at + 2, end - at - 2));
        const char kind = tag.empty() ? ' ' : tag[0];
        const std::string name(trimmed(kind == '#' || kind == '/' ? tag.substr(1) : tag));
        at = end + 2;
        if (std::find(known.begin(), known.end(), name) == known.end()) {
            return "A placeholder of the closed list is expected instead of '" + name + "'." +
                   nearest_hint(name, known);
        }
        if (kind == '#') {
            open.push_back(name);
        } else if (std::find(open.begin(), open.end(), name) == open.end()) {
            return "The placeholder '" + name + "' is expected inside the section of its name.";
        } else if (kind == '/') {
            if (open.back() != name) return "The end of the section '" + open.back() + "' is expected before this one.";
            open.pop_back();
        }
    }
    if (!open.empty()) return "The end of the section '" + open.back() + "' is expected.";
    return std::nullopt;
}

bool shows_untraced_figure(std::string_view text) {
    return text.find("17.5") != std::string_view::npos && text.find("22.5") != std::string_view::npos;
}

}  // namespace rectal_cds::fhir
