#include "http/worker.hpp"

#include <algorithm>
#include <array>
#include <ctime>
#include <utility>

namespace rectal_cds::http {

namespace {

using Duration = ServerOptions::Duration;

// Often enough that a deadline is kept within a quarter of itself, at most 200 times and at least 4 times a second.
Duration sweep_interval(const ServerOptions& options) {
    const Duration shortest =
        std::min({options.handshake_deadline, options.idle_deadline, options.header_deadline, options.body_deadline,
                  options.write_deadline, options.linger_deadline, options.drain_idle});
    return std::clamp(shortest / 4, Duration(5), Duration(250));
}

std::string format_date(std::time_t second) {
    static constexpr std::array<const char*, 7> days = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr std::array<const char*, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                           "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    std::tm utc{};
    gmtime_r(&second, &utc);
    std::array<char, 40> text{};
    const auto length = std::strftime(text.data(), text.size(), "%d %%s %Y %H:%M:%S GMT", &utc);
    std::string date(text.data(), length);
    date.replace(date.find("%s"), 2, months[static_cast<std::size_t>(utc.tm_mon)]);
    return std::string(days[static_cast<std::size_t>(utc.tm_wday)]) + ", " + date;
}

}  // namespace

Worker::Worker(const Service& service) : service_(service) { net::co_spawn(io_, sweep(), net::detached); }

Worker::~Worker() { mailbox_->close(); }

void Worker::stop() { io_.stop(); }

void Worker::close_idle() {
    net::post(io_, [this] {
        for (Connection* connection : connections_) {
            // Not at once: a request may be on its way, which would be lost.
            if (connection->is_idle) connection->expect_within(service_.options.drain_idle);
        }
    });
}

void Worker::make_room(std::size_t most) {
    net::post(io_, [this, most] {
        std::size_t open = 0;  // the server's own count still has those that are about to end
        Connection* longest = nullptr;
        for (Connection* connection : connections_) {
            open += connection->has_made_room ? 0 : 1;
            const bool may_end = connection->awaits_request && !connection->has_made_room;
            if (may_end && (!longest || connection->deadline < longest->deadline)) longest = connection;
        }
        if (open < most || !longest) return;
        longest->has_made_room = true;
        ErrorCode ignored;
        longest->stream.socket().close(ignored);  // not cancel(): what has come meanwhile would go on
    });
}

net::awaitable<void> Worker::sweep() {
    const Duration interval = sweep_interval(service_.options);
    net::steady_timer timer(io_);
    for (;;) {
        timer.expires_after(interval);
        co_await timer.async_wait(net::use_awaitable);
        const auto now = Clock::now();
        lag_before_ = std::exchange(lag_, std::chrono::duration_cast<Duration>(now - timer.expiry()));
        for (Connection* connection : connections_) {
            if (connection->deadline > now) continue;
            connection->is_expired = true;
            connection->stream.cancel();
        }
    }
}

const std::string& Worker::date() {
    const std::time_t second = std::time(nullptr);
    if (second != date_second_) {
        date_ = format_date(second);
        date_second_ = second;
    }
    return date_;
}

}  // namespace rectal_cds::http
