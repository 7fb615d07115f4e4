// The anchored text forms of local-codes.md 2: the whole trimmed text matches, case-insensitively, and
// nothing looser. "Not detected" holds "detected"; "wild type (exon 2 only)" is not wild type.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rectal_cds::fhir {

bool equals_ignoring_case(std::string_view a, std::string_view b);

// Results of gene tests.
enum class GeneText : unsigned char { wild_type, wild_type_exon_2, mutant, other };
GeneText gene_text(std::string_view text);

// "insufficient sample" and its kin: tested, and without a result (local-codes.md 2).
bool is_no_result_text(std::string_view text);

// A text that names exon 2 and no other exon (D12).
bool names_only_exon_2(std::string_view text);

// A protein or coding DNA change out of p.G12C, p.Gly12Cys, p.(Gly12Cys), NP_004976.2:p.Gly12Cys, c.34G>T:
// "G12C" in one-letter form, or "c.34G>T". Empty when the text is none of these.
std::optional<std::string> hgvs_change(std::string_view text);

// The changes of such a text, or both of a variant's full name: "NM_004985.5(KRAS):c.34G>T (p.Gly12Cys)".
std::vector<std::string> hgvs_changes(std::string_view text);

enum class MmrText : unsigned char { unstable, stable, retained, lost, other };
MmrText mmr_text(std::string_view text);  // MSI-H, dMMR / MSI-L, MSS, pMMR / retained / loss of expression

enum class MetabolizerText : unsigned char { poor, intermediate, normal, other };
MetabolizerText metabolizer_text(std::string_view text);  // "poor metabolizer" …; UGT1A1 "*28/*28" = poor

// TNM categories and stage groups written as text or as AJCC codes.
struct TnmText {
    char category = 0;   // 'T', 'N' or 'M'
    std::string value;   // "4B", "1A", "X", upper case
    bool after_treatment = false;  // the prefix y
};
std::optional<TnmText> tnm_text(std::string_view text);             // ^[cpyra]*(T..|N..|M..)$
// The one category of such a text, or all three of a text such as "cT4bN1M1a" or "cT4b cN1 cM1a"; otherwise empty.
std::vector<TnmText> tnm_texts(std::string_view text);
std::optional<bool> is_stage_iv_text(std::string_view text);        // true: IV[ABC]; false: 0 to III; empty: neither

std::optional<int> ctcae_grade_text(std::string_view text);         // ^CTCAE grade [1-5]$

struct Fractionation {
    double total_gy;
    int fractions;
};
std::optional<Fractionation> fractionation_text(std::string_view text);  // ^[\d.]+ Gy in \d+ fractions$

}  // namespace rectal_cds::fhir
