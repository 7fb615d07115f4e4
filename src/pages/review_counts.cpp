#include "pages/review_counts.hpp"

namespace rectal_cds::pages {

ReviewCounts count_reviews(const fhir::Knowledge& knowledge) {
    ReviewCounts counts;
    for (const auto* list : {&knowledge.recommendations, &knowledge.unapproved}) {
        for (const guideline::Recommendation& recommendation : *list) {
            switch (recommendation.review.step) {
            case guideline::ReviewStep::draft: ++counts.draft; break;
            case guideline::ReviewStep::in_review: ++counts.in_review; break;
            case guideline::ReviewStep::approved: ++counts.approved; break;
            }
        }
    }
    return counts;
}

}  // namespace rectal_cds::pages
