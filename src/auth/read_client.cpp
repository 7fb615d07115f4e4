#include <algorithm>
#include <utility>

#include "auth/client_entry.hpp"
#include "guideline/judge.hpp"

namespace rectal_cds::auth {

namespace {

constexpr std::size_t longest_name = 64;
constexpr std::int64_t most_uses = 1000;

using cdshooks::Dialect;
using cdshooks::LinkType;
using cdshooks::OrderIntent;
using cdshooks::WireVersion;

// auto: found out call by call.
constexpr std::array<std::pair<std::string_view, std::optional<WireVersion>>, 5> wire_versions{{
    {"auto", std::nullopt},
    {"1.0", WireVersion::v1_0},
    {"1.1", WireVersion::v1_1},
    {"2.0", WireVersion::v2_0},
    {"3.0-ballot", WireVersion::v3_0_ballot},
}};
constexpr std::array<std::pair<std::string_view, std::optional<Dialect>>, 3> dialects{{
    {"auto", std::nullopt},
    {"standard", Dialect::standard},
    {"epic", Dialect::epic},
}};
constexpr std::array<std::pair<std::string_view, std::optional<OrderIntent>>, 3> order_intents{{
    {"auto", std::nullopt},
    {"order", OrderIntent::order},
    {"proposal", OrderIntent::proposal},
}};
constexpr std::array<std::pair<std::string_view, LinkType>, 2> link_types{{
    {"absolute", LinkType::absolute},
    {"smart", LinkType::smart},
}};
constexpr std::array<std::pair<std::string_view, PatientCards>, 2> patient_card_policies{{
    {"none", PatientCards::none},
    {"plain-language", PatientCards::plain_language},
}};

bool is_name(std::string_view text) {
    return text.size() <= longest_name && std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
                      c == '_' || c == '-';
           });
}

// A URL that nobody can read along: https, or http on loopback.
std::optional<Url> confidential_url(EntryReader& entry, std::string_view place, std::string_view text) {
    auto url = parse_url(text);
    if (!url) {
        entry.fault(place, url.error().what);
    } else if (!is_confidential(url.value())) {
        entry.fault(place, "The URL is http and not on loopback; https is expected.");
    } else {
        return std::move(url).value();
    }
    return std::nullopt;
}

// An address that is written in the URL itself can be judged before anybody calls.
void refuse_unreachable(EntryReader& entry, std::string_view place, const Url& url, const Client& client) {
    if (!url.has_ip_address() || may_connect(url.host, client.address_ranges)) return;
    entry.fault(place, "The address is not public, and no range of addressRanges permits it.");
}

void read_identity(EntryReader& entry, Client& client) {
    client.name = entry.text("name", EntryReader::required);
    if (!is_name(client.name)) entry.fault("name", "1 to 64 letters, digits, '.', '_' and '-' are expected.");
    client.iss = entry.text("iss", EntryReader::required);
    for (const auto& [text, place] : entry.texts("tenants")) client.tenants.push_back(text);
}

void read_keys(EntryReader& entry, Client& client) {
    if (const std::string jku = entry.text("jku"); !jku.empty()) {
        client.jku = confidential_url(entry, "jku", jku);
        if (client.jku) refuse_unreachable(entry, "jku", *client.jku, client);
    }
    const json::Value jwks = entry.member("jwks");
    if (!jwks.exists() && !entry.member("jku").exists()) entry.fault("jku", "A jku, a jwks or both are expected.");
    if (!jwks.exists()) return;
    auto keys = read_key_set(jwks);
    if (!keys) {
        entry.fault("jwks." + keys.error().where, keys.error().what);
        return;
    }
    client.keys = std::move(keys).value();
    for (const base::Error& unusable : client.keys.left_out) entry.fault("jwks." + unusable.where, unusable.what);
    if (jwks["keys"].size() == 0) entry.fault("jwks.keys", "At least one key is expected.");
}

