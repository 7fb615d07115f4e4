// Which cards a user has seen and overridden, in memory (clinical.md 3.1, decisions.md 41, 42).
//
// patient-view: info not again for 30 days, warning not for 7, data-unavailable not for 24 hours, to the same user with
// the same evidence; critical always. Order hooks: nothing is suppressed by time. An override with a reason, given at
// order-select, holds at order-sign for the same order, user and evidence; a critical card then shows it.
// Bounded: the oldest cards are forgotten first. What is forgotten or unknown is shown.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "cdshooks/card_history.hpp"
#include "store/store.hpp"

namespace rectal_cds::store {

struct CardMemoryLimits {
    std::chrono::hours info{24 * 30}, warning{24 * 7}, data_unavailable{24};
    std::chrono::hours override_holds{24};  // from the override at order-select to order-sign
    std::size_t max_cards = 200'000;        // different ones; about 500 bytes each
};

// Safe to use from several threads.
class CardMemory {
public:
    explicit CardMemory(CardMemoryLimits limits = {});
    ~CardMemory();
    CardMemory(const CardMemory&) = delete;
    CardMemory& operator=(const CardMemory&) = delete;

    // At start, from Store::cards_since(now - limits().info, limits().max_cards).
    void load(const std::vector<PastCard>& cards);

    // After the answer was given. A silent answer showed nothing and is not noted.
    void note_issued(const IssuedAnswer& answer);
    void note_feedback(const std::string& client, const std::vector<cdshooks::FeedbackItem>& items);

    // The history for one call: `pseudonym` turns the call's patient id into IssuedAnswer::patient. The memory must
    // outlive the function.
    cdshooks::CardHistory history(std::string client, std::function<std::string(const std::string&)> pseudonym,
                                  Instant now) const;

    const CardMemoryLimits& limits() const;
    std::size_t size() const;

private:
    struct Cards;
    std::unique_ptr<Cards> cards_;
};

}  // namespace rectal_cds::store
