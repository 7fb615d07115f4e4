// The spellings of the closed lists, in the order of their enumerations.
#include <array>

#include "domain/drug.hpp"
#include "domain/source.hpp"
#include "domain/statements.hpp"

namespace rectal_cds::domain {

const char* name(Input input) {
    static constexpr std::array<const char*, input_count> names{
        "patient",           "conditions",      "observations", "procedures", "medicationRequests", "medicationAdministrations",
        "serviceRequests", "diagnosticReports", "allergies"};
    return names[static_cast<std::size_t>(input)];
}

const char* name(Topic topic) {
    static constexpr std::array<const char*, 36> names{
        "primary tumour", "metastases", "stage", "KRAS", "NRAS", "BRAF", "mismatch repair", "DPYD", "UGT1A1", "HER2",
        "performance status", "disease status", "resectability", "treatment intent", "CEA", "blood count", "bilirubin",
        "creatinine", "urine protein", "blood pressure", "tumour height", "pregnancy", "symptoms", "toxicity",
        "thromboembolism", "medication", "radiotherapy", "surgery", "stent", "tumour board", "goals of care", "hospice",
        "imaging", "allergy", "transplant", "body size"};
    return names[static_cast<std::size_t>(topic)];
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
