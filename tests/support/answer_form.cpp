#include "support/answer_form.hpp"

#include <algorithm>
#include <regex>
#include <set>

namespace rectal_cds::testing {

using json::Value;

namespace {

using Breaches = std::vector<std::string>;

std::size_t code_points(std::string_view text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

bool is_uuid_version_4(std::string_view text) {
    static const std::regex form("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    return std::regex_match(text.begin(), text.end(), form);
}

bool is_https(std::string_view url) {
    return url.substr(0, 8) == "https://" && url.size() > 8 && url.find_first_of(" <>\"") == std::string_view::npos;
}

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

class FormCheck {
public:
    FormCheck(Value request, std::string_view today) : request_(request), today_(today) {}

    Breaches take(Value answer) {
        if (!answer.is_object() || !answer["cards"].is_array()) say("", "an object with an array of cards is expected");
        for (const json::Member member : answer.members()) {
            if (member.name != "cards" && member.name != "extension")
                say(std::string(member.name), "is no member of this answer");
        }
        check_filled(answer, "");
        std::size_t index = 0;
        for (const Value card : answer["cards"].elements()) check_card(card, "cards[" + std::to_string(index++) + "]");
        return std::move(breaches_);
    }

private:
    Value request_;
    std::string today_;
    Breaches breaches_;
    std::set<std::string, std::less<>> uuids_, topics_;

    void say(const std::string& place, const std::string& what) { breaches_.push_back(place + ": " + what); }
    void must(bool holds, const std::string& place, const char* what) {
        if (!holds) say(place, what);
    }

    // FHIR and CDS Hooks: a member is absent rather than null or empty; only the list of cards may be empty.
    void check_filled(Value value, const std::string& place) {
        const bool empty = value.is_null() || (value.is_string() && value.text().empty()) ||
                           ((value.is_array() || value.is_object()) && value.size() == 0 && place != "cards");
        if (empty) say(place, "is null or empty");
        for (const json::Member member : value.members())
            check_filled(member.value,
                         place.empty() ? std::string(member.name) : place + "." + std::string(member.name));
        std::size_t index = 0;
        for (const Value element : value.elements()) check_filled(element, place + "[" + std::to_string(index++) + "]");
    }

    void check_members(Value object, const std::string& place, std::initializer_list<std::string_view> allowed) {
        for (const json::Member member : object.members()) {
            if (std::find(allowed.begin(), allowed.end(), member.name) == allowed.end())
                say(place, "has the unexpected member " + std::string(member.name));
        }
    }

    void check_uuid(Value uuid, const std::string& place) {
        must(is_uuid_version_4(uuid.text()), place, "is not a lower-case UUID of version 4");
        must(uuids_.insert(std::string(uuid.text())).second, place, "occurs twice");
    }

    void check_card(Value card, const std::string& place) {
        check_members(card, place,
                      {"uuid", "summary", "detail", "indicator", "source", "suggestions", "selectionBehavior",
                       "overrideReasons", "links", "extension"});
        check_uuid(card["uuid"], place + ".uuid");
        check_summary(card["summary"].text(), place + ".summary");
        const std::string_view indicator = card["indicator"].text();
        must(indicator == "info" || indicator == "warning" || indicator == "critical", place + ".indicator",
             "is none of the three");
        check_source(card["source"], place + ".source");
        check_detail(card, place + ".detail");
        check_suggestions(card, place);
        check_override_reasons(card, place + ".overrideReasons");
        check_links(card, place + ".links");
        check_extension(card["extension"], place + ".extension");
    }

    void check_summary(std::string_view summary, const std::string& place) {
        static const std::regex forbidden(R"(\b(safe|cleared|normal|no issues)\b)", std::regex::icase);
        must(!summary.empty() && code_points(summary) < 140, place, "must have 1 to 139 characters");
        must(summary.find_first_of("\r\n\t*_`#[]<>") == std::string_view::npos, place,
             "must be one line without markup");
        must(!std::regex_search(summary.begin(), summary.end(), forbidden), place, "must not reassure");
    }

    void check_source(Value source, const std::string& place) {
        check_members(source, place, {"label", "url", "topic"});
        must(!source["label"].text().empty(), place + ".label", "is missing");
        must(!source["url"].exists() || is_https(source["url"].text()), place + ".url",
             "is not an absolute https address");
        const Value topic = source["topic"];
        check_members(topic, place + ".topic", {"system", "code", "display"});
        must(topic["system"].text() == "https://rectal-cds.example/fhir/CodeSystem/recommendation",
             place + ".topic.system", "is another system");
        must(std::regex_match(std::string(topic["code"].text()), std::regex("[a-z][A-Za-z0-9]*")),
             place + ".topic.code", "is not in camelCase");
        must(!topic["display"].text().empty(), place + ".topic.display", "is missing");
        must(topics_.insert(std::string(topic["code"].text())).second, place + ".topic.code", "occurs on two cards");
    }

    // clinical.md 3.1: every card carries its evidence, what is missing, grade, citations, version, status, disclaimer.
    void check_detail(Value card, const std::string& place) {
        static const std::regex raw_html(R"((^|[^\\])<[A-Za-z/!?])"), place_left_open(R"(\{\{|\}\})");
        const std::string_view detail = card["detail"].text(), topic = card["source"]["topic"]["code"].text();
        must(!std::regex_search(detail.begin(), detail.end(), raw_html), place, "holds raw HTML");
        must(!std::regex_search(detail.begin(), detail.end(), place_left_open), place, "holds an unfilled placeholder");
        must(
            std::regex_search(detail.begin(), detail.end(), std::regex(R"(ontent version \S+ of \d{4}-\d{2}-\d{2}, )")),
            place, "does not name the content version and its date");
        must(contains(detail, "draft: not reviewed by a clinician") || contains(detail, "approved by "), place,
             "does not tell the review status");
        must(!contains(detail, "\n\n\n"), place, "has blank lines in a row");
        must(!contains(detail, "17.5") && !contains(detail, "22.5 %"), place, "shows the untraceable figure");
        if (topic == "moreRecommendations" || topic == "notAssessed") return;
        must(contains(detail, "**Why this card appears**"), place, "gives no basis");
        must(contains(detail, "not a medical device"), place, "has no disclaimer");
        must(std::regex_search(detail.begin(), detail.end(),
                               std::regex(R"(\*\*Evidence\*\* \(grade [ABCLN/]+\)\n+1\. \S)")),
             place, "has no grade with numbered citations");
        must(contains(detail, "**For whom, and limits**"), place, "does not say for whom it is");
        check_citations(detail, place);
        for (const std::string_view header : {"**Not found or not usable**", "**About the suggestions**"}) {
            const auto at = detail.find(header);
            must(at == std::string_view::npos || contains(detail.substr(at, header.size() + 6), "\n- "), place,
                 "has a heading without lines");
        }
    }

    // Each with its year, or the words that none is recorded.
    void check_citations(std::string_view detail, const std::string& place) {
        static const std::regex line(R"(\n\d+\. ([^\n]*))"), year(R"(\b(19|20)\d\d\b|\byear\b)");
        const std::string evidence(detail.substr(std::min(detail.find("**Evidence**"), detail.size())));
        for (std::sregex_iterator work(evidence.begin(), evidence.end(), line), end; work != end; ++work)
            must(std::regex_search((*work)[1].str(), year), place, "cites a work without its year");
    }

    void check_suggestions(Value card, const std::string& place) {
        const Value suggestions = card["suggestions"];
        const std::string_view behavior = card["selectionBehavior"].text();
        must(suggestions.exists() == card["selectionBehavior"].exists(), place + ".selectionBehavior",
             "must stand exactly where suggestions do");
        if (!suggestions.exists()) return;
        must(behavior == "any" || behavior == "at-most-one", place + ".selectionBehavior", "is unknown");
        std::size_t index = 0, recommended = 0;
        std::set<std::string, std::less<>> labels;
        for (const Value suggestion : suggestions.elements()) {
            const std::string at = place + ".suggestions[" + std::to_string(index++) + "]";
            check_members(suggestion, at, {"label", "uuid", "isRecommended", "actions"});
            check_uuid(suggestion["uuid"], at + ".uuid");
            must(!suggestion["label"].text().empty() && labels.insert(std::string(suggestion["label"].text())).second,
                 at + ".label", "is missing or occurs twice");
            if (suggestion["isRecommended"].boolean().value_or(false)) ++recommended;
            check_actions(suggestion, at);
        }
        must(behavior == "any" || recommended <= 1, place + ".suggestions",
             "recommends more than one of which at most one may be chosen");
    }

    void check_actions(Value suggestion, const std::string& place) {
        must(suggestion["actions"].size() > 0, place + ".actions", "is missing");
        std::set<std::string, std::less<>> groups;
        std::size_t index = 0, created = 0;
        for (const Value action : suggestion["actions"].elements()) {
            const std::string at = place + ".actions[" + std::to_string(index++) + "]";
            must(!action["description"].text().empty(), at + ".description", "is missing");
            if (action["type"].text() == "delete") {
                check_members(action, at, {"type", "description", "resourceId"});
                check_deletion(action["resourceId"].text(), at + ".resourceId");
                continue;
            }
            must(action["type"].text() == "create", at + ".type", "must be create or delete");
            check_members(action, at, {"type", "description", "resource"});
            for (std::string& breach : order_breaches(action["resource"], request_, today_, at + ".resource"))
                breaches_.push_back(std::move(breach));
            groups.emplace(action["resource"]["groupIdentifier"]["value"].text());
            ++created;
        }
        must(created < 2 || (groups.size() == 1 && !groups.begin()->empty()), place + ".actions",
             "orders of one regimen must share a groupIdentifier");
    }

    // The drafted order that a reference names; missing when there is none.
    Value drafted(std::string_view reference) const {
        for (const Value entry : request_["context"]["draftOrders"]["entry"].elements()) {
            const Value draft = entry["resource"];
            const std::string name = std::string(draft["resourceType"].text()) + "/" + std::string(draft["id"].text());
            if (name == reference) return draft;
        }
        return {};
    }

    // decisions.md 55: only a draft with an id that is in draftOrders and has the status draft.
    void check_deletion(std::string_view reference, const std::string& place) {
        must(drafted(reference)["status"].text() == "draft", place, "is no draft of this request");
    }

    // cds-hooks.md 8.7: which drafted orders the card is about.
    void check_extension(Value extension, const std::string& place) {
        if (!extension.exists()) return;
        check_members(extension, place, {"davinci-crd.associated-resource"});
        for (const Value order : extension["davinci-crd.associated-resource"].elements()) {
            check_members(order, place, {"reference"});
            must(drafted(order["reference"].text()).exists(), place,
                 "names an order that is not drafted in this request");
        }
    }

    void check_override_reasons(Value card, const std::string& place) {
        for (const Value reason : card["overrideReasons"].elements()) {
            check_members(reason, place, {"code", "system", "display"});
            must(reason["system"].text() == "https://rectal-cds.example/fhir/CodeSystem/override-reason", place,
                 "is of another system");
            must(reason["code"].text().substr(0, 3) == "OR-", place, "has an unknown code");
            must(!reason["display"].text().empty() && reason["display"].text() != reason["code"].text(), place,
                 "has no display");
        }
    }

    void check_links(Value card, const std::string& place) {
        for (const Value link : card["links"].elements()) {
            check_members(link, place, {"label", "url", "type"});
            must(!link["label"].text().empty() && link["type"].text() == "absolute" && is_https(link["url"].text()),
                 place, "is not a labelled absolute https link");
        }
    }
};

}  // namespace

std::vector<std::string> form_breaches(Value answer, Value request, std::string_view today) {
    return FormCheck(request, today).take(answer);
}

}  // namespace rectal_cds::testing
