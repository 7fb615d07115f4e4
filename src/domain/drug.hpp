// The drugs of stage IV rectal adenocarcinoma, as ingredients. Products, brands and biosimilars are
// mapped to these by the reader before any test (clinical.md 3.1).
#pragma once

#include <string_view>

namespace rectal_cds::domain {

enum class Drug : unsigned char {
    fluorouracil,
    leucovorin,
    levoleucovorin,
    oxaliplatin,
    irinotecan,
    capecitabine,
    bevacizumab,
    cetuximab,
    panitumumab,
    pembrolizumab,
    nivolumab,
    ipilimumab,
    dostarlimab,
    encorafenib,
    binimetinib,
    sotorasib,
    adagrasib,
    tucatinib,
    trastuzumab,
    trifluridine_tipiracil,
    regorafenib,
    fruquintinib,
    aflibercept,
    ramucirumab,
    larotrectinib,
    entrectinib,
    warfarin
};
inline constexpr int drug_count = 27;

std::string_view name(Drug drug);  // "trifluridine-tipiracil"

constexpr bool is_anti_egfr(Drug d) { return d == Drug::cetuximab || d == Drug::panitumumab; }
constexpr bool is_bevacizumab(Drug d) { return d == Drug::bevacizumab; }
constexpr bool is_fluoropyrimidine(Drug d) { return d == Drug::fluorouracil || d == Drug::capecitabine; }
constexpr bool is_platinum(Drug d) { return d == Drug::oxaliplatin; }
constexpr bool is_kras_g12c_inhibitor(Drug d) { return d == Drug::sotorasib || d == Drug::adagrasib; }
constexpr bool is_checkpoint_inhibitor(Drug d) {
    return d == Drug::pembrolizumab || d == Drug::nivolumab || d == Drug::ipilimumab || d == Drug::dostarlimab;
}
// The cytotoxic partners that define a regimen's backbone (local-codes.md D7, D10).
constexpr bool is_backbone(Drug d) {
    return is_fluoropyrimidine(d) || d == Drug::oxaliplatin || d == Drug::irinotecan ||
           d == Drug::trifluridine_tipiracil;
}
constexpr bool is_cytotoxic(Drug d) { return is_backbone(d); }
constexpr bool is_folinate(Drug d) { return d == Drug::leucovorin || d == Drug::levoleucovorin; }
constexpr bool is_antineoplastic(Drug d) { return !is_folinate(d) && d != Drug::warfarin; }

}  // namespace rectal_cds::domain
