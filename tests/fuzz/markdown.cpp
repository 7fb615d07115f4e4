// Text of the record on a card: whatever it is, as HTML it is text.
#include "cdshooks/markdown.hpp"
#include "cdshooks/html.hpp"
#include "fuzz/target.hpp"
#include "json/document.hpp"

using namespace rectal_cds;

RECTAL_CDS_FUZZ_TARGET(markdown) {
    const std::string escaped = cdshooks::escape_markdown(input);
    for (const char c : escaped)
        fuzz::require(c != '<' && c != '>' && (static_cast<unsigned char>(c) >= 0x20),
                      "no markup and no control is left");
    const std::string html = cdshooks::html_of("**Finding** " + escaped + " (final)");
    for (std::size_t at = html.find('<'); at != std::string::npos; at = html.find('<', at + 1)) {
        const std::string_view rest = std::string_view(html).substr(at);
        const bool is_ours = rest.substr(0, 3) == "<p>" || rest.substr(0, 4) == "</p>" ||
                             rest.substr(0, 8) == "<strong>" || rest.substr(0, 9) == "</strong>";
        fuzz::require(is_ours, "no element comes of the record's text");
    }
    (void)cdshooks::html_of(std::string(input));
}
