#include "service/doorkeeper.hpp"

#include <chrono>
#include <string_view>
#include <utility>
#include <variant>

#include "auth/compact_jwt.hpp"
#include "http/header_text.hpp"
#include "service/cors.hpp"
#include "service/media_type.hpp"
#include "service/route.hpp"
#include "service/urgency.hpp"

namespace rectal_cds::service {

using Kind = Route::Kind;

namespace {

// A thread that is later than this, twice in a row, answers nothing in the time that clients wait (reliability.md 2.1).
constexpr std::chrono::milliseconds longest_lag{2'000};

std::string method_of(const http::Request& head) {
    for (const char* known : {"GET", "HEAD", "POST", "OPTIONS"}) {
        if (head.method == known) return known;
    }
    return "other";
}

// Whether an Authorization header can hold a token at all; what it says is judged later.
auth::Refusal missing_token(const http::Request& head) {
    std::vector<std::string_view> values;
    for (const auto& [name, value] : head.headers) {
        if (http::equals_ignoring_case(name, "Authorization")) values.push_back(value);
    }
    const auto token = auth::bearer_token(values);
    const auto* refusal = std::get_if<auth::Refusal>(&token);
    return refusal ? *refusal : auth::Refusal::none;
}

// The server's own word for an answer that its handler did not give in time (http/session.cpp).
bool says_late(const http::Response& response) { return response.status == 503 && response.body.find("\"timeout\"") != std::string::npos; }

const char* reason_of(int status) {
    switch (status) {
        case 408: return "body_too_slow";
        case 413: return "too_large";
        case 431: return "head_too_large";
        case 500: return "internal";
        case 503: return "overloaded";
        default: return "not_http";
    }
}

}  // namespace

struct Doorkeeper::Called {
    std::string route = "unknown";  // as in the log
    bool takes_body = false;        // a POST of a hook call or of feedback
    Urgency urgency = Urgency::feedback;
};

Doorkeeper::Doorkeeper(const Parts& parts, const Settings& settings) : parts_(parts), settings_(settings), public_path_(path_of(settings.public_url)) {}

Doorkeeper::Called Doorkeeper::called_by(const http::Request& head) const {
    const Route route = route_of(below(public_path_, head.path));
    if (route.kind != Kind::cds_service && route.kind != Kind::feedback) return {};
    const auto content = parts_.content.get();
    const auto service = cdshooks::service_at(content->knowledge, settings_.discovery, route.id);
    if (!service) return {};
    const bool is_feedback = route.kind == Kind::feedback;
    Called called;
    called.route = std::string(route.base) + "/cds-services/" + std::string(route.id) + (is_feedback ? "/feedback" : "");
    called.takes_body = head.method == "POST";
    // Behind a shared id there may be an order that is being signed.
    if (!is_feedback) called.urgency = *service ? urgency_of((*service)->hook) : Urgency::order_sign;
    return called;
}

http::Admission Doorkeeper::admit(const http::Request& head, const http::Load& load) const {
    const Called called = called_by(head);
    http::Admission admission;
    admission.percent_of_bodies = percent_for(called.urgency);
    const bool is_late = load.lag * 100 >= longest_lag * admission.percent_of_bodies;
    if (is_late || parts_.work.is_full(admission.percent_of_bodies)) {
        parts_.metrics.shed(is_late ? "delay" : "queue", name(called.urgency));
        admission.refusal = overloaded(called.urgency);
        note(head, called, "overloaded", *admission.refusal);
        return admission;
    }
    if (!called.takes_body || !parts_.registry.get()) return admission;
    if (auto refusal = check_media_type(head)) {
        note(head, called, "", *refusal);
        admission.refusal = std::move(refusal);
    } else if (const auth::Refusal reason = missing_token(head); reason != auth::Refusal::none) {
        parts_.metrics.auth_failed(auth::name(reason));
        admission.refusal = unauthorised();
        note(head, called, auth::name(reason), *admission.refusal);
    }
    return admission;
}

void Doorkeeper::refused(const http::Request& head, http::Response& response) const {
    const Called called = called_by(head);
    const bool is_late = says_late(response);
    if (is_late) parts_.metrics.deadline_exceeded("answer");
    else if (response.status == 503) parts_.metrics.shed(head.path.empty() ? "connections" : "memory", name(called.urgency));
    note(head, called, is_late ? "late" : reason_of(response.status), response);
    if (response.status == 413 && called.takes_body) parts_.alarm({"body_too_large", head.correlation_id, "", ""});
}

void Doorkeeper::note(const http::Request& head, const Called& called, const std::string& reason, http::Response& response) const {
    const Trace trace = trace_of(head);
    add_cors(head, parts_.registry.get().get(), response);
    if (trace.is_the_callers) response.headers.emplace_back("traceparent", trace.header());
    Answered answered;
    answered.correlation_id = head.correlation_id, answered.trace_id = trace.id;
    answered.method = method_of(head), answered.route = called.route;
    answered.status = response.status;
    answered.reason = reason;
    parts_.metrics.answered(answered.method, answered.route, answered.status, answered.duration);
    parts_.log(answered);
}

}  // namespace rectal_cds::service