void read_algorithms(EntryReader& entry, Client& client) {
    std::vector<Algorithm> algorithms;
    for (const auto& [text, place] : entry.texts("algorithms")) {
        const auto algorithm = algorithm_named(text);
        if (algorithm) algorithms.push_back(*algorithm);
        if (!algorithm) entry.fault(place, "This is no asymmetric signature algorithm of RFC 7518.");
    }
    if (!algorithms.empty()) client.algorithms = std::move(algorithms);
}

void read_audiences(EntryReader& entry, Client& client) {
    for (const auto& [text, place] : entry.texts("audiences")) {
        const auto url = confidential_url(entry, place, text);
        if (url && !url->query.empty()) entry.fault(place, "A URL without a query is expected.");
        client.audiences.push_back(normalised_audience(text));
    }
    client.feedback_with_service_audience = entry.boolean("feedbackWithServiceAudience");
}

void read_token_policy(EntryReader& entry, const RegistryBounds& bounds, Client& client) {
    const auto lifetime = entry.whole("maxLifetimeSeconds", 1, bounds.longest_lifetime.count());
    if (lifetime) client.longest_lifetime = std::chrono::seconds(*lifetime);
    const auto leeway = entry.whole("leewaySeconds", 0, bounds.longest_leeway.count());
    if (leeway) client.leeway = std::chrono::seconds(*leeway);
    const auto uses = entry.whole("usesPerToken", 1, most_uses);
    if (uses) client.uses_per_token = static_cast<int>(*uses);
}

void read_addresses(EntryReader& entry, Client& client) {
    for (const auto& [text, place] : entry.texts("addressRanges")) {
        auto range = parse_range(text);
        if (range) client.address_ranges.push_back(range.value());
        if (!range) entry.fault(place, range.error().what);
    }
    for (const auto& [text, place] : entry.texts("fhirServers")) {
        const auto url = confidential_url(entry, place, text);
        if (!url) continue;
        refuse_unreachable(entry, place, *url, client);
        auto base = parse_base_url(text);
        if (base) client.fhir_servers.push_back(std::move(base).value());
        if (!base) entry.fault(place, base.error().what);
    }
    client.fetches_without_token = entry.boolean("fetchWithoutToken");
    for (const auto& [text, place] : entry.texts("corsOrigins")) {
        const auto url = confidential_url(entry, place, text);
        if (url && url->origin() != text) entry.fault(place, "An origin is expected: \"https://host\" or with a port.");
        client.cors_origins.push_back(text);
    }
}

void read_presentation(EntryReader& entry, Client& client) {
    client.wire.version = entry.one_of("wireVersion", wire_versions, std::optional<WireVersion>());
    client.wire.dialect = entry.one_of("dialect", dialects, std::optional<Dialect>());
    client.wire.intent = entry.one_of("orderIntent", order_intents, std::optional<OrderIntent>());
    client.wire.own_links = entry.one_of("linkType", link_types, LinkType::absolute);
    client.wire.html_detail = entry.boolean("htmlDetail");
    client.wire.action_selection_behavior = entry.boolean("actionSelectionBehavior");
    client.patient_links = entry.boolean("patientLinks");
    client.silent = entry.boolean("silent");
    for (const auto& [text, place] : entry.texts("switchedOff")) {
        client.switched_off.push_back(text);
        if (text == guideline::data_unavailable) entry.fault(place, "It cannot be switched off: it alone says what could not be read.");
    }
    client.patient_cards = entry.one_of("patientCards", patient_card_policies, PatientCards::none);
}

}  // namespace

Client read_client(json::Value value, const std::string& place, const RegistryBounds& bounds,
                   std::vector<base::Error>& errors) {
    EntryReader entry(value, place, errors);
    Client client;
    if (!value.is_object()) return client;
    read_addresses(entry, client);
    read_identity(entry, client);
    read_keys(entry, client);
    read_algorithms(entry, client);
    read_audiences(entry, client);
    read_token_policy(entry, bounds, client);
    read_presentation(entry, client);
    entry.refuse_other_members();
    return client;
}

}  // namespace rectal_cds::auth
