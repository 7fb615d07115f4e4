#include "auth/replay_cache.hpp"

#include <openssl/sha.h>

#include <cstring>
#include <string>

namespace rectal_cds::auth {

namespace {

// Of both texts, with the length of the first, so that no two pairs give the same input.
std::array<std::uint64_t, 2> digest(std::string_view first, std::string_view second) {
    std::string input = std::to_string(first.size());
    input.append(":").append(first).append(second);
    std::array<unsigned char, SHA256_DIGEST_LENGTH> bytes{};
    SHA256(reinterpret_cast<const unsigned char*>(input.data()), input.size(), bytes.data());
    std::array<std::uint64_t, 2> half{};
    std::memcpy(half.data(), bytes.data(), sizeof half);
    return half;
}

}  // namespace

Spent ReplayCache::spend(const TokenUse& use, Time now) {
    const Key key = digest(use.iss, use.jti);
    const std::uint64_t issuer = digest(use.iss, {})[0];
    const std::lock_guard lock(mutex_);
    forget_expired(now);
    if (const auto known = entries_.find(key); known != entries_.end()) {
        if (known->second.uses >= use.allowed_uses) return Spent::used_up;
        ++known->second.uses;
        return Spent::yes;
    }
    const auto held = held_by_issuer_.find(issuer);
    const bool issuer_is_full = held != held_by_issuer_.end() && held->second >= (capacity_ + 1) / 2;
    if (entries_.size() >= capacity_ || issuer_is_full) return Spent::unavailable;
    entries_.emplace(key, Entry{1, issuer});
    ++held_by_issuer_[issuer];
    expiry_.emplace(use.until, key);
    return Spent::yes;
}

std::size_t ReplayCache::size() const {
    const std::lock_guard lock(mutex_);
    return entries_.size();
}

void ReplayCache::forget_expired(Time now) {
    while (!expiry_.empty() && expiry_.top().first <= now) {
        const auto expired = entries_.find(expiry_.top().second);
        const auto held = held_by_issuer_.find(expired->second.issuer);
        if (--held->second == 0) held_by_issuer_.erase(held);
        entries_.erase(expired);
        expiry_.pop();
    }
}

Spent GuardedReplays::spend(const TokenUse& use, Time now) {
    const Spent shared = shared_.spend(use, now);
    if (shared == Spent::used_up) return shared;
    if (shared == Spent::unavailable) {
        alarm_();
        return strict_ ? Spent::unavailable : own_.spend(use, now);
    }
    return own_.spend(use, now) == Spent::used_up ? Spent::used_up : Spent::yes;
}

}  // namespace rectal_cds::auth
