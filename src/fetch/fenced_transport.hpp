// The fences around every request, whatever library carries it: what may be asked, which addresses may be connected to,
// the deadline, cancellation, one answer. For sources of this folder only.
#pragma once

#include <memory>

#include "fetch/alarm.hpp"
#include "fetch/resolver.hpp"
#include "fetch/sender.hpp"

namespace rectal_cds::fetch {

class FencedTransport final : public FhirTransport {
public:
    FencedTransport(std::shared_ptr<Sender> sender, std::shared_ptr<Resolver> resolver);
    ~FencedTransport() override;

    Cancel get(Request request, Done done) override;
    std::size_t open_connections() const override;

private:
    struct Core;
    std::shared_ptr<Core> core_;  // shared with look-ups that are under way
    std::shared_ptr<Resolver> resolver_;
};

}  // namespace rectal_cds::fetch
