// How many recommendations are in each of the three steps of review.
#pragma once

#include <cstddef>

#include "fhir/knowledge.hpp"

namespace rectal_cds::pages {

struct ReviewCounts {
    std::size_t draft = 0, in_review = 0, approved = 0;
};

// Of all that are loaded, also of those that are not judged for want of approval.
ReviewCounts count_reviews(const fhir::Knowledge& knowledge);

}  // namespace rectal_cds::pages
