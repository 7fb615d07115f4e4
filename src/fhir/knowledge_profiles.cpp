#include "fhir/knowledge_profiles.hpp"

#include <set>
#include <string>
#include <utility>

#include "fhir/knowledge_file.hpp"

namespace rectal_cds::fhir {

CodeBook read_value_sets(const KnowledgeFiles& files, std::vector<base::Error>& errors) {
    std::vector<KnowledgeFile> readable;
    std::set<std::string> given;
    for (const KnowledgeFile* file : files.all(FileKind::value_set)) {
        const std::size_t before = errors.size();
        check_profile(*file, "ValueSet", errors);
        given.insert(file->path);
        if (errors.size() == before) readable.push_back(*file);
    }
    std::vector<base::Error> found;
    CodeBook codes = CodeBook::read(readable, found);
    for (base::Error& error : found) {
        const bool is_missing = error.kind == base::ErrorKind::not_found;
        if (is_missing) error.where = "profiles/" + error.where;
        if (!is_missing || given.count(error.where) == 0) errors.push_back(std::move(error));
    }
    return codes;
}

void check_profiles(const KnowledgeFiles& files, std::vector<base::Error>& errors) {
    for (const KnowledgeFile* file : files.all(FileKind::local_codes)) check_profile(*file, "CodeSystem", errors);
    for (const KnowledgeFile* file : files.all(FileKind::profile)) check_profile(*file, "StructureDefinition", errors);
}

}  // namespace rectal_cds::fhir
