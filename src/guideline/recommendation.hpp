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
    std::string removes;                            // a group of drafted orders: "anti-egfr"; with orders: they replace it
    bool recommended = false;
    std::optional<domain::FactId> recommended_when;
};

struct Citation {
    std::string key;        // "FDA-VECTIBIX"
    std::string reference;  // short reference with year
    std::string url;        // empty when the source has none
    std::string full;       // as a bibliography has it
    std::string seen;       // what of the work was read when the content was written
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

enum class ReviewStep : unsigned char { draft, in_review, approved };

// Where a recommendation stands between its author and a named clinician. A draft names nobody.
struct Review {
    ReviewStep step = ReviewStep::draft;
    std::string reviewer;                    // who reviews it, or who approved it
    base::Day since{};                       // under review since, or approved on
    std::optional<base::Day> last_reviewed;  // of an approved one
};

struct SourceAttribute {  // 45 CFR 170.315(b)(11)(iv)(A)
    std::string name;     // "date-of-birth"
    std::string text;
};

struct Recommendation {
    std::string id;           // "anti-egfr-ras-mutant"
    std::string title;
    std::string purpose;
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
    std::vector<SourceAttribute> source_attributes;  // all thirteen
    std::string version;
    Review review;
    base::Day date{};         // of the content
    base::Day review_by{};    // after it a line on the card says so
    base::Day expires{};      // from it on the recommendation is not assessed
};

}  // namespace rectal_cds::guideline
