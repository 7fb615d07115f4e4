#include "cdshooks/judged_with.hpp"

#include <stdexcept>

#include "cdshooks/respond.hpp"
#include "json/writer.hpp"

namespace rectal_cds::testing {

json::Document judged_with(const fhir::Knowledge& knowledge, json::Value request, std::string_view today, bool explain) {
    json::Writer writer;
    cdshooks::Call call;
    call.body = writer.value(request).take();
    call.service = knowledge.service("rectal-cancer-" + std::string(request["hook"].text()));
    call.today = base::parse_day(today).value();
    call.seed_from_hook_instance = true;
    call.explain = explain;
    auto answer = cdshooks::respond(knowledge, std::move(call));
    if (answer.status != 200) throw std::runtime_error("The call was refused: " + answer.body);
    return std::move(json::Document::parse(std::move(answer.body))).value();
}

json::Value golden_request(const fhir::Knowledge& knowledge, std::string_view name) {
    for (const fhir::GoldenCase& golden : knowledge.governance.golden_cases) {
        if (golden.path == "hooks/golden/" + std::string(name) + ".json") return golden.request;
    }
    throw std::out_of_range("There is no golden case " + std::string(name));
}

json::Value card_of(const json::Document& answer, std::string_view topic) {
    for (const json::Value card : answer.root()["cards"].elements()) {
        if (card["source"]["topic"]["code"].text() == topic) return card;
    }
    return {};
}

guideline::Recommendation& recommendation_of(fhir::Knowledge& knowledge, std::string_view id) {
    for (auto& recommendation : knowledge.recommendations) {
        if (recommendation.id == id) return recommendation;
    }
    throw std::out_of_range("There is no recommendation " + std::string(id));
}

void approve(guideline::Recommendation& recommendation) {
    const base::Day day = base::parse_day("2026-03-10").value();
    recommendation.review = {guideline::ReviewStep::approved, "Dr Ada Example", day, day};
}

}  // namespace rectal_cds::testing
