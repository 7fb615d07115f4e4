#include "cdshooks/wire_profile.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace rectal_cds::cdshooks {

namespace {

constexpr std::array<std::pair<std::string_view, WireVersion>, 8> version_words{
    {{"1.0", WireVersion::v1_0},
     {"1.1", WireVersion::v1_1},
     {"2.0", WireVersion::v2_0},
     {"2.0.1", WireVersion::v2_0},
     {"3.0-ballot", WireVersion::v3_0_ballot},
     {"3.0", WireVersion::v3_0_ballot},
     {"3.0.0", WireVersion::v3_0_ballot},
     {"3.0.0-ballot", WireVersion::v3_0_ballot}}};

}  // namespace

std::optional<WireVersion> wire_version_named(std::string_view word) {
    for (const auto& [spelling, version] : version_words) {
        if (spelling == word) return version;
    }
    return std::nullopt;
}

const char* name(WireVersion version) {
    switch (version) {
    case WireVersion::v1_0: return "1.0";
    case WireVersion::v1_1: return "1.1";
    case WireVersion::v2_0: return "2.0";
    case WireVersion::v3_0_ballot: break;
    }
    return "3.0-ballot";
}

std::string_view epic_version_hint(json::Value request) {
    return request["extension"]["com.epic.cdshooks.request.cds-hooks-specification-version"].text();
}

WireProfile choose_profile(const WireChoice& choice, json::Value request) {
    const std::string_view hint = epic_version_hint(request);
    const WireSettings& client = choice.client;
    WireProfile profile;
    profile.dialect = client.dialect.value_or(hint.empty() ? Dialect::standard : Dialect::epic);
    const std::optional<WireVersion> configured = client.version ? client.version : choice.base_path;
    profile.version = configured ? *configured : wire_version_named(hint).value_or(WireVersion::v2_0);
    if (profile.is_epic()) profile.version = std::max(profile.version, WireVersion::v1_1);
    profile.intent = client.intent.value_or(profile.is_epic() ? OrderIntent::proposal : OrderIntent::order);
    profile.own_links = client.own_links;
    profile.html_detail = client.html_detail;
    profile.action_selection_behavior = client.action_selection_behavior;
    return profile;
}

}  // namespace rectal_cds::cdshooks
