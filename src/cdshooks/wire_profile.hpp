// What a client is sent: the version of CDS Hooks, the dialect, and what the client can do with suggestions
// (cds-hooks.md 12 and 13; decisions.md 52 and 53). There is one model of a card; the profile decides which members it
// is written with and how suggestions are offered, never which recommendations fire.
#pragma once

#include <optional>
#include <string_view>

#include "json/document.hpp"

namespace rectal_cds::cdshooks {

enum class WireVersion : unsigned char { v1_0, v1_1, v2_0, v3_0_ballot };  // v2_0 stands for 2.0 and 2.0.1
enum class Dialect : unsigned char { standard, epic };
enum class OrderIntent : unsigned char { order, proposal };  // intent of suggested orders
enum class LinkType : unsigned char { absolute, smart };     // of links to our own pages; smart: registered as an app

std::optional<WireVersion> wire_version_named(std::string_view word);  // "1.0", "1.1", "2.0", "2.0.1", "3.0-ballot"
const char* name(WireVersion version);                                 // "2.0"

struct WireProfile {
    WireVersion version = WireVersion::v2_0;
    Dialect dialect = Dialect::standard;
    OrderIntent intent = OrderIntent::order;
    LinkType own_links = LinkType::absolute;
    bool html_detail = false;                // Epic only: card.detail as HTML instead of Markdown
    bool action_selection_behavior = false;  // 3.0-ballot only, for a client known to understand it

    constexpr bool is_epic() const { return dialect == Dialect::epic; }
    constexpr bool is_1_0() const { return version == WireVersion::v1_0; }

    // How suggestions are offered.
    constexpr bool one_action_per_suggestion() const { return is_epic(); }
    constexpr bool any_only() const { return is_epic(); }         // it knows no selectionBehavior but "any"
    constexpr bool at_most_one_only() const { return is_1_0(); }  // it knows none but "at-most-one"
    // Several suggestions of one card can be taken together, so a card must not hold two regimens.
    constexpr bool offers_one_regimen() const { return any_only() || one_action_per_suggestion(); }

    // Which members exist: card.uuid, source.topic, overrideReasons, suggestion.isRecommended came with 1.1.
    constexpr bool has_members_of_1_1() const { return !is_1_0(); }
    constexpr bool deletes_by_resource() const { return version <= WireVersion::v1_1; }  // otherwise action.resourceId
    constexpr bool writes_action_selection_behavior() const {
        return action_selection_behavior && version == WireVersion::v3_0_ballot;
    }
    constexpr bool writes_html() const { return html_detail && is_epic(); }
};

inline constexpr WireProfile standard_profile{};
inline constexpr WireProfile profile_1_0{WireVersion::v1_0};
inline constexpr WireProfile profile_1_1{WireVersion::v1_1};
inline constexpr WireProfile profile_3_0{WireVersion::v3_0_ballot};
inline constexpr WireProfile epic_profile{WireVersion::v2_0, Dialect::epic, OrderIntent::proposal};

// What is configured for a client; what is left empty is found out call by call ("automatic").
struct WireSettings {
    std::optional<WireVersion> version;
    std::optional<Dialect> dialect;
    std::optional<OrderIntent> intent;  // empty: proposal for Epic, otherwise order
    LinkType own_links = LinkType::absolute;
    bool html_detail = false;
    bool action_selection_behavior = false;
};

// All that a profile is chosen from, except the request.
struct WireChoice {
    WireSettings client;
    std::optional<WireVersion> base_path;  // "/v1/cds-services" is 1.0; empty for "/cds-services"
};

// For a client of which everything is known.
constexpr WireChoice pinned(const WireProfile& profile) {
    return {{profile.version, profile.dialect, profile.intent, profile.own_links, profile.html_detail,
             profile.action_selection_behavior},
            {}};
}

// cds-hooks.md 12.2. Version: the client's, else the base path's, else the hint in the request, else 2.0.1. Dialect:
// the client's, else Epic where the request carries Epic's hint, else standard. Epic writes and reads the members
// of 1.1 also where it calls itself 1.0, so the Epic dialect is never below 1.1.
WireProfile choose_profile(const WireChoice& choice, json::Value request);

// extension["com.epic.cdshooks.request.cds-hooks-specification-version"]; empty when the request has none.
std::string_view epic_version_hint(json::Value request);

}  // namespace rectal_cds::cdshooks
