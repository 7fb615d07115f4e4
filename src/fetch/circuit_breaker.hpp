// Leaves a server alone that has failed repeatedly a moment ago, so that calls do not wait for it in vain.
//
// Judged by whole calls, not by requests: a call whose other queries were answered is no failure, so one slow query
// never costs what could be read. closed -> (failures in a row) -> open -> (after a while) -> one call is let through:
// answered: closed; failed: open again, for twice as long.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>

namespace rectal_cds::fetch {

class CircuitBreaker {
public:
    using Instant = std::chrono::steady_clock::time_point;
    using Now = std::function<Instant()>;

    struct Limits {
        int failures = 5;  // calls in a row that open it
        std::chrono::milliseconds open_for{5'000};
        std::chrono::milliseconds open_at_most{60'000};
    };
    enum class Outcome {
        answered,  // the server answered something, if only a refusal
        failed,    // nothing but time-outs, lost connections, 429 and 5xx
        unknown    // nothing was asked, or given up before it could answer
    };

    CircuitBreaker(const Limits& limits, Now now) : limits_(limits), now_(std::move(now)) {}

    // `server`: client and origin. True: the call may go ahead, and end() must be called for it once.
    bool admits(const std::string& server);
    void end(const std::string& server, Outcome outcome);

    std::uint64_t openings() const;

private:
    struct Circuit {
        int failures = 0;
        std::chrono::milliseconds open_for{0};  // zero: closed
        Instant open_until{};
        bool is_probing = false;
    };

    const Limits limits_;
    const Now now_;
    mutable std::mutex mutex_;
    std::map<std::string, Circuit> circuits_;  // of servers that have failed
    std::uint64_t openings_ = 0;
};

}  // namespace rectal_cds::fetch
