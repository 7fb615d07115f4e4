// Which tokens have been used (decisions.md 27, reliability.md 1.3): the interface, the cache in memory, and the rule
// for when a shared store is down. All of it is safe to use from several threads.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <queue>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "auth/compact_jwt.hpp"

namespace rectal_cds::auth {

// The texts live as long as the call. A token of another issuer with the same jti is another token.
struct TokenUse {
    std::string_view iss;
    std::string_view jti;
    Time until{};          // from then on the token is refused as expired: exp and the client's leeway
    int allowed_uses = 1;  // 1: every later use is a replay
};

enum class Spent {
    yes,         // this use was within the allowed ones, and is counted
    used_up,     // it was not
    unavailable  // it could not be counted: the store is down or full
};

// To be asked last, for tokens that have passed every other check, so that forged ones cannot fill it.
// Counting one use is atomic: of calls at one time exactly `allowed_uses` are told yes.
class ReplayStore {
public:
    ReplayStore() = default;
    ReplayStore(const ReplayStore&) = delete;
    ReplayStore& operator=(const ReplayStore&) = delete;
    virtual ~ReplayStore() = default;
    virtual Spent spend(const TokenUse& use, Time now) = 0;
};

// In memory, bounded: about 100 bytes a token. When it is full of tokens that have not expired it answers unavailable
// rather than forget one. An issuer can fill at most half of it, so that one client does not shut out the others.
class ReplayCache final : public ReplayStore {
public:
    explicit ReplayCache(std::size_t capacity = 1'000'000) : capacity_(capacity) {}
    Spent spend(const TokenUse& use, Time now) override;
    std::size_t size() const;

private:
    using Key = std::array<std::uint64_t, 2>;  // half a SHA-256 of iss and jti
    struct KeyHash {
        std::size_t operator()(const Key& key) const { return static_cast<std::size_t>(key[0]); }
    };
    struct Entry {
        int uses = 0;
        std::uint64_t issuer = 0;
    };
    struct Later {
        bool operator()(const auto& a, const auto& b) const { return a.first > b.first; }
    };
    void forget_expired(Time now);

    const std::size_t capacity_;
    mutable std::mutex mutex_;
    std::unordered_map<Key, Entry, KeyHash> entries_;
    std::unordered_map<std::uint64_t, std::size_t> held_by_issuer_;
    std::priority_queue<std::pair<Time, Key>, std::vector<std::pair<Time, Key>>, Later> expiry_;
};

// A node's own cache beside a store that the nodes share; both have to agree. When the shared one is down, `alarm` is
// called and the own cache alone decides; with `strict` (jti.strict) the answer is then unavailable, and the use not
// counted (reliability.md 5, decisions.md 27).
class GuardedReplays final : public ReplayStore {
public:
    // Neither store is owned; both outlive this.
    GuardedReplays(ReplayStore& own, ReplayStore& shared, bool strict, std::function<void()> alarm)
        : own_(own), shared_(shared), strict_(strict), alarm_(std::move(alarm)) {}
    Spent spend(const TokenUse& use, Time now) override;

private:
    ReplayStore& own_;
    ReplayStore& shared_;
    const bool strict_;
    const std::function<void()> alarm_;
};

}  // namespace rectal_cds::auth
