// The checks of a request's head that are done on the raw bytes, before any parser reads them (RFC 9112, 2 to 6).
//
// Boost.Beast joins folded lines, takes a missing or second Host, and lets an unknown transfer coding pass as no
// coding, so that the body is read as the next request (measured). Whatever could be read in two ways is refused
// here, because a proxy in front may read it the other way.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "http/refusal.hpp"

namespace rectal_cds::http {

struct HeadLimits {
    std::size_t max_bytes = 16u * 1024;               // request line, header lines and the empty line
    std::size_t max_headers = 100;                    // lines
    std::uint64_t max_body_bytes = 4u * 1024 * 1024;  // as declared by Content-Length
};

// Looks for the end of the head while its bytes arrive; reads each byte once.
class HeadScanner {
public:
    explicit HeadScanner(const HeadLimits& limits) : limits_(limits) {}

    // `bytes` is all that has arrived since the head began. Answers a Refusal as soon as no further byte can mend it:
    // a control byte, a bare CR or LF, too many bytes.
    std::optional<Refusal> scan(std::string_view bytes);

    // Bytes of the head with its empty line; 0 while it is incomplete.
    std::size_t length() const { return length_; }

private:
    HeadLimits limits_;
    std::size_t scanned_ = 0;
    std::size_t line_begin_ = 0;
    std::size_t length_ = 0;
};

// `head` is complete and has passed the scanner. Answers the first fault:
// 400 for ambiguous or broken framing, 413, 417, 431, 505.
std::optional<Refusal> find_fault_in_head(std::string_view head, const HeadLimits& limits);

}  // namespace rectal_cds::http
