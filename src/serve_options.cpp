#include "serve_options.hpp"

#include <CLI/CLI.hpp>
#include <chrono>
#include <string>

#include "cdshooks/feedback.hpp"
#include "shared_options.hpp"

namespace rectal_cds {

namespace {

constexpr unsigned max_threads = 256;
constexpr std::size_t max_body_bytes = 4u * 1024 * 1024;  // what the JSON reader takes (json/document.hpp, Limits)
constexpr std::size_t max_connections = 100'000;
constexpr std::size_t most_buffered_bytes = std::size_t{1} << 40;

// A moment with an offset from UTC; its calendar day as written is today.
void add_now(CLI::App& command, ServeOptions& serve) {
    command.add_option_function<std::string>(
        "--now",
        [&serve](const std::string& text) {
            const auto instant = cdshooks::parse_instant(text);
            if (!instant)
                throw CLI::ValidationError("--now",
                                           "a date and time with its offset is expected, as 2026-03-02T08:00:00Z");
            serve.now = std::chrono::floor<std::chrono::milliseconds>(*instant);
            serve.today = base::parse_day(std::string_view(text).substr(0, 10));
        },
        "TEST: the moment that every call sees, as 2026-03-02T08:00:00Z");
}

void add_callers(CLI::App& command, ServeOptions& serve) {
    command.add_option("--clients", serve.clients,
                       "Client registry: who may call, and how each is served (src/auth/README.md).\nWithout it no "
                       "caller is authenticated: sandbox mode");
    command.add_flag("--sandbox", serve.sandbox, "Accept calls from other machines without authentication");
    command.add_option("--public-url", serve.public_url,
                       "Base of the service's addresses as clients write them, for the aud of tokens and for links");
    auto* certificate =
        command.add_option("--tls-certificate", serve.tls_certificate,
                           "PEM file with the certificate chain: TLS 1.2 and 1.3 instead of plain HTTP");
    auto* key = command.add_option("--tls-key", serve.tls_key, "PEM file with its private key");
    certificate->needs(key), key->needs(certificate);
    command.add_flag("--discovery-needs-token", serve.discovery_needs_token, "With --clients: discovery is not public");
    command.add_flag("--jti-strict", serve.jti_strict,
                     "With --clients: answer 503 while used tokens cannot be recorded");
}

void add_pages(CLI::App& command, ServeOptions& serve) {
    command.add_option("--pages-token", serve.pages_token,
                       "File with one line, a token of 32 characters or more: opens the page /feedback with comments "
                       "and export.\nWithout it that page is served in sandbox mode only");
    command.add_flag(
        "--simulator", serve.simulator,
        "With --clients: serve the page that judges invented patients too; whoever reaches the service can use it");
    command.add_option(
        "--why-url", serve.why_url,
        "With several nodes behind one --public-url: base of an address that leads to this one, for links "
        "to its explanations");
    command
        .add_option("--frame-ancestors", serve.frame_ancestors,
                    "Origin of an EHR that may show the pages in a frame, as https://ehr.example; repeatable. Never "
                    "the page /feedback")
        ->delimiter(',');
}

void add_fetching(CLI::App& command, ServeOptions& serve) {
    command.add_option("--fhir-server", serve.fhir_server,
                       "Sandbox mode: base URL of the one FHIR server that is asked for what a call does not bring");
    command
        .add_option("--fhir-address-range", serve.fhir_address_ranges,
                    "Sandbox mode: private network (CIDR) that the server's name may resolve to; repeatable")
        ->delimiter(',');
    command.add_option("--fhir-transport", serve.fhir_transport, "The library that asks FHIR servers")
        ->capture_default_str()
        ->check(CLI::IsMember({"cpprest", "beast"}));
    command.add_option("--fhir-ca-file", serve.fhir_ca_file, "PEM file with authorities to trust beside the system's");
    command
        .add_option("--deadline-ms", serve.deadline_ms,
                    "Time for judging once everything was read; what is left then is said to be not assessed")
        ->capture_default_str()
        ->check(CLI::Range(1u, 5000u));
    command
        .add_option("--fetch-deadline-ms", serve.fetch_deadline_ms,
                    "Time for fetching what a call does not bring; what is missing then is said to be not checked")
        ->capture_default_str()
        ->check(CLI::Range(50u, 5000u));
}

void add_content(CLI::App& command, ServeOptions& serve) {
    command.add_option("--knowledge", serve.knowledge,
                       "Folder with hooks/ and profiles/ (default: beside the program, or share/rectal-cds)");
    command.add_option("--site", serve.site,
                       "Folder with the site's own valuesets/ and conceptmaps/ (profiles/README.md)");
    command.add_flag("--require-approved", serve.require_approved,
                     "Judge only recommendations that a named clinician has approved");
    command.add_option("--shared-service-id", serve.shared_service_id,
                       "One id for all three hooks, in place of three services");
    command.add_flag("--deprecated-hooks", serve.deprecated_hooks, "Also answer medication-prescribe and order-review");
    add_wording(&command, serve.wording);
}

}  // namespace

void add_serve_options(CLI::App& command, ServeOptions& serve) {
    command.add_option("--listen", serve.listen, "ADDR:PORT, for example 127.0.0.1:8080 or [::1]:8080")
        ->capture_default_str();
    command.add_option(
        "--admin-listen", serve.admin_listen,
        "ADDR:PORT for /healthz, /readyz, /version and /metrics, over plain HTTP; the address of --listen then has\n"
        "none of them. For the network of operators: nobody is authenticated there");
    add_callers(command, serve);
    add_pages(command, serve);
    add_content(command, serve);
    add_fetching(command, serve);
    command
        .add_option("--store", serve.store,
                    "SQLite file for feedback and issued cards, or for many nodes postgresql://USER@HOST/DATABASE "
                    "(password in\nPGPASSFILE or PGPASSWORD), or @FILE with such a line, which may hold the password")
        ->capture_default_str();
    command.add_option(
        "--pseudonym-key", serve.pseudonym_key,
        "File with the key of the pseudonyms, the same for all nodes (default: the store's file and .key)");
    command.add_flag("--remember,!--no-remember", serve.remember,
                     "Do not repeat cards that a user was sent before (off by default: a card that was sent need not "
                     "have been seen)");
    command.add_option("--location", serve.location, "Name of the site, for the export of feedback");
    command.add_option("--threads", serve.threads, "Threads that serve connections (0: one for each core)")
        ->capture_default_str()
        ->check(CLI::Range(0u, max_threads));
    command.add_option("--max-body", serve.max_body_bytes, "Largest request body in bytes")
        ->capture_default_str()
        ->check(CLI::Range(std::size_t{1}, max_body_bytes));
    command.add_option("--max-connections", serve.max_connections, "Most connections at one time")
        ->capture_default_str()
        ->check(CLI::Range(std::size_t{1}, max_connections));
    command
        .add_option("--max-buffered", serve.max_buffered_bytes,
                    "Most bytes of request bodies in memory at one time; above it calls are answered 503, those at "
                    "signing last. What\nwas fetched for calls and waits to be judged may take four times as much")
        ->capture_default_str()
        ->check(CLI::Range(max_body_bytes, most_buffered_bytes));
    command.add_flag("--allow-core-dumps", serve.allow_core_dumps,
                     "Let a crash leave a core file and debuggers attach: memory holds patient data and tokens");
    command.add_option(
        "--decision-log", serve.decision_log,
        "File (- is standard output) that gets one JSON line for each judged call: which recommendations fired, did "
        "not,\n"
        "or could not be assessed, and why nothing was shown; without patient data. SIGHUP opens it anew");
    command
        .add_option("--drain-delay-ms", serve.drain_delay_ms,
                    "From SIGTERM to the drain: calls are taken while /readyz says draining, so that a balancer has "
                    "time to turn")
        ->capture_default_str()
        ->check(CLI::Range(0u, 60'000u));
    command
        .add_flag(
            "--check-config", serve.check_config,
            "Check flags, files, keys, knowledge and store as a start would, say what is wrong and end: exit code 0 "
            "or 2.\nNo port is opened and no file made")
        ->configurable(false);
    command.add_option("--log-level", serve.log_level, "debug, info, warn, error or off")
        ->capture_default_str()
        ->check(CLI::IsMember({"debug", "info", "warn", "error", "off"}));
    add_clock(&command, "--today", serve.today, "TEST: the day that every call sees, YYYY-MM-DD");
    add_now(command, serve);
}

}  // namespace rectal_cds
