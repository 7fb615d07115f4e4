#include "pages/assets.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace rectal_cds::pages {

const Asset* find_asset(std::string_view name) {
    const auto& all = assets();
    const auto found = std::find_if(all.begin(), all.end(), [&](const Asset& asset) { return asset.name == name; });
    return found == all.end() ? nullptr : &*found;
}

std::string_view media_type_of(std::string_view name) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 4> types{
        {{".css", "text/css; charset=utf-8"},
         {".js", "text/javascript; charset=utf-8"},
         {".svg", "image/svg+xml"},
         {".json", "application/json"}}};
    for (const auto& [ending, type] : types) {
        if (name.ends_with(ending)) return type;
    }
    return {};
}

std::string address_of(std::string_view name) {
    const Asset* asset = find_asset(name);
    return "/assets/" + std::string(name) + (asset ? "?v=" + std::string(asset->digest) : "");
}

}  // namespace rectal_cds::pages
