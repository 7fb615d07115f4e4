#include <sys/stat.h>

#include <csignal>
#include <cstdio>
#include <string>
#include <vector>

#include "admin_listener.hpp"
#include "base/version.hpp"
#include "cdshooks/governance.hpp"
#include "check_configuration.hpp"
#include "commands.hpp"
#include "core_dumps.hpp"
#include "decision_log.hpp"
#include "deployment.hpp"
#include "http/hangup_signal.hpp"
#include "knowledge_folder.hpp"
#include "serve_log.hpp"

namespace rectal_cds {

namespace {

int refuse(const std::vector<base::Error>& errors) {
    for (const base::Error& error : errors) std::fprintf(stderr, "%s\n", in_words(error).c_str());
    return 2;
}

// Callers without a token, and clocks that stand still, are for this machine only, unless --sandbox says otherwise.
bool may_start(const ServeOptions& options, const http::ListenAddress& where) {
    if (where.is_loopback || options.sandbox) return true;
    if (options.clients.empty()) {
        std::fprintf(stderr,
                     "%s would be reachable from other machines, and without --clients no caller is authenticated.\n"
                     "Name a client registry with --clients, listen on 127.0.0.1, or accept that with --sandbox.\n",
                     options.listen.c_str());
        return false;
    }
    if (!options.today && !options.now) return true;
    std::fprintf(stderr, "--today and --now stop the clock; that is for tests on loopback, or with --sandbox.\n");
    return false;
}

// Standard output, unless decisions are logged there.
std::FILE* announcements(const ServeOptions& options) { return options.decision_log == "-" ? stderr : stdout; }

// Where the service listens.
struct Listening {
    std::string base_url, admin_url;  // admin_url: of --admin-listen; "" without
    bool is_loopback = false;
};

void announce_callers(const ServeOptions& options, const Deployment& deployment) {
    std::FILE* const out = announcements(options);
    if (!options.clients.empty()) {
        std::fprintf(out, "Clients: %zu in %s; every call needs a token of one of them.\n", deployment.client_count(),
                     options.clients.c_str());
        return;
    }
    std::fprintf(out, "SANDBOX MODE: no caller is authenticated.%s\n",
                 options.sandbox ? " Calls from other machines are accepted." : " Only this machine can call.");
}

void announce_addresses(const ServeOptions& options, const fhir::Knowledge& knowledge, const std::string& base_url,
                        const std::string& public_url) {
    std::FILE* const out = announcements(options);
    std::fprintf(out, "Discovery: %s/cds-services\n", base_url.c_str());
    if (!options.public_url.empty())
        std::fprintf(out, "Public URL: %s, as clients write it; the aud of their tokens begins with it.\n",
                     public_url.c_str());
    for (const fhir::Service& service : knowledge.services) {
        const std::string& id = options.shared_service_id.empty() ? service.id : options.shared_service_id;
        std::fprintf(out, "  POST %s/cds-services/%s\n", public_url.c_str(), id.c_str());
        if (!options.shared_service_id.empty()) break;
    }
}

void announce(const ServeOptions& options, const Deployment& deployment, const Listening& listening) {
    std::FILE* const out = announcements(options);
    const auto content = deployment.content();
    const fhir::Knowledge& knowledge = content->knowledge;
    std::fprintf(out, "rectal-cds %s, content %s. Not a medical device.\n", std::string(base::program_version).c_str(),
                 cdshooks::content_description(knowledge).c_str());
    announce_callers(options, deployment);
    if (options.today)
        std::fprintf(out, "TEST CLOCK: today is %s for every call.\n", base::iso(*options.today).c_str());
    if (options.tls_certificate.empty() && !listening.is_loopback)
        std::fprintf(out, "Plain HTTP: put a proxy with TLS in front, or give --tls-certificate and --tls-key.\n");
    if (!options.fhir_server.empty())
        std::fprintf(out, "FHIR server: %s is asked for what a call does not bring (%s).\n",
                     options.fhir_server.c_str(), options.fhir_transport.c_str());
    if (!options.site.empty())
        std::fprintf(out, "Site %s: %zu codes, %zu orderable items.\n", options.site.c_str(), knowledge.site.codes,
                     knowledge.site.orderables);
    std::fprintf(out, "Feedback and issued cards: %s\n", options.store.c_str());
    announce_addresses(options, knowledge, listening.base_url, deployment.public_url());
    if (!listening.admin_url.empty())
        std::fprintf(out, "Operations: %s/readyz, /healthz, /version, /metrics\n", listening.admin_url.c_str());
    if (!options.clients.empty() && options.public_url.empty())
        std::fprintf(out,
                     "WARNING: without --public-url only tokens made out to %s are accepted; behind a proxy name the "
                     "address that clients use.\n",
                     deployment.public_url().c_str());
    if (const std::string dated = cdshooks::dated_content(knowledge, options.today.value_or(today_utc()));
        !dated.empty())
        std::fprintf(out, "WARNING: %s\n", dated.c_str());
    std::fflush(out);
}

}  // namespace

base::Day today_utc() { return std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()); }

int serve(const ServeOptions& options) {
    std::signal(SIGHUP, SIG_IGN);  // until there is something to read again
    umask(S_IRWXG | S_IRWXO);      // the store holds comments, users and encounters
    if (!options.allow_core_dumps) forbid_core_dumps();
    fetch::initialize_thread();
    const struct ThreadAtTheEnd {  // after everything below has gone
        ~ThreadAtTheEnd() { fetch::release_thread(); }
    } thread_at_the_end;
    const auto where = http::parse_listen_address(options.listen);
    if (!where) return refuse({where.error()});
    if (!may_start(options, where.value())) return 2;
    if (options.check_config) return check_configuration(options);
    std::vector<base::Error> errors;
    Inputs inputs = read_inputs(options, errors);
    if (!errors.empty()) return refuse(errors);
    start_log(options.log_level);
    if (const auto started = start_decision_log(options.decision_log); !started) return refuse({started.error()});
    Deployment deployment(options, where.value(), std::move(inputs), errors);
    if (!errors.empty()) return refuse(errors);

    http::Server server(deployment.server_options(), deployment.handler());
    if (const auto listening = server.listen(); !listening) {
        base::Error error = listening.error();
        if (error.where == "port" || error.where == "address") error.where = "--listen";
        return refuse({error});
    }
    const std::string base_url = base_url_of(where.value(), server.port(), !options.tls_certificate.empty());
    deployment.open(base_url, server);
    AdminListener admin(options.admin_listen, deployment.admin_handler());
    if (const auto started = admin.start(); !started) return refuse({started.error()});
    const http::HangupSignal hangup([&] { deployment.reload(server); });
    announce(options, deployment, {base_url, admin.base_url(), where.value().is_loopback});
    server.run();
    std::fprintf(announcements(options), "Stopped: every request that had begun was answered.\n");
    return 0;
}

}  // namespace rectal_cds
