// One thread, its io_context and the connections it serves. Everything here is touched on that thread only, except
// where it says otherwise: so a connection needs no lock and its coroutine never changes thread.
#pragma once

#include <algorithm>
#include <atomic>
#include <list>
#include <memory>
#include <string>

#include "http/exchange.hpp"
#include "http/net.hpp"
#include "http/server.hpp"
#include "http/stream.hpp"

namespace rectal_cds::http {

// What all workers share: read only while they run.
struct Service {
    ServerOptions options;
    Handler handler;
    std::shared_ptr<BodyBudget> bodies = std::make_shared<BodyBudget>(options.max_buffered_bytes);
};

// A stream and the time by which its pending operation must have ended. The worker's sweeper cancels what is late: no
// timer per connection, so no system call per operation. (A stream that closes itself when late could not answer 408.)
struct Connection {
    Stream stream;
    Clock::time_point deadline = Clock::time_point::max();
    bool is_expired = false;     // the pending operation was cancelled because it was late
    bool is_idle = true;         // no byte of a next request has arrived
    bool awaits_request = true;  // a next request is not whole; also during the handshake
    bool has_made_room = false;  // closed for somebody else, and about to end

    void expect_within(ServerOptions::Duration duration) {
        deadline = Clock::now() + duration;
        is_expired = false;
    }
    void expect_any_time() { deadline = Clock::time_point::max(); }
};

class Worker {
public:
    explicit Worker(const Service& service);
    ~Worker();
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    void run() { io_.run(); }  // until stop()
    void stop();               // from any thread; connections still open are cut when the Worker is destroyed
    // From any thread: from now on every answer is the last of its connection.
    void begin_drain() { is_draining_ = true; }
    void close_idle();  // from any thread, after begin_drain()
    // From any thread, before a connection is given to this worker: when it has `most` already, the one of those that
    // await a request is closed whose deadline is nearest.
    void make_room(std::size_t most);

    net::io_context& io() { return io_; }
    const Service& service() const { return service_; }
    const std::shared_ptr<Mailbox>& mailbox() const { return mailbox_; }
    bool is_draining() const { return is_draining_; }
    Load load() const { return {std::min(lag_, lag_before_)}; }
    const std::string& date();  // now, as an IMF-fixdate (RFC 9110, 5.6.7)

    std::atomic<std::size_t> open_connections = 0;  // from any thread

    // Enrols a connection with the sweeper for as long as it lives.
    class Enrolment {
    public:
        Enrolment(Worker& worker, Connection& connection)
            : worker_(worker), place_(worker.connections_.insert(worker.connections_.end(), &connection)) {}
        ~Enrolment() { worker_.connections_.erase(place_); }
        Enrolment(const Enrolment&) = delete;
        Enrolment& operator=(const Enrolment&) = delete;

    private:
        Worker& worker_;
        std::list<Connection*>::iterator place_;
    };

private:
    net::awaitable<void> sweep();

    const Service& service_;
    std::list<Connection*> connections_;  // outlives io_, whose destructor ends the sessions
    std::string date_;
    std::time_t date_second_ = 0;
    std::chrono::milliseconds lag_{0}, lag_before_{0};  // of the sweeper, when it was last to run
    std::atomic<bool> is_draining_ = false;
    net::io_context io_{1};
    std::shared_ptr<Mailbox> mailbox_ = std::make_shared<Mailbox>(io_);
};

}  // namespace rectal_cds::http
