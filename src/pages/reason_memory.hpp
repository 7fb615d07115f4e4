// What issued cards rest on, for as long as someone may ask (decisions.md 60): in memory alone, bounded, for 24 hours.
// The oldest goes first.
#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "cdshooks/reasons.hpp"

namespace rectal_cds::pages {

// Safe to use from several threads.
class ReasonMemory {
public:
    using Clock = std::chrono::steady_clock;
    static constexpr std::chrono::hours life{24};
    static constexpr std::size_t default_bytes = 64u * 1024 * 1024;  // about 5,000 answers

    explicit ReasonMemory(std::size_t most_bytes = default_bytes) : most_bytes_(most_bytes) {}

    void keep(std::shared_ptr<const cdshooks::Reasons> reasons, Clock::time_point now);

    struct Found {
        std::shared_ptr<const cdshooks::Reasons> reasons;
        std::size_t card = 0;  // its place in reasons->cards
    };
    // Empty: never known, or forgotten.
    std::optional<Found> find(const std::string& card_uuid, Clock::time_point now) const;

    std::size_t bytes() const;  // about

private:
    struct Kept {
        std::shared_ptr<const cdshooks::Reasons> reasons;
        Clock::time_point at;
        std::size_t bytes = 0;
    };
    struct Entry {
        std::shared_ptr<const cdshooks::Reasons> reasons;
        Clock::time_point at;
    };
    void forget_oldest();

    const std::size_t most_bytes_;
    mutable std::mutex mutex_;
    std::deque<Kept> kept_;  // oldest first
    std::unordered_map<std::string, Entry> by_card_;
    std::size_t bytes_ = 0;
};

}  // namespace rectal_cds::pages
