#include "cdshooks/html.hpp"

#include <cmark.h>

#include <cstdlib>
#include <memory>

namespace rectal_cds::cdshooks {

std::string html_of(const std::string& markdown) {
    const std::unique_ptr<char, void (*)(void*)> html(
        cmark_markdown_to_html(markdown.data(), markdown.size(), CMARK_OPT_DEFAULT), std::free);
    return html ? std::string(html.get()) : std::string();
}

}  // namespace rectal_cds::cdshooks
