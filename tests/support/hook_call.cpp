#include "support/hook_call.hpp"

#include <cctype>
#include <regex>
#include <stdexcept>

#include "cdshooks/respond.hpp"
#include "support/real_knowledge.hpp"
#include "json/writer.hpp"

namespace rectal_cds::testing {

namespace {

// camelCase, as local-codes.md has it: written here a second time so that the service's own version is tested.
std::string topic_of(std::string_view id) {
    std::string code;
    for (std::size_t i = 0; i < id.size(); ++i) {
        if (id[i] != '-')
            code += id[i];
        else if (++i < id.size())
            code += static_cast<char>(std::toupper(static_cast<unsigned char>(id[i])));
    }
    return code;
}

std::map<std::string, std::string, std::less<>> ids_by_topic() {
    std::map<std::string, std::string, std::less<>> ids;
    for (const auto& recommendation : real_knowledge().recommendations)
        ids.emplace(topic_of(recommendation.id), recommendation.id);
    return ids;
}

void unfold(std::map<std::string, std::string>& found, std::string_view detail) {
    static const std::regex line(R"(\n- [^\n]*\(([a-z0-9-]+), (info|warning|critical)\): )");
    const std::string text(detail);
    for (std::sregex_iterator match(text.begin(), text.end(), line), end; match != end; ++match)
        found.emplace((*match)[1], (*match)[2]);
}

const fhir::Service& service_of(const fhir::Knowledge& knowledge, std::string_view hook) {
    const fhir::Service* service = knowledge.service("rectal-cancer-" + std::string(hook));
    if (!service) throw std::runtime_error("No service listens to this hook.");
    return *service;
}

}  // namespace

CallResult call(json::Value request, std::string_view today, bool explain) {
    return call(real_knowledge(), request, today, explain);
}

CallResult call(const fhir::Knowledge& knowledge, json::Value request, std::string_view today, bool explain) {
    cdshooks::Call made;
    json::Writer writer;
    made.body = writer.value(request).take();
    made.service = &service_of(knowledge, request["hook"].text());
    made.today = base::parse_day(today).value();
    made.seed_from_hook_instance = true;
    made.explain = explain;
    cdshooks::Answer answer = cdshooks::respond(knowledge, std::move(made));
    return {answer.status, std::move(answer.body)};
}

std::map<std::string, std::string> indicators(json::Value answer) {
    static const auto ids = ids_by_topic();
    std::map<std::string, std::string> found;
    for (const json::Value card : answer["cards"].elements()) {
        const std::string_view topic = card["source"]["topic"]["code"].text();
        if (topic == "moreRecommendations") {
            unfold(found, card["detail"].text());
            continue;
        }
        const auto id = ids.find(topic);
        found.emplace(id == ids.end() ? std::string(topic) : id->second, card["indicator"].text());
    }
    return found;
}

std::string applies(json::Value answer, std::string_view recommendation_id) {
    const json::Value explanation = answer["extension"]["org.rectal-cds.explanation"];
    for (const json::Value recommendation : explanation["recommendations"].elements()) {
        if (recommendation["id"].text() == recommendation_id) return std::string(recommendation["applies"].text());
    }
    return {};
}

}  // namespace rectal_cds::testing
