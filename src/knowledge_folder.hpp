// Knowledge from disk: finds the folder that holds hooks/ and profiles/, and reads it.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "fhir/knowledge.hpp"

namespace rectal_cds {

// `given`, or beside the program: ../ of the build folder, ../share/rectal-cds of an installation.
base::Result<std::filesystem::path> find_knowledge(const std::string& given);

// Every JSON and mustache file below hooks/ and profiles/, by path relative to the folder.
base::Result<std::vector<fhir::KnowledgeFile>> read_files(const std::filesystem::path& folder);

// Every JSON file of a site's folder, sorted by path; an Error when it has neither valuesets/ nor conceptmaps/.
base::Result<std::vector<fhir::KnowledgeFile>> read_site_files(const std::filesystem::path& folder);

// Reads and validates, the site's additions as well unless `site` is empty. All faults go to `errors`; the Knowledge
// may be used only when there are none.
fhir::Knowledge load_knowledge(const std::string& given, std::vector<base::Error>& errors,
                               const std::string& site = {});

// The same, and then its own golden cases (cdshooks/golden.hpp): what may be put to use. Files that change while they
// are read are an error. `digest`: 16 hexadecimal digits of the SHA-256 of the very files it was made of, with their
// paths.
fhir::Knowledge load_tested_knowledge(const std::string& given, std::vector<base::Error>& errors,
                                      const std::string& site = {}, std::string* digest = nullptr);

// One fault a line: "place: what was expected".
std::string in_words(const base::Error& error);

}  // namespace rectal_cds
