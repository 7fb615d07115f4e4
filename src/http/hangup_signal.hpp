// SIGHUP, by which an operator asks a running service to read its files again.
#pragma once

#include <functional>
#include <memory>

namespace rectal_cds::http {

// While it lives, SIGHUP no longer ends the process but calls `on_hangup`, on a thread of its own: it may take its time
// and use locks. Calls do not overlap; signals that arrive during one are followed by at least one more. What it throws
// is dropped. Independent of Server and its stops_on_signals; one at a time.
class HangupSignal {
public:
    explicit HangupSignal(std::function<void()> on_hangup);
    ~HangupSignal();  // waits for a call that is under way
    HangupSignal(const HangupSignal&) = delete;
    HangupSignal& operator=(const HangupSignal&) = delete;

private:
    struct Listener;
    std::unique_ptr<Listener> listener_;
};

}  // namespace rectal_cds::http
