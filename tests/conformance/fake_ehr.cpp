#include "conformance/fake_ehr.hpp"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <thread>

#include "http/server.hpp"
#include "support/example_requests.hpp"
#include "json/document.hpp"
#include "json/writer.hpp"

namespace rectal_cds::conformance {

using Clock = std::chrono::steady_clock;

namespace {

constexpr std::string_view fhir_path = "/fhir";
constexpr std::string_view search_suffix = "/_search";

http::Response response_of(const Reply& reply) { return {reply.status, reply.headers, reply.body}; }

std::string outcome(std::string_view code) {
    return R"({"resourceType":"OperationOutcome","issue":[{"severity":"error","code":")" + std::string(code) +
           R"("}]})";
}

// Below the base, or "?page=2" for the base itself. "Condition/_search" with a form as the body is the same query as
// "Condition?" with that form.
std::string target_of(const http::Request& request) {
    std::string target = request.target.substr(fhir_path.size());
    if (target.starts_with('/')) target.erase(0, 1);
    if (request.method == "POST" && target.ends_with(search_suffix))
        target.replace(target.size() - search_suffix.size(), search_suffix.size(), "?" + request.body);
    return target;
}

}  // namespace

Reply found(std::string body) { return {200, std::move(body)}; }

Reply failure(int status) { return {status, outcome(status == 401 || status == 403 ? "forbidden" : "exception")}; }

Reply redirect_to(std::string url, int status) { return {status, "", {{"Location", std::move(url)}}}; }

Reply late(Reply reply, std::chrono::milliseconds by) {
    reply.delay = by;
    return reply;
}

Reply silence() {
    Reply reply;
    reply.never = true;
    return reply;
}

std::string Seen::header(std::string_view name) const {
    return std::string(http::find_header(headers, name).value_or(""));
}

// Answers are given by a thread of their own, at their time, so that a slow one holds nothing up.
struct FakeEhr::Servers {
    Servers() : server(options(), [this](http::Request r, http::Respond respond) { take(std::move(r), respond); }) {
        if (const auto listening = server.listen(); !listening) throw std::runtime_error(listening.error().what);
        serving = std::thread([this] { server.run(); });
        answering = std::thread([this] { answer_in_time(); });
    }

    ~Servers() {
        {
            const std::lock_guard lock(mutex);
            is_ending = true;
            due.clear();
            withheld.clear();
        }
        changed.notify_all();
        answering.join();
        server.stop();
        serving.join();
    }

    static http::ServerOptions options() {
        http::ServerOptions options;
        options.port = 0;
        options.threads = 1;
        options.max_body_bytes = 64 * 1024;
        options.idle_deadline = std::chrono::minutes(2);
        options.linger_deadline = options.drain_deadline = std::chrono::milliseconds(50);
        return options;
    }

    void take(http::Request request, const http::Respond& respond) {
        const std::lock_guard lock(mutex);
        Reply reply = failure(404);
        if (request.path == "/jwks.json") {
            ++keys_asked;
            reply = keys;
        } else if ((request.path == fhir_path || request.path.starts_with("/fhir/"))) {
            const std::string target = target_of(request);
            const auto scripted = answers.find(target);
            if (scripted != answers.end())
                reply = scripted->second;
            else if (otherwise)
                reply = *otherwise;
            reply.delay += slowness;
            queries.push_back(
                {request.method, target, std::move(request.headers), std::move(request.body), Clock::now()});
        } else {
            strays.push_back({request.method, request.target, std::move(request.headers), "", Clock::now()});
        }
        if (reply.never) return withheld.push_back(respond);
        due.emplace(Clock::now() + reply.delay, std::pair(respond, response_of(reply)));
        changed.notify_all();
    }

    void answer_in_time() {
        std::unique_lock lock(mutex);
        while (!is_ending) {
            if (due.empty()) {
                changed.wait(lock);
            } else if (due.begin()->first > Clock::now()) {
                const Clock::time_point next = due.begin()->first;  // the entry may go while this waits
                changed.wait_until(lock, next);
            } else {
                auto [respond, response] = std::move(due.begin()->second);
                due.erase(due.begin());
                lock.unlock();
                respond(std::move(response));
                lock.lock();
            }
        }
    }

    mutable std::mutex mutex;  // guards everything down to `server`
    std::condition_variable changed;
    bool is_ending = false;
    std::map<std::string, Reply> answers;
    std::optional<Reply> otherwise;
    std::chrono::milliseconds slowness{0};
    Reply keys = failure(404);
    std::size_t keys_asked = 0;
    std::vector<Seen> queries, strays;
    std::multimap<Clock::time_point, std::pair<http::Respond, http::Response>> due;
    std::vector<http::Respond> withheld;

