#include "http/exchange.hpp"

#include <atomic>

namespace rectal_cds::http {

namespace {

// What all copies of one Respond share.
class Slot {
public:
    Slot(std::shared_ptr<Mailbox> mailbox, std::weak_ptr<Exchange> exchange)
        : mailbox_(std::move(mailbox)), exchange_(std::move(exchange)) {}
    Slot(const Slot&) = delete;
    Slot& operator=(const Slot&) = delete;

    ~Slot() {
        if (is_used_) return;
        try {
            mailbox_->deliver([exchange = exchange_] {
                if (const auto waiting = exchange.lock()) waiting->fail();
            });
        } catch (...) {  // out of memory: the session ends at its handler deadline or with the server
        }
    }

    void answer(Response response) {
        if (is_used_.exchange(true)) return;
        mailbox_->deliver([exchange = exchange_, shared = std::make_shared<Response>(std::move(response))] {
            if (const auto waiting = exchange.lock()) waiting->answer(std::move(*shared));
        });
    }

private:
    std::shared_ptr<Mailbox> mailbox_;
    std::weak_ptr<Exchange> exchange_;
    std::atomic<bool> is_used_ = false;
};

}  // namespace

void Mailbox::deliver(std::function<void()> task) {
    std::unique_lock lock(mutex_);
    if (io_ == nullptr) return;
    if (!io_->get_executor().running_in_this_thread()) return net::post(*io_, std::move(task));
    lock.unlock();
    task();
}

void Mailbox::close() {
    const std::lock_guard lock(mutex_);
    io_ = nullptr;
}

net::awaitable<Exchange::Ending> Exchange::ending(Clock::time_point deadline) {
    if (ending_ == Ending::late) {
        timer_.expires_at(deadline);
        ErrorCode ignored;
        co_await timer_.async_wait(net::redirect_error(net::use_awaitable, ignored));
    }
    co_return ending_;
}

void Exchange::answer(Response response) {
    if (ending_ != Ending::late) return;
    response_ = std::move(response);
    end(Ending::answered);
}

void Exchange::fail() {
    if (ending_ == Ending::late) end(Ending::failed);
}

void Exchange::end(Ending ending) {
    ending_ = ending;
    timer_.cancel();
}

Respond make_respond(std::shared_ptr<Mailbox> mailbox, const std::shared_ptr<Exchange>& exchange) {
    auto slot = std::make_shared<Slot>(std::move(mailbox), exchange);
    return [slot = std::move(slot)](Response response) { slot->answer(std::move(response)); };
}

}  // namespace rectal_cds::http
