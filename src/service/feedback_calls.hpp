// POST {base}/cds-services/{id}/feedback: read, stored, and only then acknowledged (cds-hooks.md 9, decisions.md 57, 58).
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "service/parts.hpp"

namespace rectal_cds::service {

class FeedbackCalls {
public:
    using Shared = std::shared_ptr<Conversation>;
    using Finish = std::function<void(const Shared&, http::Response)>;

    // All outlive this.
    FeedbackCalls(const Parts& parts, const Clocks& clocks, Finish finish) : parts_(parts), clocks_(clocks), finish_(std::move(finish)) {}

    // 200 without a body; 400 with the place, nothing stored; 413; 429; 503 with Retry-After, nothing stored.
    void answer(const Shared& conversation, const std::string& service_id) const;

private:
    void count_reasons(const Conversation& conversation, const std::vector<cdshooks::FeedbackItem>& items) const;

    const Parts& parts_;
    const Clocks& clocks_;
    Finish finish_;
};

}  // namespace rectal_cds::service
