// The review of one recommendation: the step it is in, its dates, what changed, and what is still open about it.
#pragma once

#include "guideline/recommendation.hpp"
#include "pages/page.hpp"

namespace rectal_cds::pages {

// `is_judged`: not set aside for want of approval.
void add_review(Values& values, const View& view, const guideline::Recommendation& recommendation, bool is_judged);

}  // namespace rectal_cds::pages
