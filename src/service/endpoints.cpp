#include "service/endpoints.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include "base/version.hpp"
#include "cdshooks/governance.hpp"
#include "cdshooks/operation_outcome.hpp"
#include "json/writer.hpp"
#include "service/cors.hpp"
#include "service/guarded.hpp"
#include "service/media_type.hpp"

namespace rectal_cds::service {

using cdshooks::WireVersion;
using http::Response;
using std::chrono::steady_clock;
using Kind = Route::Kind;

namespace {

constexpr std::array<WireVersion, 4> wire_versions{WireVersion::v1_0, WireVersion::v1_1, WireVersion::v2_0, WireVersion::v3_0_ballot};

std::optional<WireVersion> version_of(std::string_view base_path) {
    if (base_path == "/v1") return WireVersion::v1_0;
    if (base_path == "/v1.1") return WireVersion::v1_1;
    if (base_path == "/v2") return WireVersion::v2_0;
    if (base_path == "/v3") return WireVersion::v3_0_ballot;
    return std::nullopt;
}

Response not_allowed(Kind kind) {
    Response response = refuse(405, "not-supported", "http.method", "This address does not answer that method; see the header Allow.");
    response.headers.emplace_back("Allow", allowed_methods(kind));
    return response;
}

Response preflight(Kind kind) { return {204, {{"Allow", allowed_methods(kind)}}, ""}; }

Response no_service() { return refuse(404, "not-found", "http.path", "There is no CDS service with this id; GET /cds-services lists them."); }

Response nothing_here() { return refuse(404, "not-found", "http.path", "There is nothing at this address; GET /cds-services lists the CDS services."); }

std::string version_body(const fhir::Knowledge& knowledge, const std::string& version, const std::string& hash) {
    json::Writer writer;
    writer.begin_object().member("program", "rectal-cds").member("version", version).member("commit", base::source_commit);
    writer.key("content").begin_object().member("version", knowledge.version).member("date", base::iso(knowledge.date));
    if (!hash.empty()) writer.member("hash", hash);
    writer.member("recommendations", knowledge.recommendations.size()).member("reviewStatus", cdshooks::review_status(knowledge)).end_object();
    writer.end_object();
    return writer.take();
}

}  // namespace

Response json_answer(int status, std::string body) { return {status, {{"Content-Type", "application/json"}}, std::move(body)}; }

Response refuse(int status, const char* issue, const char* place, const char* what) {
    return json_answer(status, cdshooks::operation_outcome("error", issue, place, what));
}

std::shared_ptr<const Content> make_content(fhir::Knowledge knowledge, const Settings& settings, const std::string& hash) {
    auto content = std::make_shared<Content>();
    content->knowledge = std::move(knowledge);
    for (const WireVersion version : wire_versions) {
        cdshooks::DiscoveryForm form = settings.discovery;
        form.version = version;
        content->discovery.push_back(cdshooks::discovery(content->knowledge, form));
    }
    content->version_body = version_body(content->knowledge, settings.program_version, hash);
    return content;
}

Endpoints::Endpoints(const Parts& parts, Settings settings, Clocks clocks)
    : parts_(parts),
      settings_(std::move(settings)),
      clocks_(std::move(clocks)),
      operations_(parts_.content, parts_.store, parts_.metrics, parts_.not_ready),
      public_path_(path_of(settings_.public_url)),
      hook_calls_(parts_, settings_, clocks_, [this](const Shared& conversation, Response response) { finish(conversation, std::move(response)); }),
      feedback_calls_(parts_, clocks_, [this](const Shared& conversation, Response response) { finish(conversation, std::move(response)); }) {}

void Endpoints::answer(http::Request request, http::Respond respond) const {
    auto conversation = std::make_shared<Conversation>();
    conversation->received = steady_clock::now();
    conversation->content = parts_.content.get();
    conversation->registry = parts_.registry.get();
    conversation->answered.correlation_id = request.correlation_id;
    conversation->answered.route = "unknown";
    conversation->is_active = parts_.metrics.begun();
    conversation->trace = trace_of(request);
    conversation->answered.trace_id = conversation->trace.id;
    conversation->request = std::move(request);
    conversation->respond = std::move(respond);
    route(conversation, route_of(below(public_path_, conversation->request.path)));
}

bool Endpoints::is_served(Kind kind) const {
    switch (kind) {
        case Kind::unknown: return false;
        case Kind::metrics: return settings_.serves_metrics;
        case Kind::health:
        case Kind::readiness:
        case Kind::version: return settings_.serves_operations;
        default: return true;
    }
}

void Endpoints::route(const Shared& conversation, const Route& route) const {
    if (!is_served(route.kind)) return finish(conversation, nothing_here());
    const std::string& method = conversation->request.method;
    const bool gets = method == "GET" || method == "HEAD", posts = method == "POST", asks = method == "OPTIONS";
    const bool is_posted = route.kind == Kind::cds_service || route.kind == Kind::feedback;
    conversation->answered.method = gets || posts || asks ? method : "other";
    if (is_posted) return cds_service(conversation, route);
    conversation->answered.route = std::string(route.base) + conversation->request.path.substr(conversation->request.path.find_last_of('/'));
    if (asks) return finish(conversation, preflight(route.kind));
    if (!gets) return finish(conversation, not_allowed(route.kind));
    if (route.kind != Kind::discovery) return finish(conversation, operations_.page(route.kind));
    if (!settings_.discovery_needs_token) return discovery(conversation, version_of(route.base));
    const std::string address = std::string(route.base) + "/cds-services";
    identify(conversation, address, [this, version = version_of(route.base)](const Shared& identified) { discovery(identified, version); });
}

void Endpoints::discovery(const Shared& conversation, std::optional<WireVersion> version) const {
    const auto& page = conversation->content->discovery[static_cast<std::size_t>(version.value_or(WireVersion::v2_0))];
    Response response = json_answer(200, page.body);
    const auto known = conversation->request.header("If-None-Match");
    if (known && (*known == "*" || known->find(page.etag) != std::string_view::npos)) response = {304, {}, ""};
    response.headers.emplace_back("ETag", page.etag);
    response.headers.emplace_back("Cache-Control", "no-cache");
    finish(conversation, std::move(response));
}

void Endpoints::cds_service(const Shared& conversation, const Route& route) const {
    const auto at_id = cdshooks::service_at(conversation->content->knowledge, settings_.discovery, route.id);
    if (!at_id) return finish(conversation, no_service());
    const bool is_feedback = route.kind == Kind::feedback;
    const std::string address = std::string(route.base) + "/cds-services/" + std::string(route.id) + (is_feedback ? "/feedback" : "");
    conversation->answered.route = address;
    if (conversation->request.method == "OPTIONS") return finish(conversation, preflight(route.kind));
    if (conversation->request.method != "POST") return finish(conversation, not_allowed(route.kind));
    if (auto refusal = check_media_type(conversation->request)) return finish(conversation, std::move(*refusal));
    identify(conversation, address, [this, at_id, is_feedback, id = std::string(route.id), version = version_of(route.base)](const Shared& identified) {
        if (is_feedback) return feedback_calls_.answer(identified, id);
        hook_calls_.answer(identified, *at_id, version);
    });
}

void Endpoints::identify(const Shared& conversation, const std::string& address, Next next) const {
    const auth::Endpoint endpoint{address, {settings_.public_url + address}};
    parts_.callers.identify(conversation->request, endpoint, conversation->registry, clocks_.now,
                            [this, conversation, next = std::move(next)](Callers::Identified identified, auth::Refusal reason) {
                                if (auto* caller = std::get_if<Caller>(&identified)) {
                                    conversation->caller = std::move(*caller);
                                    conversation->answered.client = conversation->caller.name();
                                    const auto finish_with = [this](const Shared& done, Response response) { finish(done, std::move(response)); };
                                    return guarded(conversation, finish_with, [&] { next(conversation); });
                                }
                                conversation->answered.reason = reason == auth::Refusal::none ? "caller_unidentified" : auth::name(reason);
                                if (reason != auth::Refusal::none) parts_.metrics.auth_failed(auth::name(reason));
                                finish(conversation, std::get<Response>(std::move(identified)));
                            });
}

void Endpoints::finish(const Shared& conversation, Response response) const {
    add_cors(conversation->request, conversation->registry.get(), response);
    if (conversation->trace.is_the_callers) response.headers.emplace_back("traceparent", conversation->trace.header());
    Answered& answered = conversation->answered;
    answered.status = response.status;
    answered.duration = std::chrono::duration_cast<std::chrono::microseconds>(steady_clock::now() - conversation->received);
    parts_.metrics.answered(answered.method, answered.route, answered.status, answered.duration);
    parts_.log(answered);
    conversation->respond(std::move(response));
}

}  // namespace rectal_cds::service
