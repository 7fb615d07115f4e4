#include "cdshooks/governance.hpp"

#include <algorithm>
#include <array>

namespace rectal_cds::cdshooks {

using guideline::Recommendation;
using guideline::ReviewStep;

namespace {

constexpr const char* draft_words = "draft: not reviewed by a clinician";

const char* word(ReviewStep step) {
    if (step == ReviewStep::approved) return "approved";
    return step == ReviewStep::in_review ? "in review" : "draft";
}

struct Counts {
    std::size_t draft = 0, in_review = 0, approved = 0;
    std::size_t all() const { return draft + in_review + approved; }
};

Counts count(const fhir::Knowledge& knowledge) {
    Counts counts;
    for (const auto* list : {&knowledge.recommendations, &knowledge.unapproved}) {
        for (const Recommendation& r : *list) {
            ++(r.review.step == ReviewStep::approved    ? counts.approved
               : r.review.step == ReviewStep::in_review ? counts.in_review
                                                        : counts.draft);
        }
    }
    return counts;
}

std::string number_of_recommendations(std::size_t count) {
    return std::to_string(count) + (count == 1 ? " recommendation" : " recommendations");
}

// "70 recommendations, the first of them `id`": one line however many there are.
template <class Predicate> std::string told(const fhir::Knowledge& knowledge, Predicate is_meant) {
    const auto& all = knowledge.recommendations;
    const auto first = std::find_if(all.begin(), all.end(), is_meant);
    if (first == all.end()) return {};
    const auto number = static_cast<std::size_t>(std::count_if(first, all.end(), is_meant));
    return number_of_recommendations(number) + (number == 1 ? " (" : " (the first is ") + first->id + ")";
}

bool is_expired(const Recommendation& r, base::Day today) { return r.expires <= today; }
bool is_review_due(const Recommendation& r, base::Day today) { return r.review_by < today && !is_expired(r, today); }

}  // namespace

std::string review_status(const Recommendation& recommendation) {
    const guideline::Review& review = recommendation.review;
    if (review.step == ReviewStep::draft) return draft_words;
    if (review.step == ReviewStep::in_review)
        return "in review by " + review.reviewer + " since " + base::iso(review.since) + ": not approved";
    return "approved by " + review.reviewer + " on " + base::iso(review.since) + ", last reviewed on " +
           base::iso(review.last_reviewed.value_or(review.since));
}

std::string review_status(const fhir::Knowledge& knowledge) {
    const Counts counts = count(knowledge);
    if (counts.draft == counts.all()) return draft_words;
    if (counts.approved == counts.all()) return "all " + number_of_recommendations(counts.all()) + " approved";
    return std::to_string(counts.approved) + " of " + number_of_recommendations(counts.all()) + " approved, " +
           std::to_string(counts.in_review) + " in review, " + std::to_string(counts.draft) + " draft";
}

std::string review_step(const Recommendation& recommendation) { return word(recommendation.review.step); }

std::string review_step(const fhir::Knowledge& knowledge) {
    const Counts counts = count(knowledge);
    if (counts.approved > 0 && counts.approved < counts.all()) return "partly approved";
    if (counts.approved > 0) return word(ReviewStep::approved);
    return word(counts.in_review > 0 ? ReviewStep::in_review : ReviewStep::draft);
}

std::string content_description(const fhir::Knowledge& knowledge) {
    std::string text = knowledge.version + " of " + base::iso(knowledge.date) + ", " + review_status(knowledge);
    if (!knowledge.unapproved.empty())
        text += "; " + number_of_recommendations(knowledge.unapproved.size()) + " not judged for want of approval";
    return text;
}

std::string dated_content(const fhir::Knowledge& knowledge, base::Day today) {
    const auto& all = knowledge.recommendations;
    const auto expired = std::count_if(all.begin(), all.end(), [&](const Recommendation& r) { return is_expired(r, today); });
    const auto due = std::count_if(all.begin(), all.end(), [&](const Recommendation& r) { return is_review_due(r, today); });
    if (expired == 0 && due == 0) return {};
    const std::string of = " of " + number_of_recommendations(all.size());
    std::string text = "content on " + base::iso(today) + ": ";
    if (expired > 0) text += std::to_string(expired) + of + " EXPIRED and not judged";
    if (due > 0) text += (expired > 0 ? ", " : "") + std::to_string(due) + of + " past the review date, as the cards say";
    return text + " (rectal-cds check).";
}

std::vector<std::string> content_warnings(const fhir::Knowledge& knowledge, base::Day today) {
    std::vector<std::string> warnings;
    const auto warn = [&](const std::string& which, const char* what) {
        if (!which.empty()) warnings.push_back(which + what);
    };
    warn(told(knowledge, [&](const Recommendation& r) { return is_expired(r, today); }),
         ": EXPIRED, past the expiry date, so not judged and never shown; order hooks say \"not assessed\".");
    warn(told(knowledge, [&](const Recommendation& r) { return is_review_due(r, today); }),
         ": the review was due; the cards say so.");
    warn(told(knowledge, [&](const Recommendation& r) {
             return r.review.since > today || r.review.last_reviewed.value_or(today) > today;
         }),
         ": a review or approval is dated in the future.");
    for (const fhir::PendingDecision& decision : knowledge.governance.watch_list) {
        if (decision.expected > today) continue;
        warnings.push_back("Watch list: the decision of the " + decision.authority + " on " + decision.subject +
                           " was expected on " + base::iso(decision.expected) + ". " + decision.consequence);
    }
    return warnings;
}

}  // namespace rectal_cds::cdshooks
