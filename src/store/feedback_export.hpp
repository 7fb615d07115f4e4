// What became of the cards: feedback joined with the cards it is about, for quality review and for ONC's export
// (45 CFR 170.315(b)(11)(ii)(C): intervention, action, feedback, user, date, location; decisions.md 58, 60).
#pragma once

#include <cstddef>
#include <functional>
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
    std::vector<std::string> suggestions;  // labels of the accepted ones; the id where none was issued under it
    bool has_unknown_suggestion = false;   // one at least was not issued with this card
    cdshooks::OverrideReason reason;
    bool is_reason_missing = false;    // a critical card overridden without code or text (decisions.md 59)
    bool is_time_implausible = false;  // outside [issued - 5 min, received + 5 min] (reliability.md 1.7)
    bool has_test_clock = false;       // the service's clock stood still, so no time is judged
    bool is_unmatched = false;         // no such card went to this client from this service (decisions.md 58)
    std::string user_id, encounter_id, location, client, service_id, hook, hook_instance, patient, card;
    Instant at{}, received{}, issued{};
};

// Calls `visit` for each, ordered by time of the outcome, then of receipt; returns how many. Feedback about cards that
// are not known here is marked, has nothing of a card, and belongs in no statistics. Reads beside a running service, a
// page at a time. Errors as of read_database.
base::Result<std::size_t> export_feedback(const std::string& place, const ExportRange& range,
                                          const std::function<void(const ExportedFeedback&)>& visit);

// One line of CSV (RFC 4180): every field in quotes, CRLF at the end, UTF-8. A field that a spreadsheet would take for
// a formula begins with an apostrophe, and so does one that begins with an apostrophe itself; whoever reads the file
// back takes one away.
std::string csv_heading();
std::string csv_line(const ExportedFeedback& feedback);

// The same as one JSON object.
std::string json_object(const ExportedFeedback& feedback);

}  // namespace rectal_cds::store
