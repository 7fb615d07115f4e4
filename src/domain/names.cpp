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
    static constexpr std::array names{
        "primary tumour", "metastases", "stage", "KRAS", "NRAS", "BRAF", "mismatch repair", "DPYD", "UGT1A1", "HER2",
        "performance status", "disease status", "resectability", "treatment intent", "CEA", "blood count", "bilirubin",
        "creatinine", "urine protein", "blood pressure", "tumour height", "pregnancy", "symptoms", "toxicity",
        "thromboembolism", "medication", "radiotherapy", "surgery", "stent", "tumour board", "goals of care", "hospice",
        "imaging", "allergy", "transplant", "body size", "anticoagulant",
        "filtration rate"};
    return names[static_cast<std::size_t>(topic)];
}

const char* words(Shortfall shortfall) {
    switch (shortfall) {
        case Shortfall::none: return "";
        case Shortfall::not_supplied: return "not supplied";
        case Shortfall::reported_failed: return "the record system reported an error";
        case Shortfall::not_fhir: return "what came was not the data asked for";
        case Shortfall::pages_missing: return "further entries exist that were not read";
        case Shortfall::unattributable: return "some entries name no patient";
        case Shortfall::value_missing: return "the call lacks a value that the query needs";
        case Shortfall::timed_out: return "the FHIR server timed out";
        case Shortfall::unreachable: return "the FHIR server could not be reached";
        case Shortfall::refused: return "the FHIR server refused access";
        case Shortfall::not_found: return "the FHIR server does not know the address";
        case Shortfall::overloaded: return "the FHIR server failed or was overloaded";
        case Shortfall::too_large: return "the answer was too large";
        case Shortfall::left_alone: return "the FHIR server failed a moment ago and was not asked again";
        case Shortfall::not_allowed: return "the address is not one that may be asked";
        case Shortfall::not_attempted: break;
    }
    return "no time was left to ask the FHIR server, or no token was there for it";
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
