// The files of profiles/: value sets into a CodeBook; local codes and StructureDefinitions are held against their
// names only, the program does not read them.
#pragma once

#include <vector>

#include "base/result.hpp"
#include "fhir/code_book.hpp"
#include "fhir/knowledge_files.hpp"

namespace rectal_cds::fhir {

// A ValueSet that is there but broken is one error, not also a missing one.
CodeBook read_value_sets(const KnowledgeFiles& files, std::vector<base::Error>& errors);

void check_profiles(const KnowledgeFiles& files, std::vector<base::Error>& errors);

}  // namespace rectal_cds::fhir
