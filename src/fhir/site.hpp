// What a site adds to the knowledge without C++ (profiles/README.md, "A site's own codes"): codes for what the value
// sets mean, and its orderable items for the orders that are suggested.
//
// A site adds and never takes away: an exclude, a second meaning for a code that is known, or a code that would stand
// for two answers at once is an error. Every error of every file is reported, with file and JSON path.
#pragma once

#include <vector>

#include "base/result.hpp"
#include "fhir/knowledge.hpp"

namespace rectal_cds::fhir {

// `files`: the JSON files of the site's valuesets/ and conceptmaps/, by paths that end so ("site/valuesets/x.json").
// Precondition: `knowledge` was read without errors. It may be used only if `errors` did not grow.
void add_site(Knowledge& knowledge, const std::vector<KnowledgeFile>& files, std::vector<base::Error>& errors);

}  // namespace rectal_cds::fhir
