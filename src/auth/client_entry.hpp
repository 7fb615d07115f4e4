// Reads one object of the client registry file member by member, and notes every fault. For this folder only.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "auth/client_registry.hpp"
#include "json/document.hpp"

namespace rectal_cds::auth {

// An absent member reads as empty; so does a faulty one, with a fault at "<place>.<member>".
class EntryReader {
public:
    enum Presence { optional, required };

    // `errors` is not owned. An entry that is no object is one fault, and its members are then not missed.
    EntryReader(json::Value entry, std::string place, std::vector<base::Error>& errors);

    json::Value member(std::string_view name, Presence presence = optional);
    std::string text(std::string_view name, Presence presence = optional);
    std::optional<std::int64_t> whole(std::string_view name, std::int64_t least, std::int64_t most);
    bool boolean(std::string_view name);  // false when absent

    // A list of texts, not empty and none twice, each with its place: "clients[0].tenants[2]".
    struct PlacedText {
        std::string text;
        std::string place;
    };
    std::vector<PlacedText> texts(std::string_view name);

    // One of the words; `otherwise` when absent.
    template <class T, std::size_t count>
    T one_of(std::string_view name, const std::array<std::pair<std::string_view, T>, count>& words, T otherwise) {
        const std::string word = text(name);
        std::string known;
        for (const auto& [spelling, value] : words) {
            if (spelling == word) return value;
            known += (known.empty() ? "" : ", ") + std::string(spelling);
        }
        if (!word.empty()) fault(name, "One of " + known + " is expected.");
        return otherwise;
    }

    // Notes every member that was not asked for.
    void refuse_other_members();

    void fault(std::string_view member, std::string what);
    std::string place_of(std::string_view member) const;

private:
    json::Value entry_;
    std::string place_;
    std::vector<base::Error>& errors_;
    std::set<std::string, std::less<>> known_;
};

// One element of "clients". Members that are faulty keep their defaults.
Client read_client(json::Value entry, const std::string& place, const RegistryBounds& bounds,
                   std::vector<base::Error>& errors);

}  // namespace rectal_cds::auth
