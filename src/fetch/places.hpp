// How many requests may be under way to one server for one client; the others queue, first come, first served.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <utility>

namespace rectal_cds::fetch {

class Places {
public:
    using Ticket = std::uint64_t;

    explicit Places(std::size_t each) : each_(each) {}

    // Runs `begin` once a place is free: now, or inside another's give_back(). Its user gives the place back once.
    // Without a lock held.
    Ticket take(const std::string& server, std::function<void()> begin);
    void give_back(const std::string& server);
    // For who waits no longer. False: `begin` has been run, or is about to be.
    bool leave_queue(const std::string& server, Ticket ticket);

    std::pair<std::size_t, std::size_t> taken_and_waiting() const;  // of all servers

private:
    struct Server {
        std::size_t taken = 0;
        std::map<Ticket, std::function<void()>> queue;
    };

    const std::size_t each_;
    mutable std::mutex mutex_;
    Ticket last_ticket_ = 0;
    std::map<std::string, Server> servers_;  // with a place taken
};

}  // namespace rectal_cds::fetch
