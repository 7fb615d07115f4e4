#include "cohort_server.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <utility>

#include "auth/secret_file.hpp"
#include "cdshooks/queries.hpp"
#include "fetch/transport.hpp"
#include "knowledge_folder.hpp"
#include "named_fhir_server.hpp"
#include "json/document.hpp"

namespace rectal_cds {

using base::Error;
using base::ErrorKind;

namespace {

constexpr const char* token_variable = "RECTAL_CDS_FHIR_TOKEN";
constexpr const char* all_patients = "Patient?_elements=id&_count=500";
constexpr const char* of_the_disease[] = {"rectal-adenocarcinoma", "rectal-cancer", "anorectal-cancer",
                                          "colorectal-cancer-unspecified"};

using SharedToken = std::shared_ptr<const auth::Secret>;

Error unfit(const std::string& where) {
    return {ErrorKind::invalid, where, "One bearer token (RFC 6750) on one line is expected."};
}

base::Result<SharedToken> token_of(std::string text, const std::string& where) {
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r' || text.back() == ' ')) text.pop_back();
    auto token = std::make_shared<auth::Secret>(std::move(text));
    if (!token->is_bearer_token()) return unfit(where);
    return SharedToken(std::move(token));
}

base::Result<SharedToken> token_in(const std::string& file) {
    if (const auto checked = auth::check_secret_file(file, "the token of the FHIR server"); !checked)
        return checked.error();
    std::ifstream stream(file, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(stream), {}};
    if (!stream) return Error{ErrorKind::system, file, "The file of the token could not be read."};
    return token_of(std::move(text), file);
}

// Codes without their system, so that a server finds them under whatever address it keeps the system.
void add_codes(json::Value value_set, std::vector<std::string>& codes) {
    for (const json::Value include : value_set["compose"]["include"].elements()) {
        for (const json::Value one : include["concept"].elements()) {
            std::string code = cdshooks::percent_encoded(one["code"].text());
            if (std::find(codes.begin(), codes.end(), code) == codes.end()) codes.push_back(std::move(code));
        }
    }
}

std::string search_for_the_disease(const CohortCommand& options, std::vector<Error>& errors) {
    const auto folder = find_knowledge(options.knowledge);
    const auto files =
        folder ? read_files(folder.value()) : base::Result<std::vector<fhir::KnowledgeFile>>(folder.error());
    if (!files) return errors.push_back(files.error()), "";
    std::vector<std::string> codes;
    for (const fhir::KnowledgeFile& file : files.value()) {
        const bool is_wanted = std::any_of(std::begin(of_the_disease), std::end(of_the_disease), [&](const char* id) {
            return file.path == std::string("profiles/valuesets/") + id + ".json";
        });
        const auto document = is_wanted ? json::Document::parse(file.text) : json::Document::parse("{}");
        if (document) add_codes(document.value().root(), codes);
    }
    std::string search = "Condition?code=";
    for (const std::string& code : codes) search += (&code == &codes.front() ? "" : ",") + code;
    return search + "&_elements=subject&_count=500";
}

void choose_lists(const CohortCommand& options, cohort::ServerOptions& server, std::vector<Error>& errors) {
    for (const std::string& wish : options.patients) {
        if (wish == "all")
            server.lists.push_back(all_patients);
        else if (wish == "diagnosed")
            server.lists.push_back(search_for_the_disease(options, errors));
        else if (wish.find('?') != std::string::npos && wish.find("://") == std::string::npos)
            server.lists.push_back(wish);
        else
            errors.push_back({ErrorKind::invalid, "--patients " + wish,
                              "all, diagnosed or a search as Condition?code=… is expected."});
    }
    if (server.lists.empty() && options.patient_ids.empty()) server.lists.push_back(all_patients);
}

void choose_token(const CohortCommand& options, cohort::ServerOptions& server, std::vector<Error>& errors) {
    if (!options.fhir_token_file.empty()) {
        if (const auto first = token_in(options.fhir_token_file); !first) return errors.push_back(first.error());
        server.walk.token = [file = options.fhir_token_file] { return token_in(file); };
        return;
    }
    char* const given = std::getenv(token_variable);
    if (!given) return;
    auto token = token_of(given, token_variable);
    for (char* c = given; *c != '\0'; ++c) *c = ' ';  // /proc/PID/environ shows this memory
    unsetenv(token_variable);
    if (!token) return errors.push_back(token.error());
    server.walk.token = [token = std::move(token).value()] { return base::Result<SharedToken>(token); };
}

}  // namespace

std::optional<cohort::ServerOptions> cohort_server(const CohortCommand& options, std::vector<Error>& errors) {
    const std::size_t before = errors.size();
    cohort::ServerOptions server;
    auto named = named_fhir_server(options.fhir_server, options.fhir_address_ranges, errors);
    if (named) server.walk.base = std::move(named->base), server.walk.ranges = std::move(named->ranges);
    choose_lists(options, server, errors);
    choose_token(options, server, errors);
    server.patient_deadline = server.walk.page_deadline = std::chrono::milliseconds(options.fetch_deadline_ms);
    const auto kind = fetch::transport_kind(options.fhir_transport);
    auto transport =
        fetch::make_transport(kind.value_or(fetch::TransportKind::cpprest), {2, options.fhir_ca_file, nullptr});
    if (!transport) errors.push_back(transport.error());
    if (errors.size() != before) return std::nullopt;
    server.transport = std::move(transport).value();
    return server;
}

}  // namespace rectal_cds
