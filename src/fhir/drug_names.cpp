#include "fhir/drug_names.hpp"

#include <algorithm>
#include <cctype>
#include <string>

#include "domain/drug.hpp"
#include "fhir/words.hpp"
#include "fhir/concept.hpp"

namespace rectal_cds::fhir {

namespace {

// Brands and biosimilars of the United States and Europe. A suffix such as bevacizumab-awwb leaves the ingredient a
// word of its own.
constexpr std::string_view brands[] = {
    "abevmy",    "adrucil",   "alymsys",  "avastin",  "avzivi",    "aybintio", "braftovi",  "campto",
    "camptosar", "cyramza",  "ecansya",  "eloxatin",  "erbitux",  "fruzaqla",  "fusilev",
    "hercessi",  "herceptin", "herzuma",  "jemperli",  "jobevne",  "kanjinti",  "keytruda",
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

// Coumarins other than warfarin have no verified code: by name they cast doubt (decisions.md 34).
constexpr std::string_view coumarins[] = {"warfarin",    "coumadin",      "jantoven",       "coumarin",   "phenprocoumon",
                                          "phenprocoumone", "marcumar",   "falithrom",      "marcoumar",  "acenocoumarol",
                                          "acenocumarol", "sintrom",      "fluindione",     "previscan",
                                          "vitamin k antagonist", "vitamin-k-antagonist"};

// Classes that an allergy may name, in English and German and as the neighbours write them.
constexpr std::string_view platinum[] = {"platinum",     "platin",      "platine",      "platino",
                                         "cisplatin",    "cisplatine",  "cisplatino",   "cisplatinum", "cis-platin",
                                         "carboplatin",  "carboplatine", "carboplatino", "nedaplatin",  "lobaplatin",
                                         "platinverbindung", "platinverbindungen", "platinhaltig", "platinhaltige",
                                         "platinsalze",  "platinol",    "paraplatin"};
constexpr std::string_view fluoropyrimidines[] = {"fluoropyrimidine", "fluoropyrimidines", "fluorpyrimidin", "fluoropyrimidin",
                                                  "fluorpyrimidine", "tegafur", "teysuno", "floxuridine", "doxifluridine"};

constexpr std::string_view regimens[] = {"folfox",      "mfolfox",  "folfiri", "folfoxiri", "folfirinox",
                                         "mfolfirinox", "capox",    "capeox",  "xelox",     "capiri",
                                         "xeliri",      "capoxiri", "flox",    "soflox",    "de gramont"};

template <std::size_t n>
bool has_any(std::string_view text, const std::string_view (&words)[n]) {
    return std::any_of(std::begin(words), std::end(words), [&](std::string_view word) { return has_word(text, word); });
}

}  // namespace

bool mentions_a_drug(std::string_view text) { return mentions_a_cancer_drug(text) || mentions_a_coumarin(text); }

bool mentions_a_cancer_drug(std::string_view text) {
    const std::string lower = lowered(text);
    for (int i = 0; i < domain::drug_count; ++i) {
        const auto drug = static_cast<domain::Drug>(i);
        if (drug != domain::Drug::warfarin && has_word(lower, domain::name(drug))) return true;
    }
    return has_any(lower, brands) || has_any(lower, other_names) || has_any(lower, regimens);
}

bool mentions_a_coumarin(std::string_view text) { return has_any(lowered(text), coumarins); }

bool mentions_platinum(std::string_view text) { return has_any(lowered(text), platinum); }
bool mentions_fluoropyrimidines(std::string_view text) { return has_any(lowered(text), fluoropyrimidines); }

}  // namespace rectal_cds::fhir
