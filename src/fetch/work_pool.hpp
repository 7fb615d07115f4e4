// Threads for what takes longer than a transport's thread may be held: judging what was fetched. What waits is bounded,
// in all and for each client; clients take turns, so that one with much to do delays the others by one piece of work.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>

namespace rectal_cds::fetch {

struct WorkLimits {
    unsigned threads = 2;
    std::size_t waiting = 512;
    std::size_t waiting_per_client = 256;
    std::size_t waiting_bytes = 64u << 20;  // of what the work holds on to
};

// Safe to use from several threads.
class WorkPool {
public:
    explicit WorkPool(const WorkLimits& limits = {});
    ~WorkPool();  // waits for what runs, drops what waits; never to be run by its own work
    WorkPool(const WorkPool&) = delete;
    WorkPool& operator=(const WorkPool&) = delete;

    // False, and nothing will run, when `percent` of a bound is reached, or would be passed by `bytes` more; what comes
    // while nothing waits is taken whatever its size. What `work` throws is dropped.
    bool post(const std::string& client, unsigned percent, std::function<void()> work, std::size_t bytes = 0);

    std::size_t waiting() const;
    std::size_t waiting_bytes() const;
    bool is_full(unsigned percent) const;  // for a client that has nothing waiting

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace rectal_cds::fetch
