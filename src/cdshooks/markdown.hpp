// Text out of the record, made harmless for GitHub-flavoured Markdown and for HTML around it.
#pragma once

#include <string>
#include <string_view>

namespace rectal_cds::cdshooks {

// Escapes every character with a meaning in Markdown or HTML, and folds line breaks and control characters to spaces.
// Cut to `max_code_points`, with an ellipsis.
std::string escape_markdown(std::string_view text, std::size_t max_code_points = 160);

}  // namespace rectal_cds::cdshooks
