#include "mutation/recorded_calls.hpp"

#include <filesystem>
#include <stdexcept>

#include "cases/golden_case.hpp"
#include "cases/one_change.hpp"
#include "support/hook_call.hpp"
#include "support/real_knowledge.hpp"
#include "json/writer.hpp"

namespace rectal_cds::testing {

namespace {

json::Document parsed(const std::string& text) {
    auto document = json::Document::parse(text);
    if (!document) throw std::runtime_error("JSON is expected.");
    return std::move(document).value();
}

std::string text_of(json::Value value) {
    json::Writer writer;
    return writer.value(value).take();
}

std::string cards_of(const std::string& body) {
    std::string text;
    const json::Document answer = parsed(body);
    for (const auto& [id, indicator] : indicators(answer.root())) text += id + ' ' + indicator + '\n';
    return text;
}

}  // namespace

RecordedCalls::RecordedCalls() {
    for (const GoldenCase& golden : golden_cases()) {
        const json::Document document = parsed(read_text(golden.folder / "case.json"));
        record(golden.recommendation, text_of(document.root()["request"]), std::string(document.root()["today"].text()),
               Held::bytes);
    }
    for (const auto& recommendation : real_knowledge().recommendations) {
        for (const char* verdict : {"fires", "silent"})
            record_changes(recommendation.id, first_case(recommendation.id, verdict));
    }
    for (const auto& file : std::filesystem::directory_iterator(source_folder() / "tests" / "scenarios" / "files")) {
        const json::Document document = parsed(read_text(file.path()));
        record("", text_of(document.root()["request"]), std::string(document.root()["today"].text()), Held::cards);
    }
}

void RecordedCalls::record_changes(const std::string& id, const std::string& golden) {
    const json::Document document = parsed(golden);
    const std::string request = text_of(document.root()["request"]), today(document.root()["today"].text());
    for (const Change& change : one_changes()) record(id, change.made(request, today), today, Held::cell);
}

void RecordedCalls::record(std::string recommendation, const std::string& request, std::string today, Held held) {
    Recorded recorded{std::move(recommendation), parsed(request), std::move(today), held, {}};
    recorded.answer = held_of(recorded, real_knowledge());
    calls_.push_back(std::move(recorded));
}

std::string RecordedCalls::held_of(const Recorded& recorded, const fhir::Knowledge& knowledge) {
    if (recorded.held == Held::cell)
        return answered(knowledge, text_of(recorded.document.root()), recorded.today, recorded.recommendation);
    const CallResult result = call(knowledge, recorded.document.root(), recorded.today);
    return recorded.held == Held::bytes ? result.body : cards_of(result.body);
}

// Its own cases first: most faults show there.
bool RecordedCalls::notice(const fhir::Knowledge& changed, const std::string& id) const {
    for (const bool own : {true, false}) {
        for (const Recorded& recorded : calls_) {
            if ((recorded.recommendation == id) != own || (!own && recorded.held == Held::cell)) continue;
            if (held_of(recorded, changed) != recorded.answer) return true;
        }
    }
    return false;
}

}  // namespace rectal_cds::testing
