// A card's Markdown as HTML, for Epic clients configured so (cds-hooks.md 13, K11).
#pragma once

#include <string>

namespace rectal_cds::cdshooks {

// Paragraphs, lists, emphasis and links only: raw HTML in the Markdown is left out, and so are links of a dangerous
// scheme (libcmark's safe mode).
std::string html_of(const std::string& markdown);

}  // namespace rectal_cds::cdshooks
