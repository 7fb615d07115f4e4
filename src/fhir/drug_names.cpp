#include "fhir/drug_names.hpp"

#include <algorithm>
#include <cctype>
#include <string>

#include "domain/drug.hpp"
#include "fhir/concept.hpp"

namespace rectal_cds::fhir {

namespace {

// Brands and biosimilars of the United States and Europe. A suffix such as bevacizumab-awwb leaves the ingredient a
// word of its own.
constexpr std::string_view brands[] = {
    "abevmy",    "adrucil",   "alymsys",  "avastin",  "avzivi",    "aybintio", "braftovi",  "campto",
    "camptosar", "coumadin",  "cyramza",  "ecansya",  "eloxatin",  "erbitux",  "fruzaqla",  "fusilev",
    "hercessi",  "herceptin", "herzuma",  "jantoven", "jemperli",  "jobevne",  "kanjinti",  "keytruda",
    "khapzory",  "krazati",   "lonsurf",  "lumakras", "lumykras",  "mektovi",  "mvasi",     "ogivri",
    "ontruzant", "onbevzi",   "opdivo",   "oyavas",   "rozlytrek", "stivarga", "trazimera", "tukysa",
    "vectibix",  "vegzelma",  "vitrakvi", "xeloda",   "yervoy",    "zaltrap",  "zirabev"};

constexpr std::string_view other_names[] = {"5-fu",
                                            "5fu",
                                            "fluoruracil",
                                            "folinic acid",
                                            "folinate",
                                            "levofolinate",
                                            "calciumfolinat",
                                            "natriumfolinat",
                                            "folins\u00e4ure",
                                            "bevacizumabum",
                                            "cetuximabum",
                                            "panitumumabum",
                                            "tas-102",
                                            "trifluridine",
                                            "tipiracil",
                                            "oxaliplatine",
                                            "irinotecane"};

constexpr std::string_view regimens[] = {"folfox",      "mfolfox",  "folfiri", "folfoxiri", "folfirinox",
                                         "mfolfirinox", "capox",    "capeox",  "xelox",     "capiri",
                                         "xeliri",      "capoxiri", "flox",    "soflox",    "de gramont"};

bool is_part_of_word(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return std::isalpha(byte) != 0 || byte >= 0x80;
}

bool has_word(std::string_view text, std::string_view word) {
    for (auto at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
        const auto after = at + word.size();
        if ((at == 0 || !is_part_of_word(text[at - 1])) && (after == text.size() || !is_part_of_word(text[after])))
            return true;
    }
    return false;
}

}  // namespace

bool mentions_a_drug(std::string_view text) {
    std::string lower(trimmed(text));
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    for (int i = 0; i < domain::drug_count; ++i) {
        if (has_word(lower, domain::name(static_cast<domain::Drug>(i)))) return true;
    }
    const auto stands_there = [&](std::string_view word) { return has_word(lower, word); };
    return std::any_of(std::begin(brands), std::end(brands), stands_there) ||
           std::any_of(std::begin(other_names), std::end(other_names), stands_there) ||
           std::any_of(std::begin(regimens), std::end(regimens), stands_there);
}

bool mentions_a_drug(json::Value codeable) {
    if (mentions_a_drug(codeable["text"].text())) return true;
    for (const json::Value coding : codeable["coding"].elements()) {
        if (mentions_a_drug(coding["display"].text())) return true;
    }
    return mentions_a_drug(codeable["display"].text());
}

}  // namespace rectal_cds::fhir
