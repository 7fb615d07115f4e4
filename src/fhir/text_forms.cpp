#include "fhir/text_forms.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>
#include <utility>

#include "domain/drug.hpp"
#include "fhir/concept.hpp"
#include "fhir/words.hpp"

namespace rectal_cds::fhir {

namespace {

char lower(char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }

template <std::size_t n>
bool one_of(const std::string& text, const std::array<std::string_view, n>& forms) {
    return std::find(forms.begin(), forms.end(), text) != forms.end();
}

constexpr std::array<std::string_view, 5> wild_type_forms{"no mutation detected", "wild type", "wild-type", "not detected", "negative"};

constexpr std::array<std::pair<std::string_view, char>, 21> amino_acids{{
    {"ala", 'A'}, {"arg", 'R'}, {"asn", 'N'}, {"asp", 'D'}, {"cys", 'C'}, {"gln", 'Q'}, {"glu", 'E'},
    {"gly", 'G'}, {"his", 'H'}, {"ile", 'I'}, {"leu", 'L'}, {"lys", 'K'}, {"met", 'M'}, {"phe", 'F'},
    {"pro", 'P'}, {"ser", 'S'}, {"thr", 'T'}, {"trp", 'W'}, {"tyr", 'Y'}, {"val", 'V'}, {"ter", '*'},
}};

// One amino acid, in three letters or one, taken off the front of `text`; 0 when there is none.
char take_amino_acid(std::string_view& text) {
    for (const auto& [three, one] : amino_acids) {
        if (text.size() >= 3 && equals_ignoring_case(text.substr(0, 3), three)) {
            text.remove_prefix(3);
            return one;
        }
    }
    if (text.empty() || !is_letter(text[0])) return 0;
    const char one = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
    text.remove_prefix(1);
    return one;
}

std::string take_digits(std::string_view& text) {
    std::string digits;
    while (!text.empty() && is_digit(text[0])) {
        digits += text[0];
        text.remove_prefix(1);
    }
    return digits;
}

// The text of a protein change behind "p.": "G12C" from G12C, Gly12Cys or (Gly12Cys).
std::optional<std::string> protein_change(std::string_view text) {
    if (text.size() >= 2 && text.front() == '(' && text.back() == ')') text = text.substr(1, text.size() - 2);
    const char from = take_amino_acid(text);
    const std::string position = take_digits(text);
    const char to = take_amino_acid(text);
    if (from == 0 || position.empty() || to == 0 || !text.empty()) return std::nullopt;
    return from + position + to;
}

// "34G>T" behind "c."
std::optional<std::string> coding_change(std::string_view text) {
    const std::string position = take_digits(text);
    if (position.empty() || text.size() != 3 || !is_letter(text[0]) || text[1] != '>' || !is_letter(text[2])) return std::nullopt;
    return "c." + position + std::string(text);
}

}  // namespace

bool equals_ignoring_case(std::string_view a, std::string_view b) {
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return lower(x) == lower(y); });
}

bool is_no_result_text(std::string_view text) {
    static constexpr std::array<std::string_view, 6> forms{"insufficient sample", "indeterminate",  "no result",
                                                           "not performed",       "not evaluable", "quantity not sufficient"};
    return one_of(lowered(text), forms);
}

bool names_only_exon_2(std::string_view text) {
    const std::string t = lowered(text);
    const auto names = [&](std::string_view words) { return t.find(words) != std::string::npos; };
    return names("exon 2") && !names("exon 3") && !names("exon 4");
}

std::optional<std::string> hgvs_change(std::string_view text) {
    text = trimmed(text);
    if (const auto colon = text.rfind(':'); colon != std::string_view::npos) text.remove_prefix(colon + 1);
    if (text.size() < 3 || text[1] != '.') return std::nullopt;
    if (lower(text[0]) == 'p') return protein_change(text.substr(2));
    if (lower(text[0]) == 'c') return coding_change(text.substr(2));
    return std::nullopt;
}

std::vector<std::string> hgvs_changes(std::string_view text) {
    text = trimmed(text);
    const auto open = text.rfind(" (");
    const bool full_name = open != std::string_view::npos && text.back() == ')' && text.find(':') < open;
    std::vector<std::string> changes;
    const auto add = [&](std::string_view part) {
        if (auto change = hgvs_change(part)) changes.push_back(std::move(*change));
    };
    if (!full_name) return add(text), changes;
    add(text.substr(0, open));
    add(text.substr(open + 2, text.size() - open - 3));
    return changes;
}

// "wild type (exon 2 only)", "no mutation detected in exon 2": the wild-type form, then exon 2 and nothing else.
GeneText gene_text(std::string_view text) {
    const std::string t = lowered(text);
    if (one_of(t, wild_type_forms)) return GeneText::wild_type;
    for (const std::string_view form : wild_type_forms) {
        if (t.compare(0, form.size(), form) == 0 && names_only_exon_2(std::string_view(t).substr(form.size()))) {
            return GeneText::wild_type_exon_2;
        }
    }
    const auto change = hgvs_change(text);
    return change && change->compare(0, 2, "c.") != 0 ? GeneText::mutant : GeneText::other;
}

