#include "cdshooks/fetching.hpp"

#include <stdexcept>

#include "support/example_requests.hpp"
#include "support/real_knowledge.hpp"
#include "json/writer.hpp"

namespace rectal_cds::testing {

using cdshooks::Answer;
using cdshooks::Fetched;
using cdshooks::Prepared;

namespace {

json::Document read(const std::string& text) {
    auto document = json::Document::parse(text);
    if (!document) throw std::runtime_error("This is no JSON: " + text);
    return std::move(document).value();
}

std::string card_member(const Answer& answer, std::string_view topic, std::string_view member) {
    const json::Document body = read(answer.body);
    for (const json::Value card : body.root()["cards"].elements()) {
        if (card["source"]["topic"]["code"].text() == topic) return std::string(card[member].text());
    }
    return {};
}

}  // namespace

std::string with_access(const std::string& body) {
    return with(with(body, "/fhirServer", '"' + std::string(fhir_base) + '"'), "/fhirAuthorization",
                R"({"access_token": "token-of-this-test", "token_type": "Bearer", "expires_in": 300, "scope": "s",
                    "subject": "c"})");
}

std::string delivered(const std::string& body, std::string_view key) {
    const json::Document document = read(body);
    json::Writer writer;
    return writer.value(document.root()["prefetch"][key]).take();
}

std::string leaving_out(std::string body, std::initializer_list<std::string_view> keys) {
    for (const std::string_view key : keys) body = without(body, "/prefetch/" + std::string(key));
    return body;
}

Came fetched(std::string key, std::vector<std::string> pages) {
    return {std::move(key), cdshooks::FetchFailure::none, std::move(pages)};
}

Came not_fetched(std::string key, cdshooks::FetchFailure failure) { return {std::move(key), failure, {}}; }

std::vector<Fetched> parsed(const std::vector<Came>& came) {
    std::vector<Fetched> result;
    for (const Came& one : came) {
        Fetched& made = result.emplace_back();
        made.key = one.key;
        made.failure = one.failure;
        made.is_incomplete = one.is_incomplete;
        for (const std::string& page : one.pages) made.pages.push_back(read(page));
    }
    return result;
}

cdshooks::Call call_of(const std::string& body) {
    cdshooks::Call call;
    call.body = body;
    call.service = real_knowledge().service("rectal-cancer-" + std::string(read(body).root()["hook"].text()));
    call.today = base::parse_day("2026-03-02").value();
    call.seed_from_hook_instance = true;
    return call;
}

Prepared prepared(const std::string& body, const Change& change) {
    cdshooks::Call call = call_of(body);
    if (change) change(call);
    auto result = cdshooks::prepare(real_knowledge(), std::move(call));
    if (auto* answer = std::get_if<Answer>(&result)) throw std::runtime_error("Answered at once: " + answer->body);
    return std::get<Prepared>(std::move(result));
}

Answer answered(const std::string& body, const std::vector<Came>& came, cdshooks::FhirAccess access,
                const Change& change) {
    cdshooks::Call call = call_of(body);
    if (change) change(call);
    auto result = cdshooks::prepare(real_knowledge(), std::move(call));
    if (auto* answer = std::get_if<Answer>(&result)) return std::move(*answer);
    return cdshooks::respond(real_knowledge(), std::get<Prepared>(std::move(result)), parsed(came), access);
}

Answer answered_without_access(const std::string& body, const Change& change) {
    return answered(body, {}, cdshooks::FhirAccess::none, change);
}

std::vector<std::string> topics(const Answer& answer) {
    const json::Document body = read(answer.body);
    std::vector<std::string> found;
    for (const json::Value card : body.root()["cards"].elements())
        found.emplace_back(card["source"]["topic"]["code"].text());
    return found;
}

bool shows(const Answer& answer, std::string_view topic) { return !card_member(answer, topic, "summary").empty(); }

std::string detail(const Answer& answer, std::string_view topic) { return card_member(answer, topic, "detail"); }

std::string indicator(const Answer& answer, std::string_view topic) { return card_member(answer, topic, "indicator"); }

bool says(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

const cdshooks::InputReport& report(const Answer& answer, domain::Input input) {
    return answer.inputs[static_cast<std::size_t>(input)];
}

}  // namespace rectal_cds::testing
