#include "pages/simulate.hpp"

#include <filesystem>
#include <utility>

#include "cdshooks/html.hpp"
#include "cdshooks/prefetch.hpp"
#include "cdshooks/reasons.hpp"
#include "cdshooks/respond.hpp"
#include "fhir/read_case.hpp"
#include "pages/assets.hpp"
#include "pages/timeline.hpp"
#include "service/parts.hpp"
#include "json/writer.hpp"

namespace rectal_cds::pages {

using cdshooks::Answer;
using cdshooks::FhirAccess;
using http::Response;

namespace {

Response json(int status, std::string body) {
    return {status, {{"Content-Type", "application/json"}, {"Cache-Control", "no-store"}}, std::move(body)};
}

Response refused(const std::string& where, const std::string& what) {
    json::Writer writer;
    writer.begin_object().member("where", where).member("what", what).end_object();
    return json(400, writer.take());
}

cdshooks::Call call_of(const SimulationParts& parts, json::Value body) {
    cdshooks::Call call;
    json::Writer writer;
    call.body = writer.value(body["request"]).take();
    call.today = base::parse_day(body["today"].text()).value_or(parts.today);
    call.seed = parts.seed;
    const service::Settings& calls = parts.settings.calls;
    call.deprecated_hooks = calls.discovery.deprecated_hooks;
    call.audience = calls.audience;
    call.wire.client = calls.sandbox_wire;
    if (calls.shows_links) {
        call.public_url = calls.public_url;
        call.why_url = [&parts](const std::string& uuid) { return parts.why_address(parts.settings.why_url, uuid); };
    }
    call.explain = true;
    call.keep_reasons = true;
    return call;
}

void write_inputs(json::Writer& writer, const Answer& answer) {
    writer.key("inputs").begin_array();
    for (int i = 0; i < domain::input_count; ++i) {
        const auto& input = answer.inputs[static_cast<std::size_t>(i)];
        if (input.state == cdshooks::InputState::not_asked) continue;
        writer.begin_object()
            .member("input", domain::name(static_cast<domain::Input>(i)))
            .member("state", name(input.state))
            .end_object();
    }
    writer.end_array();
}

void write_timeline(json::Writer& writer, const Timeline& timeline) {
    writer.key("timeline").begin_object().member("picture", svg_of(timeline));
    writer.member("rows", timeline.events.empty() ? std::string() : table_rows_of(timeline)).end_object();
}

Response told(const SimulationParts& parts, const Answer& answer, const Timeline& timeline) {
    const auto document = json::Document::parse(answer.body);
    if (!document) return refused("response", "The answer is not JSON; the fault is in the service.");
    const json::Value response = document.value().root();
    json::Writer writer;
    writer.begin_object().member("status", answer.status).member("response", response);
    writer.key("details").begin_array();
    for (const json::Value card : response["cards"].elements())
        writer.string(cdshooks::html_of(std::string(card["detail"].text())));
    writer.end_array().key("why").begin_array();
    for (const auto& card : answer.cards) writer.string(parts.why_address(parts.settings.base_path, card.uuid));
    writer.end_array();
    write_inputs(writer, answer);
    writer.member("silence", name(answer.silence));
    write_timeline(writer, timeline);
    writer.end_object();
    return json(200, writer.take());
}

std::string stem_of(const fhir::GoldenCase& golden) { return std::filesystem::path(golden.path).stem().string(); }

}  // namespace

Response simulate(const SimulationParts& parts, std::string body) {
    const auto document = json::Document::parse(std::move(body));
    if (!document) return refused(document.error().where, document.error().what);
    const json::Value root = document.value().root();
    if (!root["request"].is_object()) return refused("request", "A CDS Hooks request is expected.");
    if (root["today"].exists() && !base::parse_day(root["today"].text()))
        return refused("today", "A day is expected, as 2026-03-02.");
    auto first = cdshooks::prepare(parts.knowledge, call_of(parts, root));
    if (const auto* answer = std::get_if<Answer>(&first)) return told(parts, *answer, {});
    auto& prepared = std::get<cdshooks::Prepared>(first);
    Timeline timeline;
    if (const cdshooks::Assembled assembled = cdshooks::assemble(prepared, {}, FhirAccess::none); !assembled.refusal)
        timeline = timeline_of(fhir::read_case(parts.knowledge.codes, assembled.record));
    const Answer answer = cdshooks::respond(parts.knowledge, std::move(prepared), {}, FhirAccess::none);
    if (answer.reasons) parts.keep(answer.reasons);
    return told(parts, answer, timeline);
}

Response list_samples(const View& view) {
    json::Writer writer;
    writer.begin_array();
    for (const fhir::GoldenCase& golden : view.content.knowledge.governance.golden_cases) {
        writer.begin_object().member("name", stem_of(golden)).member("title", golden.title);
        writer.member("hook", golden.request["hook"].text()).member("today", base::iso(golden.today)).end_object();
    }
    writer.end_array();
    return json(200, writer.take());
}

Response one_sample(const View& view, std::string_view name) {
    for (const fhir::GoldenCase& golden : view.content.knowledge.governance.golden_cases) {
        if (stem_of(golden) != name) continue;
        json::Writer writer;
        writer.begin_object().member("name", name).member("title", golden.title);
        writer.member("today", base::iso(golden.today)).member("request", golden.request).end_object();
        return json(200, writer.take());
    }
    return json(404, R"({"what":"There is no sample of this name."})");
}

namespace {

Values samples_of(const View& view, std::string_view hook) {
    Values samples{Values::type::list};
    const std::string chosen = parameter(view.request, "sample");
    for (const fhir::GoldenCase& golden : view.content.knowledge.governance.golden_cases) {
        if (golden.request["hook"].text() != hook) continue;
        Values item;
        item["name"] = stem_of(golden), item["title"] = golden.title;
        item["isChosen"] = flag(stem_of(golden) == chosen);
        samples << item;
    }
    return samples;
}

}  // namespace

Page simulator_page(const View& view) {
    Values moments{Values::type::list};
    for (const auto& [hook, moment] : {std::pair{"patient-view", "When the chart is opened"},
                                       {"order-select", "When an order is selected"},
                                       {"order-sign", "When orders are signed"}}) {
        Values item;
        item["hook"] = std::string(hook), item["moment"] = std::string(moment);
        item["samples"] = samples_of(view, hook);
        moments << item;
    }
    Values values;
    values["base"] = view.settings.base_path;
    values["moments"] = std::move(moments);
    values["today"] = base::iso(view.today);
    values["script"] = address_of("simulator.js");
    return {"Simulator", "simulator", filled("simulator.mustache", values)};
}

}  // namespace rectal_cds::pages
