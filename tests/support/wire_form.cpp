#include "support/wire_form.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <regex>
#include <set>
#include <string_view>

namespace rectal_cds::testing {

using cdshooks::WireVersion;
using json::Value;

namespace {

enum Part { answer, card, source, topic, override_reason, suggestion, create, deletion, link, service };

// Since when a member exists, and until when; only what this service may ever send.
struct Member {
    Part part;
    std::string_view name;
    bool required;
    WireVersion since = WireVersion::v1_0, until = WireVersion::v3_0_ballot;
};

constexpr WireVersion v1_0 = WireVersion::v1_0, v1_1 = WireVersion::v1_1, v2_0 = WireVersion::v2_0,
                      v3_0 = WireVersion::v3_0_ballot;

constexpr std::array members{
    Member{answer, "cards", true},
    Member{answer, "extension", false},
    Member{card, "uuid", true, v1_1},
    Member{card, "summary", true},
    Member{card, "indicator", true},
    Member{card, "detail", true},
    Member{card, "source", true},
    Member{card, "suggestions", false},
    Member{card, "selectionBehavior", false},
    Member{card, "overrideReasons", false, v1_1},
    Member{card, "links", false},
    Member{card, "extension", false, v1_1},
    Member{source, "label", true},
    Member{source, "url", false},
    Member{source, "topic", true, v1_1},
    Member{topic, "system", true, v1_1},
    Member{topic, "code", true, v1_1},
    Member{topic, "display", true, v1_1},
    Member{override_reason, "system", true, v1_1},
    Member{override_reason, "code", true, v1_1},
    Member{override_reason, "display", true, v1_1},
    Member{suggestion, "label", true},
    Member{suggestion, "uuid", true},
    Member{suggestion, "isRecommended", false, v1_1},
    Member{suggestion, "actions", true},
    Member{suggestion, "actionSelectionBehavior", false, v3_0},
    Member{create, "type", true},
    Member{create, "description", true},
    Member{create, "resource", true},
    Member{deletion, "type", true},
    Member{deletion, "description", true},
    Member{deletion, "resource", true, v1_0, v1_1},
    Member{deletion, "resourceId", true, v2_0},
    Member{link, "label", true},
    Member{link, "url", true},
    Member{link, "type", true},
    Member{service, "hook", true},
    Member{service, "id", true},
    Member{service, "title", true},
    Member{service, "description", true},
    Member{service, "prefetch", true},
    Member{service, "usageRequirements", true, v2_0},
    Member{service, "version", true, v3_0},
    Member{service, "hookVersion", true, v3_0},
    Member{service, "extension", true},
};

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == std::string_view::npos; }

// A form is compiled once: they are literals, so their addresses tell them apart.
bool matches(std::string_view text, const char* form) {
    static std::map<const char*, std::regex> compiled;
    const auto known = compiled.try_emplace(form, form).first;
    return std::regex_match(text.begin(), text.end(), known->second);
}

class WireCheck {
public:
    explicit WireCheck(const cdshooks::WireProfile& profile) : profile_(profile) {}

    std::vector<std::string> of_answer(Value root) {
        check_filled(root, "");
        check_members(root, answer, "");
        must(root["cards"].is_array(), "cards", "is no array");
        for_each(root["cards"], "cards", [&](Value value, const std::string& place) { check_card(value, place); });
        return std::move(breaches_);
    }

    std::vector<std::string> of_discovery(Value root) {
        check_filled(root, "");
        must(root.size() == 1 && root["services"].is_array(), "services", "is expected, an array, and nothing else");
        for_each(root["services"], "services",
                 [&](Value value, const std::string& place) { check_service(value, place); });
        return std::move(breaches_);
    }

private:
    cdshooks::WireProfile profile_;
    std::vector<std::string> breaches_;
    std::set<std::string> seen_;  // UUIDs, and id with hook

