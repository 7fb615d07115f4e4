// The spellings of the closed lists, in the order of their enumerations.
#include <array>

#include "domain/drug.hpp"
#include "domain/source.hpp"

namespace rectal_cds::domain {

const char* name(Input input) {
    static constexpr std::array<const char*, input_count> names{
        "patient",           "conditions",      "observations", "procedures", "medicationRequests", "medicationAdministrations",
        "serviceRequests", "diagnosticReports", "allergies"};
    return names[static_cast<std::size_t>(input)];
}

std::string_view name(Drug drug) {
    static constexpr std::array<std::string_view, drug_count> names{
        "fluorouracil", "leucovorin",   "levoleucovorin", "oxaliplatin",            "irinotecan",  "capecitabine",
        "bevacizumab",  "cetuximab",    "panitumumab",    "pembrolizumab",          "nivolumab",   "ipilimumab",
        "dostarlimab",  "encorafenib",  "binimetinib",    "sotorasib",              "adagrasib",   "tucatinib",
        "trastuzumab",  "trifluridine-tipiracil", "regorafenib", "fruquintinib", "aflibercept", "ramucirumab",
        "larotrectinib", "entrectinib", "warfarin"};
    return names[static_cast<std::size_t>(drug)];
}

}  // namespace rectal_cds::domain
