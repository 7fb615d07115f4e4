#include "knowledge_folder.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <system_error>

namespace rectal_cds {

using base::Error;
using base::ErrorKind;
namespace fs = std::filesystem;

namespace {

bool holds_knowledge(const fs::path& folder) {
    std::error_code ignored;
    return fs::is_directory(folder / "hooks", ignored) && fs::is_directory(folder / "profiles", ignored);
}

}  // namespace

base::Result<fs::path> find_knowledge(const std::string& given) {
    if (!given.empty()) {
        if (holds_knowledge(given)) return fs::path(given);
        return Error{ErrorKind::not_found, given, "A folder that holds hooks/ and profiles/ is expected."};
    }
    std::error_code error;
    const fs::path program = fs::read_symlink("/proc/self/exe", error).parent_path();
    for (const fs::path& candidate : {program / "..", program / ".." / "share" / "rectal-cds"}) {
        if (holds_knowledge(candidate)) return candidate.lexically_normal();
    }
    return Error{ErrorKind::not_found, program.string(), "No knowledge was found beside the program; name its folder with --knowledge."};
}

base::Result<std::vector<fhir::KnowledgeFile>> read_files(const fs::path& folder) {
    std::vector<fhir::KnowledgeFile> files;
    for (const char* room : {"hooks", "profiles"}) {
        std::error_code error;
        for (fs::recursive_directory_iterator item(folder / room, error), end; !error && item != end; item.increment(error)) {
            const std::string kind = item->path().extension().string();
            if (!item->is_regular_file() || (kind != ".json" && kind != ".mustache")) continue;
            std::ifstream stream(item->path(), std::ios::binary);
            std::string text{std::istreambuf_iterator<char>(stream), {}};
            if (!stream) return Error{ErrorKind::system, item->path().string(), "The file could not be read."};
            files.push_back({item->path().lexically_relative(folder).generic_string(), std::move(text)});
        }
        if (error) return Error{ErrorKind::system, (folder / room).string(), "The folder could not be read: " + error.message() + "."};
    }
    std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
    return files;
}

fhir::Knowledge load_knowledge(const std::string& given, std::vector<Error>& errors) {
    const auto folder = find_knowledge(given);
    if (!folder) {
        errors.push_back(folder.error());
        return {};
    }
    const auto files = read_files(folder.value());
    if (!files) {
        errors.push_back(files.error());
        return {};
    }
    return fhir::read_knowledge(files.value(), errors);
}

std::string in_words(const Error& error) { return error.where + ": " + error.what; }

}  // namespace rectal_cds
