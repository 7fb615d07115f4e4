#include "check_configuration.hpp"

#include <cstdio>
#include <string>
#include <utility>
#include <vector>

#include "cdshooks/governance.hpp"
#include "deployment.hpp"
#include "http/tls_context.hpp"
#include "knowledge_folder.hpp"
#include "store/rehearsal.hpp"

namespace rectal_cds {

namespace {

using Errors = std::vector<base::Error>;

void note(base::Result<base::Done> done, Errors& errors) {
    if (!done) errors.push_back(std::move(done).error());
}

void check_admin_address(const std::string& listen, Errors& errors) {
    if (listen.empty()) return;
    if (auto where = http::parse_listen_address(listen); !where)
        errors.push_back({where.error().kind, "--admin-listen", where.error().what});
}

void check_store(const ServeOptions& options, Errors& errors) {
    auto named = check_key_is_named(options);
    const bool is_named = named.ok();
    note(std::move(named), errors);
    if (is_named) note(store::rehearse(options.store, key_file_of(options)), errors);
}

}  // namespace

int check_configuration(const ServeOptions& options) {
    Errors errors;
    const auto where = http::parse_listen_address(options.listen);
    if (!where) errors.push_back(where.error());
    check_admin_address(options.admin_listen, errors);
    if (!options.tls_certificate.empty())
        note(http::TlsContext().load({options.tls_certificate, options.tls_key}), errors);
    if (!options.decision_log.empty() && options.decision_log != "-")
        note(store::check_writable_file(options.decision_log), errors);
    check_store(options, errors);
    Inputs inputs = read_inputs(options, errors);
    const std::string content = cdshooks::content_description(inputs.knowledge);
    const std::size_t clients = inputs.registry ? inputs.registry->clients().size() : 0;
    if (where) Deployment::rehearse(options, where.value(), std::move(inputs), errors);
    for (const base::Error& error : errors) std::fprintf(stderr, "%s\n", in_words(error).c_str());
    if (!errors.empty()) return 2;
    std::printf("All is well: content %s; %s.\n", content.c_str(),
                options.clients.empty() ? "sandbox mode, no caller is authenticated"
                                        : (std::to_string(clients) + " clients").c_str());
    return 0;
}

}  // namespace rectal_cds
