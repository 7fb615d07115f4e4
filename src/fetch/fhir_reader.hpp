// Reads what a call still needs from the client's FHIR server: all queries at once, every page, within one deadline.
// What could not be read comes back as the reason why, never as nothing (reliability.md 2.2, 2.3).
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "auth/fhir_base_url.hpp"
#include "cdshooks/fetched.hpp"
#include "fetch/circuit_breaker.hpp"
#include "fetch/transport.hpp"

namespace rectal_cds::fetch {

// Whom to ask, for whom, and until when. The caller has checked that `base` is configured for the client.
struct Access {
    std::string client;  // its name in the registry: connections and circuit breakers are kept apart by it
    auth::BaseUrl base;
    std::shared_ptr<const auth::Secret> token;                   // null: the server needs none
    Clock::time_point token_expires = Clock::time_point::max();  // nothing is begun, or waited for, after it
    std::vector<auth::IpRange> ranges;                           // the client's
    Clock::time_point deadline{};
    std::string traceparent{};  // of every request
};

struct ReaderLimits {            // decisions.md 18, 25
    std::size_t max_pages = 10;  // of one query
    std::size_t max_page_bytes = 8u * 1024 * 1024;
    std::size_t max_call_bytes = 32u * 1024 * 1024;  // all pages of one gather()
    std::size_t max_connections = 16;                // at one time to one origin for one client; the rest queues
    double least_budget_for_retry = 0.4;             // of the time from gather() to the deadline
    std::chrono::milliseconds longest_retry_pause{40};
    CircuitBreaker::Limits breaker;
};

inline constexpr std::size_t failure_kinds = static_cast<std::size_t>(cdshooks::FetchFailure::circuit_open) + 1;

struct ReaderCounts {                                    // since the start
    std::array<std::uint64_t, failure_kinds> fetches{};  // queries answered, by FetchFailure
    std::uint64_t pages = 0;                             // read, first ones included
    std::uint64_t incomplete = 0;                        // queries with a further page that was not read
    std::uint64_t retries = 0;
    std::uint64_t breaker_openings = 0;
    std::size_t under_way = 0;  // requests, now
    std::size_t waiting = 0;    // requests held back by max_connections, now
};

struct ReaderState;

class FhirReader {
public:
    using Queries = std::vector<cdshooks::Query>;
    using Results = std::vector<cdshooks::Fetched>;
    // Given the results of the queries, what to ask next; called at most once, on any thread, quickly.
    using FollowUp = std::function<Queries(const Results&)>;
    using Done = std::function<void(Results)>;
    using Cancel = std::function<void()>;  // from any thread, at any time, repeatedly
    using Now = std::function<Clock::time_point()>;

    // `now` is asked for the age of failures only (circuit breaker); deadlines are kept by the steady clock itself.
    explicit FhirReader(std::shared_ptr<FhirTransport> transport, const ReaderLimits& limits = {},
                        Now now = Clock::now);
    ~FhirReader();  // calls under way are answered as if cancelled; never to be run inside a `done`
    FhirReader(const FhirReader&) = delete;
    FhirReader& operator=(const FhirReader&) = delete;

    // `done` is called exactly once, from any thread, at the deadline at the latest: one Fetched for each query in the
    // order given, then those of the follow-up. What was not begun is `not_attempted` (deadline passed, token expired,
    // cancelled), `circuit_open`, or `not_allowed` (target not under the base); what was begun and has not ended is
    // `timed_out`. An absolute target is a further page: without a token it is `not_attempted`.
    Cancel gather(Access access, const Queries& queries, FollowUp follow_up, Done done);

    ReaderCounts counts() const;

private:
    std::shared_ptr<ReaderState> state_;  // shared with calls that are under way
};

}  // namespace rectal_cds::fetch