MmrText mmr_text(std::string_view text) {
    const std::string t = lowered(text);
    if (t == "msi-h" || t == "dmmr") return MmrText::unstable;
    if (t == "mss" || t == "msi-l" || t == "pmmr") return MmrText::stable;
    if (t == "retained") return MmrText::retained;
    if (t == "loss of expression") return MmrText::lost;
    return MmrText::other;
}

MetabolizerText metabolizer_text(std::string_view text) {
    const std::string t = lowered(text);
    if (t == "poor metabolizer" || t == "*28/*28") return MetabolizerText::poor;
    if (t == "intermediate metabolizer") return MetabolizerText::intermediate;
    if (t == "normal metabolizer") return MetabolizerText::normal;
    return MetabolizerText::other;
}

std::optional<TnmText> tnm_text(std::string_view text) {
    const std::string t = lowered(text);
    const std::size_t start = t.find_first_not_of("cpyra");
    if (start == std::string::npos) return std::nullopt;
    const char category = static_cast<char>(std::toupper(static_cast<unsigned char>(t[start])));
    const std::string value = t.substr(start + 1);
    const std::string_view sizes = category == 'T' ? "01234x" : category == 'N' ? "0123x" : category == 'M' ? "01x" : "";
    const char last_letter = category == 'T' ? 'd' : 'c';
    if (value.empty() || value.size() > 2 || sizes.find(value[0]) == std::string_view::npos) return std::nullopt;
    if (value.size() == 2 && (value[1] < 'a' || value[1] > last_letter)) return std::nullopt;
    TnmText result{category, value, t.find('y') < start};
    std::transform(result.value.begin(), result.value.end(), result.value.begin(),
                   [](char c) { return static_cast<char>(std::toupper(static_cast<unsigned char>(c))); });
    return result;
}

namespace {

// One category off the front of a lowered text, with its prefixes: "ct4b" of "ct4bn1m1a". A c between T and N is the
// prefix of N, for there is no T4c of the rectum.
std::string_view take_category(std::string_view& text, char category) {
    std::size_t length = text.find_first_not_of("cpyra");
    if (length == std::string_view::npos || text[length] != category || ++length >= text.size()) return {};
    ++length;
    const bool letter = length < text.size() && text[length] >= 'a' && text[length] <= 'd';
    const bool prefix_of_next = letter && text[length] == 'c' && category == 't' && text.substr(length + 1, 1) == "n";
    if (letter && !prefix_of_next) ++length;
    const std::string_view taken = text.substr(0, length);
    text.remove_prefix(length);
    if (!text.empty() && text[0] == ' ') text.remove_prefix(1);
    return taken;
}

}  // namespace

std::vector<TnmText> tnm_texts(std::string_view text) {
    if (const auto single = tnm_text(text)) return {*single};
    const std::string whole = lowered(text);
    std::string_view rest = whole;
    std::vector<TnmText> categories;
    for (const char category : {'t', 'n', 'm'}) {
        const auto read = tnm_text(take_category(rest, category));
        if (!read) return {};
        categories.push_back(*read);
    }
    if (!rest.empty()) return {};
    const bool after_treatment = std::any_of(categories.begin(), categories.end(), [](const TnmText& t) { return t.after_treatment; });
    for (TnmText& tnm : categories) tnm.after_treatment = after_treatment;  // "ypT3N1M0": all three are
    return categories;
}

std::optional<bool> is_stage_iv_text(std::string_view text) {
    std::string t = lowered(text);
    if (t.compare(0, 6, "stage ") == 0) t = t.substr(6);
    static constexpr std::array<std::string_view, 4> four{"iv", "iva", "ivb", "ivc"};
    if (one_of(t, four)) return true;
    if (!t.empty() && t.back() >= 'a' && t.back() <= 'c' && t.size() > 1) t.pop_back();
    static constexpr std::array<std::string_view, 4> lower_stages{"0", "i", "ii", "iii"};
    return one_of(t, lower_stages) ? std::optional(false) : std::nullopt;
}

std::optional<int> ctcae_grade_text(std::string_view text) {
    const std::string t = lowered(text);
    if (t.size() != 13 || t.compare(0, 12, "ctcae grade ") != 0 || t[12] < '1' || t[12] > '5') return std::nullopt;
    return t[12] - '0';
}

std::optional<Fractionation> fractionation_text(std::string_view text) {
    const std::string t = lowered(text);
    char* end = nullptr;
    const double total = std::strtod(t.c_str(), &end);
    if (t.empty() || !is_digit(t[0]) || std::string_view(end).substr(0, 7) != " gy in ") return std::nullopt;
    std::string_view rest = std::string_view(end).substr(7);
    const std::string fractions = take_digits(rest);
    if (fractions.empty() || fractions.size() > 3 || rest != " fractions") return std::nullopt;
    return Fractionation{total, std::stoi(fractions)};
}

}  // namespace rectal_cds::fhir
