// Reading what clients report about cards: the body of POST {baseUrl}/cds-services/{id}/feedback (CDS Hooks 2.0.1
// "Feedback"; cds-hooks.md 9; decisions.md 18, 57, 59).
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "cdshooks/instant.hpp"

namespace rectal_cds::cdshooks {

enum class FeedbackOutcome : unsigned char { accepted, overridden };
const char* name(FeedbackOutcome outcome);  // "accepted"

// Of the override reasons that our cards offer.
inline constexpr const char* override_reason_system = "https://rectal-cds.example/fhir/CodeSystem/override-reason";

// Why a card was overridden, in the client's words; every member may be empty. Treat `comment` as patient data.
struct OverrideReason {
    std::string system, code, display;  // overrideReason.reason; the 2020 dialect has them in overrideReason itself
    std::string category, title;        // Epic's locally built reasons: reasonCategory, reasonTitle
    std::string comment;                // userComment

    bool is_coded() const { return !code.empty() || !category.empty() || !title.empty(); }
    bool is_given() const { return is_coded() || !display.empty() || !comment.empty(); }
};

struct FeedbackItem {
    std::string card;  // as sent; a UUID in lower case; need not be one of ours
    FeedbackOutcome outcome{};
    std::vector<std::string> suggestions;  // acceptedSuggestions[].id in the order sent, each once
    OverrideReason reason;
    Instant at{};  // outcomeTimestamp
};

inline constexpr std::size_t max_feedback_bytes = 256 * 1024;
inline constexpr std::size_t max_feedback_items = 100;
inline constexpr std::size_t max_comment_bytes = 4 * 1024;

// The whole batch, or the first thing wrong with it, named "feedback[3].outcome": nothing of a batch counts when one
// item is wrong. An empty batch is right. Errors: malformed, invalid (400); too_large (413) for the body and the number
// of items.
//
// Enforced: cds-fb-1 outcome is accepted or overridden; cds-fb-2 accepted needs acceptedSuggestions with an id each;
// cds-fb-3 an overrideReason that is there holds a reason or a comment. Taken as well: Epic's `overrideReasons` with
// its extensions, the 2020 sandbox's code in overrideReason itself, card ids that are no UUID.
base::Result<std::vector<FeedbackItem>> read_feedback(std::string body);

}  // namespace rectal_cds::cdshooks
