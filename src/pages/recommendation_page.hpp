// The page of one recommendation, to which its cards link (decisions.md 45).
#pragma once

#include "pages/page.hpp"

namespace rectal_cds::pages {

// 404 where there is no recommendation with this id. One that is set aside for want of approval has its page, which
// says so. `use`: HTML, or nothing.
Page recommendation_page(const View& view, std::string_view id, const std::string& use);

}  // namespace rectal_cds::pages
