// A file of knowledge while it is being read, and where its faults go.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "fhir/code_book.hpp"
#include "fhir/knowledge_shape.hpp"
#include "json/document.hpp"

namespace rectal_cds::fhir {

// The faults of one file, with file and place: "hooks/guideline/plans/x.json: action[0].title".
class Faults {
public:
    Faults(std::string file, std::vector<base::Error>& errors) : file_(std::move(file)), errors_(&errors) {}

    // `place`: a JSON path, or empty for the file itself. `what`: a full sentence that says what was expected.
    void add(std::string_view place, std::string what);

    std::string where(std::string_view place) const;
    std::size_t count() const { return errors_->size(); }  // of all files so far

private:
    std::string file_;
    std::vector<base::Error>* errors_;  // not owned; outlives this
};

// One JSON file of hooks/ or profiles/. The Values look into the document.
struct Artefact {
    std::string path;                                // "hooks/guideline/plans/anti-egfr-ras-mutant.json"
    std::string id;                                  // the name by which other files know it
    std::shared_ptr<const json::Document> document;  // null when the text is not JSON
    json::Value root;                                // missing when the file is not of the expected kind at all
    bool sound = false;                              // nothing is missing, unexpected or of a wrong type
};

// "anti-egfr-ras-mutant" of "hooks/guideline/plans/anti-egfr-ras-mutant.json".
std::string file_stem(std::string_view path);

// Parses the file. `root` stays missing when it is not JSON.
Artefact open_file(const KnowledgeFile& file, std::vector<base::Error>& errors);

// The same for a FHIR resource; `root` stays missing when it is not one of type `type`.
Artefact open_resource(const KnowledgeFile& file, std::string_view type, std::vector<base::Error>& errors);

// Holds a resource against its format. Its id must be the name of the file and its url the canonical of that id; of
// two that agree the third is the fault, so that one slip is one error.
void check_resource(Artefact& resource, const Shape& shape, Faults& faults);

// The range of complete remissions that the seed document gives has no source and is never shown (clinical.md 3.2):
// no text below `value` may hold it.
void check_figures(json::Value value, const std::string& place, Faults& faults);

// A resource of profiles/, of which only resourceType and id are held against anything.
void check_profile(const KnowledgeFile& file, std::string_view type, std::vector<base::Error>& errors);

}  // namespace rectal_cds::fhir
