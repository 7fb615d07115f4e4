// The command that looks after a store. Exit codes as in commands.hpp.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/date.hpp"

namespace rectal_cds {

// Looking after a store (store/maintenance.hpp).
struct StoreCommand {
    std::string verb;  // check, upgrade, backup, restore, erase, retain, rotate-key
    std::string store = "rectal-cds.sqlite";
    std::string pseudonym_key;            // file; empty: beside the store's file
    std::string copy;                     // file
    std::vector<std::string> pseudonyms;  // to erase
    std::string client, patients;         // whose ids the file holds, one a line; "-" is standard input
    int days = 0;                         // to keep
    bool also_all = false;                // retain: also where nothing would be left
};

int look_after_store(const StoreCommand& command);

// The chain of audit records as AuditEvents, one a line, on standard output; what the chain is on standard error.
struct AuditExportOptions {
    std::string store = "rectal-cds.sqlite";
    std::optional<base::Day> since;  // records from this day in UTC on
};

int export_audit(const AuditExportOptions& options);

}  // namespace rectal_cds
