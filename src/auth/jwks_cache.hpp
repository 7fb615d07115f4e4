// The keys of the clients' key endpoints, kept between calls: when they are fetched, used, refreshed and given up
// (reliability.md 1.2: kid flood, outage; cds-hooks.md 10.1). Fetching itself is the caller's, as a function.
//
// | age of the keys | what happens |
// |---|---|
// | below refresh_after | used |
// | below wait_after | used, and fetched anew beside it |
// | below drop_after | fetched first; used only when that fails |
// | above, or none yet | fetched first; unavailable when that fails |
// A kid that is not among the keys makes them be fetched at once. Between two refreshes of a client's keys lies at least
// between_fetches, between two attempts to get any keys at all after_failure; until then the answer comes from memory.
// That is the negative cache, and the bound on what a flood of unknown kids can cause.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "auth/client_registry.hpp"
#include "auth/key_source.hpp"

namespace rectal_cds::auth {

struct KeyCacheTimes {
    std::chrono::seconds refresh_after{10 * 60};
    std::chrono::seconds wait_after{60 * 60};
    std::chrono::seconds drop_after{24 * 60 * 60};
    std::chrono::seconds between_fetches{60};
    std::chrono::seconds after_failure{10};
    std::chrono::seconds fetch_given_up_after{30};  // a fetch that has not ended by then counts as failed
};

struct KeyCacheCounts {  // since the start; for metrics and alarms
    std::uint64_t fetches = 0;
    std::uint64_t failures = 0;      // no answer, or one that is no JWK Set with a usable key
    std::uint64_t served_stale = 0;  // look-ups answered with keys older than wait_after
};

class JwksCache final : public KeySource {
public:
    using Instant = std::chrono::steady_clock::time_point;
    using Clock = std::function<Instant()>;
    // The text of the JWK Set; empty when it could not be fetched. To be called once, from any thread, at any time.
    using Fetched = std::function<void(std::optional<std::string>)>;
    // Starts to fetch client->jku: no redirect, at most largest_key_set_bytes, 2 s, addresses by may_connect with the
    // client's ranges. Called without a lock held; may call `Fetched` before it returns.
    using Fetch = std::function<void(const std::shared_ptr<const Client>&, Fetched)>;

    JwksCache(Fetch fetch, Clock clock, const KeyCacheTimes& times = {});
    ~JwksCache() override;

    KeyLookup find(const std::shared_ptr<const Client>& client, std::string_view kid) override;

    // Calls `ended` once the fetch that made `find` answer `fetching` has ended, at once when it already has.
    void when_fetched(const Client& client, std::function<void()> ended);

    // Gives up the keys of clients that are no longer registered, or have another jku now.
    void keep_only(const ClientRegistry& registry);

    KeyCacheCounts counts() const;

private:
    struct State;
    std::shared_ptr<State> state_;  // shared with fetches that are under way
};

}  // namespace rectal_cds::auth
