// The lists that recommendations refer to: cited works, topics, override reasons; and the published vocabulary.
#pragma once

#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "fhir/governance.hpp"
#include "fhir/knowledge_file.hpp"
#include "guideline/recommendation.hpp"

namespace rectal_cds::fhir {

// Library/evidence, by key. No key twice; a url is an https address.
std::unordered_map<std::string, guideline::Citation> read_evidence(const Artefact& library, Faults& faults);

// Library/vocabulary says what the C++ vocabulary says, name by name and meaning by meaning; the first difference
// is the one error.
void check_vocabulary(const Artefact& library, Faults& faults);

// CodeSystem/override-reason: code to display.
std::unordered_map<std::string, std::string> read_override_reasons(const Artefact& code_system, Faults& faults);

// CodeSystem/seed-claim, in the order of the file.
std::vector<SourceClaim> read_source_claims(const Artefact& code_system, Faults& faults);

// What CodeSystem/recommendation says of the plans.
struct Topics {
    std::vector<std::string> plans;  // ids, in the order of clinical.md 3.6
    bool plan_missing = false;       // one of them has no file
};

// Every plan has one concept: its code is the id in camelCase, its display the title. `titles`: of the plans, by id.
Topics read_topics(const Artefact& code_system, const std::map<std::string, std::string>& titles, Faults& faults);

}  // namespace rectal_cds::fhir