    http::Server server;
    std::thread serving, answering;
};

FakeEhr::FakeEhr() : servers_(std::make_unique<Servers>()) {}
FakeEhr::~FakeEhr() = default;

std::uint16_t FakeEhr::port() const { return servers_->server.port(); }
std::string FakeEhr::origin() const { return "http://127.0.0.1:" + std::to_string(port()); }

void FakeEhr::answer(const std::string& target, Reply reply) {
    const std::lock_guard lock(servers_->mutex);
    servers_->answers.insert_or_assign(target, std::move(reply));
}

void FakeEhr::answer_everything(Reply reply) {
    const std::lock_guard lock(servers_->mutex);
    servers_->otherwise = std::move(reply);
}

void FakeEhr::delay_everything(std::chrono::milliseconds by) {
    const std::lock_guard lock(servers_->mutex);
    servers_->slowness = by;
}

void FakeEhr::serve_prefetch_of(const std::string& request) {
    const auto document = json::Document::parse(request);
    if (!document) throw std::runtime_error("This request is no JSON.");
    const json::Value root = document.value().root();
    for (const auto& [key, target] : queries_of(root["hook"].text(), root["context"]["patientId"].text())) {
        const json::Value value = root["prefetch"][key];
        if (!value.exists()) continue;
        json::Writer writer;
        if (value.is_null())
            writer.begin_object()
                .member("resourceType", "Bundle")
                .member("type", "searchset")
                .member("total", 0)
                .end_object();
        else
            writer.value(value);
        answer(target, found(writer.take()));
    }
}

std::vector<Seen> FakeEhr::queries() const {
    const std::lock_guard lock(servers_->mutex);
    return servers_->queries;
}

std::vector<std::string> FakeEhr::targets() const {
    std::vector<std::string> targets;
    for (const Seen& seen : queries()) targets.push_back(seen.target);
    std::sort(targets.begin(), targets.end());
    return targets;
}

std::vector<Seen> FakeEhr::strays() const {
    const std::lock_guard lock(servers_->mutex);
    return servers_->strays;
}

void FakeEhr::publish_keys(const std::string& key_set) {
    answer_for_keys({200, key_set, {{"Content-Type", "application/json"}}});
}

void FakeEhr::answer_for_keys(Reply reply) {
    const std::lock_guard lock(servers_->mutex);
    servers_->keys = std::move(reply);
}

std::size_t FakeEhr::times_keys_asked() const {
    const std::lock_guard lock(servers_->mutex);
    return servers_->keys_asked;
}

void FakeEhr::forget() {
    const std::lock_guard lock(servers_->mutex);
    servers_->answers.clear();
    servers_->otherwise.reset();
    servers_->slowness = std::chrono::milliseconds(0);
    servers_->queries.clear();
    servers_->strays.clear();
    servers_->keys_asked = 0;
}

std::vector<std::pair<std::string, std::string>> queries_of(std::string_view hook, std::string_view patient_id) {
    const std::string of = "?patient=" + std::string(patient_id);
    std::vector<std::pair<std::string, std::string>> queries{
        {"patient", "Patient/" + std::string(patient_id)},
        {"conditions", "Condition" + of + "&_count=200"},
        {"observations", "Observation" + of + "&_sort=-date&_count=500"},
        {"procedures", "Procedure" + of + "&_count=200"},
        {"medicationRequests", "MedicationRequest" + of + "&_count=500"},
        {"medicationAdministrations", "MedicationAdministration" + of + "&_count=500"},
        {"serviceRequests", "ServiceRequest" + of + "&_count=200"},
    };
    if (hook == "patient-view")
        queries.emplace_back("diagnosticReports", "DiagnosticReport" + of + "&_sort=-date&_count=200");
    else
        queries.emplace_back("allergies", "AllergyIntolerance" + of + "&_count=200");
    return queries;
}

std::string offering_access(const FakeEhr& ehr, const std::string& request, std::string_view access_token,
                            int expires_in) {
    json::Writer authorization;
    authorization.begin_object().member("access_token", access_token).member("token_type", "Bearer");
    authorization.member("expires_in", expires_in)
        .member("scope", "user/*.read")
        .member("subject", "rectal-cds")
        .end_object();
    return testing::with(testing::with(request, "/fhirServer", '"' + ehr.fhir_base() + '"'), "/fhirAuthorization",
                         authorization.take());
}

std::string fetching_from(const FakeEhr& ehr, const std::string& request, std::string_view access_token,
                          int expires_in) {
    return offering_access(ehr, testing::without(request, "/prefetch"), access_token, expires_in);
}

}  // namespace rectal_cds::conformance
