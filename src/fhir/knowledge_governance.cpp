#include "fhir/knowledge_governance.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>
#include <utility>

#include "fhir/element.hpp"
#include "fhir/knowledge_formats.hpp"
#include "fhir/read_plan.hpp"

namespace rectal_cds::fhir {

namespace {

constexpr std::array<std::string_view, 3> indicators{"info", "warning", "critical"};
constexpr std::string_view not_assessed_topic = "notAssessed";

std::string part(json::Value element, std::string_view url, std::string_view member) {
    return std::string(extension(element, url)[member].text());
}

// Calls `read` with each extension `name` of the library and its place.
template <class Read> void each_entry(const Artefact& library, std::string_view name, Read read) {
    const json::Value list = library.root["extension"];
    const std::string url = structure_url(name);
    for (std::size_t i = 0; i < list.size(); ++i) {
        if (list.at(i)["url"].text() == url) read(list.at(i), element_place("extension", i));
    }
}

// Calls `read` with each value of the repeated part `url` and its place.
template <class Read>
void each_value(json::Value entry, const std::string& place, std::string_view url, std::string_view member, Read read) {
    const json::Value parts = entry["extension"];
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (parts.at(i)["url"].text() != url) continue;
        read(parts.at(i)[member], member_place(element_place(member_place(place, "extension"), i), member));
    }
}

std::vector<std::string> read_affected(json::Value entry, const std::string& place, References& plans, Faults& faults) {
    std::vector<std::string> ids;
    each_value(entry, place, "affects", "valueCode", [&](json::Value id, const std::string& where) {
        ids.emplace_back(id.text());
        plans.use(id.text(), faults.where(where));
    });
    return ids;
}

// At least one fact of the vocabulary.
std::vector<domain::FactId> read_facts(json::Value entry, const std::string& place, bool is_sound, Faults& faults) {
    std::vector<domain::FactId> facts;
    bool is_named = false;
    each_value(entry, place, "fact", "valueString", [&](json::Value name, const std::string& where) {
        is_named = true;
        if (const auto fact = read_fact(name, where, faults)) facts.push_back(*fact);
    });
    if (is_sound && !is_named) faults.add(place, "At least one fact that applies the threshold is expected.");
    return facts;
}

void read_expected(GoldenCase& into, json::Value expected, References& plans, Faults& faults) {
    if (!expected.is_object()) faults.add("expect", "An object of recommendation ids and indicators is expected.");
    for (const auto& [name, indicator] : expected.members()) {
        const std::string place = member_place("expect", name);
        if (name != not_assessed_topic) plans.use(name, faults.where(place));
        if (std::find(indicators.begin(), indicators.end(), indicator.text()) == indicators.end())
            faults.add(place, "info, warning or critical is expected.");
        into.expected.emplace_back(name, indicator.text());
    }
}

void add_weak_codes(std::vector<WeakCode>& into, json::Value root, std::string_view part_name) {
    for (const json::Value system : root["compose"][part_name].elements()) {
        for (const json::Value entry : system["concept"].elements()) {
            if (!find_extension(entry, "evidence-weak")["valueBoolean"].boolean().value_or(false)) continue;
            into.push_back({std::string(root["title"].text()), std::string(system["system"].text()),
                            std::string(entry["code"].text()), std::string(entry["display"].text()),
                            part_name == "exclude"});
        }
    }
}

GoldenCase read_golden_case(const Artefact& file, References& plans, Faults& faults) {
    GoldenCase into;
    into.path = file.path;
    into.request = file.root["request"];
    into.title = std::string(file.root["title"].text());
    for (const auto& [name, value] : file.root.members()) {
        if (name != "title" && name != "today" && name != "expect" && name != "request")
            faults.add(name, "The member '" + std::string(name) + "' is not expected here.");
    }
    if (into.title.empty()) faults.add("title", "A sentence that says what the case shows is expected.");
    const auto today = base::parse_day(file.root["today"].text());
    if (!today) faults.add("today", "A day of the calendar is expected, as 2026-03-02.");
    into.today = today.value_or(base::Day{});
    read_expected(into, file.root["expect"], plans, faults);
    const auto hook = std::find(hook_names.begin(), hook_names.end(), into.request["hook"].text());
    if (hook == hook_names.end()) faults.add("request.hook", "patient-view, order-select or order-sign is expected.");
    return into;
}

}  // namespace

std::vector<PendingDecision> read_watch_list(const Artefact& library,
                                             const std::unordered_map<std::string, guideline::Citation>& evidence,
                                             References& plans, References& citations, Faults& faults) {
    std::vector<PendingDecision> decisions;
    each_entry(library, "pending-decision", [&](json::Value entry, const std::string& place) {
        PendingDecision decision;
        decision.subject = part(entry, "subject", "valueString");
        decision.authority = part(entry, "authority", "valueString");
        decision.expected = base::parse_day(part(entry, "expected", "valueDate")).value_or(base::Day{});
        decision.consequence = part(entry, "consequence", "valueString");
        decision.affects = read_affected(entry, place, plans, faults);
        if (decision.affects.empty() && library.sound)
            faults.add(place, "At least one recommendation that the decision affects is expected.");
        each_value(entry, place, "source", "valueCode", [&](json::Value key, const std::string& where) {
            citations.use(key.text(), faults.where(where));
            if (const auto work = evidence.find(std::string(key.text())); work != evidence.end())
                decision.source = work->second;
        });
        decisions.push_back(std::move(decision));
    });
    std::stable_sort(decisions.begin(), decisions.end(),
                     [](const auto& a, const auto& b) { return a.expected < b.expected; });
    return decisions;
}

void read_review_notes(Governance& into, const Artefact& library, References& plans, Faults& faults) {
    each_entry(library, "open-question", [&](json::Value entry, const std::string& place) {
        into.open_questions.push_back(
            {part(entry, "question", "valueString"), read_affected(entry, place, plans, faults)});
    });
    each_entry(library, "threshold", [&](json::Value entry, const std::string& place) {
        into.thresholds.push_back({part(entry, "subject", "valueString"), part(entry, "seed", "valueString"),
                                   part(entry, "reason", "valueString"),
                                   read_facts(entry, place, library.sound, faults)});
    });
    each_entry(library, "not-read", [&](json::Value entry, const std::string&) {
        into.not_read.emplace_back(entry["valueString"].text());
    });
}

std::vector<WeakCode> read_weak_codes(const KnowledgeFiles& files) {
    std::vector<WeakCode> codes;
    for (const KnowledgeFile* file : files.all(FileKind::value_set)) {
        if (file->text.find("evidence-weak") == std::string::npos) continue;
        const auto document = json::Document::parse(file->text);
        if (!document) continue;
        for (const char* part_name : {"include", "exclude"}) add_weak_codes(codes, document.value().root(), part_name);
    }
    return codes;
}

std::vector<GoldenCase> read_golden_cases(const KnowledgeFiles& files, References& plans,
                                          std::vector<std::shared_ptr<const json::Document>>& documents,
                                          std::vector<base::Error>& errors) {
    std::vector<GoldenCase> cases;
    for (const KnowledgeFile* file : files.all(FileKind::golden_case)) {
        const Artefact golden = open_file(*file, errors);
        if (!golden.root.exists()) continue;
        Faults faults(file->path, errors);
        check_figures(golden.root, "", faults);
        cases.push_back(read_golden_case(golden, plans, faults));
        documents.push_back(golden.document);
    }
    if (files.all(FileKind::golden_case).empty())
        Faults("hooks/golden", errors).add("", "At least one golden case is expected.");
    return cases;
}

}  // namespace rectal_cds::fhir
