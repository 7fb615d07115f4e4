// The addresses of the service: discovery, the CDS services, their feedback, and operations. Methods, media types, CORS,
// callers; what a hook call and a feedback call take is in hook_calls.hpp and feedback_calls.hpp.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "http/server.hpp"
#include "service/feedback_calls.hpp"
#include "service/hook_calls.hpp"
#include "service/operations.hpp"
#include "service/parts.hpp"
#include "service/route.hpp"

namespace rectal_cds::service {

class Endpoints {
public:
    Endpoints(const Parts& parts, Settings settings, Clocks clocks);

    // Calls `respond` exactly once: at once, or on the thread on which keys, FHIR data or the store have answered.
    // 304, 401, 404, 405 with Allow, 415; otherwise the endpoint's answer.
    void answer(http::Request request, http::Respond respond) const;

private:
    using Shared = std::shared_ptr<Conversation>;
    using Next = std::function<void(const Shared&)>;

    bool is_served(Route::Kind kind) const;
    void route(const Shared& conversation, const Route& route) const;
    void discovery(const Shared& conversation, std::optional<cdshooks::WireVersion> version) const;
    void cds_service(const Shared& conversation, const Route& route) const;
    void identify(const Shared& conversation, const std::string& address, Next next) const;
    void finish(const Shared& conversation, http::Response response) const;

    Parts parts_;
    Settings settings_;
    Clocks clocks_;
    Operations operations_;
    std::string public_path_;  // of Settings::public_url: a proxy may or may not strip it
    HookCalls hook_calls_;
    FeedbackCalls feedback_calls_;
};

}  // namespace rectal_cds::service
