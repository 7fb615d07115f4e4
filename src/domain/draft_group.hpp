// Groups of drafted orders that a card may offer to delete: the names a plan uses for them.
#pragma once

#include <string_view>
#include <vector>

#include "domain/case.hpp"

namespace rectal_cds::domain {

bool is_draft_group(std::string_view name);

// The drafted orders of the group that can be deleted: they have an id and are still drafts.
std::vector<const Source*> removable_drafts(const Case& record, std::string_view group);

// Whether the group has drafted orders and every one of them can be deleted.
bool all_removable(const Case& record, std::string_view group);

// Takes all drafted orders of the group out of the Case, as if they had been deleted.
void remove_drafts(Case& record, std::string_view group);

}  // namespace rectal_cds::domain
