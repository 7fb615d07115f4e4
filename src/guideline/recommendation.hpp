// A recommendation as data: what FHIR's PlanDefinition says, without FHIR.
#pragma once

#include <bitset>
#include <optional>
#include <string>
#include <vector>

#include "base/date.hpp"
#include "domain/case.hpp"
#include "domain/vocabulary.hpp"

namespace rectal_cds::guideline {

enum class Indicator : unsigned char { info, warning, critical };
const char* word(Indicator indicator);  // CDS Hooks 2.0.1, card.indicator

struct Escalation {  // raises the severity when the fact is yes; the first that holds wins
    domain::FactId fact;
    Indicator indicator;
};

struct Suggestion {
    std::string label;
    std::vector<domain::FactId> conditions;         // all must be yes
    std::vector<std::string> orders;                // ids of ActivityDefinitions, one action each
    std::string removes;                            // a group of drafted orders: "anti-egfr"; then no orders
    bool recommended = false;
    std::optional<domain::FactId> recommended_when;
};

struct Citation {
    std::string key;        // "FDA-VECTIBIX"
    std::string reference;  // short reference with year
    std::string url;        // empty when the source has none
};

struct SeedClaim {
    std::string claim;    // "S15"
    std::string verdict;  // "outdated: too narrow"
};

// What the card says to a reader who does not prescribe; the conditions, the severity and the orders stay the same.
struct AudienceText {
    std::string summary;  // fewer than 140 code points
    std::string detail;   // Markdown; for nurses with {{placeholders}}, for patients without
};

struct Recommendation {
    std::string id;           // "anti-egfr-ras-mutant"
    std::string title;
    std::string summary;      // fewer than 140 code points
    std::string detail;       // Markdown with {{placeholders}}
    AudienceText for_nurses;    // both are filled where patient-view shows the recommendation, and only there
    AudienceText for_patients;
    std::string limits;       // whom it is for and not for
    char group = 'A';         // groups A to H of clinical.md 3.7
    std::string grade;        // "A/L"
    std::bitset<3> hooks;     // by domain::Hook
    std::vector<domain::FactId> conditions;  // all must be yes
    Indicator indicator = Indicator::info;
    std::vector<Escalation> escalations;
    std::vector<Suggestion> suggestions;
    bool any_number = false;  // selectionBehavior: any, otherwise at-most-one
    std::vector<std::string> override_reasons;  // codes: "OR-WRONG"
    bool free_text_required = false;
    std::vector<Citation> citations;
    std::vector<SeedClaim> seed_claims;
    std::string version;
    std::string status;       // "draft" until a named clinician approves
    base::Day date{};         // of the content
    base::Day review_by{};    // after it a line on the card says so
    base::Day expires{};      // after it the recommendation is not assessed
};

}  // namespace rectal_cds::guideline
