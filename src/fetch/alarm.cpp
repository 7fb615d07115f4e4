#include "fetch/alarm.hpp"

#include <condition_variable>
#include <map>
#include <mutex>
#include <utility>

namespace rectal_cds::fetch {

struct Alarm::State {
    void run();

    std::mutex mutex;
    std::condition_variable changed;
    std::map<Id, std::function<void()>> waiting;
    std::uint64_t last_number = 0;
    bool is_ending = false;
};

void Alarm::State::run() {
    std::unique_lock lock(mutex);
    while (!is_ending) {
        if (waiting.empty()) {
            changed.wait(lock);
            continue;
        }
        const Instant next = waiting.begin()->first.at;
        if (next > std::chrono::steady_clock::now()) {
            changed.wait_until(lock, next);
            continue;
        }
        auto due = waiting.extract(waiting.begin());
        lock.unlock();
        due.mapped()();
        due = {};  // what it holds is given back without the lock
        lock.lock();
    }
}

Alarm::Alarm() : state_(std::make_shared<State>()), thread_([state = state_] { state->run(); }) {}

Alarm::~Alarm() {
    decltype(state_->waiting) dropped;
    {
        const std::lock_guard lock(state_->mutex);
        state_->is_ending = true;
        dropped.swap(state_->waiting);
    }
    state_->changed.notify_all();
    if (thread_.get_id() == std::this_thread::get_id()) {
        thread_.detach();
    } else {
        thread_.join();
    }
}

Alarm::Id Alarm::at(Instant time, std::function<void()> run) {
    const std::lock_guard lock(state_->mutex);
    const Id id{time, ++state_->last_number};
    if (state_->is_ending) return id;
    state_->waiting.emplace(id, std::move(run));
    if (state_->waiting.begin()->first == id) state_->changed.notify_all();
    return id;
}

void Alarm::forget(const Id& id) {
    std::function<void()> dropped;
    const std::lock_guard lock(state_->mutex);
    const auto found = state_->waiting.find(id);
    if (found == state_->waiting.end()) return;
    dropped = std::move(found->second);
    state_->waiting.erase(found);
}

}  // namespace rectal_cds::fetch
