// Moments with a time of day: RFC 3339 in, UTC out. Clinical dates are days instead (base/date.hpp).
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace rectal_cds::cdshooks {

using Instant = std::chrono::sys_time<std::chrono::microseconds>;

// RFC 3339 date-time with an offset, of the years 1900 to 2200, as UTC. Digits below a microsecond are dropped; a leap
// second is the first moment of the next minute. Empty for anything else.
std::optional<Instant> parse_instant(std::string_view text);

std::string iso(Instant instant);  // "2026-03-02T08:11:12.520000Z"

}  // namespace rectal_cds::cdshooks
