// What callbacks of other threads go through: while it is open they may use the parts of the service, and the parts go
// only when it is closed. So an answer that comes late finds nobody, and never something that has been destroyed.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <utility>

namespace rectal_cds::service {

// Safe to use from several threads. Shared by all that may still call back.
class Gate {
public:
    // Waits until everybody who is inside has left; from then on nobody gets in. Not to be called from inside.
    void close() {
        std::unique_lock lock(mutex_);
        is_closed_ = true;
        left_.wait(lock, [this] { return inside_ == 0; });
    }

    // Runs `work`, or drops it once the gate is being closed. May be called from inside.
    void run(const auto& work) {
        if (!enter()) return;
        const struct Leaving {
            Gate& gate;
            ~Leaving() { gate.leave(); }
        } leaving{*this};
        work();
    }

private:
    bool enter() {
        const std::lock_guard lock(mutex_);
        if (!is_closed_) ++inside_;
        return !is_closed_;
    }
    void leave() {
        const std::lock_guard lock(mutex_);
        if (--inside_ == 0) left_.notify_all();
    }

    std::mutex mutex_;
    std::condition_variable left_;
    std::size_t inside_ = 0;
    bool is_closed_ = false;
};

// `work` as a callback that goes through the gate.
template <class Work>
auto gated(std::shared_ptr<Gate> gate, Work work) {
    return [gate = std::move(gate), work = std::move(work)](auto&&... given) mutable {
        gate->run([&] { work(std::forward<decltype(given)>(given)...); });
    };
}

}  // namespace rectal_cds::service
