// Runs functions at given times, one after the other, on a thread of its own: deadlines of requests and of calls. What
// it runs must be quick.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <thread>

namespace rectal_cds::fetch {

class Alarm {
public:
    using Instant = std::chrono::steady_clock::time_point;
    struct Id {
        Instant at{};
        std::uint64_t number = 0;
        auto operator<=>(const Id&) const = default;
    };

    Alarm();
    ~Alarm();  // what has not been run is dropped; may happen inside a function that it runs
    Alarm(const Alarm&) = delete;
    Alarm& operator=(const Alarm&) = delete;

    // From any thread. A time in the past: as soon as possible.
    Id at(Instant time, std::function<void()> run);
    void forget(const Id& id);  // when it has not begun to run

private:
    struct State;
    std::shared_ptr<State> state_;
    std::thread thread_;
};

}  // namespace rectal_cds::fetch
