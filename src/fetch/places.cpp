#include "fetch/places.hpp"

#include <deque>

namespace rectal_cds::fetch {

namespace {

// Runs `next`, and whatever giving back a place within it lets begin, one after the other and not inside one another: a
// long queue that ends at once must not grow the stack.
void run_flat(std::function<void()> next) {
    thread_local std::deque<std::function<void()>>* pending = nullptr;
    if (pending) return pending->push_back(std::move(next));
    std::deque<std::function<void()>> mine;
    mine.push_back(std::move(next));
    struct Outermost {
        explicit Outermost(std::deque<std::function<void()>>& queue) { pending = &queue; }
        ~Outermost() { pending = nullptr; }
    } outermost(mine);
    while (!mine.empty()) {
        const auto first = std::move(mine.front());
        mine.pop_front();
        first();
    }
}

}  // namespace

Places::Ticket Places::take(const std::string& server, std::function<void()> begin) {
    Ticket ticket = 0;
    {
        const std::lock_guard lock(mutex_);
        ticket = ++last_ticket_;
        Server& asked = servers_[server];
        if (asked.taken >= each_) {
            asked.queue.emplace(ticket, std::move(begin));
            return ticket;
        }
        ++asked.taken;
    }
    begin();
    return ticket;
}

void Places::give_back(const std::string& server) {
    std::function<void()> next;
    {
        const std::lock_guard lock(mutex_);
        const auto found = servers_.find(server);
        if (found == servers_.end()) return;
        auto& queue = found->second.queue;
        if (queue.empty()) {
            if (--found->second.taken == 0) servers_.erase(found);
            return;
        }
        next = std::move(queue.begin()->second);
        queue.erase(queue.begin());
    }
    run_flat(std::move(next));
}

bool Places::leave_queue(const std::string& server, Ticket ticket) {
    std::function<void()> dropped;
    const std::lock_guard lock(mutex_);
    const auto found = servers_.find(server);
    if (found == servers_.end()) return false;
    const auto waiting = found->second.queue.find(ticket);
    if (waiting == found->second.queue.end()) return false;
    dropped = std::move(waiting->second);
    found->second.queue.erase(waiting);
    return true;
}

std::pair<std::size_t, std::size_t> Places::taken_and_waiting() const {
    const std::lock_guard lock(mutex_);
    std::pair<std::size_t, std::size_t> sum;
    for (const auto& [name, server] : servers_) {
        sum.first += server.taken;
        sum.second += server.queue.size();
    }
    return sum;
}

}  // namespace rectal_cds::fetch
