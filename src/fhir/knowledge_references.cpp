#include "fhir/knowledge_references.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "fhir/knowledge_names.hpp"

namespace rectal_cds::fhir {

namespace {

bool contains(const std::vector<std::string>& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

// The last part of a canonical; other names have no other part.
std::string_view last_part(std::string_view name) { return name.substr(name.rfind('/') + 1); }

std::vector<std::string> last_parts(const std::vector<std::string>& names) {
    std::vector<std::string> parts;
    parts.reserve(names.size());
    for (const std::string& name : names) parts.emplace_back(last_part(name));
    return parts;
}

}  // namespace

bool loses_a_use(const std::vector<base::Error>& errors, std::size_t first, const std::string& path) {
    static constexpr std::string_view ends[] = {"action", "]", "definitionCanonical", "selectionBehavior"};
    const std::string card = path + ": action";
    for (std::size_t i = first; i < errors.size(); ++i) {
        const std::string& where = errors[i].where;
        const auto ends_so = [&](std::string_view end) { return where.ends_with(end); };
        if (!where.starts_with(card)) continue;
        if (where.starts_with(card + "[0].action") || std::any_of(std::begin(ends), std::end(ends), ends_so)) return true;
    }
    return false;
}

void References::use(std::string_view name, std::string where) {
    if (!name.empty()) places_[std::string(name)].push_back(std::move(where));
}

void References::mention(std::string_view name) { mentioned_.emplace(name); }

void References::forgive_names_in(std::string_view text) {
    for (auto place = places_.begin(); place != places_.end();) {
        const bool stands_there = text.find('"' + place->first + '"') != std::string_view::npos;
        place = stands_there ? places_.erase(place) : std::next(place);
    }
}

void References::report_undefined(const std::vector<std::string>& defined, std::string_view what,
                                  std::vector<base::Error>& errors) const {
    for (const auto& [name, places] : places_) {
        if (contains(defined, name)) continue;
        const auto meant = nearest(last_part(name), last_parts(defined));
        std::string sentence = std::string(what) + " is expected; there is no '" + name + "'.";
        if (meant) sentence += " The nearest is '" + defined[*meant] + "'.";
        if (places.size() > 1) sentence += " It is named in " + std::to_string(places.size() - 1) + " more places.";
        errors.push_back({base::ErrorKind::invalid, places.front(), std::move(sentence)});
    }
}

std::vector<std::string> References::unused(const std::vector<std::string>& defined) const {
    std::vector<std::string> undefined;
    for (const auto& [name, places] : places_) {
        if (contains(defined, name)) continue;
        if (!nearest(last_part(name), last_parts(defined))) return {};
        undefined.push_back(name);
    }
    std::vector<std::string> left;
    for (const std::string& name : defined) {
        const auto is_misspelling = [&](const std::string& used) { return is_near(last_part(used), last_part(name)); };
        const bool used = places_.count(name) > 0 || mentioned_.count(name) > 0;
        if (!used && std::none_of(undefined.begin(), undefined.end(), is_misspelling)) left.push_back(name);
    }
    return left;
}

}  // namespace rectal_cds::fhir
