#include "knowledge_folder.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

#include "auth/pseudonym.hpp"
#include "cdshooks/golden.hpp"
#include "fhir/site.hpp"

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
    return Error{ErrorKind::not_found, program.string(),
                 "No knowledge was found beside the program; name its folder with --knowledge."};
}

namespace {

// The files below `room` whose names end so, by path relative to `root`; appended to `files`.
std::optional<Error> read_room(const fs::path& root, const fs::path& room,
                               std::initializer_list<std::string_view> endings,
                               std::vector<fhir::KnowledgeFile>& files) {
    std::error_code error, ignored;
    for (fs::recursive_directory_iterator item(room, error), end; !error && item != end; item.increment(error)) {
        const std::string name = item->path().filename().string();
        const auto ends_name = [&](std::string_view ending) { return name.ends_with(ending); };
        if (!item->is_regular_file(ignored) || std::none_of(endings.begin(), endings.end(), ends_name)) continue;
        std::ifstream stream(item->path(), std::ios::binary);
        std::string text{std::istreambuf_iterator<char>(stream), {}};
        if (!stream) return Error{ErrorKind::system, item->path().string(), "The file could not be read."};
        files.push_back({item->path().lexically_relative(root).generic_string(), std::move(text)});
    }
    if (!error) return std::nullopt;
    return Error{ErrorKind::system, room.string(), "The folder could not be read: " + error.message() + "."};
}

void sort_by_path(std::vector<fhir::KnowledgeFile>& files) {
    std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
}

}  // namespace

base::Result<std::vector<fhir::KnowledgeFile>> read_files(const fs::path& folder) {
    std::vector<fhir::KnowledgeFile> files;
    for (const char* room : {"hooks", "profiles"}) {
        if (auto error = read_room(folder, folder / room, {".json", ".mustache", "CHANGELOG.md"}, files)) return *error;
    }
    sort_by_path(files);
    return files;
}

base::Result<std::vector<fhir::KnowledgeFile>> read_site_files(const fs::path& folder) {
    std::error_code ignored;
    if (!fs::is_directory(folder / "valuesets", ignored) && !fs::is_directory(folder / "conceptmaps", ignored)) {
        return Error{ErrorKind::not_found, folder.string(),
                     "A folder that holds valuesets/ or conceptmaps/ is expected."};
    }
    std::vector<fhir::KnowledgeFile> files;
    if (auto error = read_room(folder, folder, {".json"}, files)) return *error;
    sort_by_path(files);
    for (fhir::KnowledgeFile& file : files) file.path = (folder / file.path).generic_string();
    return files;
}

namespace {

bool is_same(const fhir::KnowledgeFile& one, const fhir::KnowledgeFile& other) {
    return one.path == other.path && one.text == other.text;
}

// Read twice: files that are being replaced while they are read would mix two editions.
template <class Read>
std::vector<fhir::KnowledgeFile> read_settled(Read read, const fs::path& folder, std::vector<Error>& errors) {
    base::Result<std::vector<fhir::KnowledgeFile>> files = read(folder), again = read(folder);
    for (const auto* reading : {&files, &again}) {
        if (!*reading) return errors.push_back(reading->error()), std::vector<fhir::KnowledgeFile>{};
    }
    if (!std::equal(files.value().begin(), files.value().end(), again.value().begin(), again.value().end(), is_same))
        errors.push_back(
            {ErrorKind::system, folder.string(), "Files that rest are expected; they changed while they were read."});
    return std::move(files).value();
}

using Files = std::vector<fhir::KnowledgeFile>;

std::string digest_of(const Files& files, const Files& site_files) {
    std::string digest;
    for (const Files* part : {&files, &site_files}) {
        for (const fhir::KnowledgeFile& file : *part) digest = auth::digest_of({digest, file.path, file.text});
    }
    return digest.substr(0, 16);
}

template <class Use>
fhir::Knowledge load(const std::string& given, std::vector<Error>& errors, const std::string& site, Use use) {
    const auto folder = find_knowledge(given);
    if (!folder) return errors.push_back(folder.error()), fhir::Knowledge{};
    const auto files = read_settled(read_files, folder.value(), errors);
    const auto site_files =
        site.empty() ? std::vector<fhir::KnowledgeFile>{} : read_settled(read_site_files, site, errors);
    return errors.empty() ? use(files, site_files) : fhir::Knowledge{};
}

}  // namespace

fhir::Knowledge load_knowledge(const std::string& given, std::vector<Error>& errors, const std::string& site) {
    return load(given, errors, site, [&](const auto& files, const auto& site_files) {
        fhir::Knowledge knowledge = fhir::read_knowledge(files, errors);
        if (errors.empty() && !site_files.empty()) fhir::add_site(knowledge, site_files, errors);
        return knowledge;
    });
}

fhir::Knowledge load_tested_knowledge(const std::string& given, std::vector<Error>& errors, const std::string& site,
                                      std::string* digest) {
    return load(given, errors, site, [&](const auto& files, const auto& site_files) {
        if (digest) *digest = digest_of(files, site_files);
        return cdshooks::tested_knowledge(files, site_files, errors);
    });
}

std::string in_words(const Error& error) { return error.where + ": " + error.what; }

}  // namespace rectal_cds
