// What operators and their machines ask (reliability.md 5, decisions.md 61): on the main listener, or, once an admin
// address is given, on that alone.
#pragma once

#include <functional>
#include <string>

#include "http/server.hpp"
#include "service/parts.hpp"
#include "service/route.hpp"

namespace rectal_cds::service {

class Operations {
public:
    // All outlive this.
    Operations(const Current<Content>& content, const store::Store& store, const Metrics& metrics,
               std::function<const char*()> not_ready)
        : content_(content), store_(store), metrics_(metrics), not_ready_(std::move(not_ready)) {}

    // Of /healthz, /readyz, /version and /metrics; 404 for any other kind. Readiness is 503 while the service drains,
    // and when it has nothing to judge with; a store that is down is told and does not matter to hooks.
    http::Response page(Route::Kind kind) const;

    // The whole of a listener of its own: GET, HEAD and OPTIONS of these addresses; 404 and 405 otherwise.
    void answer(const http::Request& request, const http::Respond& respond) const;

private:
    http::Response readiness() const;

    const Current<Content>& content_;
    const store::Store& store_;
    const Metrics& metrics_;
    std::function<const char*()> not_ready_;
};

}  // namespace rectal_cds::service
