// What became of the cards: feedback joined with the cards it is about, for quality review and for ONC's export
// (45 CFR 170.315(b)(11)(ii)(C): intervention, action, feedback, user, date, location; decisions.md 58, 60).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/date.hpp"
#include "store/store.hpp"

namespace rectal_cds::store {

struct ExportRange {
    std::optional<base::Day> from, to;  // days of the outcome in UTC, both included
};

struct ExportedFeedback {
    std::string recommendation_id, title, content_version, indicator;  // the intervention
    std::string action;                                                // "accepted", "overridden"
    std::vector<std::string> suggestions;                              // labels of the accepted ones
    cdshooks::OverrideReason reason;
    bool reason_missing = false;    // a critical card overridden without code or text
    bool time_implausible = false;  // outside [issued - 5 min, received + 5 min]
    std::string user_id, encounter_id, location, client, service_id, hook, hook_instance, patient, card;
    Instant at{}, received{}, issued{};
};

// Ordered by time of the outcome. Feedback about cards that are not known is left out. Reads beside a running service.
base::Result<std::vector<ExportedFeedback>> read_feedback_export(const std::string& file, const ExportRange& range);

}  // namespace rectal_cds::store
