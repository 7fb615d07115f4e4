#include "service/endpoints.hpp"

#include <algorithm>
#include <cctype>
#include <optional>
#include <string_view>
#include <utility>

#include "cdshooks/discovery.hpp"
#include "cdshooks/operation_outcome.hpp"
#include "cdshooks/respond.hpp"
#include "http/header_text.hpp"
#include "json/writer.hpp"

namespace rectal_cds::service {

using http::Header;
using http::Headers;
using http::Request;
using http::Response;

namespace {

constexpr std::string_view services_path = "/cds-services";
constexpr const char* json_type = "application/json";

Response json_answer(int status, std::string body) { return {status, {{"Content-Type", json_type}}, std::move(body)}; }

Response refuse(int status, const char* issue, const char* place, const char* what) {
    return json_answer(status, cdshooks::operation_outcome("error", issue, place, what));
}

Response not_allowed(const char* allow) {
    Response response = refuse(405, "not-supported", "http.method", "This address does not answer that method; see the header Allow.");
    response.headers.emplace_back("Allow", allow);
    return response;
}

Response preflight(const char* allow) { return {204, {{"Allow", allow}}, ""}; }

// Lower case, without blanks and quotes.
std::string plain(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(), [](char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); });
    result.erase(std::remove_if(result.begin(), result.end(), [](char c) { return c == ' ' || c == '\t' || c == '"'; }), result.end());
    return result;
}

// All values of a header, joined as RFC 9110, 5.3 has it; "" when it is absent.
std::string every_value(const Request& request, std::string_view name) {
    std::string values;
    bool is_first = true;
    for (const auto& [other, value] : request.headers) {
        if (!http::equals_ignoring_case(other, name)) continue;
        values += (is_first ? "" : ",") + value;
        is_first = false;
    }
    return plain(values);
}

// Whether no parameter of the media type names another charset than UTF-8.
bool is_utf_8(std::string_view parameters) {
    while (!parameters.empty()) {
        const std::string_view parameter = parameters.substr(0, parameters.find(';'));
        parameters.remove_prefix(std::min(parameters.size(), parameter.size() + 1));
        if (parameter.substr(0, 8) == "charset=" && parameter != "charset=utf-8") return false;
    }
    return true;
}

// decisions.md 19: application/json or application/fhir+json, charset absent or utf-8, no content coding but identity.
std::optional<Response> check_media_type(const Request& request) {
    const std::string type = every_value(request, "Content-Type");
    const std::string media = type.substr(0, type.find(';'));
    const bool is_json = media == "application/json" || media == "application/fhir+json";
    const bool is_one = type.find(',') == std::string::npos;
    if (!is_json || !is_one || !is_utf_8(std::string_view(type).substr(media.size()))) {
        return refuse(415, "not-supported", "http.header.Content-Type", "application/json in UTF-8 is expected.");
    }
    const std::string coding = every_value(request, "Content-Encoding");
    if (!coding.empty() && coding != "identity") return refuse(415, "not-supported", "http.header.Content-Encoding", "The body is expected without a content coding.");
    return std::nullopt;
}

std::string version_body(const fhir::Knowledge& knowledge, const std::string& version) {
    json::Writer writer;
    writer.begin_object().member("program", "rectal-cds").member("version", version);
    writer.key("content").begin_object().member("version", knowledge.version).member("date", base::iso(knowledge.date));
    writer.member("recommendations", knowledge.recommendations.size()).member("reviewStatus", "draft: not reviewed by a clinician").end_object();
    writer.end_object();
    return writer.take();
}

}  // namespace

Headers cors_headers() {
    return {{"Access-Control-Allow-Origin", "*"},
            {"Access-Control-Allow-Methods", "GET, POST, OPTIONS"},
            {"Access-Control-Allow-Headers", "Authorization, Content-Type, Accept"},
            {"Access-Control-Expose-Headers", "X-Correlation-Id"},
            {"Access-Control-Max-Age", "600"}};
}

Endpoints::Endpoints(const fhir::Knowledge& knowledge, EndpointOptions options)
    : knowledge_(knowledge),
      options_(std::move(options)),
      discovery_(cdshooks::discovery(knowledge).body),
      version_(version_body(knowledge, options_.version)) {}

Response Endpoints::answer(Request request) const {
    const auto start = std::chrono::steady_clock::now();
    Answered answered{request.correlation_id, "unknown", 0, 0, {}};
    Response response = route(request, answered);
    if (options_.cors_for_all) {
        for (Header& header : cors_headers()) response.headers.push_back(std::move(header));
    }
    answered.status = response.status;
    answered.duration = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - start);
    if (options_.on_answered) options_.on_answered(answered);
    return response;
}

Response Endpoints::route(Request& request, Answered& answered) const {
    const bool get = request.method == "GET" || request.method == "HEAD", options = request.method == "OPTIONS";
    const auto fixed = [&](const std::string& body) {
        constexpr const char* allow = "GET, HEAD, OPTIONS";
        answered.route = (get ? "GET " : options ? "OPTIONS " : "refused ") + request.path;
        return get ? json_answer(200, body) : options ? preflight(allow) : not_allowed(allow);
    };
    if (request.path == services_path) return fixed(discovery_);
    if (request.path == "/version") return fixed(version_);
    if (request.path == "/healthz") return fixed(R"({"status":"alive"})");
    if (request.path == "/readyz") return fixed(R"({"status":"ready"})");
    const std::string_view path = request.path;
    if (path.substr(0, services_path.size() + 1) == "/cds-services/") {
        if (const fhir::Service* service = knowledge_.service(path.substr(services_path.size() + 1))) return call_service(*service, request, answered);
        return refuse(404, "not-found", "http.path", "There is no CDS service with this id; GET /cds-services lists them.");
    }
    return refuse(404, "not-found", "http.path", "There is nothing at this address; GET /cds-services lists the CDS services.");
}

Response Endpoints::call_service(const fhir::Service& service, Request& request, Answered& answered) const {
    constexpr const char* allow = "POST, OPTIONS";
    answered.route = "POST /cds-services/" + service.id;
    if (request.method == "OPTIONS") return preflight(allow);
    if (request.method != "POST") return not_allowed(allow);
    if (auto refusal = check_media_type(request)) return std::move(*refusal);
    cdshooks::Call call;
    call.body = std::move(request.body);
    call.service = &service;
    call.today = options_.today();
    call.seed = options_.seed();
    call.audience = options_.audience;
    call.wire.client = options_.wire;
    cdshooks::Answer answer = cdshooks::respond(knowledge_, std::move(call));
    answered.cards = answer.shown.size();
    return json_answer(answer.status, std::move(answer.body));
}

}  // namespace rectal_cds::service
