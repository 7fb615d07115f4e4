#include "service/operations.hpp"

#include <utility>

#include "json/writer.hpp"

namespace rectal_cds::service {

using http::Response;
using Kind = Route::Kind;

Response Operations::page(Kind kind) const {
    switch (kind) {
    case Kind::health: return json_answer(200, R"({"status":"alive"})");
    case Kind::readiness: return readiness();
    case Kind::version: return json_answer(200, content_.get()->version_body);
    case Kind::metrics: return {200, {{"Content-Type", "text/plain; version=0.0.4; charset=utf-8"}}, metrics_.text()};
    default:
        return refuse(404, "not-found", "http.path",
                      "There is nothing at this address; /healthz, /readyz, /version and /metrics are.");
    }
}

Response Operations::readiness() const {
    const char* const why = not_ready_ ? not_ready_() : nullptr;
    if (why) return refuse(503, "transient", "", why);
    const auto content = content_.get();
    // decisions.md 48: with --require-approved and nothing approved there is nothing to be ready for.
    if (content->knowledge.services.empty())
        return refuse(503, "incomplete", "knowledge",
                      "No service has a recommendation that may be judged; see the state of review.");
    json::Writer writer;
    writer.begin_object().member("status", "ready").member("store", store_.health().up ? "up" : "down");
    writer.member("content", content->knowledge.version).member("services", content->knowledge.services.size());
    return json_answer(200, writer.end_object().take());
}

void Operations::answer(const http::Request& request, const http::Respond& respond) const {
    const Kind kind = route_of(request.path).kind;
    const bool is_ours =
        kind == Kind::health || kind == Kind::readiness || kind == Kind::version || kind == Kind::metrics;
    Response response = page(is_ours ? kind : Kind::unknown);
    const bool gets = request.method == "GET" || request.method == "HEAD";
    if (is_ours && !gets) {
        response = request.method == "OPTIONS"
                       ? Response{204, {}, ""}
                       : refuse(405, "not-supported", "http.method",
                                "This address does not answer that method; see the header Allow.");
        response.headers.emplace_back("Allow", allowed_methods(kind));
    }
    respond(std::move(response));
}

}  // namespace rectal_cds::service
