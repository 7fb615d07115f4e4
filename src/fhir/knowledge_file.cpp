#include "fhir/knowledge_file.hpp"

#include <algorithm>
#include <cctype>

#include "fhir/knowledge.hpp"
#include "fhir/knowledge_wording.hpp"

namespace rectal_cds::fhir {

using base::Error;
using base::ErrorKind;

namespace {

void check_identity(Artefact& resource, Faults& faults) {
    const std::string_view type = resource.root["resourceType"].text(), id = resource.root["id"].text();
    const std::string_view url = resource.root["url"].text();
    const std::string base = std::string(canonical_base) + '/' + std::string(type) + '/';
    if (!id.empty() && id != resource.id) {
        faults.add("id", "The name of the file is expected: '" + resource.id + "'.");
        if (url == base + std::string(id)) resource.id = id;
    }
    if (!url.empty() && url != base + resource.id) faults.add("url", "'" + base + resource.id + "' is expected.");
}

// FHIR R4, invariant 0 of conformance resources.
void check_name(const Artefact& resource, Faults& faults) {
    const std::string_view name = resource.root["name"].text();
    const auto fits = [](unsigned char c) { return std::isalnum(c) != 0 || c == '_'; };
    const bool has_capital = !name.empty() && name[0] >= 'A' && name[0] <= 'Z';
    if (name.empty() || (has_capital && std::all_of(name.begin(), name.end(), fits))) return;
    faults.add("name", "A capital and then letters, digits or underscores are expected.");
}

}  // namespace

void Faults::add(std::string_view place, std::string what) {
    errors_->push_back({ErrorKind::invalid, where(place), std::move(what)});
}

std::string Faults::where(std::string_view place) const {
    return place.empty() ? file_ : file_ + ": " + std::string(place);
}

std::string file_stem(std::string_view path) {
    path.remove_prefix(path.rfind('/') + 1);
    return std::string(path.substr(0, path.rfind('.')));
}

Artefact open_file(const KnowledgeFile& file, std::vector<Error>& errors) {
    Artefact artefact{file.path, file_stem(file.path), nullptr, {}, false};
    auto parsed = json::Document::parse(file.text);
    if (!parsed) {
        errors.push_back({ErrorKind::malformed, file.path + ": " + parsed.error().where, parsed.error().what});
        return artefact;
    }
    artefact.document = std::make_shared<const json::Document>(std::move(parsed).value());
    artefact.root = artefact.document->root();
    return artefact;
}

Artefact open_resource(const KnowledgeFile& file, std::string_view type, std::vector<Error>& errors) {
    Artefact resource = open_file(file, errors);
    if (!resource.document || resource.root["resourceType"].text() == type) return resource;
    Faults(file.path, errors).add("resourceType", "'" + std::string(type) + "' is expected.");
    resource.root = {};
    return resource;
}

void check_resource(Artefact& resource, const Shape& shape, Faults& faults) {
    if (!resource.root.exists()) return;
    resource.sound = check_shape(resource.root, shape, faults);
    check_identity(resource, faults);
    check_name(resource, faults);
}

void check_figures(json::Value value, const std::string& place, Faults& faults) {
    if (shows_untraced_figure(value.text())) {
        faults.add(place, "A text without the range 17.5 to 22.5 % is expected: no source of that figure is known.");
    }
    for (const auto& [name, member] : value.members()) check_figures(member, member_place(place, name), faults);
    for (std::size_t i = 0; value.is_array() && i < value.size(); ++i) {
        check_figures(value.at(i), element_place(place, i), faults);
    }
}

void check_profile(const KnowledgeFile& file, std::string_view type, std::vector<Error>& errors) {
    const Artefact resource = open_resource(file, type, errors);
    if (!resource.root.exists() || resource.root["id"].text() == resource.id) return;
    Faults(file.path, errors).add("id", "The name of the file is expected: '" + resource.id + "'.");
}

}  // namespace rectal_cds::fhir
