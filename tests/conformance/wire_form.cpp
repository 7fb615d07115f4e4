#include "conformance/wire_form.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <regex>
#include <set>

namespace rectal_cds::conformance {

using json::Value;

namespace {

enum class Kind { text, flag, object, list, anything };

// One member: its type, the version that brought it, whether it must be there.
struct MemberRule {
    std::string_view name;
    Kind kind;
    Wire since = Wire::v1_0;
    bool is_required = false;
};

constexpr bool required = true;

constexpr std::array answer_members{MemberRule{"cards", Kind::list, Wire::v1_0, required},
                                    MemberRule{"systemActions", Kind::list, Wire::v1_1},
                                    MemberRule{"extension", Kind::object}};
constexpr std::array card_members{MemberRule{"uuid", Kind::text, Wire::v1_1, required},  // project: always
                                  MemberRule{"summary", Kind::text, Wire::v1_0, required},
                                  MemberRule{"detail", Kind::text},
                                  MemberRule{"indicator", Kind::text, Wire::v1_0, required},
                                  MemberRule{"source", Kind::object, Wire::v1_0, required},
                                  MemberRule{"suggestions", Kind::list},
                                  MemberRule{"selectionBehavior", Kind::text},
                                  MemberRule{"overrideReasons", Kind::list, Wire::v1_1},
                                  MemberRule{"links", Kind::list},
                                  MemberRule{"extension", Kind::object}};
constexpr std::array source_members{MemberRule{"label", Kind::text, Wire::v1_0, required},
                                    MemberRule{"url", Kind::text}, MemberRule{"icon", Kind::text},
                                    MemberRule{"topic", Kind::object, Wire::v1_1, required},  // project: always
                                    MemberRule{"extension", Kind::object}};
constexpr std::array suggestion_members{
    MemberRule{"label", Kind::text, Wire::v1_0, required},         MemberRule{"uuid", Kind::text},
    MemberRule{"isRecommended", Kind::flag, Wire::v1_1},           MemberRule{"actions", Kind::list},
    MemberRule{"actionSelectionBehavior", Kind::text, Wire::v3_0}, MemberRule{"extension", Kind::object}};
constexpr std::array action_members{
    MemberRule{"type", Kind::text, Wire::v1_0, required}, MemberRule{"description", Kind::text, Wire::v1_0, required},
    MemberRule{"resource", Kind::anything}, MemberRule{"resourceId", Kind::text, Wire::v2_0},
    MemberRule{"extension", Kind::object}};
constexpr std::array link_members{
    MemberRule{"label", Kind::text, Wire::v1_0, required}, MemberRule{"url", Kind::text, Wire::v1_0, required},
    MemberRule{"type", Kind::text, Wire::v1_0, required},  MemberRule{"appContext", Kind::text},
    MemberRule{"autolaunchable", Kind::flag, Wire::v2_0},  MemberRule{"extension", Kind::object}};
constexpr std::array topic_members{MemberRule{"code", Kind::text, Wire::v1_1, required},
                                   MemberRule{"system", Kind::text, Wire::v1_1, required},
                                   MemberRule{"display", Kind::text}, MemberRule{"extension", Kind::object}};
constexpr std::array reason_members{
    MemberRule{"code", Kind::text, Wire::v1_1, required}, MemberRule{"system", Kind::text, Wire::v1_1, required},
    MemberRule{"display", Kind::text, Wire::v1_1, required}, MemberRule{"extension", Kind::object}};
constexpr std::array discovery_members{MemberRule{"services", Kind::list, Wire::v1_0, required},
                                       MemberRule{"extension", Kind::object}};
constexpr std::array service_members{MemberRule{"hook", Kind::text, Wire::v1_0, required},
                                     MemberRule{"id", Kind::text, Wire::v1_0, required},
                                     MemberRule{"description", Kind::text, Wire::v1_0, required},
                                     MemberRule{"title", Kind::text, Wire::v1_0, required},
                                     MemberRule{"prefetch", Kind::object},
                                     MemberRule{"usageRequirements", Kind::text, Wire::v2_0},
                                     MemberRule{"version", Kind::text, Wire::v3_0},
                                     MemberRule{"hookVersion", Kind::text, Wire::v3_0},
                                     MemberRule{"extension", Kind::object}};

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == std::string_view::npos; }

bool fits(Value value, Kind kind) {
    switch (kind) {
    case Kind::text: return value.is_string() && !is_blank(value.text());
    case Kind::flag: return value.is_boolean();
    case Kind::object: return value.is_object();
    case Kind::list: return value.is_array();
    case Kind::anything: break;
    }
    return true;
}

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), text) != words.end();
}

