#include "fetch/work_pool.hpp"

#include <deque>
#include <map>
#include <mutex>
#include <utility>

#include "fetch/net.hpp"
// After net.hpp, which Asio needs ahead of it.
#include <boost/asio/thread_pool.hpp>

namespace rectal_cds::fetch {

struct WorkPool::State {
    explicit State(const WorkLimits& given) : limits(given), threads(given.threads) {}

    // Of the client whose turn it is. Posted once for each piece of work, so there is one.
    void run_next();

    struct Piece {
        std::function<void()> work;
        std::size_t bytes = 0;
    };

    const WorkLimits limits;
    mutable std::mutex mutex;
    std::map<std::string, std::deque<Piece>> queues;  // none is empty
    std::deque<std::string> turns;                    // the clients of `queues`
    std::size_t waiting = 0, waiting_bytes = 0;
    net::thread_pool threads;  // last: ends first
};

void WorkPool::State::run_next() {
    std::function<void()> work;
    {
        const std::lock_guard lock(mutex);
        std::string client = std::move(turns.front());
        turns.pop_front();
        const auto queue = queues.find(client);
        work = std::move(queue->second.front().work);
        waiting_bytes -= queue->second.front().bytes;
        queue->second.pop_front();
        --waiting;
        if (queue->second.empty()) {
            queues.erase(queue);
        } else {
            turns.push_back(std::move(client));
        }
    }
    try {
        work();
    } catch (...) {  // it is the caller's own; here it would end the process
    }
}

WorkPool::WorkPool(const WorkLimits& limits) : state_(std::make_unique<State>(limits)) {}

WorkPool::~WorkPool() {
    state_->threads.stop();
    state_->threads.join();
}

bool WorkPool::post(const std::string& client, unsigned percent, std::function<void()> work, std::size_t bytes) {
    const auto part = [percent](std::size_t bound) { return bound / 100 * percent + bound % 100 * percent / 100; };
    {
        const std::lock_guard lock(state_->mutex);
        if (state_->waiting >= part(state_->limits.waiting)) return false;
        const bool is_too_much = state_->waiting_bytes + bytes > part(state_->limits.waiting_bytes);
        if (bytes > 0 && state_->waiting > 0 && is_too_much) return false;
        auto& queue = state_->queues[client];
        if (queue.size() >= part(state_->limits.waiting_per_client)) {
            if (queue.empty()) state_->queues.erase(client);
            return false;
        }
        if (queue.empty()) state_->turns.push_back(client);
        queue.push_back({std::move(work), bytes});
        ++state_->waiting;
        state_->waiting_bytes += bytes;
    }
    net::post(state_->threads, [state = state_.get()] { state->run_next(); });
    return true;
}

std::size_t WorkPool::waiting() const {
    const std::lock_guard lock(state_->mutex);
    return state_->waiting;
}

std::size_t WorkPool::waiting_bytes() const {
    const std::lock_guard lock(state_->mutex);
    return state_->waiting_bytes;
}

bool WorkPool::is_full(unsigned percent) const { return waiting() >= state_->limits.waiting * percent / 100; }

}  // namespace rectal_cds::fetch
