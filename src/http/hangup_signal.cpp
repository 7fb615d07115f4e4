#include "http/hangup_signal.hpp"

#include <csignal>
#include <thread>

#include "http/net.hpp"

namespace rectal_cds::http {

struct HangupSignal::Listener {
    explicit Listener(std::function<void()> function) : on_hangup(std::move(function)) {
        await();
        thread = std::thread([this] { io.run(); });
    }

    ~Listener() {
        io.stop();
        thread.join();
    }

    void await() {
        signals.async_wait([this](ErrorCode error, int) {
            if (error) return;
            try {
                on_hangup();
            } catch (...) {  // reading files again must not end a service that runs
            }
            await();
        });
    }

    std::function<void()> on_hangup;
    net::io_context io{1};
    net::signal_set signals{io, SIGHUP};
    std::thread thread;
};

HangupSignal::HangupSignal(std::function<void()> on_hangup)
    : listener_(std::make_unique<Listener>(std::move(on_hangup))) {}
HangupSignal::~HangupSignal() = default;

}  // namespace rectal_cds::http
