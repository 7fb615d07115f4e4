#include <cstdio>
#include <utility>

#include "auth/fhir_base_url.hpp"
#include "cdshooks/examination.hpp"
#include "commands.hpp"
#include "doctor_access.hpp"
#include "doctor_feedback.hpp"
#include "doctor_report.hpp"
#include "json/document.hpp"
#include "knowledge_folder.hpp"
#include "request_files.hpp"
#include "wording_options.hpp"

namespace rectal_cds {

namespace {

// What is wrong with it goes to `errors`.
AccessRules access_rules(const DoctorOptions& options, std::vector<base::Error>& errors) {
    AccessRules rules;
    rules.fhir_server = options.fhir_server;
    if (!options.fhir_server.empty() && !auth::parse_base_url(options.fhir_server)) {
        errors.push_back({base::ErrorKind::invalid, "--fhir-server", "The base URL of a FHIR server is expected."});
    }
    if (options.clients.empty()) return rules;
    const auto text = read_all(options.clients);
    if (!text) {
        errors.push_back({base::ErrorKind::not_found, options.clients, "The file could not be read."});
        return rules;
    }
    auth::RegistryReading reading = auth::read_client_registry(*text);
    for (const base::Error& error : reading.errors) errors.push_back({error.kind, options.clients + ": " + error.where, error.what});
    rules.registry = reading.registry;
    return rules;
}

DoctorReport examine(const fhir::Knowledge& knowledge, const DoctorOptions& options, const AccessRules& rules, std::string body) {
    DoctorReport report;
    const auto document = json::Document::parse(std::string(body));
    cdshooks::Call call;
    call.body = std::move(body);
    call.deprecated_hooks = true;
    call.today = options.today.value_or(today_utc());
    call.seed_from_hook_instance = true;
    call.audience = audience_settings(options.wording);
    report.examination = cdshooks::examine(knowledge, std::move(call));
    report.has_rules = rules.registry || !rules.fhir_server.empty();
    std::vector<std::string> types;
    for (const auto& input : report.examination.inputs) types.push_back(input.type);
    if (document) report.access = examine_access(document.value().root(), rules, types);
    return report;
}

// Prints the report. Answers the status that the request would get.
template <class Report>
int tell(Report report, int status, const std::string& file, std::size_t number, const DoctorOptions& options) {
    report.file = file;
    report.number = number;
    if (options.json) std::printf("%s\n", as_json(report).c_str());
    if (!options.json) std::printf("%s%s", number > 1 || file != options.files.front() ? "\n" : "", in_words(report).c_str());
    return status;
}

}  // namespace

int doctor(const DoctorOptions& options) {
    std::vector<base::Error> errors;
    const fhir::Knowledge knowledge = load_knowledge(options.knowledge, errors, options.site);
    const AccessRules rules = access_rules(options, errors);
    for (const base::Error& error : errors) std::fprintf(stderr, "%s\n", in_words(error).c_str());
    if (!errors.empty()) return 2;
    bool refused = false;
    for (const std::string& file : options.files) {
        auto text = read_all(file);
        if (!text) return std::fprintf(stderr, "%s: the file could not be read\n", file.c_str()), 2;
        std::vector<std::string> remarks;
        const std::string body = body_in_capture(std::move(*text), remarks);
        for (const std::string& remark : remarks) std::fprintf(stderr, "%s: %s\n", file.c_str(), remark.c_str());
        std::size_t number = 0;
        for (std::string& request : requests_in(body)) {
            int status = 0;
            if (auto feedback = examine_feedback(request)) {
                status = tell(*feedback, feedback->status, file, ++number, options);
            } else {
                DoctorReport report = examine(knowledge, options, rules, std::move(request));
                const int answered = report.examination.answer.status;
                status = tell(std::move(report), answered, file, ++number, options);
            }
            refused = refused || status >= 400;
        }
    }
    return refused ? 1 : 0;
}

}  // namespace rectal_cds
