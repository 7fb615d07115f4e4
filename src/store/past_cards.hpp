// Reading back which cards were issued and what became of them. For this folder only.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "store/store.hpp"

namespace rectal_cds::store {

base::Result<std::vector<PastCard>> read_past_cards(const std::string& place, Instant since, std::size_t limit);

}  // namespace rectal_cds::store
