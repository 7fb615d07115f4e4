// A captured feedback body, for rectal-cds doctor: whether it would be taken, and what it holds. Never a comment or an id.
#pragma once

#include <optional>
#include <string>

#include "base/result.hpp"

namespace rectal_cds {

struct FeedbackReport {
    std::string file;
    std::size_t number = 1;
    int status = 200;                  // 400 and 413: nothing of it would be stored
    std::optional<base::Error> fault;  // the first one
    std::size_t items = 0, accepted = 0, overridden = 0;
    std::size_t coded_reasons = 0, comments = 0, without_reason = 0;  // of those overridden
    std::size_t foreign_cards = 0;                                    // whose id is no UUID, so none of ours
};

// Empty when the body is no feedback: it has a hook, or no member feedback.
std::optional<FeedbackReport> examine_feedback(const std::string& body);

std::string in_words(const FeedbackReport& report);
std::string as_json(const FeedbackReport& report);

}  // namespace rectal_cds
