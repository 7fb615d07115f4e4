#include "command_store.hpp"

#include <sys/stat.h>

#include <chrono>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <string>

#include "auth/pseudonym.hpp"
#include "knowledge_folder.hpp"
#include "store/audit_event.hpp"
#include "store/key_file.hpp"
#include "store/maintenance.hpp"

namespace rectal_cds {

namespace {

using base::Error;
using base::ErrorKind;
using base::Result;

int refuse(const Error& error) {
    std::fprintf(stderr, "%s\n", in_words(error).c_str());
    return 2;
}

store::Instant now() { return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now()); }

unsigned long long shown(std::uint64_t number) { return number; }

int tell_broken(const store::AuditChain& chain, std::FILE* to) {
    std::fprintf(to, "The audit chain is BROKEN at record %llu: it was changed, taken out or put in.\n",
                 shown(*chain.broken_at));
    return 1;
}

int check(const StoreCommand& command) {
    const auto state = store::check_store(command.store);
    if (!state) return refuse(state.error());
    const store::StoreState& is = state.value();
    std::printf("Schema %d. Cards: %llu. Feedback: %llu, of which %llu about unknown cards.\n", is.schema,
                shown(is.cards), shown(is.feedback), shown(is.unmatched));
    if (is.chain.broken_at) return tell_broken(is.chain, stdout);
    std::printf("Audit chain intact: %llu records, of which %llu erased; its last digest is %s\n",
                shown(is.chain.records), shown(is.chain.erased), is.chain.head.c_str());
    return 0;
}

int upgrade(const StoreCommand& command) {
    const auto before = store::upgrade_store(command.store);
    if (!before) return refuse(before.error());
    const auto state = store::check_store(command.store);
    if (!state) return refuse(state.error());
    std::printf("The schema was %d and is %d.\n", before.value(), state.value().schema);
    return 0;
}

int copy(const StoreCommand& command) {
    const bool is_backup = command.verb == "backup";
    const auto count = is_backup ? store::backup_store(command.store, command.copy)
                                 : store::restore_store(command.copy, command.store);
    if (!count) return refuse(count.error());
    std::printf("%llu rows copied. The key of the pseudonyms is not in the copy: keep it apart, and keep it.\n",
                shown(count.value()));
    return 0;
}

std::string key_file(const StoreCommand& command) {
    return command.pseudonym_key.empty() ? command.store + ".key" : command.pseudonym_key;
}

struct ToErase {
    std::vector<std::string> pseudonyms;
    std::string key_fingerprint;  // empty: no pseudonym was made here
};

// What no context.patientId can be: its erasure would find nothing, and be believed.
bool is_no_id(const std::string& line) {
    constexpr const char* blanks = " \t";
    return line.find('/') != std::string::npos || line.find_first_of(blanks) == 0 ||
           line.find_last_of(blanks) == line.size() - 1;
}

// Ids of patients, one a line; never on a command line, where others can read them.
Result<ToErase> whom_to_erase(const StoreCommand& command) {
    ToErase whom{command.pseudonyms, ""};
    if (command.patients.empty()) return whom;
    auto key = store::read_key(key_file(command));
    if (!key) return key.error();
    const auth::Pseudonyms made(std::move(key).value());
    whom.key_fingerprint = made.fingerprint();
    std::ifstream file;
    if (command.patients != "-") file.open(command.patients);
    std::istream& lines = command.patients == "-" ? std::cin : file;
    if (!lines) return Error{ErrorKind::not_found, command.patients, "This file cannot be read."};
    std::size_t number = 0;
    for (std::string id; std::getline(lines, id);) {
        ++number;
        if (!id.empty() && id.back() == '\r') id.pop_back();
        if (id.empty()) continue;
        if (is_no_id(id))
            return Error{ErrorKind::invalid, "--patients, line " + std::to_string(number),
                         "An id as in context.patientId is expected: no \"Patient/\" before it and no space around it. "
                         "Nothing was erased."};
        whom.pseudonyms.push_back(made.of(command.client, id));
    }
    return whom;
}

int report(const Result<store::Erased>& erased) {
    if (!erased) return refuse(erased.error());
    const store::Erased& gone = erased.value();
    std::printf("Erased: %llu cards, %llu items of feedback, %llu audit records.\n", shown(gone.cards),
                shown(gone.feedback), shown(gone.records));
    return 0;
}

int erase(const StoreCommand& command) {
    if (command.pseudonyms.empty() && command.patients.empty())
        return refuse({ErrorKind::invalid, "store erase", "--patient-pseudonym or --patients is expected."});
    if (!command.patients.empty() && command.client.empty())
        return refuse({ErrorKind::invalid, "--patients",
                       "--client is expected, whose patients these are: its name in the client registry, or sandbox "
                       "for a service without one."});
    const auto whom = whom_to_erase(command);
    if (!whom) return refuse(whom.error());
    const std::vector<std::string>& pseudonyms = whom.value().pseudonyms;
    const auto erased = store::erase_patients(command.store, pseudonyms, now(), whom.value().key_fingerprint);
    if (erased && erased.value().patients < pseudonyms.size())
        std::printf("Nothing is stored about %llu of %llu patients%s.\n",
                    shown(pseudonyms.size() - erased.value().patients), shown(pseudonyms.size()),
                    command.client.empty() ? "" : (" of client " + command.client).c_str());
    return report(erased);
}

int rotate_key(const StoreCommand& command) {
    const auto changed = store::rotate_key(command.store, key_file(command), now());
    if (!changed) return refuse(changed.error());
    std::printf("%llu patients have new pseudonyms. Give the new key file to every node and start it again.\n",
                shown(changed.value()));
    return 0;
}

}  // namespace

int look_after_store(const StoreCommand& command) {
    umask(S_IRWXG | S_IRWXO);
    if (command.verb == "check") return check(command);
    if (command.verb == "upgrade") return upgrade(command);
    if (command.verb == "erase") return erase(command);
    if (command.verb == "retain")
        return report(store::erase_older(command.store, now() - std::chrono::days(command.days), now(), command.also_all));
    if (command.verb == "rotate-key") return rotate_key(command);
    return copy(command);
}

int export_audit(const AuditExportOptions& options) {
    const store::Instant since = options.since ? store::Instant(*options.since) : store::Instant::min();
    unsigned long long events = 0;
    const auto chain = store::export_audit(options.store, since, [&](const std::string& resource) {
        ++events;
        std::printf("%s\n", resource.c_str());
    });
    if (!chain) return refuse(chain.error());
    if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0)
        return refuse({ErrorKind::system, "standard output", "It could not be written to."});
    if (chain.value().broken_at) return tell_broken(chain.value(), stderr);
    std::fprintf(stderr, "%llu AuditEvents. Audit chain intact: %llu records; its last digest is %s\n", events,
                 shown(chain.value().records), chain.value().head.c_str());
    return 0;
}

}  // namespace rectal_cds
