// One request waiting for its answer, which may come from any thread and at any time.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>

#include "http/message.hpp"
#include "http/net.hpp"
#include "http/server.hpp"

namespace rectal_cds::http {

// The way back to a worker's thread for those who may outlive the worker.
class Mailbox {
public:
    explicit Mailbox(net::io_context& io) : io_(&io) {}

    // Runs `task` on the worker's thread, at once if this is it. Drops it if the worker has gone.
    void deliver(std::function<void()> task);
    void close();

private:
    std::mutex mutex_;
    net::io_context* io_;  // null once closed
};

// Owned by the session that waits; touched on its thread only. The first of answer() and fail() counts.
class Exchange {
public:
    enum class Ending { late, answered, failed };

    explicit Exchange(net::io_context& io) : timer_(io) {}

    net::awaitable<Ending> ending(Clock::time_point deadline);
    Response take_response() { return std::move(response_); }  // once, after Ending::answered

    void answer(Response response);
    void fail();

private:
    void end(Ending ending);

    net::steady_timer timer_;
    Ending ending_ = Ending::late;
    Response response_;
};

// The function given to the handler. It holds the exchange weakly: a session that has gone is not kept alive. If all
// copies of it are destroyed uncalled, the exchange fails.
Respond make_respond(std::shared_ptr<Mailbox> mailbox, const std::shared_ptr<Exchange>& exchange);

}  // namespace rectal_cds::http
