#include "support/real_knowledge.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace rectal_cds::testing {

namespace fs = std::filesystem;

namespace {

fhir::Knowledge read_all() {
    std::vector<base::Error> errors;
    fhir::Knowledge knowledge = fhir::read_knowledge(knowledge_files(source_folder()), errors);
    std::string faults;
    for (const base::Error& error : errors) faults += "\n  " + error.where + ": " + error.what;
    if (!faults.empty()) throw std::runtime_error("The knowledge of this checkout is not valid:" + faults);
    return knowledge;
}

}  // namespace

std::vector<fhir::KnowledgeFile> knowledge_files(const fs::path& folder) {
    std::vector<fhir::KnowledgeFile> files;
    for (const char* room : {"hooks", "profiles"}) {
        for (const auto& entry : fs::recursive_directory_iterator(folder / room)) {
            const std::string kind = entry.path().extension().string();
            const bool is_change_log = entry.path().filename() == "CHANGELOG.md";
            if (!entry.is_regular_file() || (kind != ".json" && kind != ".mustache" && !is_change_log)) continue;
            files.push_back({entry.path().lexically_relative(folder).generic_string(), read_text(entry.path())});
        }
    }
    std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
    return files;
}

fs::path source_folder() {
    const char* const place = std::getenv("RECTAL_CDS_SOURCE_DIR");
    return place ? fs::path(place) : fs::current_path();
}

std::string read_text(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(stream), {}};
    if (!stream) throw std::runtime_error(file.string() + " cannot be read.");
    return text;
}

const fhir::Knowledge& real_knowledge() {
    static const fhir::Knowledge knowledge = read_all();
    return knowledge;
}

}  // namespace rectal_cds::testing
