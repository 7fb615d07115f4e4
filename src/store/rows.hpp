// What is written of feedback, row by row; each inside a WriteTransaction of the caller. For this folder only.
#pragma once

#include <soci/soci.h>

#include <cstddef>
#include <string>
#include <vector>

#include "store/store.hpp"

namespace rectal_cds::store {

// Everything that makes two reports the same (decisions.md 59): client, service, card, outcome, time, suggestions in
// any order, reason and comment.
std::string item_key(const FeedbackBatch& batch, const cdshooks::FeedbackItem& item);

struct BatchResult {
    bool too_many = false;  // nothing was written
    std::size_t stored = 0, repeated = 0, unmatched = 0;
    std::vector<std::string> overridden{};  // the recommendations of stored items that override a card of ours
};

// `id`: of the audit record.
BatchResult write_feedback(soci::session& sql, const FeedbackBatch& batch, const std::string& id,
                           std::size_t quarantine_per_client);

// Deletes unmatched feedback received before `before`.
void clear_quarantine(soci::session& sql, Instant before);

}  // namespace rectal_cds::store