    void must(bool holds, const std::string& place, const std::string& what) {
        if (!holds) breaches_.push_back(place + ": " + what);
    }

    template <class Visit> void for_each(Value array, const std::string& place, Visit visit) {
        std::size_t index = 0;
        for (const Value element : array.elements()) visit(element, place + "[" + std::to_string(index++) + "]");
    }

    // No null, empty text, empty array or empty object, except the two lists that may be empty.
    void check_filled(Value value, const std::string& place) {
        const bool may_be_empty = place == "cards" || place == "services";
        must(!value.is_null() && !(value.is_string() && is_blank(value.text())), place, "is null or blank");
        must(may_be_empty || !(value.is_array() || value.is_object()) || value.size() > 0, place, "is empty");
        for (const json::Member member : value.members())
            check_filled(member.value,
                         place.empty() ? std::string(member.name) : place + "." + std::string(member.name));
        for_each(value, place, [&](Value element, const std::string& at) { check_filled(element, at); });
    }

    bool exists(const Member& member, Part part) const {
        return member.part == part && member.since <= profile_.version && profile_.version <= member.until;
    }

    void check_members(Value object, Part part, const std::string& place) {
        must(object.is_object(), place, "is no object");
        for (const json::Member found : object.members()) {
            const bool known = std::any_of(members.begin(), members.end(),
                                           [&](const Member& m) { return exists(m, part) && m.name == found.name; });
            must(known, place, "has the member " + std::string(found.name) + ", which this version does not know");
        }
        for (const Member& member : members)
            must(!exists(member, part) || !member.required || object[member.name].exists(), place,
                 "lacks " + std::string(member.name));
    }

    void check_uuid(Value uuid, const std::string& place) {
        must(matches(uuid.text(), "[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"), place,
             "is no lower-case UUID");
        must(seen_.insert(std::string(uuid.text())).second, place, "occurs twice");
    }

    void check_card(Value value, const std::string& place) {
        check_members(value, card, place);
        if (profile_.version >= v1_1) check_uuid(value["uuid"], place + ".uuid");
        check_summary(value["summary"].text(), place + ".summary");
        must(matches(value["indicator"].text(), "info|warning|critical"), place + ".indicator", "is unknown");
        check_source(value["source"], place + ".source");
        check_suggestions(value, place);
        for_each(value["overrideReasons"], place + ".overrideReasons",
                 [&](Value reason, const std::string& at) { check_members(reason, override_reason, at); });
        for_each(value["links"], place + ".links",
                 [&](Value target, const std::string& at) { check_link(target, at); });
        check_extension(value["extension"], place + ".extension");
    }

    void check_summary(std::string_view summary, const std::string& place) {
        const auto begins = [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; };
        must(std::count_if(summary.begin(), summary.end(), begins) < 140, place, "has 140 code points or more");
        must(summary.find_first_of("\r\n") == std::string_view::npos, place, "is not one line");
    }

    void check_source(Value value, const std::string& place) {
        check_members(value, source, place);
        must(!value["url"].exists() ||
                 matches(value["url"].text(), "https://[^ ]+|http://(127\\.0\\.0\\.1|localhost)[^ ]*"),
             place + ".url", "is no absolute address");
        if (profile_.version == v1_0) return;
        check_members(value["topic"], topic, place + ".topic");
        must(matches(value["topic"]["code"].text(), "[A-Za-z0-9]{1,100}"), place + ".topic.code",
             "is not alphanumeric or longer than 100");
    }

