#include "cdshooks/golden.hpp"

#include <map>
#include <set>
#include <string>

#include "cdshooks/request.hpp"
#include "cdshooks/respond.hpp"
#include "fhir/site.hpp"
#include "json/writer.hpp"

namespace rectal_cds::cdshooks {

using base::Error;
using base::ErrorKind;

namespace {

using Indicators = std::map<std::string, std::string>;

// By recommendation id; the card on what was not assessed by its topic.
Indicators indicators_of(const Answer& answer) {
    Indicators found;
    for (const auto* list : {&answer.shown, &answer.folded}) {
        for (const Recommended& recommended : *list) found[recommended.id] = guideline::word(recommended.indicator);
    }
    const auto body = json::Document::parse(answer.body);
    if (!body) return found;
    for (const json::Value card : body.value().root()["cards"].elements()) {
        const std::string_view topic = card["source"]["topic"]["code"].text();
        if (topic == "notAssessed") found[std::string(topic)] = card["indicator"].text();
    }
    return found;
}

std::string told(const Indicators& indicators) {
    std::string text;
    for (const auto& [id, indicator] : indicators) text += (text.empty() ? "" : ", ") + id + " (" + indicator + ")";
    return text.empty() ? "no card" : text;
}

Answer answer_to(const fhir::Knowledge& knowledge, const fhir::GoldenCase& golden) {
    Call call;
    for (const fhir::Service& service : knowledge.services) {
        if (name(service.hook) == golden.request["hook"].text()) call.service = &service;
    }
    if (!call.service) return {404, "", {}, {}};
    json::Writer writer;
    call.body = writer.value(golden.request).take();
    call.today = golden.today;
    call.seed_from_hook_instance = true;
    return respond(knowledge, std::move(call));
}

std::vector<Error> never_expected(const fhir::Knowledge& knowledge) {
    std::set<std::string> expected;
    for (const fhir::GoldenCase& golden : knowledge.governance.golden_cases) {
        for (const auto& [id, indicator] : golden.expected) expected.insert(id);
    }
    std::vector<Error> faults;
    for (const guideline::Recommendation& recommendation : knowledge.recommendations) {
        if (expected.count(recommendation.id) != 0) continue;
        faults.push_back({ErrorKind::invalid, "hooks/golden: expect",
                          "A golden case in which '" + recommendation.id + "' fires is expected; there is none."});
    }
    return faults;
}

}  // namespace

std::vector<Error> golden_faults(const fhir::Knowledge& knowledge) {
    std::vector<Error> faults = never_expected(knowledge);
    for (const fhir::GoldenCase& golden : knowledge.governance.golden_cases) {
        const Answer answer = answer_to(knowledge, golden);
        const Indicators expected(golden.expected.begin(), golden.expected.end());
        if (answer.status != 200) {
            faults.push_back(
                {ErrorKind::invalid, golden.path + ": request",
                 "A call that is answered with 200 is expected, not with " + std::to_string(answer.status) + "."});
        } else if (const Indicators found = indicators_of(answer); found != expected) {
            faults.push_back({ErrorKind::invalid, golden.path + ": expect",
                              "Golden case '" + golden.title + "': expected are " + told(expected) +
                                  "; the cards are " + told(found) + "."});
        }
    }
    return faults;
}

fhir::Knowledge tested_knowledge(const std::vector<fhir::KnowledgeFile>& files,
                                 const std::vector<fhir::KnowledgeFile>& site_files, std::vector<Error>& errors) {
    fhir::Knowledge knowledge = fhir::read_knowledge(files, errors);
    if (errors.empty() && !site_files.empty()) fhir::add_site(knowledge, site_files, errors);
    if (errors.empty()) errors = golden_faults(knowledge);
    return knowledge;
}

}  // namespace rectal_cds::cdshooks
