// Heads of requests: the same verdict however the bytes arrive, and no accepted head that frames in two ways.
#include <algorithm>
#include <cctype>

#include "fuzz/target.hpp"
#include "http/request_head.hpp"

using namespace rectal_cds;

namespace {

std::size_t scan_in_steps(std::string_view bytes, std::size_t step, bool& refused) {
    http::HeadScanner scanner{http::HeadLimits{}};
    for (std::size_t end = std::min(step, bytes.size());; end = std::min(end + step, bytes.size())) {
        refused = scanner.scan(bytes.substr(0, end)).has_value();
        if (refused || scanner.length() > 0 || end == bytes.size()) return scanner.length();
    }
}

std::size_t count(const std::string& text, std::string_view word) {
    std::size_t found = 0;
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) ++found;
    return found;
}

}  // namespace

RECTAL_CDS_FUZZ_TARGET(http_head) {
    bool refused = false, refused_by_bytes = false;
    const std::size_t length = scan_in_steps(input, input.size() + 1, refused);
    const std::size_t length_by_bytes = scan_in_steps(input, 1, refused_by_bytes);
    fuzz::require(refused == refused_by_bytes && length == length_by_bytes, "bytes that trickle are the same head");
    if (refused || length == 0) return;
    const std::string_view head = input.substr(0, length);
    if (http::find_fault_in_head(head, {})) return;
    std::string lower(head);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    const std::size_t lengths = count(lower, "\ncontent-length:"), codings = count(lower, "\ntransfer-encoding:");
    fuzz::require(lengths + codings <= 1, "a body is framed in one way");
    fuzz::require(count(lower, "\nhost:") <= 1, "a request names one host");
    fuzz::require(count(lower, "\r\n ") == 0 && count(lower, "\r\n\t") == 0, "no line is folded");
}
