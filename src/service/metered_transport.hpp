// A FhirTransport that counts what it is asked: duration by client and result (reliability.md 5).
#pragma once

#include <memory>

#include "fetch/transport.hpp"
#include "service/metrics.hpp"

namespace rectal_cds::service {

class MeteredTransport : public fetch::FhirTransport {
public:
    // `metrics` outlives what is under way.
    MeteredTransport(std::shared_ptr<fetch::FhirTransport> transport, Metrics& metrics)
        : transport_(std::move(transport)), metrics_(metrics) {}

    Cancel get(fetch::Request request, Done done) override {
        const auto begun = fetch::Clock::now();
        auto peer = request.client;
        return transport_->get(std::move(request), [&metrics = metrics_, begun, peer = std::move(peer),
                                                    done = std::move(done)](fetch::Answer answer) {
            const std::string result =
                answer.fault != fetch::Fault::none ? name(answer.fault) : std::to_string(answer.status / 100) + "xx";
            metrics.fetched(peer, result,
                            std::chrono::duration_cast<std::chrono::microseconds>(fetch::Clock::now() - begun));
            done(std::move(answer));
        });
    }
    std::size_t open_connections() const override { return transport_->open_connections(); }

private:
    const std::shared_ptr<fetch::FhirTransport> transport_;
    Metrics& metrics_;
};

}  // namespace rectal_cds::service
