// What the addresses of the service are made of. The parts belong to whoever starts the service (command_serve.cpp) and
// outlive the Endpoints; what is Current may be replaced while calls are under way.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "auth/client_registry.hpp"
#include "cdshooks/audience.hpp"
#include "cdshooks/discovery.hpp"
#include "cdshooks/uuid.hpp"
#include "fetch/fhir_reader.hpp"
#include "fetch/work_pool.hpp"
#include "fhir/knowledge.hpp"
#include "http/server.hpp"
#include "service/answered.hpp"
#include "service/callers.hpp"
#include "service/current.hpp"
#include "service/explaining.hpp"
#include "service/gate.hpp"
#include "service/metrics.hpp"
#include "service/trace.hpp"
#include "store/card_memory.hpp"
#include "store/store.hpp"

namespace rectal_cds::service {

// The FHIR server of sandbox mode, as given on the command line.
struct SandboxServer {
    auth::BaseUrl base;
    std::vector<auth::IpRange> ranges;  // its own address, where that is not public
};

struct Settings {
    std::string program_version;
    std::string public_url;  // base of our addresses as clients write them; no trailing slash
    bool shows_links = false;  // cards link to our own pages: only with a configured public URL (decisions.md 45)
    bool discovery_needs_token = false;
    bool serves_operations = true;  // /healthz, /readyz, /version: on the main listener
    bool serves_metrics = false;
    std::chrono::milliseconds deadline{450};         // for judging; rules that are left then are not assessed
    std::chrono::milliseconds fetch_deadline{1500};  // for fetching, from the receipt of the call
    std::optional<SandboxServer> sandbox_server;
    cdshooks::DiscoveryForm discovery;
    cdshooks::AudienceSettings audience;
    cdshooks::WireSettings sandbox_wire;  // of callers in sandbox mode
    std::string location;                 // the site, for the record of issued cards
    bool logs_decisions = false;
    bool remembers_cards = false;         // repeat suppression and overrides (decisions.md 41)
};

// What changes from call to call. Tests fix them.
struct Clocks {
    std::function<base::Day()> today;
    std::function<auth::Time()> now;  // wall clock
    std::function<cdshooks::Seed()> seed;
    bool is_test = false;  // one of them stands still (--today, --now)
};

// The knowledge of one version, and the texts made from it once.
struct Content {
    fhir::Knowledge knowledge;
    std::vector<cdshooks::Discovery> discovery;  // by cdshooks::WireVersion
    std::string version_body;
};
std::shared_ptr<const Content> make_content(fhir::Knowledge knowledge, const Settings& settings, const std::string& hash = {});

struct Parts {
    Current<Content>& content;
    Current<auth::ClientRegistry>& registry;  // null in sandbox mode
    const Callers& callers;
    fetch::FhirReader& reader;
    store::Store& store;
    store::CardMemory& memory;
    Metrics& metrics;
    std::function<std::string(const std::string& client, const std::string& patient_id)> pseudonym;
    std::function<void(const Answered&)> log;
    std::function<void(const Alarm&)> alarm;
    std::shared_ptr<Gate> gate;  // closed before any of these goes
    fetch::WorkPool& work;       // for judging what was fetched
    Explaining explaining{};
    std::function<const char*()> not_ready{};  // from any thread: "draining: …", or null; empty: always null
};

// One request on its way to its answer.
struct Conversation {
    http::Request request;
    http::Respond respond;
    std::chrono::steady_clock::time_point received, deadline;  // deadline: for judging
    std::shared_ptr<const Content> content;
    std::shared_ptr<const auth::ClientRegistry> registry;
    Caller caller;
    Answered answered;
    Trace trace{};
    std::shared_ptr<void> is_active{};  // one of http_server_active_requests while it lives
};

http::Response json_answer(int status, std::string body);
http::Response refuse(int status, const char* issue, const char* place, const char* what);

}  // namespace rectal_cds::service