    // cds-resp-6 and cds-resp-1; Epic knows `any` only, 1.0 `at-most-one` only.
    void check_suggestions(Value value, const std::string& place) {
        const Value suggestions = value["suggestions"];
        const std::string_view behavior = value["selectionBehavior"].text();
        must(suggestions.exists() == value["selectionBehavior"].exists(), place,
             "has suggestions without selectionBehavior or the reverse");
        if (!suggestions.exists()) return;
        must(behavior == "at-most-one" || (behavior == "any" && profile_.version != v1_0), place + ".selectionBehavior",
             "is unknown in this version");
        must(behavior == "any" || !profile_.is_epic(), place + ".selectionBehavior", "is unknown to Epic");
        std::size_t recommended = 0;
        for_each(suggestions, place + ".suggestions", [&](Value item, const std::string& at) {
            check_suggestion(item, at);
            recommended += item["isRecommended"].boolean().value_or(false) ? 1U : 0U;
        });
        must(behavior == "any" || recommended <= 1, place, "recommends several of which one may be chosen");
    }

    void check_suggestion(Value value, const std::string& place) {
        check_members(value, suggestion, place);
        check_uuid(value["uuid"], place + ".uuid");
        must(!value["isRecommended"].exists() || value["isRecommended"].boolean().has_value(), place + ".isRecommended",
             "is no boolean");
        const bool behavior_is_known = profile_.writes_action_selection_behavior();
        must(value["actionSelectionBehavior"].exists() == behavior_is_known, place + ".actionSelectionBehavior",
             "is there unasked or missing");
        must(!profile_.is_epic() || value["actions"].size() == 1, place + ".actions",
             "are more than the one that Epic takes");
        for_each(value["actions"], place + ".actions",
                 [&](Value action, const std::string& at) { check_action(action, at); });
    }

    // cds-resp-2, cds-resp-5 and cds-resp-7: what an action of each type carries.
    void check_action(Value value, const std::string& place) {
        const std::string_view type = value["type"].text();
        must(type == "create" || type == "delete", place + ".type", "is none that this service uses");
        if (type == "create") {
            check_members(value, create, place);
            must(value["resource"].is_object() && !value["resource"]["resourceType"].text().empty(),
                 place + ".resource", "is no FHIR resource");
            must(value["resource"]["intent"].text() ==
                     (profile_.intent == cdshooks::OrderIntent::proposal ? "proposal" : "order"),
                 place + ".resource.intent", "is another");
        } else {
            check_members(value, deletion, place);
            const char* const member = profile_.version <= v1_1 ? "resource" : "resourceId";
            must(matches(value[member].text(), "[A-Za-z]+/[^/]+"), place + "." + member, "is no Type/id");
        }
    }

    // cds-resp-3 holds because there is no appContext at all.
    void check_link(Value value, const std::string& place) {
        check_members(value, link, place);
        must(matches(value["type"].text(), "absolute|smart"), place + ".type", "is unknown");
        must(matches(value["url"].text(), "https://[^ ]+|http://(127\\.0\\.0\\.1|localhost)[^ ]*"), place + ".url",
             "is no absolute address");
    }

    void check_extension(Value value, const std::string& place) {
        for (const json::Member member : value.members()) {
            const bool is_html = member.name == "com.epic.cdshooks.card.detail.content-type";
            must(is_html ? profile_.writes_html() : member.name == "davinci-crd.associated-resource", place,
                 "has the unknown key " + std::string(member.name));
        }
    }

    void check_service(Value value, const std::string& place) {
        check_members(value, service, place);
        must(matches(value["id"].text(), "[A-Za-z0-9._-]+"), place + ".id", "is not fit for a URL");
        const std::string identity = std::string(value["id"].text()) + " " + std::string(value["hook"].text());
        must(seen_.insert(identity).second, place, "has an id and hook that occur twice");
        for (const json::Member query : value["prefetch"].members())
            must(query.value.is_string(), place + ".prefetch." + std::string(query.name), "is no text");
    }
};

}  // namespace

std::vector<std::string> wire_breaches(Value answer, const cdshooks::WireProfile& profile) {
    return WireCheck(profile).of_answer(answer);
}

std::vector<std::string> discovery_breaches(Value discovery, WireVersion version) {
    cdshooks::WireProfile profile;
    profile.version = version;
    return WireCheck(profile).of_discovery(discovery);
}

}  // namespace rectal_cds::testing
