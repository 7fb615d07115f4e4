// What must survive: feedback, the cards it is about, and who was answered what (decisions.md 57-60,
// reliability.md 1.7, 2.4, 5). Nothing here is on the way of an answer to a hook call: a store that is down costs
// feedback a 503 and the record of issued cards a count, and no card.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "cdshooks/card_history.hpp"
#include "cdshooks/feedback.hpp"

namespace rectal_cds::store {

using cdshooks::Instant;

// One POST of feedback: stored whole or not at all.
struct FeedbackBatch {
    std::string client;      // its name in the registry; "sandbox" without one
    std::string service_id;  // of the address it was posted to
    Instant received{};
    std::vector<cdshooks::FeedbackItem> items;
    bool has_test_clock = false;  // the service ran with a clock that stands still: times of it and of clients differ
};

enum class Saved : unsigned char {
    ok,          // committed: the items survive a loss of power. Repeats are ok and stored once
    too_many,    // 429: the client's quarantine of unknown card ids is full; nothing of the batch is stored
    unavailable  // 503: nothing may be taken as stored; sending it again is safe
};

// One answered hook call: the cards that left, and the audit record.
struct IssuedAnswer {
    std::string client, service_id, hook;
    std::string hook_instance, user_id, encounter_id;       // as given
    std::string location;                                   // the configured site
    std::string patient;                                    // pseudonym (auth/pseudonym.hpp), never the id
    std::string content_version, correlation_id, token_id;  // token_id: jti; may be empty
    int status = 200;
    bool silent = false;  // judged and recorded, but the client got no cards
    std::vector<cdshooks::WrittenCard> cards;
    std::vector<std::string> folded, suppressed;  // ids of recommendations
    std::vector<std::string> would_show;          // the same, of a silent call
    Instant at{};
};

struct StoreHealth {
    bool up = false;
    std::string last_error;  // class of the last failure: "locked", "read_only", "full", "io" …; empty: none yet
    std::uint64_t feedback_stored = 0, feedback_repeated = 0, feedback_unmatched = 0;
    std::uint64_t feedback_refused_quota = 0, feedback_unavailable = 0;  // batches
    std::uint64_t answers_recorded = 0, answers_dropped = 0;             // dropped: the queue was full
    std::uint64_t commits = 0, failures = 0;
    std::map<std::string, std::uint64_t> overridden{};  // stored overrides, by recommendation
};

// A card that was issued, with what is known of its override: what a memory of cards is filled with at start.
struct PastCard {
    std::string client, patient, user_id, hook;
    cdshooks::WrittenCard card;  // without suggestions
    Instant at{};
    std::vector<cdshooks::FeedbackItem> feedback;  // in order of its timestamps
};

// Safe to use from several threads.
class Store {
public:
    virtual ~Store() = default;

    // Calls `done` exactly once and within StoreOptions::patience, from a thread of the store or before this returns;
    // `ok` only after the commit. `done` must neither block nor throw.
    virtual void save_feedback(FeedbackBatch batch, std::function<void(Saved)> done) = 0;

    // Never waits: queued, or dropped and counted when the queue is full.
    virtual void record_issued(IssuedAnswer answer) = 0;

    virtual StoreHealth health() const = 0;

    // Cards issued since `since`, newest first, at most `limit`. For the start: it reads the disk.
    virtual base::Result<std::vector<PastCard>> cards_since(Instant since, std::size_t limit) = 0;
};

}  // namespace rectal_cds::store
