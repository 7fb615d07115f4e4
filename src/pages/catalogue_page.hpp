// The catalogue: every recommendation, searched and filtered by the parameters of the address.
#pragma once

#include "pages/page.hpp"

namespace rectal_cds::pages {

// ?q= words that all occur in it; &hook= &group= &drug= &grade= &severity= &review= each a value of its list.
Page catalogue_page(const View& view);

}  // namespace rectal_cds::pages
