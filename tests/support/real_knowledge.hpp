// The knowledge of this checkout, hooks/ and profiles/, read once for a whole test program.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "fhir/knowledge.hpp"

namespace rectal_cds::testing {

// The checkout: RECTAL_CDS_SOURCE_DIR, which ctest sets, otherwise the working directory.
std::filesystem::path source_folder();

// Throws std::runtime_error when the file cannot be read.
std::string read_text(const std::filesystem::path& file);

// Every file of knowledge below hooks/ and profiles/ of `folder`, by path relative to it.
std::vector<fhir::KnowledgeFile> knowledge_files(const std::filesystem::path& folder);

// Throws std::runtime_error that lists every fault when the knowledge is not valid.
const fhir::Knowledge& real_knowledge();

}  // namespace rectal_cds::testing
