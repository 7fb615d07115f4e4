// The command that looks after a store. Exit codes as in commands.hpp.
#pragma once

#include <string>
#include <vector>

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
};

int look_after_store(const StoreCommand& command);

}  // namespace rectal_cds
