#include "fhir/knowledge_files.hpp"

#include <algorithm>
#include <optional>
#include <string_view>

namespace rectal_cds::fhir {

namespace {

// A path, or a folder that ends with a slash; in the order of FileKind.
constexpr std::array<std::string_view, static_cast<std::size_t>(FileKind::kind_count)> places{
    "hooks/services/rectal-cancer-patient-view.json",
    "hooks/services/rectal-cancer-order-select.json",
    "hooks/services/rectal-cancer-order-sign.json",
    "hooks/guideline/vocabulary.json",
    "hooks/guideline/evidence.json",
    "hooks/guideline/watch-list.json",
    "hooks/guideline/review-notes.json",
    "hooks/guideline/codesystems/recommendation.json",
    "hooks/guideline/codesystems/override-reason.json",
    "hooks/guideline/codesystems/seed-claim.json",
    "hooks/templates/card-detail.mustache",
    "hooks/CHANGELOG.md",
    "hooks/guideline/plans/",
    "hooks/guideline/regimens/",
    "hooks/guideline/orders/",
    "hooks/golden/",
    "profiles/valuesets/",
    "profiles/codesystems/",
    "profiles/structuredefinitions/"};

// What is shown beside the content, and changes no answer.
constexpr auto may_be_missing = static_cast<std::size_t>(FileKind::change_log);

bool is_folder(std::string_view place) { return place.back() == '/'; }

bool is_json(std::string_view path) { return path.size() > 5 && path.substr(path.size() - 5) == ".json"; }

bool is_at(std::string_view path, std::string_view place) {
    if (!is_folder(place)) return path == place;
    const bool inside = path.substr(0, place.size()) == place;
    return inside && is_json(path) && path.find('/', place.size()) == std::string_view::npos;
}

}  // namespace

KnowledgeFiles::KnowledgeFiles(const std::vector<KnowledgeFile>& files, std::vector<base::Error>& errors) {
    for (const KnowledgeFile& file : files) {
        const auto place =
            std::find_if(places.begin(), places.end(), [&](std::string_view p) { return is_at(file.path, p); });
        if (place != places.end())
            by_kind_[static_cast<std::size_t>(place - places.begin())].push_back(&file);
        else if (is_json(file.path))
            errors.push_back(
                {base::ErrorKind::invalid, file.path,
                 "No JSON file is expected here; hooks/README.md and profiles/README.md say where each kind belongs."});
    }
    for (std::size_t i = 0; i < places.size(); ++i) {
        std::sort(by_kind_[i].begin(), by_kind_[i].end(),
                  [](const auto* a, const auto* b) { return a->path < b->path; });
        if (!by_kind_[i].empty() || is_folder(places[i]) || i == may_be_missing) continue;
        errors.push_back({base::ErrorKind::not_found, std::string(places[i]), "This file is expected and missing."});
    }
}

}  // namespace rectal_cds::fhir
