#include "cdshooks/review.hpp"

#include "cdshooks/governance.hpp"
#include "cdshooks/review_notes.hpp"
#include "cdshooks/review_recommendation.hpp"
#include "cdshooks/review_words.hpp"

namespace rectal_cds::cdshooks {

namespace {

constexpr const char* how_to_read =
    "Printed by `rectal-cds review` from the files of hooks/ and profiles/; do not edit it by hand. Nothing here has been "
    "approved unless its status says by whom and when.\n\n"
    "How to read it:\n\n"
    "- A card appears only when every condition under *When* is certain. \"Unknown\" is not \"no\": what could not be "
    "read, or was never tested, makes a condition unknown, and the card does not appear; a fact worded \"not on record\" "
    "is about the record and can be certain.\n"
    "- «Words between these marks» stand for the patient's own value; a sentence with such a value is left out where the "
    "value is not known.\n"
    "- Severity is info, warning or critical. A critical card can be overridden with a reason.\n"
    "- An order is a draft that a prescriber has to sign. What raises a critical card for the same patient is not offered.\n"
    "- *Seen* says what of a work was read when the content was written.\n\n"
    "How to approve: sign below the recommendation, and have the signature entered in its file (hooks/README.md, "
    "Review). Changing the text, a dose or a condition afterwards takes a new approval.\n\n";

std::string contents(const fhir::Knowledge& knowledge) {
    std::string text = "## Recommendations\n\n" + table_head({"Recommendation", "When", "Severity", "Status"});
    for (std::size_t i = 0; i < knowledge.recommendations.size(); ++i) {
        const auto& r = knowledge.recommendations[i];
        const std::string title = numbered_title(i, r);
        text += table_row({"[" + title + "](#" + anchor(title) + ")", hooks_in_words(r), indicator_in_words(r), review_step(r)});
    }
    return text + "\n";
}

}  // namespace

std::string review(const fhir::Knowledge& knowledge) {
    std::string text = "# Review of the clinical content\n\nContent " + content_description(knowledge) + ".\n\n" + how_to_read + contents(knowledge);
    char group = 0;
    for (std::size_t i = 0; i < knowledge.recommendations.size(); ++i) {
        const char own = knowledge.recommendations[i].group;
        if (own != group) text += std::string("## ") + group_title(own) + "\n\n";
        group = own;
        text += recommendation_in_words(knowledge, i);
    }
    text += notes_in_words(knowledge);
    while (text.size() > 1 && text[text.size() - 2] == '\n') text.pop_back();
    return text;
}

}  // namespace rectal_cds::cdshooks
