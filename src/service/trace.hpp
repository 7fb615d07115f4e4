// W3C Trace Context, level 1: which trace a call belongs to. Of the caller's header only the trace's id and whether it
// is recorded are taken on; `tracestate`, which anybody may fill with anything, is neither read nor sent on.
#pragma once

#include <string>
#include <string_view>

#include "http/message.hpp"

namespace rectal_cds::service {

struct Trace {
    std::string id;    // 32 lower-case hexadecimal digits, not all zero
    std::string span;  // 16: of this call in it
    bool is_sampled = false;
    bool is_the_callers = false;  // the answer names it then; a new one has the id that X-Correlation-Id says

    std::string header() const;  // "00-…-…-01"
};

// Goes on with the caller's trace where exactly one valid traceparent came; otherwise a new one, whose id is the
// correlation id. The span is of the correlation id either way.
Trace trace_of(const http::Request& request);

}  // namespace rectal_cds::service
