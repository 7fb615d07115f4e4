// Flags that several commands take.
#pragma once

#include <optional>

#include "base/date.hpp"
#include "commands.hpp"

namespace CLI {
class App;
}

namespace rectal_cds {

// "YYYY-MM-DD", or a date and time of which the day counts.
void add_clock(CLI::App* command, const char* flag, std::optional<base::Day>& day, const char* help);

void add_wording(CLI::App* command, WordingOptions& wording);

}  // namespace rectal_cds
