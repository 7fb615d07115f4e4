// rectal-cds: CDS Hooks for stage IV rectal adenocarcinoma. The table of contents: options in, one command out.
#include <CLI/CLI.hpp>
#include <string>
#include <string_view>

#include "base/version.hpp"
#include "command_cohort.hpp"
#include "command_store.hpp"
#include "commands.hpp"
#include "configuration.hpp"
#include "serve_options.hpp"
#include "shared_options.hpp"

namespace {

using rectal_cds::add_clock;
using rectal_cds::add_wording;

constexpr unsigned max_threads = 256;
constexpr int longest_lifetime = 86'400;  // longer than the service takes, to see it refused

void add_cohort_server(CLI::App* command, rectal_cds::CohortCommand& cohort) {
    auto* server = command->add_option("--fhir-server", cohort.fhir_server, "Judge the patients of the FHIR server with this base URL, instead of files. Its bearer token comes from\n--fhir-token-file or the environment variable RECTAL_CDS_FHIR_TOKEN");
    server->excludes(command->get_option("input"))->excludes(command->get_option("--exported"))->excludes(command->get_option("--fhir-base"))->excludes(command->get_option("--results"));
    const auto add = [&](CLI::Option* option) { return option->needs(server); };
    add(command->add_option("--fhir-token-file", cohort.fhir_token_file, "File with the bearer token; read before each request, so it may be renewed meanwhile"));
    add(command->add_option("--patients", cohort.patients, "all (default); diagnosed: with a Condition coded as cancer of the rectum; or a search, as Condition?code=C20.\nRepeatable"));
    add(command->add_option("--patient-ids", cohort.patient_ids, "File with ids of patients, one a line; - is standard input"));
    add(command->add_option("--fhir-address-range", cohort.fhir_address_ranges, "Private network (CIDR) that the server's name may resolve to; repeatable"));
    add(command->add_option("--fhir-transport", cohort.fhir_transport, "The library that asks the server")->capture_default_str()->check(CLI::IsMember({"cpprest", "beast"})));
    add(command->add_option("--fhir-ca-file", cohort.fhir_ca_file, "PEM file with authorities to trust beside the system's"));
    add(command->add_option("--fetch-deadline-ms", cohort.fetch_deadline_ms, "Time for all that is read of one patient; what is missing then is said to be unread")->capture_default_str()->check(CLI::Range(50u, 3'600'000u)));
}

CLI::App* add_cohort(CLI::App& app, rectal_cds::CohortCommand& cohort) {
    auto* command = app.add_subcommand("cohort", "Judge many patients: of a FHIR Bulk Data export, of Bundles, or of a FHIR server. One result a line, and a summary on standard error.\nExit code 1 when a line or a part of a patient could not be read or a patient could not be judged, 2 when it could not begin or not end");
    command->add_option("input", cohort.input, "Folder, FILE.ndjson…, FILE.json… (one resource each), or - for standard input");
    command->add_option("--hook", cohort.hook, "What the patients are asked; order-sign: about their orders with status draft")->capture_default_str()->check(CLI::IsMember({"patient-view", "order-sign"}));
    command->add_option("--knowledge", cohort.knowledge, "Folder with hooks/ and profiles/");
    command->add_option("--site", cohort.site, "Folder with the site's own valuesets/ and conceptmaps/");
    command->add_option("--compare", cohort.compare, "Another folder with hooks/ and profiles/: what changes with it, for whom");
    auto exported = rectal_cds::exportable_types();
    exported.emplace_back("all");
    command->add_option("--exported", cohort.exported, "Resource types that were exported even if the input shows none, or all; repeatable")->delimiter(',')->check(CLI::IsMember(exported));
    command->add_option("--fhir-base", cohort.fhir_base, "Base URL of the server the export is from, for absolute references");
    auto* output = command->add_option("--output", cohort.output, "File for the results (default: standard output)");
    command->add_flag("--resume", cohort.resume, "Go on where a run with the same input and options was stopped")->needs(output);
    command->add_option("--summary", cohort.summary, "File for the summary as JSON");
    command->add_flag("--answers", cohort.with_answers, "Add each patient's whole answer to the result");
    command->add_flag("--results", cohort.is_results, "The input are results of earlier runs: only add them up");
    command->add_option("--temporary", cohort.temporary, "Folder in which a folder for temporary files is made; it holds patient data while it runs");
    command->add_option("--threads", cohort.threads, "0: one for each core")->capture_default_str()->check(CLI::Range(0u, max_threads));
    command->add_flag("--require-approved", cohort.require_approved, "Judge only recommendations that a named clinician has approved");
    add_cohort_server(command, cohort);
    add_wording(command, cohort.wording);
    add_clock(command, "--today", cohort.today, "The day to judge by, YYYY-MM-DD (default: today in UTC)");
    return command;
}

CLI::App* add_doctor(CLI::App& app, rectal_cds::DoctorOptions& doctor) {
    auto* command = app.add_subcommand("doctor", "Explain captured CDS Hooks requests: what came, what could be read, what stays unknown, what is answered.\nShows no patient data beyond codes; exit code 1 when an answer would be 400 or above");
    command->add_option("files", doctor.files, "FILE…, or - for standard input; a file holds one request, or one a line")->required();
    command->add_option("--knowledge", doctor.knowledge, "Folder with hooks/ and profiles/");
    command->add_option("--site", doctor.site, "Folder with the site's own valuesets/ and conceptmaps/");
    command->add_option("--clients", doctor.clients, "Client registry: may the FHIR server of the request be contacted");
    command->add_option("--fhir-server", doctor.fhir_server, "The same in sandbox mode: the one server that may be");
    command->add_flag("--json", doctor.json, "One JSON object a line, for machines");
    add_wording(command, doctor.wording);
    add_clock(command, "--today", doctor.today, "The day to judge by, YYYY-MM-DD (default: today in UTC)");
    return command;
}

CLI::App* add_token(CLI::App& app, rectal_cds::TokenOptions& token) {
    auto* command = app.add_subcommand("token", "Make a TEST key pair with its client registry, or sign a CDS Hooks token with one.\nFor trying out and tests; never give these keys to an EHR in use");
    command->add_option("--new-key", token.new_key, "Make a key: ES384 or RS384; needs --out")->check(CLI::IsMember({"ES384", "RS384"}));
    command->add_option("--out", token.out, "Folder for private.jwk.json (readable by you alone) and jwks.json");
    command->add_option("--name", token.name, "Name of the client in the registry that is printed")->capture_default_str();
    command->add_option("--key", token.key, "Sign with this private.jwk.json; prints the token and nothing else. Needs --iss and --aud");
    command->add_option("--iss", token.iss, "Issuer: the EHR, as the client registry has it. Required with --key");
    command->add_option("--aud", token.aud, "Audience: the URL of the endpoint that is called. Required with --key");
    command->add_option("--sub", token.sub, "Subject");
    command->add_option("--tenant", token.tenant, "Tenant");
    command->add_option("--jku", token.jku, "URL of the public keys");
    command->add_option("--lifetime", token.lifetime, "Seconds from issue to expiry")->capture_default_str()->check(CLI::Range(1, longest_lifetime));
    command->add_flag("--epic", token.epic, "As Epic sends it: nbf 300 s before iat, and a sub");
    command->add_option("--now", token.now, "Time of issue, 2026-03-02T10:00:00Z or seconds since 1970 (default: now)");
    return command;
}

const CLI::App* add_feedback(CLI::App& app, rectal_cds::FeedbackExportOptions& options) {
    auto* command = app.add_subcommand("feedback", "What users made of the cards");
    command->require_subcommand(1);
    auto* out = command->add_subcommand("export",
                                        "Print feedback joined with the cards it is about: intervention, action, reason and comment, user, date,\n"
                                        "location. It holds comments of users: treat it as patient data. Reads beside a running service.\n"
                                        "CSV: RFC 4180, UTF-8; a field that a spreadsheet would run as a formula begins with an apostrophe");
    out->add_option("--store", options.store, "What serve was given as --store")->capture_default_str();
    out->add_option("--format", options.format, "csv or json")->capture_default_str()->check(CLI::IsMember({"csv", "json"}));
    out->add_option("--knowledge", options.knowledge, "Folder with hooks/ and profiles/: the words of override reasons that came as a code alone");
    add_clock(out, "--from", options.from, "First day of the outcome in UTC, YYYY-MM-DD");
    add_clock(out, "--to", options.to, "Last day of the outcome in UTC, YYYY-MM-DD");
    return command;
}

const CLI::App* add_store(CLI::App& app, rectal_cds::StoreCommand& options) {
    auto* command = app.add_subcommand("store", "Look after a store: check, upgrade, back up, restore, erase, retain, rotate the key (deploy/README.md)");
    command->require_subcommand(1);
    const auto add = [&](const char* verb, const char* help) {
        auto* added = command->add_subcommand(verb, help);
        added->add_option("--store", options.store, "What serve was given as --store")->capture_default_str();
        added->callback([&options, verb] { options.verb = verb; });
        return added;
    };
    const auto add_key = [&](CLI::App* verb) { verb->add_option("--pseudonym-key", options.pseudonym_key, "What serve was given as --pseudonym-key"); };
    add("check", "Count, check the file and the audit chain; exit code 1 when the chain is broken");
    add("upgrade", "Bring the schema to this program's version, as serve does when it starts");
    add("backup", "Copy everything but used tokens, as it is at one moment, into a new SQLite file; beside a running service")->add_option("--to", options.copy, "File to make")->required();
    add("restore", "Copy a backup into an empty or absent store of either kind")->add_option("--from", options.copy, "File that backup made")->required();
    auto* erase = add("erase", "Erase all that is stored about patients; audit records are emptied and the chain still verifies");
    erase->add_option("--patient-pseudonym", options.pseudonyms, "As feedback export shows it; repeatable");
    erase->add_option("--patients", options.patients, "File with patients' ids, one a line; - is standard input");
    erase->add_option("--client", options.client, "With --patients: whose patients these are, by its name in the client registry; sandbox for a service without one");
    add_key(erase);
    auto* retain = add("retain", "Erase feedback, cards and audit records that are older; refused where that is everything, as under a wrong clock");
    retain->add_option("--days", options.days, "Days to keep")->required()->check(CLI::Range(1, 36'500));
    retain->add_flag("--also-all", options.also_all, "Also where nothing would be left");
    add_key(add("rotate-key", "Add a key: all pseudonyms change, patients are recognised as before. Stop all nodes first"));
    return command;
}

const CLI::App* add_audit(CLI::App& app, rectal_cds::AuditExportOptions& options) {
    auto* command = app.add_subcommand("audit", "Who was told what: the records of the store");
    command->require_subcommand(1);
    auto* out = command->add_subcommand("export",
                                        "Print the audit records as FHIR R4 AuditEvents, one a line, and verify their chain (exit code 1: broken).\n"
                                        "Patients are pseudonyms; users and encounters stand as the client gave them. Reads beside a running service");
    out->add_option("--store", options.store, "What serve was given as --store")->capture_default_str();
    add_clock(out, "--since", options.since, "First day in UTC, YYYY-MM-DD; the chain is verified from its begin all the same");
    return command;
}

// A program of its own: its flags may also stand in the environment and in a file.
int serve(int argc, char** argv) {
    rectal_cds::ServeOptions options;
    CLI::App app{rectal_cds::serve_description, "rectal-cds serve"};
    app.get_formatter()->column_width(34);
    rectal_cds::add_serve_options(app, options);
    const auto ended = rectal_cds::configure(app, argc, argv);
    return ended ? *ended : rectal_cds::serve(options);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc > 1 && std::string_view(argv[1]) == "serve") return serve(argc - 1, argv + 1);
    CLI::App app{"CDS Hooks service for stage IV rectal adenocarcinoma (cT4bN1M1).\nDraft content: not reviewed by a clinician. Not a medical device."};
    app.set_version_flag("--version", std::string(rectal_cds::base::program_version));
    app.require_subcommand(1);
    app.get_formatter()->column_width(34);

    app.add_subcommand("serve", rectal_cds::serve_description);

    rectal_cds::EvaluateOptions evaluate;
    auto* evaluate_command = app.add_subcommand("evaluate", "Judge CDS Hooks requests from files and print one JSON answer for each;\nexit code 1 when an answer would be 400 or above");
    evaluate_command->add_option("files", evaluate.files, "FILE…, or - for standard input; a file holds one request, or one a line")->required();
    evaluate_command->add_option("--knowledge", evaluate.knowledge, "Folder with hooks/ and profiles/");
    evaluate_command->add_option("--site", evaluate.site, "Folder with the site's own valuesets/ and conceptmaps/");
    evaluate_command->add_flag("--explain", evaluate.explain, "Add every fact (value, evidence, why unknown) and every condition of every recommendation");
    evaluate_command->add_option_function<std::string>("--only", [&](const std::string& ids) { evaluate.only = CLI::detail::split(ids, ','); }, "ID[,ID]: explain these recommendations alone, with the facts that they name; with --format text only their cards are written out");
    evaluate_command->add_option("--format", evaluate.format, "json: the answer as it is sent; text: for people")->capture_default_str()->check(CLI::IsMember({"json", "text"}));
    add_wording(evaluate_command, evaluate.wording);
    evaluate_command->add_flag("--require-approved", evaluate.require_approved, "Judge only recommendations that a named clinician has approved");
    add_clock(evaluate_command, "--today", evaluate.today, "The day to judge by, YYYY-MM-DD (default: today in UTC)");

    rectal_cds::CheckOptions check;
    auto* check_command = app.add_subcommand("check", "Validate all knowledge, run its golden cases, and print every error with file and JSON path;\nwarnings name what is due for review");
    check_command->add_option("folder", check.knowledge, "Folder with hooks/ and profiles/ (default: that of the program)");
    check_command->add_option("--site", check.site, "Folder with the site's own valuesets/ and conceptmaps/");
    add_clock(check_command, "--today", check.today, "The day by which reviews and decisions are due, YYYY-MM-DD (default: today in UTC)");

    std::string reviewed;
    auto* review_command = app.add_subcommand("review", "Print hooks/REVIEW.md: all recommendations in words, for a clinician to sign");
    review_command->add_option("folder", reviewed, "Folder with hooks/ and profiles/ (default: that of the program)");

    rectal_cds::CohortCommand cohort;
    const auto* cohort_command = add_cohort(app, cohort);
    rectal_cds::DoctorOptions doctor;
    const auto* doctor_command = add_doctor(app, doctor);
    rectal_cds::TokenOptions token;
    const auto* token_command = add_token(app, token);

    rectal_cds::FeedbackExportOptions feedback;
    const auto* feedback_command = add_feedback(app, feedback);
    rectal_cds::StoreCommand store;
    const auto* store_command = add_store(app, store);

    rectal_cds::AuditExportOptions audit;
    const auto* audit_command = add_audit(app, audit);

    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : 2;  // 0 after --help and --version
    }
    if (*evaluate_command) return rectal_cds::evaluate(evaluate);
    if (*cohort_command) return rectal_cds::cohort_command(cohort);
    if (*doctor_command) return rectal_cds::doctor(doctor);
    if (*store_command) return rectal_cds::look_after_store(store);
    if (*audit_command) return rectal_cds::export_audit(audit);
    if (*feedback_command) return rectal_cds::export_feedback(feedback);
    if (*token_command) return rectal_cds::token(token);
    if (*review_command) return rectal_cds::review(reviewed);
    return rectal_cds::check(check);
}
