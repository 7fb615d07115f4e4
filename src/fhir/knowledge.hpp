// Knowledge: everything that hooks/ and profiles/ say, read once, validated whole, then never changed.
//
// Every fault of every file is reported with file and JSON path, all at once: an unknown fact, a summary of
// 140 code points or more, a missing or unknown citation, an order that nothing refers to, a canonical that
// resolves to nothing, a prefetch that leaves out an input the hook reads, an unexpected member.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "domain/drug.hpp"
#include "fhir/code_book.hpp"
#include "fhir/governance.hpp"
#include "guideline/recommendation.hpp"
#include "json/document.hpp"

namespace rectal_cds::fhir {

inline constexpr std::string_view canonical_base = "https://rectal-cds.example/fhir";

struct Coding {
    std::string system, code, display;
};

// An ActivityDefinition that becomes a draft MedicationRequest or ServiceRequest (see order.hpp).
struct OrderTemplate {
    std::string id;
    std::string title;
    bool medication = false;           // kind MedicationRequest, otherwise ServiceRequest
    std::optional<domain::Drug> drug;  // of a medication
    std::vector<std::string> keys;     // spellings of a service's code, as in domain::ActiveService
    json::Value definition;            // the ActivityDefinition; lives as long as the Knowledge
    std::vector<Coding> site_codings = {};  // the site's orderable items, written beside the definition's own codes
};

// A CDS service as discovery shows it (cds-hooks.md 3).
struct Service {
    std::string id;
    domain::Hook hook{};
    std::string title;
    std::vector<std::pair<std::string, std::string>> prefetch;  // key and template, in order
    json::Value definition;                                     // the discovery entry, member for member
};

// What a site has added (site.hpp).
struct SiteAdditions {
    std::size_t codes = 0, orderables = 0;
};

struct Knowledge {
    CodeBook codes;
    std::vector<guideline::Recommendation> recommendations;  // in the order of clinical.md 3.6
    std::vector<guideline::Recommendation> unapproved;       // set aside by keep_approved: not judged
    std::unordered_map<std::string, OrderTemplate> orders;   // by id
    std::vector<Service> services;
    std::unordered_map<std::string, std::string> override_reasons;  // code to display
    std::string card_template;                                      // mustache, for the detail of a card
    std::string version;                                            // of the content: the version all plans share
    base::Day date{};                                               // of the newest plan
    Governance governance;

    SiteAdditions site;

    const Service* service(std::string_view id) const;
    const guideline::Recommendation* recommendation(std::string_view id) const;

    std::vector<std::shared_ptr<const json::Document>> documents;  // own what the Values above look into
};

// `files`: paths relative to the knowledge root, such as "hooks/guideline/plans/anti-egfr-ras-mutant.json" and
// "profiles/valuesets/kras-result.json". The Knowledge is complete only when `errors` stays empty.
Knowledge read_knowledge(const std::vector<KnowledgeFile>& files, std::vector<base::Error>& errors);

// Sets every recommendation aside that no named clinician has approved (decisions.md 48). Without an approved
// `data-unavailable`, which alone says what could not be read, all of them: silence would mean nothing. A service with
// nothing left to judge is not offered.
void keep_approved(Knowledge& knowledge);

}  // namespace rectal_cds::fhir
