#include "cdshooks/markdown.hpp"

#include <algorithm>
#include <cctype>

namespace rectal_cds::cdshooks {

namespace {

bool ends_with(const std::string& text, std::string_view ending) {
    return text.size() >= ending.size() && text.compare(text.size() - ending.size(), ending.size(), ending) == 0;
}

bool is_number(const std::string& text) {
    for (const char c : text) {
        if (std::isdigit(static_cast<unsigned char>(c)) == 0) return false;
    }
    return !text.empty();
}

// Of a host name in any script; a byte of a character beyond ASCII counts as a letter.
bool is_letter(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || std::isalpha(byte) != 0;
}

// Whether a dot before `rest` would make a host name of the text, as renderers that link bare names see one: at least
// two letters that no digit follows. So p.Gly12Asp is none.
bool begins_top_level_domain(const std::string& so_far, std::string_view rest) {
    const char last = so_far.back();
    if (!is_letter(last) && std::isdigit(static_cast<unsigned char>(last)) == 0) return false;
    if (rest.substr(0, 4) == "xn--") return true;
    std::size_t letters = 0;
    while (letters < rest.size() && (is_letter(rest[letters]) || rest[letters] == '-')) ++letters;
    return letters >= 2 && (letters == rest.size() || std::isdigit(static_cast<unsigned char>(rest[letters])) == 0);
}

// Whether `c`, after the text so far, would begin a list, a heading, a quotation, or a link without brackets.
bool begins_structure(const std::string& so_far, char c, std::string_view rest) {
    if (so_far.empty()) return c == '#' || c == '+' || c == '-' || c == '=' || c == '>';
    const bool ends_word = rest.empty() || rest.front() == ' ';
    if (c == '/') return so_far.back() == '/';
    if (c == '.' && begins_top_level_domain(so_far, rest)) return true;
    if (c == '.' || c == ')')
        return (is_number(so_far) && ends_word) || ends_with(so_far, "www") || ends_with(so_far, "WWW");
    return c == '@' || (c == ':' && rest.substr(0, 2) == "//") || (c == '!' && rest.substr(0, 1) == "[");
}

// How many characters from here on stand for themselves wherever they are: letters, digits and spaces of ASCII.
std::size_t ordinary_length(std::string_view text) {
    const auto is_ordinary = [](unsigned char c) {
        return c == ' ' || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    };
    return static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), is_ordinary) - text.begin());
}

// Bytes of a character at the start of `text` that is not seen but changes what is: C1 controls, zero-width characters,
// marks of writing direction, the byte order mark. 0: none.
std::size_t unseen_length(std::string_view text) {
    const auto byte = [&](std::size_t at) { return at < text.size() ? static_cast<unsigned char>(text[at]) : 0u; };
    const auto third = byte(2);
    if (byte(0) == 0xc2 && byte(1) >= 0x80 && byte(1) <= 0x9f) return 2;
    if (byte(0) == 0xef && byte(1) == 0xbb && third == 0xbf) return 3;
    if (byte(0) != 0xe2) return 0;
    if (byte(1) == 0x80 && ((third >= 0x8b && third <= 0x8f) || (third >= 0xa8 && third <= 0xae))) return 3;
    return byte(1) == 0x81 && third >= 0xa0 && third <= 0xa9 ? 3 : 0;
}

}  // namespace

std::string escape_markdown(std::string_view text, std::size_t max_code_points) {
    constexpr std::string_view special = "\\`*_[]~|";
    std::string result;
    result.reserve(text.size() + text.size() / 8);
    std::size_t code_points = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (const std::size_t run = ordinary_length(text.substr(i, max_code_points - code_points)); run > 0) {
            result.append(text, i, run);
            code_points += run;
            i += run - 1;
            continue;
        }
        if (const std::size_t unseen = unseen_length(text.substr(i)); unseen > 0) {
            i += unseen - 1;
            continue;
        }
        const char c = text[i];
        const auto byte = static_cast<unsigned char>(c);
        const bool starts_code_point = (byte & 0xc0) != 0x80;
        if (starts_code_point && ++code_points > max_code_points) return result + "…";
        if (c == '<')
            result += "&lt;";
        else if (c == '>')
            result += "&gt;";
        else if (c == '&')
            result += "&amp;";
        else if (byte < 0x20 || byte == 0x7f)
            result += ' ';
        else if (special.find(c) != std::string_view::npos || begins_structure(result, c, text.substr(i + 1)))
            (result += '\\') += c;
        else
            result += c;
    }
    return result;
}

}  // namespace rectal_cds::cdshooks