bool is_absolute_url(std::string_view url) {
    static const std::regex form(R"(https?://[^\s<>"]+)");
    return std::regex_match(url.begin(), url.end(), form);
}

bool is_typed_id(std::string_view text) {
    static const std::regex form(R"([A-Z][A-Za-z]+/[^/\s]+)");
    return std::regex_match(text.begin(), text.end(), form);
}

std::size_t code_points(std::string_view text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

class Judge {
public:
    explicit Judge(const WireForm& form) : form_(form) {}

    std::vector<std::string> take() { return std::move(breaches_); }

    void must(bool holds, const std::string& place, std::string_view what) {
        if (!holds) breaches_.push_back(place + ": " + std::string(what));
    }

    template <std::size_t count>
    void members(Value object, const std::string& place, const std::array<MemberRule, count>& rules) {
        for (const json::Member member : object.members()) {
            const auto rule =
                std::find_if(rules.begin(), rules.end(), [&](const MemberRule& r) { return r.name == member.name; });
            const bool is_known = rule != rules.end() && rule->since <= form_.version;
            must(is_known, place + "." + std::string(member.name), "is no member in this version");
            if (is_known)
                must(fits(member.value, rule->kind), place + "." + std::string(member.name),
                     "has another type or is blank");
        }
        for (const MemberRule& rule : rules) {
            if (rule.is_required && rule.since <= form_.version)
                must(object[rule.name].exists(), place + "." + std::string(rule.name), "is missing");
        }
    }

    // FHIR and CDS Hooks alike: absent rather than null, blank or empty.
    void filled(Value value, const std::string& place, std::string_view may_be_empty) {
        must(!value.is_null(), place, "is null");
        must(!value.is_string() || !is_blank(value.text()), place, "is blank");
        must(!(value.is_object() || value.is_array()) || value.size() > 0 || place == may_be_empty, place, "is empty");
        for (const json::Member member : value.members())
            filled(member.value, place + "." + std::string(member.name), may_be_empty);
        std::size_t index = 0;
        for (const Value element : value.elements())
            filled(element, place + "[" + std::to_string(index++) + "]", may_be_empty);
    }

    void card(Value card, const std::string& place) {
        must(card.is_object(), place, "is no object");
        members(card, place, card_members);
        unique_uuid(card["uuid"], place + ".uuid");
        const std::string_view summary = card["summary"].text();
        must(code_points(summary) < 140, place + ".summary", "has 140 characters or more");
        must(summary.find_first_of("\r\n") == std::string_view::npos, place + ".summary", "is more than one line");
        must(is_one_of(card["indicator"].text(), {"info", "warning", "critical"}), place + ".indicator", "is unknown");
        source(card["source"], place + ".source");
        suggestions(card, place);
        each(card["overrideReasons"], place + ".overrideReasons",
             [&](Value reason, const std::string& at) {  // cds-resp-4
                 members(reason, at, reason_members);
             });
        each(card["links"], place + ".links", [&](Value item, const std::string& at) { link(item, at); });
    }

    void action(Value action, const std::string& place) {
        members(action, place, action_members);  // with cds-resp-5: description
        const std::string_view type = action["type"].text();
        must(is_one_of(type, {"create", "update", "delete"}), place + ".type", "is unknown");
        const Value resource = action["resource"];
        if (type != "delete") {
            must(!resource["resourceType"].text().empty(), place + ".resource", "is no whole resource");
            must(!action["resourceId"].exists(), place + ".resourceId", "is for deletions only");
        } else if (form_.version < Wire::v2_0) {
            must(is_typed_id(resource.text()), place + ".resource", "is not Type/id, as 1.x deletes");
        } else {
            must(!resource.exists(), place + ".resource", "must be absent from a deletion (cds-resp-2)");
            must(is_typed_id(action["resourceId"].text()), place + ".resourceId", "is not Type/id");
        }
    }

    template <class Check> void each(Value list, const std::string& place, const Check& check) {
        std::size_t index = 0;
        for (const Value element : list.elements()) check(element, place + "[" + std::to_string(index++) + "]");
    }

private:
    void unique_uuid(Value uuid, const std::string& place) {
        if (!uuid.exists()) return;
        must(is_lower_case_uuid(uuid.text()), place, "is no lower-case UUID");
        must(uuids_.insert(std::string(uuid.text())).second, place, "occurs twice");
    }

    void source(Value source, const std::string& place) {
        static const std::regex topic_code("[A-Za-z0-9]{1,100}");
        members(source, place, source_members);
        for (const char* url : {"url", "icon"})
            must(!source[url].exists() || is_absolute_url(source[url].text()), place + "." + url, "is no absolute URL");
        const Value topic = source["topic"];
        if (!topic.exists()) return;
        members(topic, place + ".topic", topic_members);
        must(std::regex_match(std::string(topic["code"].text()), topic_code), place + ".topic.code",
             "is not alphanumeric");
    }

    void suggestions(Value card, const std::string& place) {
        const Value list = card["suggestions"];
        const std::string_view behavior = card["selectionBehavior"].text();
        must(list.exists() == card["selectionBehavior"].exists(), place + ".selectionBehavior",
             "stands where suggestions do, and nowhere else (cds-resp-6)");
        std::size_t recommended = 0;
        each(list, place + ".suggestions", [&](Value suggestion, const std::string& at) {
            members(suggestion, at, suggestion_members);
            unique_uuid(suggestion["uuid"], at + ".uuid");
            recommended += suggestion["isRecommended"].boolean().value_or(false) ? 1 : 0;
            each(suggestion["actions"], at + ".actions", [&](Value item, const std::string& in) { action(item, in); });
            must(!form_.is_epic || suggestion["actions"].size() <= 1, at + ".actions", "are more than one, for Epic");
            const Value choice = suggestion["actionSelectionBehavior"];
            must(!choice.exists() || is_one_of(choice.text(), {"all", "any", "at-most-one"}), at, "cds-resp-7");
        });
        if (!list.exists()) return;
        must(behavior != "at-most-one" || recommended <= 1, place,
             "recommends several of which one may be taken (cds-resp-1)");
        const bool knows_any = form_.version != Wire::v1_0, knows_one = !form_.is_epic;
        must((behavior == "any" && knows_any) || (behavior == "at-most-one" && knows_one), place + ".selectionBehavior",
             "is unknown to this client");
    }

    void link(Value link, const std::string& place) {
        members(link, place, link_members);
        must(is_absolute_url(link["url"].text()), place + ".url", "is no absolute URL");
        must(is_one_of(link["type"].text(), {"absolute", "smart"}), place + ".type", "is unknown");
        must(!link["appContext"].exists() || link["type"].text() == "smart", place,
             "has an appContext and is not smart (cds-resp-3)");
    }

    const WireForm form_;
    std::vector<std::string> breaches_;
    std::set<std::string, std::less<>> uuids_;
};

}  // namespace

