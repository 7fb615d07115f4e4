#include "deployment.hpp"

#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <utility>

#include "base/version.hpp"
#include "fetch/jwks_fetch.hpp"
#include "knowledge_folder.hpp"
#include "named_fhir_server.hpp"
#include "decision_log.hpp"
#include "serve_log.hpp"
#include "service/metered_transport.hpp"
#include "service/route.hpp"
#include "store/key_file.hpp"
#include "store/open_store.hpp"
#include "store/place.hpp"
#include "store/token_store.hpp"
#include "wording_options.hpp"

namespace rectal_cds {

using base::Error;
using base::ErrorKind;
using std::chrono::system_clock;

namespace {

// Above it a call is answered 503: keys may take 2 s, data 5 s.
constexpr std::chrono::milliseconds longest_answer{7'500};
constexpr std::chrono::years lifetime_with_fixed_clock{10};  // tokens printed long ago, checked at their own time

cdshooks::Seed random_seed() {
    cdshooks::Seed seed;
    if (getentropy(&seed, sizeof seed) != 0) throw std::runtime_error("the system gives no random numbers");
    return seed;
}

void move_errors(std::vector<Error> from, const std::string& file, std::vector<Error>& to) {
    for (Error& error : from) {
        error.where = error.where.empty() ? file : file + ": " + error.where;
        to.push_back(std::move(error));
    }
}

std::shared_ptr<const auth::ClientRegistry> read_registry(const ServeOptions& options, std::vector<Error>& errors) {
    std::ifstream stream(options.clients, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(stream), {}};
    if (!stream) {
        errors.push_back({ErrorKind::system, options.clients, "The client registry could not be read."});
        return nullptr;
    }
    auth::RegistryBounds bounds;
    if (options.now) bounds.longest_lifetime = lifetime_with_fixed_clock;
    auth::RegistryReading reading = auth::read_client_registry(text, bounds);
    move_errors(std::move(reading.errors), options.clients, errors);
    return reading.registry;
}

// The registry and the knowledge have to know the same recommendations.
void check_switches(const auth::ClientRegistry& registry, const fhir::Knowledge& knowledge, const std::string& file, std::vector<Error>& errors) {
    for (const auto& client : registry.clients()) {
        for (const std::string& id : client->switched_off) {
            if (knowledge.recommendation(id)) continue;
            errors.push_back({ErrorKind::invalid, file + ": clients (" + client->name + ").switchedOff", "There is no recommendation \"" + id + "\"."});
        }
    }
}

fhir::Knowledge read_knowledge(const ServeOptions& options, std::string& digest, std::vector<Error>& errors) {
    fhir::Knowledge knowledge = load_tested_knowledge(options.knowledge, errors, options.site, &digest);
    if (errors.empty() && options.require_approved) fhir::keep_approved(knowledge);
    return knowledge;
}

std::vector<std::string> in_words(const std::vector<Error>& errors) {
    std::vector<std::string> words;
    std::transform(errors.begin(), errors.end(), std::back_inserter(words), [](const Error& error) { return rectal_cds::in_words(error); });
    return words;
}

void log_everything(const service::Answered& answered) {
    log_answer(answered);
    log_decision(answered);
}

}  // namespace

Inputs read_inputs(const ServeOptions& options, std::vector<Error>& errors) {
    Inputs inputs;
    inputs.knowledge = read_knowledge(options, inputs.knowledge_digest, errors);
    if (options.clients.empty()) return inputs;
    const bool is_known = errors.empty();
    inputs.registry = read_registry(options, errors);
    if (inputs.registry && is_known) check_switches(*inputs.registry, inputs.knowledge, options.clients, errors);
    return inputs;
}

base::Result<base::Done> check_key_is_named(const ServeOptions& options) {
    if (!store::is_postgresql(options.store) || !options.pseudonym_key.empty()) return base::Done{};
    return Error{ErrorKind::invalid, "--pseudonym-key", "With PostgreSQL the file of the key is to be named; all nodes need the same key."};
}

std::string key_file_of(const ServeOptions& options) { return options.pseudonym_key.empty() ? options.store + ".key" : options.pseudonym_key; }

std::unique_ptr<fetch::WorkPool> make_work_pool(const ServeOptions& options) {
    fetch::WorkLimits limits;
    limits.waiting_bytes = options.max_buffered_bytes;
    return std::make_unique<fetch::WorkPool>(limits);
}

Deployment::Deployment(const ServeOptions& options, const http::ListenAddress& where, Inputs inputs, std::vector<Error>& errors)
    : Deployment(options, where, std::move(inputs), Purpose::serving, errors) {}

Deployment::Deployment(const ServeOptions& options, const http::ListenAddress& where, Inputs inputs, Purpose purpose, std::vector<Error>& errors)
    : options_(options), where_(where), metrics_(base::program_version), registry_(std::move(inputs.registry)), first_knowledge_(std::move(inputs.knowledge)), first_digest_(std::move(inputs.knowledge_digest)) {
    choose_settings(errors);
    if (purpose == Purpose::serving) open_store(errors);
    open_fetching(errors);
    make_page_keys(errors);
}

void Deployment::rehearse(const ServeOptions& options, const http::ListenAddress& where, Inputs inputs, std::vector<Error>& errors) {
    const Deployment unopened(options, where, std::move(inputs), Purpose::rehearsal, errors);
}

Deployment::~Deployment() {
    gate_->close();
    work_.reset();
    reader_.reset();
    store_.reset();
    transport_.reset();
    key_transport_.reset();
    keys_.reset();
}

void Deployment::choose_settings(std::vector<Error>& errors) {
    settings_.program_version = base::program_version;
    settings_.discovery_needs_token = options_.discovery_needs_token;
    settings_.serves_operations = options_.admin_listen.empty();
    settings_.serves_metrics = where_.is_loopback && settings_.serves_operations;
    settings_.deadline = std::chrono::milliseconds(options_.deadline_ms);
    settings_.fetch_deadline = std::chrono::milliseconds(options_.fetch_deadline_ms);
    settings_.discovery.shared_id = options_.shared_service_id;
    settings_.discovery.deprecated_hooks = options_.deprecated_hooks;
    settings_.audience = audience_settings(options_.wording);
    settings_.sandbox_wire = wire_settings(options_.wording);
    settings_.location = options_.location;
    settings_.logs_decisions = !options_.decision_log.empty();
    settings_.remembers_cards = options_.remember;
    if (options_.fhir_server.empty()) return;
    if (!options_.clients.empty()) return errors.push_back({ErrorKind::invalid, "--fhir-server", "It is for sandbox mode; with --clients the registry lists each client's fhirServers."});
    if (auto named = named_fhir_server(options_.fhir_server, options_.fhir_address_ranges, errors))
        settings_.sandbox_server = service::SandboxServer{std::move(named->base), std::move(named->ranges)};
}

void Deployment::open_store(std::vector<Error>& errors) {
    const bool is_shared = store::is_postgresql(options_.store);
    if (const auto named = check_key_is_named(options_); !named) return errors.push_back(named.error());
    auto key = store::key_of_store(key_file_of(options_), options_.store);
    if (!key) return errors.push_back(key.error());
    pseudonyms_ = std::make_unique<auth::Pseudonyms>(std::move(key).value());
    store::StoreOptions stored;
    stored.place = options_.store;
    stored.key_fingerprint = pseudonyms_->fingerprint();
    auto opened = store::open_store(stored);
    if (!opened) return errors.push_back(opened.error());
    store_ = std::move(opened).value();
    if (settings_.remembers_cards) {
        const auto since = clocks().now() - memory_.limits().info;
        auto cards = store_->cards_since(std::chrono::floor<std::chrono::microseconds>(since), memory_.limits().max_cards);
        if (cards) memory_.load(cards.value());
    }
    if (!options_.clients.empty()) lasting_replays_ = store::open_token_store({is_shared ? options_.store : options_.store + "-tokens"});
}

void Deployment::open_fetching(std::vector<Error>& errors) {
    const auto kind = fetch::transport_kind(options_.fhir_transport);
    auto transport = fetch::make_transport(kind.value_or(fetch::TransportKind::cpprest), {2, options_.fhir_ca_file, nullptr});
    if (!transport) return errors.push_back(transport.error());
    transport_ = std::make_shared<service::MeteredTransport>(std::move(transport).value(), metrics_);
    reader_ = std::make_unique<fetch::FhirReader>(transport_);
    // Beast bounds what it reads of an answer, head included; whose keys are fetched, a caller without a token can choose.
    auto key_transport = fetch::make_transport(fetch::TransportKind::beast, {1, options_.fhir_ca_file, nullptr});
    if (!key_transport) return errors.push_back(key_transport.error());
    key_transport_ = std::move(key_transport).value();
    keys_ = std::make_unique<auth::JwksCache>(fetch::make_jwks_fetch(key_transport_), std::chrono::steady_clock::now);
    auth::ReplayStore& lasting = lasting_replays_ ? *lasting_replays_ : own_replays_;
    replays_ = std::make_unique<auth::GuardedReplays>(own_replays_, lasting, options_.jti_strict, [] { log_alarm({"used_tokens_not_recorded", "", "", ""}); });
    callers_ = std::make_unique<service::Callers>(*keys_, lasting_replays_ ? static_cast<auth::ReplayStore&>(*replays_) : own_replays_, gate_,
                                                   [this](const std::string& client, std::function<void()> work) { return work_->post(client, 100, std::move(work)); });
}

http::ServerOptions Deployment::server_options() {
    http::ServerOptions server;
    server.address = where_.address, server.port = where_.port;
    server.threads = options_.threads;
    server.tls_certificate_file = options_.tls_certificate, server.tls_key_file = options_.tls_key;
    server.max_body_bytes = options_.max_body_bytes, server.max_connections = options_.max_connections;
    server.max_buffered_bytes = options_.max_buffered_bytes;
    server.handler_deadline = longest_answer;
    server.admit = [this](const http::Request& head, const http::Load& load) { return doorkeeper_->admit(head, load); };
    server.on_refusal = [this](const http::Request& head, http::Response& response) { doorkeeper_->refused(head, response); };
    server.on_handler_failure = [](std::string_view correlation_id) { log_alarm({"call_failed", std::string(correlation_id), "", ""}); };
    server.drain_delay = std::chrono::milliseconds(options_.drain_delay_ms);
    server.stops_on_signals = true;
    return server;
}

http::Handler Deployment::handler() {
    return [this](http::Request request, http::Respond respond) {
        if (pages_->is_page(request.path)) return pages_->answer(std::move(request), std::move(respond));
        endpoints_->answer(std::move(request), std::move(respond));
    };
}

void Deployment::open(const std::string& base_url, const http::Server& server) {
    not_ready_ = [this, &server]() -> const char* {
        if (server.is_draining()) return "draining: what has begun is finished; no new calls, please.";
        if (!server.is_serving()) return "starting: no calls are taken yet.";
        return look_at_clock();
    };
    settings_.shows_links = !options_.public_url.empty();
    settings_.public_url = options_.public_url.empty() ? base_url : options_.public_url;
    while (settings_.public_url.ends_with('/')) settings_.public_url.pop_back();
    put_to_use(std::move(first_knowledge_), first_digest_);
    metrics_.reloaded("knowledge", true, system_clock::now());
    if (registry_.get()) metrics_.reloaded("clients", true, system_clock::now());
    watch_counters();
    endpoints_ = std::make_unique<service::Endpoints>(parts(), settings_, clocks());
    operations_ = std::make_unique<service::Operations>(content_, *store_, metrics_, not_ready_);
    doorkeeper_ = std::make_unique<service::Doorkeeper>(parts(), settings_);
    pages_ = make_pages();
}

http::Handler Deployment::admin_handler() {
    return [this](const http::Request& request, const http::Respond& respond) { operations_->answer(request, respond); };
}

service::Parts Deployment::parts() {
    return {content_, registry_, *callers_, *reader_, *store_, memory_, metrics_,
            [this](const std::string& client, const std::string& patient) { return pseudonyms_->of(client, patient); }, log_everything, log_alarm, gate_, *work_, explaining(), not_ready_};
}

service::Clocks Deployment::clocks() const {
    const auto wall = [now = options_.now] { return now.value_or(std::chrono::floor<std::chrono::milliseconds>(system_clock::now())); };
    return {[today = options_.today] { return today.value_or(today_utc()); }, wall, random_seed, options_.today || options_.now};
}

void Deployment::put_to_use(fhir::Knowledge knowledge, const std::string& digest) {
    content_.replace(service::make_content(std::move(knowledge), settings_, digest));
    metrics_.content(content()->knowledge.version, digest);
}

void Deployment::reload(http::Server& server) {
    reopen_decision_log();
    const auto tell = [this](const std::string& what, const std::vector<Error>& errors) {
        log_reload(what, in_words(errors));
        metrics_.reloaded(what, errors.empty(), system_clock::now());
    };
    std::vector<Error> errors;
    std::string digest;
    fhir::Knowledge knowledge = read_knowledge(options_, digest, errors);
    if (errors.empty()) put_to_use(std::move(knowledge), digest);
    tell("knowledge", errors);
    if (!options_.clients.empty()) {
        errors.clear();
        auto registry = read_registry(options_, errors);
        if (registry) check_switches(*registry, content()->knowledge, options_.clients, errors);
        if (errors.empty()) {
            keys_->keep_only(*registry);
            registry_.replace(std::move(registry));
        }
        tell("clients", errors);
    }
    if (options_.tls_certificate.empty()) return;
    const auto reloaded = server.reload_tls();
    tell("certificate", reloaded ? std::vector<Error>{} : std::vector<Error>{reloaded.error()});
}

std::size_t Deployment::client_count() const {
    const auto registry = registry_.get();
    return registry ? registry->clients().size() : 0;
}

}  // namespace rectal_cds
