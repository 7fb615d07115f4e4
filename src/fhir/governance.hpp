// What a reviewing committee reads beside the recommendations (hooks/README.md): pending decisions, open questions,
// thresholds, what is not read, codes on weak evidence, claims of the source document, and the knowledge's own cases.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/date.hpp"
#include "domain/vocabulary.hpp"
#include "guideline/recommendation.hpp"
#include "json/document.hpp"

namespace rectal_cds::fhir {

// A decision of an authority that is still to come and would change what the cards say.
struct PendingDecision {
    std::string subject;    // the drug and its use
    std::string authority;  // who decides: "FDA"
    base::Day expected{};
    std::string consequence;           // what has to be looked at once it has been taken
    std::vector<std::string> affects;  // ids of recommendations, at least one
    guideline::Citation source;
};

// A choice that was made and that a clinician has to confirm.
struct OpenQuestion {
    std::string question;
    std::vector<std::string> affects;  // ids of recommendations; none: the service as a whole
};

// A limit that the rules apply. Its value stands in the meaning of the facts and nowhere else.
struct Threshold {
    std::string subject;
    std::string seed;    // what the source document says; empty when it says nothing
    std::string reason;  // of the value chosen
    std::vector<domain::FactId> facts;
};

// A code that was seen in one derived source only (decisions.md 38).
struct WeakCode {
    std::string value_set;  // its title
    std::string system;
    std::string code;
    std::string display;
    bool is_excluded = false;  // kept out of the set, instead of taken in
};

struct SourceClaim {
    std::string code;  // "S15"
    std::string claim;
};

// A hook call and exactly what it must be answered with.
struct GoldenCase {
    std::string path;
    std::string title;
    base::Day today{};
    json::Value request;                                        // lives as long as the Knowledge
    std::vector<std::pair<std::string, std::string>> expected;  // id or topic code, and indicator
};

struct Governance {
    std::vector<PendingDecision> watch_list;  // by date
    std::vector<OpenQuestion> open_questions;
    std::vector<Threshold> thresholds;
    std::vector<std::string> not_read;
    std::vector<WeakCode> weak_codes;
    std::vector<SourceClaim> source_claims;
    std::vector<GoldenCase> golden_cases;  // by path
    std::string change_log;                // hooks/CHANGELOG.md, Markdown; empty when there is none
};

}  // namespace rectal_cds::fhir
