#include "fetch/places.hpp"

namespace rectal_cds::fetch {

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
    next();
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
