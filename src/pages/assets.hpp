// The files of assets/, part of the program: style, scripts and icon as they are served, templates as pages are made
// from them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rectal_cds::pages {

struct Asset {
    std::string_view name;  // "style.css"
    std::string_view bytes;
    std::string_view digest;  // of the bytes: 16 hexadecimal digits
};

const std::vector<Asset>& assets();  // by name

const Asset* find_asset(std::string_view name);

// Of a file that is served: "text/css; charset=utf-8". Empty for templates, which are not.
std::string_view media_type_of(std::string_view name);

// The file with its digest, so that it can be kept for ever: "/assets/style.css?v=0123456789abcdef".
std::string address_of(std::string_view name);

}  // namespace rectal_cds::pages
