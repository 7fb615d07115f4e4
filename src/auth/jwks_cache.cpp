#include "auth/jwks_cache.hpp"

#include <map>
#include <mutex>
#include <set>
#include <utility>
#include <vector>

namespace rectal_cds::auth {

namespace {

using Instant = JwksCache::Instant;
using Id = std::pair<std::string, std::string>;  // iss and jku: keys belong to one issuer only

Id id_of(const Client& client) { return {client.iss, client.jku ? client.jku->text() : ""}; }

struct Keys {
    std::shared_ptr<const KeySet> set;  // null until the first success
    Instant fetched_at{};               // the last success
    std::optional<Instant> attempted_at;
    std::optional<Instant> refreshed_at;  // the last attempt while there were usable keys
    std::uint64_t attempt = 0;  // the number of the last fetch
    bool is_fetching = false;
    std::vector<std::function<void()>> waiting;
};

enum class Need { nothing, refresh, keys };

}  // namespace

struct JwksCache::State : std::enable_shared_from_this<State> {
    State(Fetch fetch_by, Clock clock_by, const KeyCacheTimes& given)
        : fetch(std::move(fetch_by)), clock(std::move(clock_by)), times(given) {}

    bool usable(const Keys& keys, Instant now) const { return keys.set && now - keys.fetched_at < times.drop_after; }
    Need need(const Keys& keys, std::string_view kid, Instant now) const;
    bool may_fetch(const Keys& keys, Instant now) const;
    // Marks a fetch as begun where one is needed and allowed; its number, or empty.
    std::optional<std::uint64_t> begin(Keys& keys, Need need, Instant now);
    void end(const Id& id, std::uint64_t attempt, const std::optional<std::string>& text);
    KeyLookup answer(Keys& keys, std::string_view kid);

    const Fetch fetch;
    const Clock clock;
    const KeyCacheTimes times;
    mutable std::mutex mutex;  // guards what follows
    std::map<Id, Keys> keys_of;
    KeyCacheCounts counts;
};

Need JwksCache::State::need(const Keys& keys, std::string_view kid, Instant now) const {
    if (!usable(keys, now) || !keys.set->has(kid)) return Need::keys;
    const auto age = now - keys.fetched_at;
    if (age >= times.wait_after) return Need::keys;
    return age >= times.refresh_after ? Need::refresh : Need::nothing;
}

bool JwksCache::State::may_fetch(const Keys& keys, Instant now) const {
    const auto has_passed = [&](std::chrono::seconds pause, const std::optional<Instant>& since) {
        return !since || now - *since >= pause;
    };
    if (keys.is_fetching) return has_passed(times.fetch_given_up_after, keys.attempted_at);
    if (usable(keys, now)) return has_passed(times.between_fetches, keys.refreshed_at);
    return has_passed(times.after_failure, keys.attempted_at);
}

std::optional<std::uint64_t> JwksCache::State::begin(Keys& keys, Need need, Instant now) {
    if (need == Need::nothing || !may_fetch(keys, now)) return std::nullopt;
    if (keys.is_fetching) ++counts.failures;
    ++counts.fetches;
    keys.is_fetching = true;
    keys.attempted_at = now;
    if (usable(keys, now)) keys.refreshed_at = now;
    return ++keys.attempt;
}

void JwksCache::State::end(const Id& id, std::uint64_t attempt, const std::optional<std::string>& text) {
    std::shared_ptr<const KeySet> set;
    if (text) {
        auto parsed = parse_key_set(*text);
        if (parsed && !parsed.value().keys.empty()) set = std::make_shared<const KeySet>(std::move(parsed).value());
    }
    std::vector<std::function<void()>> waiting;
    {
        const std::lock_guard lock(mutex);
        const auto found = keys_of.find(id);
        if (found == keys_of.end() || found->second.attempt != attempt || !found->second.is_fetching) return;
        Keys& keys = found->second;
        keys.is_fetching = false;
        if (set) {
            keys.set = std::move(set);
            keys.fetched_at = clock();
        } else {
            ++counts.failures;
        }
        waiting.swap(keys.waiting);
    }
    for (const auto& ended : waiting) ended();
}

KeyLookup JwksCache::State::answer(Keys& keys, std::string_view kid) {
    const Instant now = clock();
    if (keys.is_fetching && need(keys, kid, now) == Need::keys) return {KeyLookup::State::fetching, nullptr};
    if (!usable(keys, now)) return {KeyLookup::State::unavailable, nullptr};
    if (now - keys.fetched_at >= times.wait_after) ++counts.served_stale;
    return {KeyLookup::State::known, keys.set};
}

JwksCache::JwksCache(Fetch fetch, Clock clock, const KeyCacheTimes& times)
    : state_(std::make_shared<State>(std::move(fetch), std::move(clock), times)) {}

JwksCache::~JwksCache() = default;

KeyLookup JwksCache::find(const std::shared_ptr<const Client>& client, std::string_view kid) {
    const Id id = id_of(*client);
    std::optional<std::uint64_t> attempt;
    {
        const std::lock_guard lock(state_->mutex);
        Keys& keys = state_->keys_of[id];
        const Instant now = state_->clock();
        attempt = state_->begin(keys, state_->need(keys, kid, now), now);
    }
    if (attempt) {
        state_->fetch(client, [state = state_, id, attempt = *attempt](const std::optional<std::string>& text) {
            state->end(id, attempt, text);
        });
    }
    const std::lock_guard lock(state_->mutex);
    return state_->answer(state_->keys_of[id], kid);
}

void JwksCache::when_fetched(const Client& client, std::function<void()> ended) {
    {
        const std::lock_guard lock(state_->mutex);
        const auto found = state_->keys_of.find(id_of(client));
        if (found != state_->keys_of.end() && found->second.is_fetching) {
            found->second.waiting.push_back(std::move(ended));
            return;
        }
    }
    ended();
}

void JwksCache::keep_only(const ClientRegistry& registry) {
    std::set<Id> registered;
    for (const auto& client : registry.clients()) registered.insert(id_of(*client));
    std::vector<std::function<void()>> waiting;
    {
        const std::lock_guard lock(state_->mutex);
        for (auto entry = state_->keys_of.begin(); entry != state_->keys_of.end();) {
            if (registered.count(entry->first) != 0) {
                ++entry;
                continue;
            }
            for (auto& ended : entry->second.waiting) waiting.push_back(std::move(ended));
            entry = state_->keys_of.erase(entry);
        }
    }
    for (const auto& ended : waiting) ended();
}

KeyCacheCounts JwksCache::counts() const {
    const std::lock_guard lock(state_->mutex);
    return state_->counts;
}

}  // namespace rectal_cds::auth
