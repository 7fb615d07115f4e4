// What the change log of the content says about one recommendation.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rectal_cds::pages {

struct Change {
    std::string heading;   // of its section in the log
    std::string markdown;  // one entry of the list
};

// The entries that name `id` in `backticks`, in the order of the log (hooks/CHANGELOG.md): sections begin with "## ",
// entries with "* " or "- ", and their further lines are indented.
std::vector<Change> changes_of(std::string_view log, std::string_view id);

}  // namespace rectal_cds::pages
