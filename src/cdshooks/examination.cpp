#include "cdshooks/examination.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "cdshooks/discovery.hpp"
#include "cdshooks/examination_parts.hpp"
#include "cdshooks/respond.hpp"

namespace rectal_cds::cdshooks {

namespace {

constexpr std::size_t longest_status = 20;
constexpr std::size_t longest_unit = 20;
constexpr const char* explanation_name = "org.rectal-cds.explanation";

// The causes that better data would remove; "not recorded" and "not read at this hook" are no faults.
bool is_withholding(std::string_view cause) { return cause != "not recorded" && cause != "not read at this hook"; }

std::string title_of(const fhir::Knowledge& knowledge, std::string_view id) {
    for (const auto& recommendation : knowledge.recommendations) {
        if (recommendation.id == id) return recommendation.title;
    }
    return {};
}

// Of an OperationOutcome of ours.
base::Error fault_of(json::Value outcome) {
    const json::Value issue = outcome["issue"].at(0);
    std::string places;
    for (const json::Value place : issue["expression"].elements()) places += (places.empty() ? "" : ", ") + std::string(place.text());
    return {base::ErrorKind::invalid, std::move(places), std::string(issue["diagnostics"].text())};
}

struct Placed {
    std::string place;
    json::Value resource;
};
using Places = std::map<std::string, Placed, std::less<>>;  // by "Observation/kras-1"

Places places_of(json::Value request) {
    Places places;
    for_each_resource(request, [&](std::string_view, const std::string& place, json::Value resource) {
        const std::string id(resource["id"].text());
        if (!id.empty()) places.try_emplace(std::string(resource["resourceType"].text()) + '/' + id, Placed{place, resource});
    });
    return places;
}

std::string unit_of(json::Value resource) {
    const auto unit = [](json::Value quantity) {
        const std::string_view code = quantity["code"].text(), printed = quantity["unit"].text();
        return code.empty() ? printed : code;
    };
    std::string_view found = unit(resource["valueQuantity"]);
    for (const json::Value component : resource["component"].elements()) {
        if (found.empty()) found = unit(component["valueQuantity"]);
    }
    return found.empty() ? "" : shown_if_plain(found, longest_unit);
}

void add_unusable(json::Value explanation, const Places& places, Examination& into) {
    for (const json::Value item : explanation["unusable"].elements()) {
        UnusableResource unusable{"(a resource without id)", std::string(item["about"].text()), std::string(item["problem"].text()), "", "", 1};
        const auto found = places.find(item["reference"].text());
        if (found != places.end()) {
            const json::Value resource = found->second.resource;
            unusable.place = found->second.place;
            if (unusable.problem.find("status") != std::string::npos) unusable.status = shown_if_plain(resource["status"].text(), longest_status);
            if (unusable.problem.find("unit") != std::string::npos) unusable.unit = unit_of(resource);
        }
        const auto same = std::find_if(into.unusable.begin(), into.unusable.end(), [&](const UnusableResource& other) {
            return std::tie(other.about, other.problem, other.status, other.unit) == std::tie(unusable.about, unusable.problem, unusable.status, unusable.unit);
        });
        if (same != into.unusable.end()) ++same->count;
        if (same == into.unusable.end()) into.unusable.push_back(std::move(unusable));
    }
}

// Of the unknown facts; and of those that are no because an input was not read.
using Causes = std::map<std::string_view, std::set<std::string_view>>;

Causes causes_of(json::Value explanation) {
    Causes causes;
    for (const json::Value fact : explanation["facts"].elements()) {
        const bool is_readability = fact["value"].text() == "no" && fact["name"].text().ends_with(" readable");
        if (fact["value"].text() != "unknown" && !is_readability) continue;
        auto& of_fact = causes[fact["name"].text()];
        for (const json::Value gap : fact["gaps"].elements()) of_fact.insert(gap["cause"].text());
    }
    return causes;
}

void add_open_advice(const fhir::Knowledge& knowledge, json::Value explanation, Examination& into) {
    const Causes causes = causes_of(explanation);
    std::set<std::string, std::less<>> waited_for;
    for (const json::Value item : explanation["recommendations"].elements()) {
        OpenAdvice advice{std::string(item["id"].text()), title_of(knowledge, item["id"].text()), {}, false};
        bool is_open = item["applies"].text() != "yes";
        for (const json::Value condition : item["conditions"].elements()) {
            if (condition["value"].text() == "yes") continue;
            const std::string_view fact = condition["fact"].text();
            const auto cause = causes.find(fact);
            if (cause == causes.end()) is_open = false;  // a no that no further data would change
            if (cause == causes.end()) break;
            advice.facts.emplace_back(fact);
            advice.is_withheld = advice.is_withheld || std::any_of(cause->second.begin(), cause->second.end(), is_withholding);
        }
        if (!is_open) continue;
        waited_for.insert(advice.facts.begin(), advice.facts.end());
        into.open_advice.push_back(std::move(advice));
    }
    std::stable_partition(into.open_advice.begin(), into.open_advice.end(), [](const OpenAdvice& advice) { return advice.is_withheld; });
    for (const auto& [fact, of_fact] : causes) {
        if (waited_for.count(fact) != 0) into.unknown_facts.push_back({std::string(fact), {of_fact.begin(), of_fact.end()}});
    }
}

void add_cards(const fhir::Knowledge& knowledge, json::Value answer, Examination& into) {
    const auto add = [&](const std::vector<Recommended>& told, bool folded) {
        for (const Recommended& one : told) into.cards.push_back({one.id, title_of(knowledge, one.id), guideline::word(one.indicator), folded});
    };
    add(into.answer.shown, false);
    for (const json::Value card : answer["cards"].elements()) {
        if (card["source"]["topic"]["code"].text() == "notAssessed") into.cards.push_back({"notAssessed", "Not assessed", std::string(card["indicator"].text()), false});
    }
    add(into.answer.folded, true);
}

void examine_request(const fhir::Knowledge& knowledge, const Call& call, json::Value root, Examination& into) {
    const fhir::Service* service = call.service ? call.service : service_for(knowledge, root["hook"].text(), call.deprecated_hooks);
    const json::Value context = root["context"];
    const std::string_view user = context["userId"].text();
    if (user.find('/') != std::string_view::npos) into.user_type = shown_if_plain(user.substr(0, user.find('/')), 32);
    into.drafts = context["draftOrders"]["entry"].size();
    into.selections = context["selections"].size();
    examine_codes(root, knowledge.codes, into);
    if (service == nullptr) return;
    into.hook = name(service->hook);
    into.service = service->id;
    examine_inputs(root, *service, into);
}

}  // namespace

Examination examine(const fhir::Knowledge& knowledge, Call call) {
    Examination result;
    const auto document = json::Document::parse(std::string(call.body), call.limits);
    result.is_json = document.ok();
    if (document) examine_request(knowledge, call, document.value().root(), result);
    call.explain = true;
    result.answer = respond(knowledge, std::move(call));
    const auto answered = json::Document::parse(std::string(result.answer.body));
    if (!answered) return result;
    const json::Value root = answered.value().root();
    if (result.answer.status != 200) {
        result.fault = fault_of(root);
        return result;
    }
    const json::Value explanation = root["extension"][explanation_name];
    if (document) add_unusable(explanation, places_of(document.value().root()), result);
    add_open_advice(knowledge, explanation, result);
    add_cards(knowledge, root, result);
    return result;
}

}  // namespace rectal_cds::cdshooks