std::vector<std::string> card_breaches(Value answer, const WireForm& form) {
    Judge judge(form);
    judge.must(answer.is_object(), "answer", "is no object");
    judge.members(answer, "answer", answer_members);
    judge.filled(answer, "answer", "answer.cards");
    judge.each(answer["cards"], "cards", [&](Value card, const std::string& at) { judge.card(card, at); });
    judge.each(answer["systemActions"], "systemActions",
               [&](Value action, const std::string& at) { judge.action(action, at); });
    return judge.take();
}

std::vector<std::string> discovery_breaches(Value answer, Wire version) {
    static const std::regex id("[A-Za-z0-9._-]+"), key("[A-Za-z][A-Za-z0-9]*");
    Judge judge({version, false});
    judge.must(answer.is_object(), "discovery", "is no object");
    judge.members(answer, "discovery", discovery_members);
    judge.filled(answer, "discovery", "discovery.services");
    std::set<std::string> pairs;
    judge.each(answer["services"], "services", [&](Value service, const std::string& at) {
        judge.members(service, at, service_members);
        judge.must(std::regex_match(std::string(service["id"].text()), id), at + ".id", "does not fit into a path");
        judge.must(pairs.insert(std::string(service["id"].text()) + ' ' + std::string(service["hook"].text())).second,
                   at, "has an id and a hook that stand there twice");
        for (const json::Member member : service["prefetch"].members()) {
            judge.must(std::regex_match(std::string(member.name), key), at + ".prefetch", "has a key that is no name");
            judge.must(fits(member.value, Kind::text), at + ".prefetch", "has a template that is no text");
        }
    });
    return judge.take();
}

bool is_lower_case_uuid(std::string_view text) {
    static const std::regex form("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    return std::regex_match(text.begin(), text.end(), form);
}

}  // namespace rectal_cds::conformance
