#include "auth/client_registry.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "auth/client_entry.hpp"

namespace rectal_cds::auth {

namespace {

void refuse_second_use(const std::string& value, std::string where, std::set<std::string>& used,
                       std::vector<base::Error>& errors) {
    if (value.empty() || used.insert(value).second) return;
    errors.push_back({base::ErrorKind::invalid, std::move(where), "Another client has the same."});
}

}  // namespace

std::shared_ptr<const Client> ClientRegistry::find_by_issuer(std::string_view iss) const {
    const auto found =
        std::find_if(clients_.begin(), clients_.end(), [&](const auto& client) { return client->iss == iss; });
    return found == clients_.end() ? nullptr : *found;
}

bool ClientRegistry::allows_origin(std::string_view origin) const {
    return std::any_of(clients_.begin(), clients_.end(), [&](const auto& client) {
        const auto& origins = client->cors_origins;
        return std::find(origins.begin(), origins.end(), origin) != origins.end();
    });
}

RegistryReading read_client_registry(std::string_view text, const RegistryBounds& bounds) {
    RegistryReading reading;
    const auto document = json::Document::parse(std::string(text));
    if (!document) {
        reading.errors.push_back(document.error());
        return reading;
    }
    const json::Value root = document.value().root();
    EntryReader top(root, {}, reading.errors);
    const json::Value entries = top.member("clients", EntryReader::required);
    top.refuse_other_members();
    if (entries.exists() && entries.size() == 0) top.fault("clients", "A list with at least one client is expected.");

    std::vector<std::shared_ptr<const Client>> clients;
    std::set<std::string> names;
    std::set<std::string> issuers;
    for (const json::Value entry : entries.elements()) {
        const std::string place = "clients[" + std::to_string(clients.size()) + "]";
        auto client = std::make_shared<const Client>(read_client(entry, place, bounds, reading.errors));
        refuse_second_use(client->name, place + ".name", names, reading.errors);
        refuse_second_use(client->iss, place + ".iss", issuers, reading.errors);
        clients.push_back(std::move(client));
    }
    if (reading.errors.empty()) reading.registry = std::make_shared<const ClientRegistry>(std::move(clients));
    return reading;
}

}  // namespace rectal_cds::auth
