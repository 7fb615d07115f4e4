// The pages about the content as a whole.
#pragma once

#include "pages/page.hpp"

namespace rectal_cds::pages {

Page home_page(const View& view);   // what this is, addresses, status
Page about_page(const View& view);  // how the content is made and reviewed, limits, licences
Page not_found_page();

}  // namespace rectal_cds::pages
