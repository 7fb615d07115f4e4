// A card's detail, parsed as GitHub-Flavored Markdown by cmark-gfm with all its extensions: an oracle of its own.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace rectal_cds::conformance {

struct MarkdownTree {
    std::size_t raw_html = 0, images = 0, tables = 0;
    std::vector<std::string> links;  // their URLs, autolinks as well
    std::string text;                // what a reader sees, code included, blocks separated by newlines
};

MarkdownTree parse_markdown(std::string_view detail);

}  // namespace rectal_cds::conformance
